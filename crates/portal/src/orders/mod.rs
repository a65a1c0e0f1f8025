//! Prescriptions in FHIR for a doctor's own system: an order in, what was prescribed and what became of it out (`docs/reference/prescribing.md`).
//!
//! ```text
//! session ─► body ─► Read ─► number (of the identifier) ─► controls ─► policy, signature, outbox in one transaction ─► 201
//! ```
//!
//! Whoever asks is a doctor who is logged in. No identity number stands in an address, a log or an error.

mod agree;
mod asked;
mod beside;
mod caller;
mod create;
mod give;
mod outcome;
mod recall;
mod refusal;
mod renewed;
mod told;

pub(crate) use create::{request, statement};
pub(crate) use give::{one_request, one_statement, requests, statements};
pub(crate) use recall::recall;
