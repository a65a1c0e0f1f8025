//! Who has looked, and what was sent and received: lines about a patient in words.

use riktig_journal::chain::ChainLine;
use riktig_journal::policy::Act;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::moment;

/// A line in words.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) when: String,
    pub(crate) who: String,
    pub(crate) what: String,
    /// Said where it was refused; else empty.
    pub(crate) refused: String,
}

pub(crate) fn told(lang: Lang, line: &ChainLine) -> Line {
    Line {
        when: moment::moment(lang, line.at),
        who: who(lang, line),
        what: lang.say(what(line)),
        // Sent again, it was answered as the first time.
        refused: if matches!(line.result.as_str(), "done" | "again") {
            String::new()
        } else {
            lang.say(Key("prescriptions-looked-refused"))
        },
    }
}

fn who(lang: Lang, line: &ChainLine) -> String {
    let number = |key: Key, number: &dyn ToString| {
        lang.fill(key, &[("number", Arg::Text(&number.to_string()))])
    };
    match (&line.hpr, &line.organisation, &line.service) {
        (Some(hpr), _, _) => number(Key("prescriptions-looked-hpr"), hpr),
        (None, Some(organisation), _) => {
            number(Key("prescriptions-looked-organisation"), organisation)
        }
        // A message without a sender is one between the service's own parts: no person has looked.
        (None, None, None) if Act::from_word(&line.act).is_none() => {
            lang.say(Key("prescriptions-looked-service"))
        }
        (None, None, Some(_)) => lang.say(Key("prescriptions-looked-service")),
        (None, None, None) => lang.say(Key("prescriptions-looked-person")),
    }
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
