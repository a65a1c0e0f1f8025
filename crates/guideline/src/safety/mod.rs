//! Why a drug is not for a patient: allergy, pregnancy, breast-feeding, kidney, drugs in use, cultures.
//!
//! The tables stand in `content/guideline/safety.toml`; each row has its source, as a line of treatment has.

mod allergy;
mod document;
mod interaction;
mod row;

pub use row::{AllergyClass, CrossReaction, Effect, InteractionRow, KidneyRow, SituationRow};

use riktig_codes::{AtcCode, Day};

use crate::advice::{Because, Kind};
use crate::context::PatientContext;
use crate::criterion::Missing;
use crate::truth::Truth;

/// All safety tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SafetyTables {
    /// Groups of drugs whose allergies go together.
    pub classes: Vec<AllergyClass>,
    /// Groups that an allergy to another group reaches.
    pub cross: Vec<CrossReaction>,
    /// Pregnancy and breast-feeding.
    pub situations: Vec<SituationRow>,
    /// Drugs whose dose follows kidney function, and drugs whose dose does not.
    pub kidney: Vec<KidneyRow>,
    /// Pairs of drugs.
    pub interactions: Vec<InteractionRow>,
}

/// What is known of one drug for one patient.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// Reasons not to give it at all.
    pub forbidden: Vec<Because>,
    /// An allergy of which nobody has written what happened.
    pub unclear_allergy: Option<AtcCode>,
    /// Something to mind.
    pub cautions: Vec<Kind>,
    /// What was not looked at.
    pub not_checked: Vec<Missing>,
    /// Kidney function is reduced, or not known, and the dose follows it.
    pub dose_by_kidney: KidneyDose,
}

/// Whether a dose can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KidneyDose {
    /// The dose does not follow kidney function, or kidney function is not reduced.
    #[default]
    Usual,
    /// It may have to be changed; the table of changed doses has not been read.
    CannotBeTold,
}

impl Verdict {
    /// Whether the guideline's answer may name this drug: nothing forbids it and no allergy to it is unclear.
    #[must_use]
    pub fn may_be_named(&self) -> bool {
        self.forbidden.is_empty() && self.unclear_allergy.is_none()
    }
}

/// Reduced kidney function: below 60 ml/min/1.73 m², stage G3a and beyond.
///
/// Source: KDIGO 2012 Clinical Practice Guideline for the Evaluation and Management of Chronic Kidney Disease.
pub const REDUCED_EGFR: f64 = 60.0;

impl SafetyTables {
    /// Everything that speaks about this drug for this patient on the context's day.
    #[must_use]
    pub fn judge(&self, drug: AtcCode, patient: &PatientContext) -> Verdict {
        let mut verdict = Verdict::default();
        self.judge_allergies(drug, patient, &mut verdict);
        self.judge_situations(drug, patient, &mut verdict);
        self.judge_kidney(drug, patient, &mut verdict);
        self.judge_drugs(drug, patient, &mut verdict);
        judge_cultures(drug, patient, &mut verdict);
        verdict.not_checked.sort();
        verdict.not_checked.dedup();
        verdict
    }

    fn judge_situations(&self, drug: AtcCode, patient: &PatientContext, verdict: &mut Verdict) {
        for row in &self.situations {
            if !drug.is_within(row.drug) || !row.provenance.is_advice_on(patient.on) {
                continue;
            }
            let because = Because::Row {
                row: row.id.clone(),
            };
            match (row.when.holds(patient), row.effect) {
                (Truth::No, _) => {}
                (Truth::Unknown, _) => verdict.not_checked.extend(row.when.missing(patient)),
                (Truth::Yes, Effect::Forbidden) => verdict.forbidden.push(because),
                (Truth::Yes, Effect::Caution) => {
                    verdict.cautions.push(Kind::Caution { drug, because })
                }
            }
        }
    }

    fn judge_kidney(&self, drug: AtcCode, patient: &PatientContext, verdict: &mut Verdict) {
        let row = self
            .kidney
            .iter()
            .find(|row| drug.is_within(row.drug) && row.provenance.is_advice_on(patient.on));
        // A drug that the table does not know might be either: its dose is not told to a patient with reduced function.
        if row.is_some_and(|row| !row.dose_changes) {
            return;
        }
        match patient.egfr {
            None => verdict.not_checked.push(Missing::KidneyFunction),
            Some(egfr) if egfr >= REDUCED_EGFR => {}
            // Reduced, or not a number.
            Some(_) => verdict.dose_by_kidney = KidneyDose::CannotBeTold,
        }
    }
}

/// A culture counts for so many days: bacteria of last year tell little of today's.
const CULTURE_DAYS: i32 = 90;

fn judge_cultures(drug: AtcCode, patient: &PatientContext, verdict: &mut Verdict) {
    if !patient.cultures.is_checked() {
        verdict.not_checked.push(Missing::Cultures);
    }
    let newest = patient
        .cultures
        .known()
        .iter()
        .filter(|it| recent(it.on, patient.on))
        .filter(|it| names(&it.resistant_to, drug) || names(&it.susceptible_to, drug))
        .max_by_key(|it| it.on);
    if let Some(culture) = newest.filter(|it| names(&it.resistant_to, drug)) {
        verdict
            .forbidden
            .push(Because::Resistance { on: culture.on });
    }
}

fn names(list: &[AtcCode], drug: AtcCode) -> bool {
    list.iter().any(|it| drug.is_within(*it))
}

fn recent(sample: Day, today: Day) -> bool {
    (0..=CULTURE_DAYS).contains(&(today - sample))
}
