//! Deliveries: what arrives, in the formats of `docs/reference/deliveries.md`.
//!
//! A delivery is one file of one [`Kind`] with one [`Header`]. [`DeliveryWriter`] writes rows of the
//! structs in [`rows`] as CSV or Parquet; the readers give the same rows back as bytes, unchecked:
//! checking is the work of [`crate::intake`].

mod csv_reader;
mod csv_writer;
mod diagnosis;
mod dispensed;
mod field;
mod header;
mod parquet_writer;
mod plain_text;
mod raw;
pub mod rows;
mod writer;

pub use csv_reader::{CsvReader, Fields, LONGEST_LINE, MOST_COLUMNS, TextError};
pub use diagnosis::{DiagnosisSystem, PrescribedDiagnosis};
pub use dispensed::{DispensedItem, PrescribedRow};
pub use field::Field;
pub(crate) use header::checked_id;
pub use header::{Header, HeaderError, Kind, Period};
pub(crate) use plain_text::{Unfit, masked, unfit};
pub use raw::{Raw, Unreadable};
pub use rows::{ColumnType, Row};
pub use writer::{DeliveryWriter, FileFormat, WriteError, Written};
