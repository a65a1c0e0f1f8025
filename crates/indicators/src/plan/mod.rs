//! The engine seam: definitions become tables of masks.
//!
//! A [`Plan`] has at most 128 [`Term`]s, one bit each; a term is a numerator or a denominator, and equal ones are one.
//! Every mask function answers for one dictionary entry: *which terms does this value let through?* A row's terms are
//! the AND of its values' masks, so a kernel evaluates no definition per row. A mask sets the bit of every term that
//! does not ask about its value, so ANDing one too many is harmless.
//!
//! | row | terms it adds to |
//! |---|---|
//! | dispensing | `drug & diagnosis(link) & setting(link) & link(method) & age & sex`, less the terms of each [`CourseLimit`] it fails, and less [`Plan::dual_role_terms`] if the prescriber is dual-role and the setting is unknown; it adds its items, its DDD or its person |
//! | contact | `diagnosis & setting & form & age & sex`, restricted to [`Contacts`](crate::Measure::Contacts) |
//! | contact with linked dispensings | the same, restricted to [`TreatedContacts`](crate::Measure::TreatedContacts), AND the OR over its dispensings of `drug & link(method) & distance(days)` less the failed course limits |
//! | list row | [`Plan::list_weights`] |
//! | inhabitants row | [`Plan::inhabitants_terms`] |
//!
//! Sums are integers in the units of [`Term::divisor`], so any order of adding gives the same bytes.

mod compile;
mod evaluate;
mod masks;
mod requires;
mod term;

pub use compile::PlanError;
pub use evaluate::{Amount, Measured, Outcome};
pub use masks::{CourseLimit, DiagnosisEntry, DiagnosisMasks, DrugEntry, ListBand};
pub use requires::{Available, Requirement, Requires};
pub use term::Term;

use crate::definition::Relevance;
use crate::facts::CodeFacts;

/// A set of terms: bit *i* is `plan.terms()[i]`.
pub type TermSet = u128;

/// The most terms a plan can have: the bits of a [`TermSet`].
pub const MAX_TERMS: usize = TermSet::BITS as usize;

/// Compiled definitions.
///
/// `Clone` and `Sync`: masks are computed on demand from owned tables; a kernel computes one per dictionary entry.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) terms: Vec<Term>,
    pub(crate) indicators: Vec<PlannedIndicator>,
    pub(crate) facts: CodeFacts,
}

/// One definition in a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedIndicator {
    /// Id of the definition.
    pub id: String,
    /// Version of the definition.
    pub version: u32,
    /// Index of its numerator in [`Plan::terms`].
    pub numerator: usize,
    /// Index of its denominator.
    pub denominator: usize,
    /// Whether it is for a doctor's own report.
    pub relevance: Relevance,
    /// What a source must have for the value to exist.
    pub requires: Requires,
}

impl Plan {
    /// The terms; the index is the bit.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The infections of the safety mirror.
    #[must_use]
    pub fn mirror(&self) -> &[crate::safety::Infection] {
        &self.facts.mirror
    }

    /// The indicators, in the order of the definitions given.
    #[must_use]
    pub fn indicators(&self) -> &[PlannedIndicator] {
        &self.indicators
    }
}
