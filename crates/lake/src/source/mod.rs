//! Foreign formats: a `SOURCE.toml` says where a file that nobody here designed keeps what we need.
//!
//! `docs/reference/sources.md` is the reference; `content/sources/nhs-england.toml` an example that is used.

mod code_map;
mod error;
mod shape;
mod spec;

pub use code_map::{CodeMap, MappedCode};
pub use error::SourceError;
pub use shape::{DateShape, Shape};
pub use spec::{CodeMapSpec, ColumnSpec, Encoding, FileSpec, Source, Unmapped};
