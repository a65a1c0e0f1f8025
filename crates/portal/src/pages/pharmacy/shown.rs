//! A prescription at the counter in words.

use riktig_chain::pharmacy::{Answered, AtHand, Counter, ReasonOfTreatment, Step};
use riktig_codes::{Day, DiagnosisCode};
use riktig_eresept::prescription::{Amount, AmountUnit, Event};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::refused;
use crate::diagnosis_name;

/// One thing that was done, with what became of its report.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) what: String,
    pub(super) answers: Vec<String>,
    /// The report's id, where it is a dispensing that stands: it can be taken back, and has a label.
    pub(super) dispensing: Option<String>,
    /// What was handed out instead of the prescribed product; else empty.
    pub(super) instead: String,
    /// How it is taken from now on, where the pharmacist changed that; else empty.
    pub(super) dosage: String,
    /// On which day, for the label.
    pub(super) day: String,
    pub(super) may_annul: bool,
}

/// Name and words, in the order of a prescription.
pub(super) fn rows(lang: Lang, counter: &Counter) -> Vec<[String; 2]> {
    let day = |day: Day| lang.day(&day.to_string());
    let not_told = || lang.say(Key("pharmacy-not-told"));
    let text = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|it| !it.is_empty());
        text.map_or_else(not_told, str::to_owned)
    };
    let prescriber = counter.prescriber_name.reveal().trim();
    let prescriber = format!("{prescriber} HPR {}", counter.prescriber);
    let valid = [
        ("from", day(counter.prescribed)),
        ("until", day(counter.expires)),
    ];
    let valid = valid.each_ref().map(|(name, day)| (*name, Arg::Text(day)));
    let amount = counter.amount.as_ref();
    let not_before = counter.not_before.map(day);
    let all = [
        (Key("pharmacy-dosage"), Some(text(&counter.dosage))),
        (Key("pharmacy-reason"), Some(reason(lang, &counter.reason))),
        (Key("pharmacy-use"), Some(text(&counter.use_text))),
        (
            Key("pharmacy-waiting"),
            Some(waiting(lang, counter.waiting)),
        ),
        (
            Key("pharmacy-amount"),
            Some(amount.map_or_else(not_told, |it| amount_of(lang, it))),
        ),
        (
            Key("pharmacy-again"),
            Some(counter.reiterations.to_string()),
        ),
        (
            Key("pharmacy-valid"),
            Some(lang.fill(Key("prescriptions-days"), &valid)),
        ),
        (Key("pharmacy-not-before"), not_before),
        (
            Key("pharmacy-prescriber"),
            Some(prescriber.trim().to_owned()),
        ),
    ];
    let said = all
        .into_iter()
        .filter_map(|(key, words)| Some([lang.say(key), words?]));
    said.collect()
}

fn reason(lang: Lang, reason: &ReasonOfTreatment) -> String {
    let ReasonOfTreatment::Given(diagnosis) = reason else {
        return lang.say(Key("pharmacy-reason-none"));
    };
    let coded = diagnosis.coded();
    let system = match diagnosis.code() {
        Ok(DiagnosisCode::Icpc2(_)) => "ICPC-2 ",
        Ok(DiagnosisCode::Icd10(_)) => "ICD-10 ",
        Err(_) => "",
    };
    match diagnosis_name::told(lang, coded) {
        Some(name) => format!("{name} ({system}{})", coded.code),
        None => format!("{system}{}", coded.code),
    }
}

fn waiting(lang: Lang, waiting: Option<bool>) -> String {
    lang.say(match waiting {
        Some(true) => Key("pharmacy-waiting-yes"),
        Some(false) => Key("pharmacy-waiting-no"),
        None => Key("pharmacy-not-told"),
    })
}

fn amount_of(lang: Lang, amount: &Amount) -> String {
    let number = thousandths(amount.thousandths);
    match &amount.unit {
        AmountUnit::Packs => lang.fill(Key("pharmacy-packs"), &[("count", Arg::Text(&number))]),
        AmountUnit::Of(unit) => format!("{number} {unit}").trim().to_owned(),
    }
}

/// `1`, `0.5`: as a form takes it.
pub(super) fn thousandths(thousandths: u64) -> String {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    match part {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:03}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// What this pharmacy has done, in order.
pub(super) fn steps(lang: Lang, at_hand: &AtHand) -> Vec<Done> {
    let waits = at_hand.waits();
    let done = |step: &Step| {
        let stands = at_hand.stands(step);
        let day = lang.day(&step.day.to_string());
        let handed_out = match &step.event {
            Event::Dispensed(dispensing) => dispensing.on,
            _ => step.day,
        };
        Done {
            what: lang.fill(what(step), &[("day", Arg::Text(&day))]),
            answers: answers(lang, step),
            dispensing: stands.then(|| step.message.clone()),
            instead: step.instead.clone().unwrap_or_default(),
            dosage: step.dosage.clone().unwrap_or_default(),
            day: handed_out.to_string(),
            // What the registry was not told of yet cannot be taken back yet.
            may_annul: stands && !waits && step.registry != Some(Answered::Waiting),
        }
    };
    at_hand.steps().iter().map(done).collect()
}

fn what(step: &Step) -> Key {
    match &step.event {
        Event::Downloaded { .. } => Key("pharmacy-step-taken"),
        Event::Released { .. } => Key("pharmacy-step-given-back"),
        Event::Dispensed(_) => Key("pharmacy-step-dispensed"),
        Event::DispensingCancelled { .. } => Key("pharmacy-step-annulled"),
        _ => Key("pharmacy-step-other"),
    }
}

fn answers(lang: Lang, step: &Step) -> Vec<String> {
    if matches!(step.event, Event::Downloaded { .. }) {
        return Vec::new();
    }
    let told = |answered: &Answered, [waits, taken, refused]: [Key; 3]| match answered {
        Answered::Waiting => lang.say(waits),
        Answered::Taken(warnings) if warnings.is_empty() => lang.say(taken),
        Answered::Taken(warnings) => format!("{} {}", lang.say(taken), why(lang, warnings)),
        Answered::Refused(errors) => lang.fill(refused, &[("why", Arg::Text(&why(lang, errors)))]),
    };
    let intermediary = [
        Key("pharmacy-report-waits"),
        Key("pharmacy-report-taken"),
        Key("pharmacy-report-refused"),
    ];
    let registry = [
        Key("pharmacy-registry-waits"),
        Key("pharmacy-registry-taken"),
        Key("pharmacy-registry-refused"),
    ];
    let of_registry = step.registry.as_ref();
    [
        Some(told(&step.intermediary, intermediary)),
        of_registry
            .filter(|_| step.intermediary != Answered::Waiting)
            .map(|it| told(it, registry)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn why(lang: Lang, errors: &[(String, String)]) -> String {
    let each = errors.iter().map(|(code, words)| match words.is_empty() {
        true => code.clone(),
        false => refused::words(lang, words),
    });
    each.collect::<Vec<_>>().join(" ")
}
