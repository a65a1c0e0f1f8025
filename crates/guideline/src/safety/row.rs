//! Rows of the safety tables.

use riktig_codes::AtcCode;

use crate::criterion::{Criteria, Fact};
use crate::evidence::Provenance;
use crate::told::Told;

/// Drugs that share their allergies: an immediate or severe reaction to one forbids all.
#[derive(Debug, Clone, PartialEq)]
pub struct AllergyClass {
    /// Its id.
    pub id: String,
    /// The groups or substances.
    pub members: Vec<AtcCode>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// An immediate or severe allergy within one group that forbids another group too.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossReaction {
    /// Its id.
    pub id: String,
    /// An allergy to one of these …
    pub from: Vec<AtcCode>,
    /// … forbids these.
    pub to: Vec<AtcCode>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// How much a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Not to be given.
    Forbidden,
    /// To be minded.
    Caution,
}

/// What pregnancy, breast-feeding or age means for a drug.
#[derive(Debug, Clone, PartialEq)]
pub struct SituationRow {
    /// Its id.
    pub id: String,
    /// Which drug or group.
    pub drug: AtcCode,
    /// In which situation.
    pub when: Criteria,
    /// What follows.
    pub effect: Effect,
    /// In words.
    pub told: Told,
    /// Where it was read.
    pub provenance: Provenance,
}

impl SituationRow {
    /// Whether it asks whether, or how far, the patient is pregnant.
    #[must_use]
    pub fn is_about_pregnancy(&self) -> bool {
        let mut facts = self.when.facts();
        facts.any(|it| matches!(it, Fact::Pregnant | Fact::PregnancyWeek(..)))
    }
}

/// Whether a drug's dose follows kidney function.
#[derive(Debug, Clone, PartialEq)]
pub struct KidneyRow {
    /// Which drug or group.
    pub drug: AtcCode,
    /// Whether the dose is changed when kidney function is reduced.
    pub dose_changes: bool,
    /// Where it was read.
    pub provenance: Provenance,
}

/// Two drugs that do not go together.
#[derive(Debug, Clone, PartialEq)]
pub struct InteractionRow {
    /// Its id.
    pub id: String,
    /// The antibiotic, one of these …
    pub drug: Vec<AtcCode>,
    /// … with one of these.
    pub with: Vec<AtcCode>,
    /// Whether the pair is forbidden or to be minded.
    pub effect: Effect,
    /// Why they do not go together.
    pub mechanism: Told,
    /// What to do.
    pub handling: Told,
    /// Where it was read.
    pub provenance: Provenance,
}

/// A drug that a laboratory tests or reports by another: what it answers of that one is meant for this one too.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedAs {
    /// The drug that is given.
    pub drug: AtcCode,
    /// By any of these.
    pub by: Vec<AtcCode>,
    /// Where that stands.
    pub source: String,
}
