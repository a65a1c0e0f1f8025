//! Deliveries: what arrives, in the formats of `docs/reference/deliveries.md`.
//!
//! A delivery is one file of one [`Kind`] with one [`Header`]. [`DeliveryWriter`] writes rows of the
//! structs in [`rows`] as CSV or Parquet; the readers give the same rows back as bytes, unchecked:
//! checking is the work of [`crate::intake`].

mod csv_writer;
mod field;
mod header;
mod parquet_writer;
pub mod rows;
mod writer;

pub use field::Field;
pub use header::{Header, HeaderError, Kind, Period};
pub use rows::{ColumnType, Row};
pub use writer::{DeliveryWriter, FileFormat, WriteError, Written};
