//! What the guideline says of the prescription that is being written, in the same words as everywhere.

use riktig_codes::{Day, Sex};
use riktig_guideline::{
    AgeInMonths, Diagnosis, DraftOrder, Guideline, PatientContext, SwitchedOff, ToldAnswer,
};
use riktig_reports::{Lang, tell_advice};

use super::filled::Shown;

/// What the page knows of the patient: age and sex of the number, the weight if it was written, and the diagnosis. Allergies, other drugs
/// and the rest are not known, and advice says so.
pub(super) fn context(
    shown: &Shown,
    weight: &str,
    diagnosis: Option<Diagnosis>,
    today: Day,
) -> PatientContext {
    let mut patient = PatientContext::unknown(today);
    patient.age = shown.born.and_then(|born| AgeInMonths::on(born, today));
    patient.sex = shown.sex.unwrap_or(Sex::Unknown);
    patient.weight = crate::pages::guideline::condition::weight(weight).flatten();
    patient.diagnoses = diagnosis.into_iter().collect();
    patient
}

/// The advice on a draft, or on the contact while there is none.
pub(super) fn advised(
    lang: Lang,
    guideline: &Guideline,
    off: &SwitchedOff,
    (mut patient, order): (PatientContext, Option<DraftOrder>),
) -> ToldAnswer {
    patient.orders = order.into_iter().collect();
    tell_advice(lang, guideline, &guideline.advise_without(&patient, off))
}
