//! A request that cannot be answered, and how the client is told.

use serde_json::{Value, json};
use thiserror::Error;

/// Why a request is refused. Names the place in the request and never what stood there: a patient's data is not sent back in errors,
/// nor written to a log.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not JSON, or JSON nested too deeply, or with a key twice in an object.
    #[error(
        "the body is not JSON in which each key stands once: send one JSON object as CDS Hooks describes it"
    )]
    NotJson,
    /// JSON, but not an object.
    #[error("the body is not a JSON object: send hook, hookInstance and context")]
    NotAnObject,
    /// A field that must be there is missing or of the wrong kind.
    #[error("{field} is missing or not {kind}: send it as CDS Hooks describes it")]
    Field {
        /// Where.
        field: &'static str,
        /// What belongs there.
        kind: &'static str,
    },
    /// A hook that this service does not serve.
    #[error(
        "this service answers patient-view, order-select and order-sign: call it from one of these"
    )]
    UnknownHook,
    /// A resource of another patient than the context's.
    #[error(
        "{field} is about another patient than context.patientId: send resources of one patient only"
    )]
    OtherPatient {
        /// Where.
        field: &'static str,
    },
    /// Data without which nothing can be said, neither sent nor to be fetched.
    #[error(
        "the patient's own record was neither prefetched nor can it be fetched: send prefetch.patient, or fhirServer"
    )]
    PreconditionFailed,
}

impl Refusal {
    /// The HTTP status that tells it.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::PreconditionFailed => 412,
            Self::NotJson
            | Self::NotAnObject
            | Self::Field { .. }
            | Self::UnknownHook
            | Self::OtherPatient { .. } => 400,
        }
    }

    /// The body that tells it: an OperationOutcome, as CDS Hooks 3.0 recommends and 2.0.1 allows.
    #[must_use]
    pub fn outcome(&self) -> Value {
        let code = match self {
            Self::NotJson | Self::NotAnObject => "structure",
            Self::Field { .. } => "required",
            Self::UnknownHook => "not-supported",
            Self::OtherPatient { .. } => "business-rule",
            Self::PreconditionFailed => "incomplete",
        };
        json!({
            "resourceType": "OperationOutcome",
            "issue": [{ "severity": "error", "code": code, "diagnostics": self.to_string() }],
        })
    }
}
