//! What can go wrong between a model and its page.

use thiserror::Error;

/// Why a report could not be rendered.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The PDF writer refused the document; with PDF/UA-1 switched on it names each rule that was broken.
    #[error("cannot write the PDF of prescriber {prescriber}: {broken}")]
    Pdf {
        /// Whose report.
        prescriber: String,
        /// The broken rules, as the writer names them.
        broken: String,
    },
    /// The PDF writer refused a course certificate.
    #[error("cannot write the PDF of a course certificate: {broken}")]
    Certificate {
        /// The broken rules, as the writer names them.
        broken: String,
    },
    /// A committed font could not be read.
    #[error("cannot read the built-in font {0}")]
    Font(&'static str),
    /// The model could not be written as JSON.
    #[error("cannot write the report of prescriber {prescriber} as JSON")]
    Json {
        /// Whose report.
        prescriber: String,
        /// What the writer said.
        source: serde_json::Error,
    },
    /// A definition could not be read from the edition.
    #[error("cannot read the definition of indicator {indicator} in the edition")]
    Edition {
        /// Which indicator.
        indicator: String,
        /// What the edition said.
        source: riktig_lake::edition::EditionError,
    },
    /// A definition in the edition is not valid for this version.
    #[error("cannot use the definition of indicator {indicator} in the edition")]
    Definition {
        /// Which indicator.
        indicator: String,
        /// Every problem, by line.
        source: Box<riktig_indicators::BadDefinition>,
    },
    /// A code that names no language of ours.
    #[error("unknown language {0:?}, expected nb, nn or en")]
    UnknownLanguage(String),
}
