//! Whether the patient is pregnant, and in which week.

use riktig_codes::Day;
use riktig_guideline::{PatientContext, Pregnancy, Unread};

use super::diagnosis::within;
use super::measure::{Came, Made, is_any, of};
use crate::resource::{Observation, newest};

const NOT_PREGNANT_DAYS: i32 = 30;
const LONGEST_PREGNANCY: i32 = 45;
/// Weeks from the last menstruation to the day of birth that is expected.
const EXPECTED_AT: i32 = 40;

/// LOINC: pregnancy status.
const STATUS: [&str; 1] = ["82810-3"];
/// LOINC: gestational age in weeks; gestational age; the same as estimated, and by last menstruation (VSAC 2.16.840.1.113762.1.4.1045.26, HL7
/// Europe's `gestational-age-loinc`).
const WEEK: [&str; 4] = ["49051-6", "18185-9", "11884-4", "11885-1"];
/// LOINC: delivery date estimated; the same from last menstruation; by ultrasound.
const DUE: [&str; 3] = ["11778-8", "11779-6", "11781-2"];
/// LOINC: choriogonadotropin, presence in urine; in serum or plasma; its beta subunit.
const TEST: [&str; 3] = ["2106-3", "2118-8", "2110-5"];

/// What one observation says; `None`: nothing that still holds.
type Told = Option<Came<Pregnancy>>;

/// The newest that still holds. Of two of which nobody can tell which is newer the one that says "pregnant" counts, and then the one that
/// cannot be read.
pub(super) fn read(made: &[Made<'_>], patient: &mut PatientContext) {
    let on = patient.on;
    let lasting = of(made, on, LONGEST_PREGNANCY * 7, |_| true);
    let told: Vec<_> = lasting
        .iter()
        .filter_map(|(moment, it)| Some((*moment, told(*it, moment.day, on)?)))
        .collect();
    let Some(newest) = newest(&told).into_iter().map(|(_, it)| it).reduce(graver) else {
        return;
    };
    match (newest, patient.pregnancy) {
        // A pregnancy that stands among the diagnoses is not undone by a test, nor by what cannot be read.
        (Came::Read(Pregnancy::Yes { week }), _) => patient.pregnancy = Pregnancy::Yes { week },
        (_, Pregnancy::Yes { .. }) => {}
        (Came::Read(answer), _) if !patient.unread.contains(&Unread::Pregnancy) => {
            patient.pregnancy = answer;
        }
        _ => patient.unread.push(Unread::Pregnancy),
    }
    if matches!(patient.pregnancy, Pregnancy::Yes { .. }) {
        patient.unread.retain(|it| *it != Unread::Pregnancy);
    }
    patient.unread.dedup();
}

fn graver(one: Came<Pregnancy>, other: Came<Pregnancy>) -> Came<Pregnancy> {
    let rank = |it: &Came<Pregnancy>| match it {
        Came::Read(Pregnancy::Yes { week: Some(_) }) => 3,
        Came::Read(Pregnancy::Yes { week: None }) => 2,
        Came::Unread | Came::Doubted => 1,
        Came::Read(_) => 0,
    };
    if rank(&other) > rank(&one) {
        other
    } else {
        one
    }
}

fn told(it: Observation<'_>, day: Day, on: Day) -> Told {
    let code = it.code();
    if is_any(&code, &STATUS) {
        return status(it, day, on);
    }
    if is_any(&code, &WEEK) {
        return weeks(it, day, on);
    }
    if is_any(&code, &DUE) {
        let Some(due) = it.day_told() else {
            return Some(Came::Unread);
        };
        return by_weeks(EXPECTED_AT * 7 - (due - on));
    }
    // A negative test is no answer: it may have been too early.
    let positive = is_any(&code, &TEST) && it.answer() == Some(true);
    positive.then_some(Came::Read(Pregnancy::Yes { week: None }))
}

/// SNOMED CT, LOINC's own answers, or yes and no.
fn status(it: Observation<'_>, day: Day, on: Day) -> Told {
    let value = it.value();
    let pregnant = value.is_any(&["77386006", "LA15173-0"]);
    let not = value.is_any(&["60001007", "LA26683-5"]);
    match (pregnant, not, it.answer()) {
        (true, false, None | Some(true)) | (false, false, Some(true)) => {
            Some(Came::Read(Pregnancy::Yes { week: None }))
        }
        (false, true, None | Some(false)) | (false, false, Some(false)) => {
            within(day, on, NOT_PREGNANT_DAYS).then_some(Came::Read(Pregnancy::No))
        }
        _ => Some(Came::Unread),
    }
}

fn weeks(it: Observation<'_>, day: Day, on: Day) -> Told {
    let days = it.quantity().and_then(|(number, unit)| match unit {
        "wk" | "week" | "weeks" | "uke" | "uker" | "veker" => Some(number * 7.0),
        "d" | "day" | "days" | "dager" => Some(number),
        _ => None,
    });
    let sound = days.filter(|it| (0.0..=f64::from(LONGEST_PREGNANCY * 7)).contains(it));
    let Some(days) = sound else {
        return Some(Came::Unread);
    };
    #[expect(clippy::cast_possible_truncation, reason = "0 to 315")]
    let days = days.floor() as i32;
    by_weeks(days + (on - day))
}

/// By the number of days that it has lasted; more than there can be are none that still holds.
fn by_weeks(days: i32) -> Told {
    let week = u8::try_from(days.div_euclid(7)).ok()?;
    (i32::from(week) <= LONGEST_PREGNANCY)
        .then_some(Came::Read(Pregnancy::Yes { week: Some(week) }))
}
