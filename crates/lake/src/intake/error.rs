//! Why a delivery was not taken in. The lake is then what it was.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::delivery::{HeaderError, Kind, TextError};
use crate::source::SourceError;
use crate::store::StoreError;

/// Why a delivery was not taken in.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// The file system said no.
    #[error("cannot read delivery \"{}\"", path.display())]
    Io {
        /// The delivered file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder, a link, a device.
    #[error("cannot take in \"{}\": it is {what}, not a file", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// Nothing in it.
    #[error("cannot take in \"{}\": the file is empty", .0.display())]
    Empty(PathBuf),
    /// A compressed or other file behind a harmless name.
    #[error("cannot take in \"{}\": it is {what}", path.display())]
    WrongFormat {
        /// The delivered file.
        path: PathBuf,
        /// What the first bytes say it is.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// The text cannot be read on.
    #[error("cannot read delivery \"{}\"", path.display())]
    Text {
        /// The delivered file.
        path: PathBuf,
        /// What is wrong, with the line.
        source: TextError,
    },
    /// The first line is wrong.
    #[error("cannot understand line 1 of delivery \"{}\"", path.display())]
    Header {
        /// The delivered file.
        path: PathBuf,
        /// What is wrong.
        source: HeaderError,
    },
    /// Columns are missing, or there are unknown ones.
    #[error("cannot read delivery \"{}\" at line {line}: {what}", path.display())]
    Columns {
        /// The delivered file.
        path: PathBuf,
        /// Line of the column names; 0 for Parquet.
        line: u64,
        /// What differs.
        what: String,
    },
    /// A damaged Parquet file.
    #[error("cannot read delivery \"{}\" as parquet", path.display())]
    Parquet {
        /// The delivered file.
        path: PathBuf,
        /// What the library said.
        source: parquet::errors::ParquetError,
    },
    /// A damaged or foreign XML file.
    #[error("cannot read delivery \"{}\" at line {line}: {what}", path.display())]
    Xml {
        /// The delivered file.
        path: PathBuf,
        /// Line number, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// Too many refused rows.
    #[error("delivery \"{}\" is refused: {refused} of {rows} rows are wrong, more than {limit} %: {summary}", path.display())]
    TooManyRefused {
        /// The delivered file.
        path: PathBuf,
        /// Rows refused.
        refused: u64,
        /// Rows in the file.
        rows: u64,
        /// The share allowed, in per cent.
        limit: f64,
        /// The most frequent reasons.
        summary: String,
    },
    /// A delivery without a row.
    #[error("delivery \"{}\" of {kind} has no row", path.display())]
    NoRows {
        /// The delivered file.
        path: PathBuf,
        /// What it should hold.
        kind: Kind,
    },
    /// A file name that may not be stored.
    #[error(
        "cannot take in \"{0}\": its name holds a person's identity number or a control character"
    )]
    FileName(String),
    /// A share that is none.
    #[error("cannot allow {0} % of refused rows: it must lie between 0 and 100")]
    BadShare(f64),
    /// More rows than fit in memory.
    #[error("delivery \"{}\" has more than {limit} rows", path.display())]
    TooManyRows {
        /// The delivered file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// Another delivery already covers the period.
    #[error("delivery `{new}` covers a period that `{old}` already covers")]
    Overlap {
        /// Id of the new delivery.
        new: String,
        /// Id of the delivery in the lake.
        old: String,
        /// Kind of both.
        kind: Kind,
    },
    /// The id is taken.
    #[error("the lake already has another delivery with the id `{0}`")]
    IdTaken(String),
    /// A correction of nothing.
    #[error("delivery `{new}` corrects `{old}`, which {why}")]
    CannotCorrect {
        /// Id of the new delivery.
        new: String,
        /// Id that it names.
        old: String,
        /// Why not.
        why: &'static str,
    },
    /// Another key than the lake was made with.
    #[error("the key is not the one this lake was made with")]
    WrongKey,
    /// The key file.
    #[error("cannot {act} key file \"{}\"", path.display())]
    KeyFile {
        /// What was tried.
        act: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A key file of the wrong shape or in the wrong place.
    #[error("key file \"{}\" {what}", path.display())]
    BadKey {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// The source description.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The lake.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntakeError {
    /// What the user can do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            IntakeError::Io { source, .. } | IntakeError::KeyFile { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => "check who may read the file (ls -l)".to_owned(),
                io::ErrorKind::NotFound => "check the path".to_owned(),
                _ => "check the file and the disk".to_owned(),
            },
            IntakeError::NotAFile { .. } => "name the file itself; links are not followed".to_owned(),
            IntakeError::Empty(_) => "fetch the file again".to_owned(),
            IntakeError::WrongFormat { hint, .. } => (*hint).to_owned(),
            IntakeError::Text { source, .. } => source.hint().to_owned(),
            IntakeError::Header { .. } => {
                "begin with a preamble (docs/reference/deliveries.md), or name a --source for a foreign file".to_owned()
            }
            IntakeError::Columns { .. } => "see docs/reference/deliveries.md for the columns".to_owned(),
            IntakeError::Parquet { .. } | IntakeError::Xml { .. } => {
                "fetch the file again; it may have been cut off".to_owned()
            }
            IntakeError::TooManyRefused { .. } => {
                "ask the sender for a corrected delivery, or allow a larger share (--max-refused)".to_owned()
            }
            IntakeError::NoRows { .. } => {
                "a month without a row is unknown, not zero: deliver the rows, or leave the period out".to_owned()
            }
            IntakeError::FileName(_) => "rename the file".to_owned(),
            IntakeError::BadShare(_) => "name a percentage such as --max-refused 5".to_owned(),
            IntakeError::TooManyRows { .. } => "deliver one month at a time".to_owned(),
            IntakeError::Overlap { old, .. } => format!("if it replaces that delivery, say so: corrects={old}"),
            IntakeError::IdTaken(_) => "give the new delivery its own id, and corrects= if it replaces the other".to_owned(),
            IntakeError::CannotCorrect { .. } => "name a delivery of the same kind that is part of the lake".to_owned(),
            IntakeError::WrongKey => "use the lake's own key; docs/reference/pseudonyms.md tells how to change it".to_owned(),
            IntakeError::BadKey { .. } => "make a key with `riktig intake --key FILE` (a new file outside the lake)".to_owned(),
            IntakeError::Source(error) => error.hint().to_owned(),
            IntakeError::Store(error) => error.hint().unwrap_or("").to_owned(),
        }
    }
}
