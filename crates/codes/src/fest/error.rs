//! Why a FEST file cannot be read.

/// A file that is no FEST file, or a broken one. Positions are bytes from the start: FEST is often a single line.
#[derive(Debug, thiserror::Error)]
pub enum FestError {
    /// Not well-formed XML, or the file cannot be read.
    #[error("cannot read FEST at byte {position}: not well-formed XML; fetch the file again")]
    Xml {
        /// Bytes from the start.
        position: u64,
        /// What the XML reader said.
        source: quick_xml::Error,
    },
    /// The file stops before its last element is closed.
    #[error("cannot read FEST at byte {position}: the file ends in the middle; fetch it again")]
    Truncated {
        /// Bytes from the start.
        position: u64,
    },
    /// The file holds no FEST entry and is not a FEST document.
    #[error(
        "cannot find FEST in this file: it should be an XML document with the root element FEST"
    )]
    NotFest,
    /// A document type declaration or an entity of its own.
    #[error(
        "cannot read FEST at byte {position}: document types and entities are refused; FEST has none"
    )]
    Entity {
        /// Bytes from the start.
        position: u64,
    },
    /// Larger than any honest entry.
    #[error(
        "cannot read FEST at byte {position}: {what} is larger than {limit}; this is not a FEST file"
    )]
    TooLarge {
        /// Bytes from the start.
        position: u64,
        /// What is too large.
        what: &'static str,
        /// The limit, with its unit.
        limit: &'static str,
    },
    /// An entry without something that every entry has.
    #[error("cannot use {entry} at byte {position}: {missing} is missing or not of its kind")]
    Incomplete {
        /// Bytes from the start, after the entry.
        position: u64,
        /// The entry's element.
        entry: String,
        /// The missing element.
        missing: &'static str,
    },
}
