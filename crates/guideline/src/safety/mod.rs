//! Why a drug is not for a patient: allergy, pregnancy, breast-feeding, kidney, drugs in use, cultures.
//!
//! The tables stand in `content/guideline/safety.toml`; each row has its source, as a line of treatment has.

mod allergy;
mod document;
mod fest;
mod interaction;
mod row;

pub use fest::{FestFile, FestFileError};
pub use row::{
    AllergyClass, CrossReaction, Effect, InteractionRow, KidneyRow, ReportedAs, SituationRow,
};

use riktig_codes::{AtcCode, Day};

use crate::advice::{Because, Kind};
use crate::context::PatientContext;
use crate::criterion::Missing;
use crate::evidence::Provenance;
use crate::guideline::SwitchedOff;
use crate::truth::Truth;
use crate::unread::Unread;

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
    /// Drugs that a laboratory reports under another name.
    pub reported: Vec<ReportedAs>,
    /// Drugs whose interactions nobody has assessed: with them, drugs in use stay unchecked.
    pub not_assessed: Vec<AtcCode>,
}

/// What is known of one drug for one patient.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// Reasons not to give it at all.
    pub forbidden: Vec<Because>,
    /// An allergy of which nobody has written what happened.
    pub unclear_allergy: Option<AtcCode>,
    /// Facts that are not known and might forbid it: whether pregnant, for a drug that is not for the last weeks.
    pub may_be_forbidden_by: Vec<Missing>,
    /// The same for pregnancy and breast-feeding that nobody asked about: the drug is named, and an alternative to it may be right.
    pub unasked: Vec<Missing>,
    /// A row that nobody has read, or that is switched off, might forbid it.
    pub unread: bool,
    /// A row about pregnancy asks for care with it, and the patient is pregnant, or an answer about that cannot be read.
    pub minded_in_pregnancy: bool,
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
    /// Kidney function is, or may be, severely reduced: perhaps the drug is not for the patient at all.
    DrugCannotBeTold,
}

impl Verdict {
    /// Whether the guideline's answer may name this drug: nothing forbids it, no allergy to it is unclear, neither a fact
    /// that is not known nor a row that nobody has read might forbid it, and the kidneys can clear it.
    #[must_use]
    pub fn may_be_named(&self) -> bool {
        self.forbidden.is_empty()
            && self.unclear_allergy.is_none()
            && !self.may_be_forbidden()
            && !self.kidneys_forbid_to_name()
    }

    /// Whether it is not named because its dose follows a kidney function that is, or may be, severely reduced.
    #[must_use]
    pub fn kidneys_forbid_to_name(&self) -> bool {
        self.dose_by_kidney == KidneyDose::DrugCannotBeTold
    }

    /// Whether nothing else keeps it from being named.
    #[must_use]
    pub fn only_the_kidneys_forbid_to_name(&self) -> bool {
        let usual = Self {
            dose_by_kidney: KidneyDose::Usual,
            ..self.clone()
        };
        self.kidneys_forbid_to_name() && usual.may_be_named()
    }

    /// Whether it might be forbidden, the allergies that are listed aside.
    #[must_use]
    pub fn may_be_forbidden(&self) -> bool {
        self.unread || !self.may_be_forbidden_by.is_empty()
    }

    /// Whether it is not known that it goes together with a drug in use.
    #[must_use]
    pub fn pair_not_checked(&self) -> bool {
        let mut missing = self.not_checked.iter();
        missing.any(|it| matches!(it, Missing::Interaction(_)))
    }

    /// The facts that would decide whether it may be named.
    #[must_use]
    pub fn what_may_forbid(&self) -> Vec<Missing> {
        let mut missing = self.may_be_forbidden_by.clone();
        missing.extend(self.unclear_allergy.map(|_| Missing::Reaction));
        missing
    }
}

/// Whether nobody asked for pregnancy or breast-feeding at all. Few records say of a woman that she is not pregnant: the drug is
/// named, and that it was not asked is named with it. Of whoever is known to be pregnant, the week is asked for first.
fn never_asked(missing: &[Missing]) -> bool {
    missing.iter().any(|it| FIRST_ASKED.contains(it))
}

const FIRST_ASKED: [Missing; 2] = [Missing::Pregnancy, Missing::BreastFeeding];

/// How a row stands on a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It holds.
    Read,
    /// It might.
    Unread,
    /// Its text does not hold on this day.
    Ended,
}

impl Standing {
    fn of(id: &str, basis: &Provenance, patient: &PatientContext, off: &SwitchedOff) -> Self {
        let ended = basis.is_advice() && !basis.holds_on(patient.on);
        Self::judged(ended, basis.is_advice() && !off.holds("safety", id))
    }

    /// Of a row about two drugs, which any Norwegian source that was read may carry.
    fn of_pair(id: &str, basis: &Provenance, patient: &PatientContext, off: &SwitchedOff) -> Self {
        let ended = !basis.holds_on(patient.on);
        Self::judged(
            ended,
            basis.is_cited_on(patient.on) && !off.holds("safety", id),
        )
    }

    fn judged(ended: bool, read: bool) -> Self {
        match (ended, read) {
            (true, _) => Self::Ended,
            (false, true) => Self::Read,
            (false, false) => Self::Unread,
        }
    }
}

/// Reduced kidney function: below 60 ml/min/1.73 m², stage G3a and beyond.
///
/// Source: KDIGO 2012 Clinical Practice Guideline for the Evaluation and Management of Chronic Kidney Disease.
pub const REDUCED_EGFR: f64 = 60.0;

/// Severely reduced kidney function: below 30 ml/min/1.73 m², stage G4 and beyond (the same source). That no drug is named there whose
/// dose follows it is a tolerance of our own (decision 0014).
pub const SEVERELY_REDUCED_EGFR: f64 = 30.0;

impl SafetyTables {
    /// Everything that speaks about this drug for this patient on the context's day.
    #[must_use]
    pub fn judge(&self, drug: AtcCode, patient: &PatientContext) -> Verdict {
        self.judge_without(drug, patient, &SwitchedOff::nothing())
    }

    /// Like [`judge`](Self::judge), with rows switched off (`safety/ID`). What a row that is off, or that nobody has read, would
    /// forbid is not forbidden, and is not named as advice either.
    #[must_use]
    pub fn judge_without(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
    ) -> Verdict {
        self.judge_beside(drug, patient, &[], off)
    }

    /// The same of a drug that is ordered together with others: for interactions they count as drugs in use.
    #[must_use]
    pub fn judge_beside(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        beside: &[AtcCode],
        off: &SwitchedOff,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        self.judge_allergies(drug, patient, off, &mut verdict);
        self.judge_situations(drug, patient, off, &mut verdict);
        self.judge_kidney(drug, patient, &mut verdict);
        self.judge_drugs(drug, patient, beside, off, &mut verdict);
        self.judge_cultures(drug, patient, &mut verdict);
        verdict.not_checked.sort();
        verdict.not_checked.dedup();
        verdict
    }

    fn judge_situations(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
        verdict: &mut Verdict,
    ) {
        for row in self.situations.iter().filter(|it| drug.is_within(it.drug)) {
            let because = Because::Row {
                row: row.id.clone(),
            };
            let standing = Standing::of(&row.id, &row.provenance, patient, off);
            match (standing, row.when.holds(patient), row.effect) {
                (Standing::Ended, _, _)
                | (_, Truth::No, _)
                | (Standing::Unread, _, Effect::Caution) => {}
                (Standing::Unread, _, Effect::Forbidden) => verdict.unread = true,
                (Standing::Read, Truth::Unknown, effect) => {
                    let mut missing = row.when.missing(patient);
                    // An answer that nobody can read was asked for.
                    let unread = patient.unread.contains(&Unread::Pregnancy)
                        && missing.contains(&Missing::Pregnancy);
                    if never_asked(&missing) && !unread {
                        // The week, or the child, is asked about of whoever is pregnant, or breast-feeding.
                        missing.retain(|it| FIRST_ASKED.contains(it));
                        if effect == Effect::Forbidden {
                            verdict.unasked.extend(missing.clone());
                        }
                    } else if effect == Effect::Forbidden {
                        verdict.may_be_forbidden_by.extend(missing.clone());
                    } else {
                        verdict.minded_in_pregnancy |= row.is_about_pregnancy();
                    }
                    verdict.not_checked.extend(missing);
                }
                (Standing::Read, Truth::Yes, Effect::Forbidden) => verdict.forbidden.push(because),
                (Standing::Read, Truth::Yes, Effect::Caution) => {
                    verdict.minded_in_pregnancy |= row.is_about_pregnancy();
                    verdict.cautions.push(Kind::Caution { drug, because });
                }
            }
        }
    }

    fn judge_kidney(&self, drug: AtcCode, patient: &PatientContext, verdict: &mut Verdict) {
        if acts_where_it_is_put(drug) {
            return;
        }
        let row = self
            .kidney
            .iter()
            .find(|row| drug.is_within(row.drug) && row.provenance.is_advice_on(patient.on));
        // A drug that the table does not know might be either: its dose is not told to a patient with reduced function.
        if row.is_some_and(|row| !row.dose_changes) {
            return;
        }
        match patient.kidney_function() {
            // No rate is known; the creatinine may be high for whoever this may be.
            None => {
                verdict.not_checked.push(Missing::KidneyFunction);
                verdict.dose_by_kidney = match patient.unread.contains(&Unread::KidneyFunction) {
                    // A number was sent that nobody can read: it may be a low one.
                    true => KidneyDose::DrugCannotBeTold,
                    false => dose_by(patient.creatinine_over_normal()),
                };
            }
            Some(it) if it.least >= REDUCED_EGFR => {}
            // Or not a number.
            Some(it) if it.least.is_nan() || it.least < SEVERELY_REDUCED_EGFR => {
                verdict.dose_by_kidney = KidneyDose::DrugCannotBeTold;
            }
            // Reduced for a man and not for a woman, and nobody knows which.
            Some(it) if it.most >= REDUCED_EGFR => {
                verdict.not_checked.push(Missing::KidneyFunction);
            }
            Some(_) => verdict.dose_by_kidney = KidneyDose::CannotBeTold,
        }
    }
}

/// From how many times the highest normal creatinine on kidney function may be severely reduced: a tolerance of our own.
const SEVERE_TIMES_NORMAL: f64 = 2.0;

/// What of a dose can be told by a creatinine from which no rate is reckoned.
fn dose_by(creatinine_over_normal: Option<f64>) -> KidneyDose {
    match creatinine_over_normal {
        Some(times) if times >= SEVERE_TIMES_NORMAL => KidneyDose::DrugCannotBeTold,
        Some(times) if times > 1.0 => KidneyDose::CannotBeTold,
        _ => KidneyDose::Usual,
    }
}

/// Drops and ointments for eye and ear (ATC main group S, sensory organs): their dose follows no kidney.
fn acts_where_it_is_put(drug: AtcCode) -> bool {
    drug.to_string().starts_with('S')
}

/// A culture counts for so many days: bacteria of last year tell little of today's.
const CULTURE_DAYS: i32 = 90;

impl SafetyTables {
    fn judge_cultures(&self, drug: AtcCode, patient: &PatientContext, verdict: &mut Verdict) {
        if !patient.cultures.is_checked() {
            verdict.not_checked.push(Missing::Cultures);
        }
        let names = |list: &[AtcCode]| {
            let mut reported = self.reported.iter().filter(|it| it.drug == drug);
            names(list, drug) || reported.any(|it| it.by.iter().any(|by| names(list, *by)))
        };
        // Of two samples of one day, one resistant, the resistant bacteria are still there.
        let newest = patient
            .cultures
            .known()
            .iter()
            .filter(|it| recent(it.on, patient.on))
            .filter(|it| names(&it.resistant_to) || names(&it.susceptible_to))
            .max_by_key(|it| (it.on, names(&it.resistant_to)));
        if let Some(culture) = newest.filter(|it| names(&it.resistant_to)) {
            verdict
                .forbidden
                .push(Because::Resistance { on: culture.on });
        }
    }
}

fn names(list: &[AtcCode], drug: AtcCode) -> bool {
    list.iter().any(|it| drug.is_within(*it))
}

fn recent(sample: Day, today: Day) -> bool {
    (0..=CULTURE_DAYS).contains(&(today - sample))
}

/// Antibiotics for the whole body. Methenamine acts in the urine only and is taken for months.
pub(crate) fn acts_in_the_whole_body(drug: AtcCode) -> bool {
    let is = |groups: &[&str]| groups.iter().any(|it| drug.as_str().starts_with(it));
    is(&["J01", "P01AB"]) && !is(&["J01XX05"])
}
