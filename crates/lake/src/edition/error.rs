//! What can go wrong with an edition.

use std::path::PathBuf;

/// An edition could not be built, written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditionError {
    /// The folder is no edition.
    #[error("cannot open edition {}: it has no edition.json", dir.display())]
    NotAnEdition {
        /// The folder.
        dir: PathBuf,
    },
    /// Written by a newer or older layout.
    #[error("cannot read edition {}: its format is {found:?}, this program reads {:?}", dir.display(), super::FORMAT)]
    Format {
        /// The folder.
        dir: PathBuf,
        /// What it says it is.
        found: String,
    },
    /// A file could not be read or written.
    #[error("cannot {act} {}", path.display())]
    Io {
        /// `read`, `write`, `rename` …
        act: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// `edition.json` is not what it should be.
    #[error("cannot understand {}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A table could not be read or written.
    #[error("cannot {act} table {}", path.display())]
    Parquet {
        /// `read` or `write`.
        act: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: parquet::errors::ParquetError,
    },
    /// A table lacks a column, or has one of another type, or an index out of range.
    #[error("table {} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the column.
        what: String,
    },
    /// A listed file is not the one that the edition was built with.
    #[error("cannot use edition {}: {table} {what}", dir.display())]
    NotAsBuilt {
        /// The folder.
        dir: PathBuf,
        /// The file inside it.
        table: String,
        /// `is missing` or `was changed …`.
        what: &'static str,
    },
    /// Editions are immutable.
    #[error("edition {} exists already", dir.display())]
    Exists {
        /// The folder.
        dir: PathBuf,
    },
    /// Only an edition may be replaced.
    #[error("cannot replace {}: it is not an edition", dir.display())]
    NotReplaceable {
        /// The folder.
        dir: PathBuf,
    },
    /// An edition lies beside its lake, never in its place.
    #[error("cannot write an edition to {}: the lake is there", dir.display())]
    InLake {
        /// The folder.
        dir: PathBuf,
    },
}

impl EditionError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            EditionError::NotAnEdition { .. } => Some(
                "build one with: riktig build --lake DIR --period 2024-01..2024-12 --out EDITION",
            ),
            EditionError::Format { .. } => {
                Some("build the edition again with this version of riktig")
            }
            EditionError::Damaged { .. } | EditionError::Json { .. } => Some(
                "check it with: riktig verify; an edition can always be built again from its lake",
            ),
            EditionError::NotAsBuilt { .. } => Some(
                "see all that differs with: riktig verify EDITION; then restore the folder from a copy or build the edition again",
            ),
            EditionError::Exists { .. } => {
                Some("choose another folder, or ask for it to be replaced with --replace")
            }
            EditionError::NotReplaceable { .. } | EditionError::InLake { .. } => {
                Some("choose a new folder outside the lake")
            }
            EditionError::Io { .. } | EditionError::Parquet { .. } => None,
        }
    }
}
