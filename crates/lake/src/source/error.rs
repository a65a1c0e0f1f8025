//! What is wrong with a description of a source.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a source description cannot be used.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The file system said no.
    #[error("cannot read source description \"{}\"", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Not TOML of this shape; the cause names line and column.
    #[error("cannot understand source description \"{}\"", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        source: Box<toml::de::Error>,
    },
    /// A value that the program does not know.
    #[error("source description: `{key}` is `{value}`, which is not {expected}")]
    BadValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// No entry of the description fits the file.
    #[error("no [[file]] of source `{name}` recognises the columns of \"{}\"", path.display())]
    Unrecognised {
        /// Name of the source.
        name: String,
        /// The delivered file.
        path: PathBuf,
    },
    /// A column that the description names and the file lacks.
    #[error("\"{}\" has no column `{column}`, which source `{name}` names", path.display())]
    NoColumn {
        /// Name of the source.
        name: String,
        /// The delivered file.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// The code map is nowhere.
    #[error("cannot find code map \"{0}\" beside the source description or beside the delivery")]
    NoCodeMap(String),
    /// A line of the code map.
    #[error("cannot read code map \"{}\" at line {line}: {what}", path.display())]
    CodeMap {
        /// The map.
        path: PathBuf,
        /// Line number, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
}

impl SourceError {
    /// What the user can do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            SourceError::Io { .. } => "check the path and its permissions",
            SourceError::Toml { .. } | SourceError::BadValue { .. } => {
                "see docs/reference/sources.md"
            }
            SourceError::Unrecognised { .. } => {
                "check `recognise` and `delimiter` in the description"
            }
            SourceError::NoColumn { .. } => "correct the column name in the description",
            SourceError::NoCodeMap(_) => "put the map beside the data, or name it with --code-map",
            SourceError::CodeMap { .. } => "mend the line in the map",
        }
    }
}
