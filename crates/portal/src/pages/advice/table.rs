//! The rules in a table: what state each is in, and how its advice was met.

use std::collections::BTreeMap;

use riktig_codes::Day;
use riktig_guideline::{Condition, Guideline, PatientContext, Provenance, SwitchedOff};
use riktig_indicators::statistics::Confidence;
use riktig_indicators::statistics::proportion::wilson;
use riktig_journal::advised::{Answers, Met};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{Lang, tell_buttons};

/// A rule.
#[derive(Debug)]
pub(super) struct Row {
    /// Name of the topic at its first rule; empty at those that follow below it.
    pub(super) topic: String,
    pub(super) rule: String,
    pub(super) state: String,
    pub(super) off: bool,
    pub(super) shown: String,
    pub(super) measured: String,
    pub(super) accepted: String,
    pub(super) overridden: String,
    pub(super) share: String,
    pub(super) reasons: String,
}

/// A choice of the form that switches off.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) words: String,
}

/// Every rule that may be given as advice.
pub(super) fn rows(
    lang: Lang,
    off: &SwitchedOff,
    met: &BTreeMap<String, Met>,
    on: Day,
) -> Vec<Row> {
    let words = reasons(lang, on);
    let mut rows = Vec::new();
    for condition in Guideline::shipped().conditions() {
        let mut topic = lang.of_told(&condition.name);
        for (id, provenance) in rules(condition) {
            if !provenance.is_advice() {
                continue;
            }
            let rule = condition.rule(id);
            let is_off = off.holds(&condition.id, id);
            let met = met.get(&rule).cloned().unwrap_or_default();
            let state = match () {
                () if is_off => Key("hooks-state-off"),
                () if on > condition.review_by => Key("hooks-state-expired"),
                () if provenance.holds_on(on) => Key("hooks-state-on"),
                () => Key("hooks-state-other-time"),
            };
            rows.push(row(
                lang,
                (std::mem::take(&mut topic), rule),
                (lang.say(state), is_off),
                &met,
                &words,
            ));
        }
    }
    rows
}

fn rules(condition: &Condition) -> impl Iterator<Item = (&str, &Provenance)> {
    let indications = condition.indications.iter();
    let indications = indications.map(|it| (it.id.as_str(), &it.provenance));
    indications.chain(
        condition
            .lines
            .iter()
            .map(|it| (it.id.as_str(), &it.provenance)),
    )
}

fn row(
    lang: Lang,
    (topic, rule): (&str, String),
    (state, off): (String, bool),
    met: &Met,
    words: &BTreeMap<&str, String>,
) -> Row {
    let count = |number: u64| lang.count(number as f64);
    let few = lang.say(Key("hooks-few"));
    let none = || "–".to_owned();
    let (accepted, overridden, share, reasons) = match &met.answers {
        _ if met.shown == 0 => (none(), none(), none(), String::new()),
        None => (few.clone(), few, none(), String::new()),
        Some(answers) => (
            count(answers.accepted),
            count(answers.overridden),
            share(lang, answers),
            told(lang, answers, words),
        ),
    };
    Row {
        topic: topic.to_owned(),
        rule,
        state,
        off,
        shown: count(met.shown),
        measured: count(met.measured),
        accepted,
        overridden,
        share,
        reasons,
    }
}

/// Of the cards that something was told of, how many were followed: never of those that were passed over.
fn share(lang: Lang, answers: &Answers) -> String {
    let told = answers.accepted + answers.overridden;
    let Ok(interval) = wilson(answers.accepted, told, Confidence::P95) else {
        return "–".to_owned(); // nothing was told
    };
    let percent = |part: f64| lang.number(100.0 * part, 0);
    let values = [
        percent(answers.accepted as f64 / told as f64),
        percent(interval.lower),
        percent(interval.upper),
    ];
    let args = ["share", "lower", "upper"].into_iter().zip(&values);
    let args: Vec<_> = args.map(|(name, value)| (name, Arg::Text(value))).collect();
    lang.fill(Key("hooks-share"), &args)
}

fn told(lang: Lang, answers: &Answers, words: &BTreeMap<&str, String>) -> String {
    let none = lang.say(Key("hooks-reason-none"));
    let reasons = answers.reasons.iter().map(|(code, cards)| {
        let word = words.get(code.as_str()).unwrap_or(&none);
        format!("{word}: {}", lang.count(*cards as f64))
    });
    reasons.collect::<Vec<_>>().join("; ")
}

/// What the codes of reasons say on cards.
fn reasons(lang: Lang, on: Day) -> BTreeMap<&'static str, String> {
    let patient = PatientContext::unknown(on);
    let answer = Guideline::shipped().advise(&patient);
    let buttons = tell_buttons(lang, Guideline::shipped(), &patient, &answer);
    let reasons = buttons.override_reasons.into_iter();
    reasons.map(|it| (it.reason.as_str(), it.name)).collect()
}

/// What can be switched off: everything, a topic, a rule.
pub(super) fn choices(lang: Lang) -> Vec<Choice> {
    let mut choices = vec![Choice {
        value: "*".to_owned(),
        words: lang.say(Key("hooks-choice-all")),
    }];
    for condition in Guideline::shipped().conditions() {
        let name = lang.of_told(&condition.name);
        let advice: Vec<_> = rules(condition).filter(|(_, it)| it.is_advice()).collect();
        if advice.is_empty() {
            continue;
        }
        choices.push(Choice {
            value: condition.id.clone(),
            words: lang.fill(Key("hooks-choice-topic"), &[("topic", Arg::Text(name))]),
        });
        choices.extend(advice.into_iter().map(|(id, _)| Choice {
            value: condition.rule(id),
            words: format!("{name}: {id}"),
        }));
    }
    choices
}
