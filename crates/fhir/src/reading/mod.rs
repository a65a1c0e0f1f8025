//! A request as a patient context: what is known, and what was not sent.
//!
//! Rules that all parts keep:
//!
//! - **The day of prescribing is the day of the call**, given by the caller. A draft's `authoredOn` does not count: a draft begun yesterday
//!   is judged by today's text, and a client's clock chooses no edition. Earlier prescriptions count by their own day.
//! - A list counts as looked at only if the whole of it came ([`Prefetched::Whole`]) and every entry that may matter could be read.
//!   Otherwise what came counts, and nothing follows from what did not ([`Checked::Partly`]).
//! - A resource of another patient is left out and makes its list one that was seen in part. In a draft or the patient's own record it
//!   refuses the whole call.
//! - Measurements have an age beyond which they are not known: [`measure`].

mod allergen;
mod allergy;
mod beside;
mod culture;
mod diagnosis;
mod drug;
mod found;
mod kidney;
mod kidney_code;
mod kidney_doubt;
mod measure;
mod order;
mod pregnancy;
mod reaction;
mod recognition;
mod resistance;
mod stated;
mod strength;

pub(crate) use order::Draft;
pub use recognition::Recognition;
pub(crate) use strength::milligrams_of;

use riktig_codes::Day;
use riktig_guideline::{AgeInMonths, Checked, Findings, PatientContext};

use crate::hooks::{Hook, HookRequest, Key, Prefetched};
use crate::outcome::Refusal;
use crate::resource::{Patient, View};

/// A request, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is known.
    pub patient: PatientContext,
    /// What did not come, or not whole, by prefetch key. For the operator's numbers; the cards name what mattered.
    pub gaps: Vec<Gap>,
}

/// A key whose data did not come whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Which key.
    pub key: &'static str,
    /// Why.
    pub reason: GapReason,
}

/// Why data did not come: five different things to whoever sets a client up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapReason {
    /// The client left the key out.
    Absent,
    /// The client sent `null`.
    Null,
    /// The server answered with an OperationOutcome, or with no resource.
    Failed,
    /// Not all pages came.
    Part,
    /// All of it came, and something in it could not be read.
    Unreadable,
}

impl GapReason {
    /// The word in metrics and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Null => "null",
            Self::Failed => "failed",
            Self::Part => "part",
            Self::Unreadable => "unreadable",
        }
    }
}

impl HookRequest {
    /// The patient context of this call on the day of prescribing.
    ///
    /// # Errors
    /// [`Refusal::PreconditionFailed`] if something is asked and the patient's own record is not there: age decides nearly
    /// every line of the guideline. With nothing to judge (an order without a drug, a drug that is no antibiotic) an empty answer needs
    /// no data.
    pub fn context(
        &self,
        on: Day,
        recognition: Recognition<'_>,
        findings: &Findings,
    ) -> Result<Reading, Refusal> {
        let mut patient = PatientContext::unknown(on);
        // Who asks is no fact about the patient.
        let facts = Key::ALL.into_iter().filter(|it| *it != Key::Prescriber);
        let mut gaps: Vec<Gap> = facts.filter_map(|it| self.gap(it)).collect();
        if let Some(record) = self.patient() {
            patient.age = record.born().and_then(|born| AgeInMonths::on(born, on));
            patient.sex = record.sex();
        }
        self.read_orders(recognition, &mut patient);
        if self.patient().is_none() && self.asks_something(&patient) {
            return Err(Refusal::PreconditionFailed);
        }
        self.read_diagnoses(&mut patient);
        self.read_allergies(recognition, &mut patient);
        self.read_drugs(recognition, &mut patient);
        self.read_measurements(findings, &mut patient);
        self.read_cultures(findings, &mut patient);
        let unread = [
            (Key::Allergies, partly(&patient.allergies)),
            (Key::Requests, partly(&patient.drugs)),
            (Key::Laboratory, partly(&patient.cultures)),
        ];
        for (key, partly) in unread {
            if partly && !gaps.iter().any(|it| it.key == key.as_str()) {
                gaps.push(Gap {
                    key: key.as_str(),
                    reason: GapReason::Unreadable,
                });
            }
        }
        Ok(Reading { patient, gaps })
    }

    fn patient(&self) -> Option<Patient<'_>> {
        let resources = self.came(Key::Patient).resources();
        resources.iter().find_map(|it| Patient::of(View::of(it)))
    }

    fn asks_something(&self, patient: &PatientContext) -> bool {
        let antibiotic = |drug| riktig_codes::Codebook::embedded().is_antibiotic(drug);
        self.hook == Hook::PatientView
            || patient
                .orders
                .iter()
                .any(|it| it.atc.is_some_and(antibiotic))
    }

    fn gap(&self, key: Key) -> Option<Gap> {
        let reason = match self.came(key) {
            Prefetched::Whole(_) => return None,
            Prefetched::Absent => GapReason::Absent,
            Prefetched::Null => GapReason::Null,
            Prefetched::Failed => GapReason::Failed,
            Prefetched::Part { .. } => GapReason::Part,
        };
        Some(Gap {
            key: key.as_str(),
            reason,
        })
    }

    /// The resources of a key that are this patient's, and whether they are all there are.
    fn list(&self, key: Key) -> (Vec<View<'_>>, bool) {
        let came = self.came(key);
        let all = came.resources().iter().map(View::of);
        let (own, others): (Vec<_>, Vec<_>) = all.partition(|it| self.is_about_patient(*it));
        (
            own,
            matches!(came, Prefetched::Whole(_)) && others.is_empty(),
        )
    }
}

/// Whether a page of several that begins with the newest reaches further back than so many days.
fn reaches_back(came: &Prefetched, dates: &[Option<Day>], on: Day, days: i32) -> bool {
    let paged = matches!(came, Prefetched::Part { next: Some(_), .. });
    let sorted =
        dates.iter().all(Option::is_some) && dates.is_sorted_by(|newer, older| newer >= older);
    let last = dates.last().copied().flatten();
    paged && sorted && last.is_some_and(|day| on - day > days)
}

fn partly<T>(list: &Checked<T>) -> bool {
    matches!(list, Checked::Partly(_))
}

/// A list with what is known of its being all.
fn checked<T>(list: Vec<T>, whole: bool, came: &Prefetched) -> Checked<Vec<T>> {
    match came {
        Prefetched::Absent | Prefetched::Null | Prefetched::Failed => Checked::NotChecked,
        _ if whole => Checked::Checked(list),
        _ => Checked::Partly(list),
    }
}
