//! What the guideline says of the prescription that is being written, in the same words as everywhere.

use riktig_codes::{Day, Sex};
use riktig_guideline::{
    AgeInMonths, Answer, Diagnosis, DraftOrder, Guideline, Kind, PatientContext, SwitchedOff,
    ToldAnswer, Treatment,
};
use riktig_reports::text::{Arg, Key};
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
    let answer = guideline.advise_without(&patient, off);
    let told = tell_advice(lang, guideline, &answer);
    match patient.orders.first() {
        Some(order) => with_what_was_not_compared(lang, (&answer, order), told),
        None => told,
    }
}

/// *As the guideline* is said of a whole course alone: what was not compared is named, and until then agreement is of the drug.
fn with_what_was_not_compared(
    lang: Lang,
    (answer, order): (&Answer, &DraftOrder),
    mut told: ToldAnswer,
) -> ToldAnswer {
    let left = not_compared(answer, order);
    if left.is_empty() {
        return told;
    }
    let parts: Vec<String> = left.into_iter().map(|key| lang.say(key)).collect();
    let parts = parts.join(", ");
    let said = lang.fill(
        Key("prescribe-not-compared"),
        &[("parts", Arg::Text(&parts))],
    );
    let both = answer.advice.iter().zip(&mut told.advice);
    for (_, told) in both.filter(|(it, _)| matches!(it.kind, Kind::Agrees { .. })) {
        told.summary = lang.say(Key("prescribe-same-drug"));
    }
    told.silence.push(said);
    told
}

/// The parts of the order that no line of the answer was held against.
fn not_compared(answer: &Answer, order: &DraftOrder) -> Vec<Key> {
    let line = answer.advice.iter().find_map(|it| match &it.kind {
        Kind::Agrees { treatment } | Kind::Differs { treatment, .. } => Some(treatment),
        _ => None,
    });
    let dose = |it: &Treatment| {
        let (ours, theirs) = (order.milligrams.as_ref(), it.milligrams.as_ref());
        ours.zip(theirs).is_some_and(|(a, b)| a.len() == b.len())
    };
    let times = |it: &Treatment| order.times_per_day.is_some() && !it.times_per_day.is_empty();
    let days = |it: &Treatment| order.days.is_some() && it.days.is_some();
    let parts = [
        (line.is_some_and(dose), Key("prescribe-part-dose")),
        (line.is_some_and(times), Key("prescribe-part-times")),
        (line.is_some_and(days), Key("prescribe-part-days")),
    ];
    let left = parts.into_iter().filter(|(compared, _)| !compared);
    left.map(|(_, part)| part).collect()
}
