//! Prescriptions in words, the same on every page that shows them.

use riktig_chain::shown::{Shown, ShownDiagnosis, ShownList};
use riktig_codes::Day;
use riktig_eresept::prescription::Status;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::names::Names;
use crate::diagnosis_name;

/// A prescription in words.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) drug: String,
    pub(crate) use_text: String,
    pub(crate) dosage: String,
    pub(crate) diagnosis: String,
    pub(crate) days: String,
    pub(crate) stands: String,
    /// That it is to wait and why, while it can still be collected; else empty.
    pub(crate) waits: String,
    pub(crate) by: String,
    pub(crate) dispensed: Vec<String>,
    pub(crate) notes: Vec<String>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<Row>,
    /// Said where some are there that cannot be read; else empty.
    pub(crate) unreadable: String,
}

impl Rows {
    pub(super) fn of(lang: Lang, names: &Names, list: &ShownList, today: Day) -> Self {
        let count = list.unreadable;
        let unreadable = match count {
            0 => String::new(),
            _ => {
                let count = count.to_string();
                lang.fill(
                    Key("prescriptions-unreadable"),
                    &[("count", Arg::Text(&count))],
                )
            }
        };
        Self {
            rows: list
                .prescriptions
                .iter()
                .map(|one| row(lang, names, one, today))
                .collect(),
            unreadable,
        }
    }
}

fn row(lang: Lang, names: &Names, one: &Shown, today: Day) -> Row {
    let day = |day: Day| lang.day(&day.to_string());
    let (from, until) = (day(one.prescribed), day(one.expires));
    let dispensed = one
        .dispensed
        .iter()
        .map(|(on, pharmacy)| match pharmacy.as_deref() {
            Some(pharmacy) => lang.fill(
                Key("prescriptions-dispensed-at"),
                &[
                    ("day", Arg::Text(&day(*on))),
                    ("pharmacy", Arg::Text(pharmacy)),
                ],
            ),
            None => lang.fill(
                Key("prescriptions-dispensed"),
                &[("day", Arg::Text(&day(*on)))],
            ),
        });
    let notes = [
        (one.locked, Key("prescriptions-locked")),
        (one.reserved, Key("prescriptions-reserved")),
    ];
    Row {
        drug: if one.drug.is_empty() {
            lang.say(Key("prescriptions-no-name"))
        } else {
            one.drug.clone()
        },
        use_text: one.use_text.clone().unwrap_or_default(),
        dosage: one.dosage.clone().unwrap_or_default(),
        diagnosis: diagnosis(lang, &one.diagnosis),
        days: lang.fill(
            Key("prescriptions-days"),
            &[("from", Arg::Text(&from)), ("until", Arg::Text(&until))],
        ),
        stands: one
            .status
            .map(|status| stands_on(lang, status, one.not_before, today))
            .unwrap_or_default(),
        waits: match (one.waiting, one.status) {
            (Some(true), Some(Status::Dispensable)) => lang.say(Key("prescriptions-waiting")),
            _ => String::new(),
        },
        by: by(lang, names, one),
        dispensed: dispensed.collect(),
        notes: notes
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, key)| lang.say(key))
            .collect(),
    }
}

/// Who prescribed and where, by name where the message or the page knows one, and always by number.
fn by(lang: Lang, names: &Names, one: &Shown) -> String {
    let Some(hpr) = one.prescriber else {
        return String::new();
    };
    let (person, place) = (names.person(hpr), one.sender.organisation.as_deref());
    let name: Vec<&str> = person.into_iter().chain(place).collect();
    let (name, hpr) = (name.join(", "), hpr.to_string());
    let number = ("hpr", Arg::Text(hpr.as_str()));
    match name.is_empty() {
        true => lang.fill(Key("prescriptions-by"), &[number]),
        false => {
            let name = ("name", Arg::Text(name.as_str()));
            lang.fill(Key("prescriptions-by-named"), &[name, number])
        }
    }
}

fn diagnosis(lang: Lang, diagnosis: &ShownDiagnosis) -> String {
    match diagnosis {
        ShownDiagnosis::Given(given) => {
            let coded = given.coded();
            match diagnosis_name::told(lang, coded) {
                Some(name) => format!("{name} ({})", coded.code),
                None => coded.code.clone(),
            }
        }
        ShownDiagnosis::NotGiven => lang.say(Key("prescriptions-no-diagnosis")),
        ShownDiagnosis::Unreadable => lang.say(Key("prescriptions-diagnosis-unreadable")),
        ShownDiagnosis::Withheld => lang.say(Key("prescriptions-diagnosis-withheld")),
    }
}

/// How it stands on a day: one that is to wait cannot be collected before its first day.
pub(crate) fn stands_on(lang: Lang, status: Status, not_before: Option<Day>, today: Day) -> String {
    match not_before.filter(|it| *it > today && status == Status::Dispensable) {
        Some(from) => collect_from(lang, from),
        None => stands(lang, status),
    }
}

/// That it can be collected from a day, in the same words to patient, doctor and pharmacy.
pub(crate) fn collect_from(lang: Lang, from: Day) -> String {
    let from = lang.day(&from.to_string());
    let from = [("day", Arg::Text(&from))];
    lang.fill(Key("prescriptions-status-open-from"), &from)
}

fn stands(lang: Lang, status: Status) -> String {
    lang.say(match status.code() {
        "E" => Key("prescriptions-status-open"),
        "U" => Key("prescriptions-status-pharmacy"),
        "R" => Key("prescriptions-status-used"),
        "T" => Key("prescriptions-status-recalled"),
        "F" => Key("prescriptions-status-expired"),
        _ => Key("prescriptions-status-other"),
    })
}
