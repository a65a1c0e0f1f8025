//! Why a request got no page: a status, and words for the person.

use std::error::Error;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::Reply;
use riktig_journal::{AskError, ChangeError, JournalError};

/// Why a request got no page.
///
/// The handler says what happened; the page about it is made in one place (`router`), in the reader's language.
#[derive(Debug)]
pub enum Failure {
    /// There is no such thing, or whether there is one is nobody's business here.
    NotFound,
    /// The person may know that the page exists, but their role does not reach it.
    Forbidden,
    /// Nobody is logged in: the person is sent to the login and comes back.
    LoggedOut,
    /// The form or the address says something that cannot be.
    Invalid,
    /// Somebody else changed it in the meantime.
    Conflict,
    /// It cannot be done now: the journal does not answer.
    Unavailable(Box<dyn Error + Send + Sync>),
    /// A fault of ours.
    Internal(Box<dyn Error + Send + Sync>),
}

impl Failure {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Forbidden => StatusCode::FORBIDDEN,
            Failure::LoggedOut => StatusCode::UNAUTHORIZED,
            Failure::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::Conflict => StatusCode::CONFLICT,
            Failure::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What stands in the log: the cause of a fault. A refusal has none; it is no fault.
    pub(crate) fn cause(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Failure::Unavailable(cause) | Failure::Internal(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }

    /// A fault of ours with its cause.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
        Failure::Internal(cause.into())
    }
}

impl From<AskError> for Failure {
    fn from(error: AskError) -> Failure {
        match error {
            AskError::Refused(refusal) => match refusal.reply {
                Reply::NotThere => Failure::NotFound,
                Reply::Forbidden => Failure::Forbidden,
            },
            AskError::Journal(error) => error.into(),
        }
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Failure {
        Failure::Unavailable(error.into())
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Failure {
        match error {
            ChangeError::Conflict { .. } => Failure::Conflict,
            ChangeError::NotThere { .. } => Failure::NotFound,
            ChangeError::Invalid { .. } => Failure::Invalid,
            ChangeError::OtherPermit { .. } => Failure::internal(error),
            ChangeError::Journal(error) => error.into(),
        }
    }
}

impl IntoResponse for Failure {
    /// An empty answer with the status; the layer of error pages finds the failure in its extensions and makes the page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
