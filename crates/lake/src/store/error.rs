//! What can go wrong with a lake on disk.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why the lake could not be read or written. Paths are files of the lake, never of a patient.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file system said no.
    #[error("cannot {act} \"{}\"", path.display())]
    Io {
        /// What was tried: `read`, `create`, `rename` …
        act: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A Parquet file that cannot be read or written.
    #[error("cannot {act} segment \"{}\"", path.display())]
    Parquet {
        /// `read` or `write`.
        act: &'static str,
        /// The file.
        path: PathBuf,
        /// What the library said.
        source: parquet::errors::ParquetError,
    },
    /// A JSON file that does not say what it should.
    #[error("cannot understand \"{}\"", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// A folder without manifest.
    #[error("\"{}\" is not a lake: it has no manifest.json", .0.display())]
    NotALake(PathBuf),
    /// A folder with something else in it.
    #[error("cannot create a lake in \"{}\": the folder is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A lake from a later program.
    #[error("the lake has format {found}, this program knows format {known}")]
    UnknownFormat {
        /// Format in the manifest.
        found: u32,
        /// Format of this program.
        known: u32,
    },
    /// A column the segment does not have.
    #[error("segment \"{}\" has no column `{column}`", path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// A file that is not what the manifest says.
    #[error("\"{}\" is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How it differs.
        what: String,
    },
    /// Another intake is at work.
    #[error("the lake \"{}\" is locked by another intake", .0.display())]
    Locked(PathBuf),
}

impl StoreError {
    /// What the user can do.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            StoreError::Io { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => {
                    Some("check who owns the folder and its permissions")
                }
                io::ErrorKind::StorageFull
                | io::ErrorKind::QuotaExceeded
                | io::ErrorKind::FileTooLarge => {
                    Some("free some space and run the intake again; the lake is unchanged")
                }
                io::ErrorKind::NotFound => Some("check the path"),
                _ => None,
            },
            StoreError::Parquet { .. } | StoreError::Json { .. } | StoreError::Damaged { .. } => {
                Some(
                    "run `riktig verify`; restore the file from a copy or take the deliveries in anew",
                )
            }
            StoreError::NotALake(_) => {
                Some("name the folder of a lake, or run `riktig intake` to make one")
            }
            StoreError::NotEmpty(_) => Some("name an empty or a new folder"),
            StoreError::UnknownFormat { .. } => Some("use the program version that made the lake"),
            StoreError::NoColumn { .. } => None,
            StoreError::Locked(_) => Some("wait until the other intake is done"),
        }
    }
}
