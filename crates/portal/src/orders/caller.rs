//! Who asks: the doctor of a session.

use axum::http::StatusCode;
use axum::http::request::Parts;
use riktig_chain::prescriber::Prescriber;
use riktig_codes::HprNumber;

use crate::failure::Failure;
use crate::hooks::Problem;
use crate::portal::Portal;
use crate::visit::Visit;

/// A doctor who prescribes from here.
pub(super) struct Caller<'a> {
    pub(super) visit: Visit,
    pub(super) doctor: HprNumber,
    pub(super) prescriber: &'a Prescriber,
}

impl<'a> Caller<'a> {
    /// Lets the doctor in.
    pub(super) fn of(portal: &'a Portal, parts: &Parts) -> Result<Self, Problem> {
        let visit = parts.extensions.get::<Visit>().cloned();
        let visit = visit.expect("the layer of visits stands before these routes");
        visit.logged_in().map_err(problem)?;
        let doctor = visit.doctor().map_err(|_| NO_DOCTOR)?;
        let prescriber = portal.prescriber().ok_or(Problem::NOT_FOUND)?;
        Ok(Self {
            visit,
            doctor,
            prescriber,
        })
    }
}

const NO_DOCTOR: Problem = Problem::Other(
    StatusCode::FORBIDDEN,
    "forbidden",
    "the login carries no HPR number: only a prescriber prescribes",
);

/// What a refusal of the pages is to a machine.
pub(super) fn problem(failure: Failure) -> Problem {
    if let Some(cause) = failure.cause() {
        tracing::error!(cause = %cause, "an order could not be answered");
    }
    let (code, words) = match failure {
        Failure::NotFound => return Problem::NOT_FOUND,
        Failure::LoggedOut => ("login", "log in as a prescriber first"),
        Failure::Forbidden => ("forbidden", "a prescriber acts in their own name only"),
        Failure::Invalid => ("invalid", "the request cannot be understood"),
        Failure::Conflict => ("conflict", "the number is that of another order"),
        Failure::Unavailable(_) => ("transient", "it cannot be done now: send the same again"),
        Failure::Internal(_) => ("exception", "a fault of ours: the request id tells which"),
    };
    Problem::Other(failure.status(), code, words)
}
