//! The national guideline for antibiotics in primary care, and advice from it.
//!
//! ```text
//! content/guideline ──► Guideline ──advise(PatientContext)──► Answer
//! ```
//!
//! Pure: no clock, no network. A [`PatientContext`] says what is known of a patient and, just as important, what is not; an
//! [`Answer`] is at most three pieces of advice with the rules they rest on, or silence with its reason. Only lines that were
//! read in the national guideline and held against it by a second person are given as advice
//! ([`Provenance::is_advice`]); everything else is silent. Decision 0014 says why it is built like this.

mod advice;
mod advise;
mod body;
mod check;
mod condition;
mod context;
mod context_document;
mod criterion;
mod danger;
mod diagnosis;
mod document;
mod drug_name;
mod error;
mod evidence;
mod example;
mod finding;
mod finding_document;
mod guideline;
mod mutant;
mod plausible;
pub mod safety;
pub mod scores;
mod search;
mod shipped;
mod told;
mod told_advice;
mod told_buttons;
mod truth;
mod unread;

pub use advice::{Advice, Answer, Because, Change, Kind, Silence, SilenceReason, Treatment};
pub use check::{Check, Expiring, Lack, SilentLine, UnknownCode};
pub use condition::{
    Codes, Condition, Dose, Indication, Length, Line, Stance, Statement, Withheld,
};
pub use context::{
    AgeInMonths, Allergy, Certainty, Checked, Culture, Diagnosis, DraftOrder, FirstDay, Kilograms,
    PastAntibiotic, PatientContext, Pregnancy, Reaction,
};
pub use context_document::{ContextDocument, ContextError};
pub use criterion::{Comparison, Criteria, Fact, Missing, Part};
pub use danger::Danger;
pub use drug_name::{drug_name, same_substance};
pub use error::{ContentError, ContentProblem, CriterionError};
pub use evidence::{EvidenceStatus, Provenance};
pub use example::{Deviation, Example, in_short};
pub use finding::{Finding, FindingId, FindingKind, FindingValue, Findings};
pub use guideline::{Guideline, SwitchedOff};
pub use mutant::{danger_mutants, mutants};
pub use plausible::Implausible;
pub use shipped::{CONDITIONS, DANGERS, FINDINGS, SAFETY};
pub use told::Told;
pub use told_advice::{Rule, Source, ToldAdvice, ToldAnswer};
pub use told_buttons::{OverrideReason, ToldButtons, ToldChoice, ToldOverride, ToldReason};
pub use truth::Truth;
pub use unread::{KidneyGap, OrderPart, Unread};
