//! How a doctor's own system asks for advice, and how it is answered: FHIR R4 and CDS Hooks 2.0.1.
//!
//! ```text
//! bytes ─► HookRequest ─► plan_fetches (the portal fetches) ─► Reading { PatientContext } ─► Guideline::advise
//!                                                                                              │
//! bytes ◄─ HookResponse { cards } ◄───────────────── words ◄─────────────────────────────── Answer
//! ```
//!
//! Pure: no clock, no network. Requests are **read tolerantly** (an object where a list belongs, an order without a drug) and
//! answers are **written strictly** ([`violations`] holds every card against the specification). What a client did not send is not
//! known, and what it sent of another patient is refused: [`Reading`].
//!
//! The guideline itself is handed out as FHIR and as plain JSON: [`knowledge`]. Prescriptions come and go as FHIR too: [`prescribing`].

mod cards;
pub mod code_system;
mod hooks;
pub mod knowledge;
mod once;
mod outcome;
pub mod prescribing;
mod reading;
pub mod resource;
mod wording;

pub use cards::{
    Action, Card, CardWords, HookResponse, Indicator, Link, Names, OverrideCoding,
    SelectionBehavior, Shown, Source, Suggestion, TopicCoding, violations,
};
pub use hooks::{
    Discovery, Feedback, FeedbackKind, Fetch, FhirAuthorization, Hook, HookRequest, KEYS,
    Prefetched, Service, Version,
};
pub use once::json_once;
pub use outcome::Refusal;
pub use reading::{Gap, GapReason, Reading, Recognition};
pub use wording::CodedUse;
