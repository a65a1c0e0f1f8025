//! What the guideline says of the prescription that is being written, in the same words as everywhere.

use riktig_codes::{Day, Sex};
use riktig_guideline::{
    Advice, AgeInMonths, Answer, Because, Diagnosis, DraftOrder, Guideline, Kind, PatientContext,
    SwitchedOff, ToldAdvice, ToldAnswer, Treatment,
};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{Lang, tell_advice};

use super::asked::{Question, questions};
use super::filled::Shown;
use super::told::{Told, Wrong};

/// What the page shows of the answer.
#[derive(Debug)]
pub(super) struct Advised {
    /// Why the drug is not for this patient: shown on top, and again before it is sent.
    pub(super) dangers: Vec<ToldAdvice>,
    /// The same without words, for the form to say that they were shown; empty where there are none.
    pub(super) warned: String,
    pub(super) rest: ToldAnswer,
    /// What is asked of the patient.
    pub(super) questions: Vec<Question>,
}

/// What the page knows of the patient: age and sex of the number, the diagnosis, and what was told; with the fields that cannot be read. What
/// nobody has told is not known, and advice says so.
pub(super) fn context<'g>(
    guideline: &'g Guideline,
    (shown, told): (&Shown, &Told),
    diagnosis: Option<Diagnosis>,
    today: Day,
) -> (PatientContext, Vec<Wrong<'g>>) {
    let mut patient = PatientContext::unknown(today);
    patient.age = shown.born.and_then(|born| AgeInMonths::on(born, today));
    patient.sex = shown.sex.unwrap_or(Sex::Unknown);
    patient.diagnoses = diagnosis.into_iter().collect();
    let wrong = told.tell(guideline, &mut patient);
    (patient, wrong)
}

impl Advised {
    /// Nobody to advise on yet.
    pub(super) fn nothing() -> Self {
        Self {
            dangers: Vec::new(),
            warned: String::new(),
            rest: ToldAnswer {
                advice: Vec::new(),
                silence: Vec::new(),
                standing: None,
                not_checked: None,
            },
            questions: Vec::new(),
        }
    }

    /// The advice on a draft, or on the contact while there is none.
    pub(super) fn of(
        lang: Lang,
        guideline: &Guideline,
        off: &SwitchedOff,
        (mut patient, told, order): (PatientContext, &Told, Option<DraftOrder>),
    ) -> Self {
        patient.orders = order.into_iter().collect();
        let answer = guideline.advise_without(&patient, off);
        let words = tell_advice(lang, guideline, &answer);
        let mut words = match patient.orders.first() {
            Some(order) => with_what_was_not_compared(lang, (&answer, order), words),
            None => words,
        };
        let both = answer.advice.iter().zip(std::mem::take(&mut words.advice));
        let forbids =
            |it: &(&Advice, ToldAdvice)| matches!(it.0.kind, Kind::Contraindicated { .. });
        let (dangers, rest): (Vec<_>, Vec<_>) = both.partition(forbids);
        let warned: Vec<String> = dangers.iter().map(|it| without_words(it.0)).collect();
        words.advice = rest.into_iter().map(|it| it.1).collect();
        Self {
            dangers: dangers.into_iter().map(|it| it.1).collect(),
            warned: warned.join(" "),
            rest: words,
            questions: questions(lang, guideline, told, (&patient, &answer)),
        }
    }
}

/// `J01CE02-J01C` (an allergy), `J01AA02-doxycycline-week-15` (a row): the same in every language.
fn without_words(advice: &Advice) -> String {
    let Kind::Contraindicated { drug, because, .. } = &advice.kind else {
        return String::new();
    };
    match because {
        Because::Allergy { to, .. } => format!("{drug}-{to}"),
        Because::Row { row } => format!("{drug}-{row}"),
        Because::Interaction { row, with } => format!("{drug}-{row}-{with}"),
        Because::Resistance { on } => format!("{drug}-{on}"),
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
