//! What the contact is about.

use riktig_codes::Day;
use riktig_guideline::{Diagnosis, PatientContext, Pregnancy};

use crate::hooks::{HookRequest, Key};
use crate::resource::{Concept, Condition};

/// A diagnosis counts as the contact's for so many days: as long as a prescription is linked to a contact (decision 0001). An older entry of
/// the problem list is history.
const CONTACT_DAYS: i32 = 7;

/// A pregnancy written down longer ago than this has ended.
const PREGNANCY_DAYS: i32 = 300;

impl HookRequest {
    /// Diagnoses of this contact, and a pregnancy that stands among them.
    ///
    /// Where the call names the contact and diagnoses refer to it, those are they. Otherwise active ones of the last [`CONTACT_DAYS`],
    /// and undated ones.
    pub(super) fn read_diagnoses(&self, patient: &mut PatientContext) {
        let (list, _) = self.list(Key::Conditions);
        let active: Vec<Condition<'_>> = list
            .into_iter()
            .filter_map(Condition::of)
            .filter(|it| it.is_active())
            .collect();
        let here = |it: &&Condition<'_>| {
            let contact = it.encounter().and_then(|it| it.rsplit('/').next());
            contact.is_some() && contact == self.encounter_id.as_deref()
        };
        let recent = |it: &&Condition<'_>| {
            it.day()
                .is_none_or(|day| within(day, patient.on, CONTACT_DAYS))
        };
        let of_contact: Vec<&Condition<'_>> = active.iter().filter(here).collect();
        let chosen = if of_contact.is_empty() {
            active.iter().filter(recent).collect()
        } else {
            of_contact
        };
        patient.diagnoses = chosen
            .into_iter()
            .flat_map(|it| diagnoses(&it.code()))
            .collect();
        dedup(&mut patient.diagnoses);
        let pregnant = |it: &Condition<'_>| {
            it.day()
                .is_some_and(|day| within(day, patient.on, PREGNANCY_DAYS))
                && diagnoses(&it.code()).into_iter().any(means_pregnancy)
        };
        if active.iter().any(pregnant) {
            patient.pregnancy = Pregnancy::Yes { week: None };
        }
    }
}

/// The diagnoses that a concept's codes say.
pub(super) fn diagnoses(concept: &Concept<'_>) -> Vec<Diagnosis> {
    let mut diagnoses: Vec<Diagnosis> = concept.codings().filter_map(|it| it.diagnosis()).collect();
    dedup(&mut diagnoses);
    diagnoses
}

/// Each once, in their order.
pub(super) fn dedup(diagnoses: &mut Vec<Diagnosis>) {
    let mut seen = std::collections::HashSet::new();
    diagnoses.retain(|it| seen.insert(*it));
}

/// W78 pregnancy, W79 unwanted pregnancy, W84 pregnancy of high risk; Z33–Z35 in ICD-10; 77386006 in SNOMED CT.
fn means_pregnancy(diagnosis: Diagnosis) -> bool {
    match diagnosis {
        Diagnosis::Icpc2(code) => ["W78", "W79", "W84"].contains(&code.rubric().as_str()),
        Diagnosis::Icd10(code) => ["Z33", "Z34", "Z35"].contains(&code.category().as_str()),
        Diagnosis::Snomed(concept) => concept == 77_386_006,
    }
}

/// Whether a day lies at most so many days back; tomorrow's does not count.
pub(super) fn within(day: Day, on: Day, days: i32) -> bool {
    (0..=days).contains(&(on - day))
}
