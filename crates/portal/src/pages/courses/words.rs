//! Attendance and what is missing, in words.

use riktig_journal::course::Presence;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::learning::Missing;

/// What was noted of a meeting.
pub(crate) fn presence(lang: Lang, presence: Presence) -> String {
    lang.say(match presence {
        Presence::NotNoted => Key("course-not-noted"),
        Presence::There => Key("course-there"),
        Presence::Away => Key("course-away"),
    })
}

/// What is missing for the certificate, in a sentence.
pub(crate) fn missing(lang: Lang, missing: &Missing<'_>) -> String {
    let meeting = |key, number: usize| {
        let number = number.to_string();
        lang.fill(key, &[("number", Arg::Text(&number))])
    };
    match missing {
        Missing::NotHeld(number) => meeting(Key("course-missing-held"), *number),
        Missing::NotNoted(number) => meeting(Key("course-missing-noted"), *number),
        Missing::Away(number) => meeting(Key("course-missing-away"), *number),
        Missing::Test(module) => {
            let title = lang.of(&module.title);
            lang.fill(Key("course-missing-test"), &[("title", Arg::Text(title))])
        }
        Missing::NoModule => lang.say(Key("course-missing-module")),
    }
}
