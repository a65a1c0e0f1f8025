//! Who has looked, and what was sent and received: lines about a patient in words.

use riktig_journal::chain::ChainLine;
use riktig_journal::policy::Act;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::names::Names;
use crate::moment;

/// A line in words.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) when: String,
    pub(crate) who: String,
    pub(crate) what: Vec<String>,
    /// Said where it was refused; else empty.
    pub(crate) refused: String,
}

/// The lines in words. What one and the same did in a minute is one line that says all of it, in the order in which it was done: a
/// message and the look that belongs to it are two lines of the log.
pub(super) fn told(lang: Lang, names: &Names, lines: &[ChainLine]) -> Vec<Line> {
    let mut told: Vec<Line> = Vec::new();
    for line in lines {
        // Who has no number may be another one each time.
        let known = line.hpr.is_some() || line.organisation.is_some() || is_service(line);
        let line = in_words(lang, names, line);
        let same = |it: &&mut Line| {
            known && (&it.when, &it.who, &it.refused) == (&line.when, &line.who, &line.refused)
        };
        match told.iter_mut().rev().find(same) {
            // The newest line comes first.
            Some(known) if known.what.contains(&line.what[0]) => {}
            Some(known) => known.what.insert(0, line.what[0].clone()),
            None => told.push(line),
        }
    }
    told
}

fn in_words(lang: Lang, names: &Names, line: &ChainLine) -> Line {
    Line {
        when: moment::moment(lang, line.at),
        who: who(lang, names, line),
        what: vec![lang.say(what(line))],
        // Sent again, it was answered as the first time.
        refused: if matches!(line.result.as_str(), "done" | "again") {
            String::new()
        } else {
            lang.say(Key("prescriptions-looked-refused"))
        },
    }
}

fn who(lang: Lang, names: &Names, line: &ChainLine) -> String {
    let named = |(alone, beside): (Key, Key), name: Option<&str>, number: &dyn ToString| {
        let number = number.to_string();
        let number = ("number", Arg::Text(number.as_str()));
        match name {
            Some(name) => lang.fill(beside, &[("name", Arg::Text(name)), number]),
            None => lang.fill(alone, &[number]),
        }
    };
    match (&line.hpr, &line.organisation) {
        (Some(hpr), _) => {
            let keys = (
                Key("prescriptions-looked-hpr"),
                Key("prescriptions-looked-hpr-named"),
            );
            named(keys, names.person(*hpr), hpr)
        }
        (None, Some(organisation)) => {
            let keys = (
                Key("prescriptions-looked-organisation"),
                Key("prescriptions-looked-organisation-named"),
            );
            named(keys, names.organisation(*organisation), organisation)
        }
        (None, None) if is_service(line) => lang.say(Key("prescriptions-looked-service")),
        (None, None) => lang.say(Key("prescriptions-looked-person")),
    }
}

/// A message without a sender is one between the service's own parts: no person has looked.
fn is_service(line: &ChainLine) -> bool {
    line.service.is_some() || Act::from_word(&line.act).is_none()
}

fn what(line: &ChainLine) -> Key {
    match (Act::from_word(&line.act), line.kind.as_str()) {
        (Some(Act::SeeWardsPrescriptions), _) => Key("prescriptions-looked-guardian"),
        (Some(Act::LookUpForTreatment), _) => Key("prescriptions-looked-treatment"),
        (Some(Act::LookUpWithConsent), _) => Key("prescriptions-looked-consent"),
        (Some(Act::LookUpInEmergency), _) => Key("prescriptions-looked-emergency"),
        (Some(Act::Prescribe), _) => Key("prescriptions-looked-prescribe"),
        (Some(Act::SeePrescribed), _) => Key("prescriptions-looked-own"),
        (_, "M1") => Key("prescriptions-looked-m1"),
        (_, "M5") => Key("prescriptions-looked-m5"),
        (_, "M9.1" | "M9.2") => Key("prescriptions-looked-m91"),
        (_, "M9.3" | "M9.4") => Key("prescriptions-looked-m93"),
        (_, "M9.5" | "M9.7") => Key("prescriptions-looked-m95"),
        (_, "M10") => Key("prescriptions-looked-m10"),
        (_, "M8.1") => Key("prescriptions-looked-m81"),
        (_, "AppRec") => Key("prescriptions-looked-receipt"),
        (_, "prescription") => Key("prescriptions-looked-day"),
        _ => Key("prescriptions-looked-other"),
    }
}
