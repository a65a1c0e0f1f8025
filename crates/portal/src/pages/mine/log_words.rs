//! Lines of the log in words.

use riktig_codes::HprNumber;
use riktig_journal::audit::{By, LogLine};
use riktig_journal::policy::{Act, Basis};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::moment;

/// A line as the page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) when: String,
    pub(crate) who: String,
    pub(crate) what: String,
    pub(crate) basis: String,
    pub(crate) result: String,
    pub(crate) done: bool,
}

/// The log's word for what has happened.
const DONE: &str = "done";

pub(super) fn told(lang: Lang, line: &LogLine<By>) -> Line {
    words(lang, line, who(lang, &line.other))
}

/// What the reader did; whom or what it was about stands where others' lines tell who.
pub(super) fn done(lang: Lang, line: &LogLine<Option<HprNumber>>) -> Line {
    words(lang, line, about(lang, line))
}

fn words<Other>(lang: Lang, line: &LogLine<Other>, who: String) -> Line {
    Line {
        when: moment::moment(lang, line.at),
        who,
        what: what(lang, line.act),
        basis: basis(lang, &line.basis),
        result: result(lang, &line.result),
        done: line.result == DONE,
    }
}

fn result(lang: Lang, word: &str) -> String {
    lang.say(if word == DONE {
        Key("log-done")
    } else {
        Key("log-refused")
    })
}

/// A doctor by number, an edition or a place by name; of what has only a number of ours, the kind.
fn about(lang: Lang, line: &LogLine<Option<HprNumber>>) -> String {
    if let Some(hpr) = line.other {
        let hpr = hpr.to_string();
        return lang.fill(Key("log-hpr"), &[("hpr", Arg::Text(&hpr))]);
    }
    let named = |key: Key| lang.fill(key, &[("name", Arg::Text(&line.object))]);
    match line.kind.as_str() {
        "edition" => named(Key("log-about-edition")),
        "municipality" => named(Key("log-about-municipality")),
        "county" => named(Key("log-about-county")),
        "service" => named(Key("log-about-service")),
        "group" | "member" => lang.say(Key("log-about-group")),
        "course" | "attendee" => lang.say(Key("log-about-course")),
        "appointment" => lang.say(Key("log-about-appointment")),
        "dispute" => lang.say(Key("log-about-dispute")),
        "mailing" => lang.say(Key("log-about-mailing")),
        _ => "–".to_owned(),
    }
}

fn who(lang: Lang, by: &By) -> String {
    match by {
        By::Oneself => lang.say(Key("log-you")),
        By::Service(verb) => lang.fill(Key("log-system"), &[("verb", Arg::Text(verb))]),
        By::Erased => lang.say(Key("log-erased")),
        By::Other(hpr, organisation) => {
            let who = match hpr {
                Some(hpr) => {
                    let hpr = hpr.to_string();
                    lang.fill(Key("log-hpr"), &[("hpr", Arg::Text(&hpr))])
                }
                None => lang.say(Key("log-person")),
            };
            match organisation {
                Some(organisation) => {
                    let number = organisation.to_string();
                    let whom = lang.fill(Key("log-for"), &[("number", Arg::Text(&number))]);
                    format!("{who} {whom}")
                }
                None => who,
            }
        }
    }
}

/// An act in words. One that a newer version wrote stands as its word.
fn what(lang: Lang, act: Option<Act>) -> String {
    let Some(act) = act else {
        return lang.fill(Key("log-act-other"), &[("word", Arg::Text("?"))]);
    };
    match changed(act).or_else(|| looked_at(act)) {
        Some(key) => lang.say(key),
        None => lang.fill(Key("log-act-other"), &[("word", Arg::Text(act.word()))]),
    }
}

/// What changes something.
fn changed(act: Act) -> Option<Key> {
    Some(match act {
        Act::LogIn => Key("log-act-log-in"),
        Act::FetchOwnReport => Key("log-act-fetch"),
        Act::SetGoal => Key("log-act-goal"),
        Act::GiveShare => Key("log-act-give-share"),
        Act::WithdrawShare => Key("log-act-withdraw-share"),
        Act::FlagRows => Key("log-act-flag"),
        Act::TakeBackDispute => Key("log-act-take-back"),
        Act::WaiveVisit => Key("log-act-waive"),
        Act::Prescribe => Key("log-act-prescribe"),
        Act::SeePrescribed => Key("log-act-see-prescribed"),
        Act::SeeAtPharmacy => Key("log-act-see-at-pharmacy"),
        Act::Dispense => Key("log-act-dispense"),
        Act::KeepOwnProfile => Key("log-act-profile"),
        Act::EraseOwnData => Key("log-act-erase"),
        Act::KeepRoster => Key("log-act-roster"),
        Act::KeepGroups => Key("log-act-groups"),
        Act::MakeCourse | Act::KeepCourse => Key("log-act-course"),
        Act::KeepAttendance | Act::NoteAttendance => Key("log-act-attendance"),
        Act::TakeTest => Key("log-act-test"),
        Act::AcceptFinding => Key("log-act-finding"),
        Act::KeepShelf => Key("log-act-shelf"),
        Act::SendMailing => Key("log-act-mailing"),
        Act::ResolveDispute => Key("log-act-resolve"),
        Act::ProposeAppointment
        | Act::ConfirmAppointment
        | Act::EndAppointment
        | Act::AppointFirstOperators => Key("log-act-appointment"),
        Act::SwitchRuleOff | Act::SwitchRuleOn => Key("log-act-rule"),
        Act::ProposeClient | Act::ConfirmClient | Act::KeepClient => Key("log-act-client"),
        Act::ProposeShowing => Key("log-act-propose-showing"),
        Act::ApproveShowing => Key("log-act-approve-showing"),
        Act::RefuseShowing => Key("log-act-refuse-showing"),
        Act::WithdrawShowing => Key("log-act-withdraw-showing"),
        Act::Maintain => Key("log-act-maintain"),
        Act::KeepOwnChoices => Key("log-act-own-choices"),
        _ => return None,
    })
}

/// What only looks.
fn looked_at(act: Act) -> Option<Key> {
    Some(match act {
        Act::ReadOwnReport => Key("log-act-own-report"),
        Act::SeeOwn => Key("log-act-see-own"),
        Act::ReadOwnLog => Key("log-act-see-log"),
        Act::ReadSharedReport => Key("log-act-shared"),
        Act::SeeGroup => Key("log-act-see-group"),
        Act::SeeRoster => Key("log-act-see-roster"),
        Act::SeeService => Key("log-act-see-service"),
        Act::SeeCourse => Key("log-act-see-course"),
        Act::SeeAttendance => Key("log-act-attendance"),
        Act::SeeFollowUp => Key("log-act-see-follow-up"),
        Act::SeeMunicipality | Act::SeeCounty | Act::SeeCountry => Key("log-act-see-area"),
        Act::SeeUptake => Key("log-act-see-uptake"),
        Act::SeePublished => Key("log-act-see-published"),
        Act::SeeCourseEffect => Key("log-act-see-effect"),
        Act::SeeDeliveries => Key("log-act-see-deliveries"),
        Act::SeeMailings => Key("log-act-see-mailings"),
        Act::SeeDisputes => Key("log-act-see-disputes"),
        Act::SeeAppointments => Key("log-act-see-appointments"),
        Act::SeeAdvice => Key("log-act-see-advice"),
        Act::SeeOwnPrescriptions => Key("log-act-see-own-prescriptions"),
        Act::SeeWardsPrescriptions => Key("log-act-see-ward"),
        Act::LookUpForTreatment | Act::LookUpWithConsent | Act::LookUpInEmergency => {
            Key("log-act-look-up")
        }
        _ => return None,
    })
}

fn basis(lang: Lang, word: &str) -> String {
    let is = |basis: Basis| basis.word() == word;
    let leads = [
        Basis::GroupLeader,
        Basis::NursingHomeLeader,
        Basis::OutOfHoursLeader,
        Basis::ChiefDoctor,
    ];
    if word.is_empty() {
        return "–".to_owned(); // a refusal has none
    }
    lang.say(if is(Basis::Login) || is(Basis::Oneself) {
        Key("log-basis-oneself")
    } else if is(Basis::Share) {
        Key("log-basis-share")
    } else if is(Basis::Membership) || is(Basis::Enrolment) {
        Key("log-basis-membership")
    } else if leads.into_iter().any(is) {
        Key("log-basis-leader")
    } else if is(Basis::Operator) {
        Key("log-basis-operator")
    } else if is(Basis::Researcher) {
        Key("log-basis-researcher")
    } else if is(Basis::Professional) {
        Key("log-basis-professional")
    } else if is(Basis::Guardian) {
        Key("log-basis-guardian")
    } else if is(Basis::Verb) {
        Key("log-basis-verb")
    } else {
        return lang.fill(Key("log-basis-other"), &[("word", Arg::Text(word))]);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_and_every_basis_has_words() {
        let lang = Lang::En;
        for act in Act::ALL.iter().copied() {
            let told = what(lang, Some(act));
            assert!(!told.contains(act.word()), "{told}");
            assert_eq!(changed(act).is_some(), act.is_write(), "{told}");
            for it in act.bases() {
                let told = basis(lang, it.word());
                assert!(!told.contains('('), "{told}");
            }
        }
    }
}
