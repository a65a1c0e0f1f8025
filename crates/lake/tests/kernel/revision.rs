//! What a second edition of the same period shows of the difference, and what is told right after a build.

use std::path::Path;

use riktig_codes::{AtcCode, Month, Sex};
use riktig_indicators::CodeFacts;
use riktig_indicators::oracle::{Dispensing, World};
use riktig_lake::edition::{
    Built, Edition, GroupFigures, ScopeKind, ScopeValue, Unavailable, Value, Window, build,
};

use crate::edition::{definitions, request};
use crate::{folder, months};

const PERIOD: &str = "2024-03..2024-04";
const ACCESS: &str = "WHO-AWARE-ACCESS";
/// A yardstick of another country, of the same drugs.
const REFERENCE: &str = "EN-AWARE";
/// Dispensings of each doctor.
const EACH: i64 = 60;

/// Doctors of one country who dispensed so many penicillins each; the rest are macrolides, which are Watch.
fn country(penicillins: &[i64]) -> World {
    let day = Month::from_ym(2024, 3)
        .expect("a month")
        .first_day()
        .epoch_days();
    let row = |prescriber: usize, own: i64, penicillins: i64| Dispensing {
        event: prescriber as i64 * EACH + own,
        patient: Some(own as u32),
        prescriber: Some(prescriber as u32),
        area: None,
        day: day + (own % 28) as i32,
        atc: AtcCode::parse(if own < penicillins {
            "J01CE02"
        } else {
            "J01FA09"
        })
        .ok(),
        foreign: None,
        route: None,
        items: 1,
        ddd_milli: None,
        units_milli: None,
        diagnosis: None,
        waiting: None,
        prescribed: None,
        age: Some(40),
        sex: Sex::Female,
    };
    let dispensings = penicillins
        .iter()
        .enumerate()
        .flat_map(|(doctor, own)| (0..EACH).map(move |at| row(doctor, at, *own)));
    World {
        dispensings: dispensings.collect(),
        ..World::default()
    }
}

/// Builds the country's edition as `name` in `root`.
fn edition(
    root: &Path,
    name: &str,
    penicillins: &[i64],
    previous: Option<&Edition>,
) -> (Built, Edition) {
    let lake = folder::write(
        &root.join(format!("lake-{name}")),
        &country(penicillins),
        months("2024-01..2024-04").iter(),
    );
    let (mut definitions, facts) = (definitions(), CodeFacts::default());
    definitions.retain(|(it, _)| [ACCESS, REFERENCE].contains(&&*it.id));
    let mut request = request(&definitions, &facts, PERIOD);
    request.previous = previous;
    let dir = root.join(name);
    let built = build(&lake, &request, &dir, &|_| ()).expect("built");
    (built, Edition::open(&dir).expect("an edition"))
}

/// What the country's numerator is said to be.
fn told(edition: &Edition) -> i64 {
    let country = edition
        .scopes()
        .iter()
        .find(|scope| scope.kind == ScopeKind::Country)
        .expect("a country");
    let indicator = edition.indicator(ACCESS).expect("shipped");
    match edition.published(country.id, indicator) {
        ScopeValue::Measured(figures) => figures.numerator,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_one_doctor_corrected_changes_nothing_that_others_see_and_what_all_corrected_does() {
    let root = tempfile::tempdir().expect("a folder");
    let (_, first) = edition(root.path(), "first", &[30; 8], None);
    assert_eq!(told(&first), 240);
    let one = [40, 30, 30, 30, 30, 30, 30, 30];
    let (_, alone) = edition(root.path(), "alone", &one, None);
    assert_eq!(told(&alone), 250, "without the edition before, it shows");
    let (_, revised) = edition(root.path(), "revised", &one, Some(&first));
    assert_eq!(told(&revised), 240);
    let (_, all) = edition(root.path(), "all", &[32; 8], Some(&first));
    assert_eq!(told(&all), 255);
}

#[test]
fn a_doctor_who_came_with_the_correction_is_not_seen_to_come() {
    let root = tempfile::tempdir().expect("a folder");
    let (_, first) = edition(root.path(), "first", &[30; 8], None);
    let (_, alone) = edition(root.path(), "alone", &[30; 9], None);
    assert_eq!(told(&alone), 270);
    let (_, revised) = edition(root.path(), "revised", &[30; 9], Some(&first));
    assert_eq!(told(&revised), 240);
}

#[test]
fn a_reference_indicator_has_its_window_and_no_months() {
    let root = tempfile::tempdir().expect("a folder");
    let (_, edition) = edition(root.path(), "edition", &[30; 8], None);
    let doctor = edition.prescribers()[0].id;
    let reference = edition.indicator(REFERENCE).expect("shipped");
    let window = edition.value(doctor, reference, Window::Current);
    assert!(matches!(window, Value::Measured { .. }), "{window:?}");
    let months = edition.months(doctor, reference);
    let kept_for_the_window = Value::Unavailable(Unavailable::WindowOnly);
    assert!(!months.is_empty() && months.iter().all(|it| *it == kept_for_the_window));
    let own = edition.months(doctor, edition.indicator(ACCESS).expect("shipped"));
    assert!(
        own.iter()
            .any(|it| matches!(it, Value::Measured { numerator: 30, .. }))
    );
}

#[test]
fn a_build_tells_how_many_figures_of_groups_leave_and_how_many_are_kept_back() {
    let root = tempfile::tempdir().expect("a folder");
    let told = |told, kept_back| GroupFigures { told, kept_back };
    // Two indicators of the country and of three municipalities, where none of the doctors is known to work.
    let (eight, edition_of_eight) = edition(root.path(), "eight", &[30; 8], None);
    assert_eq!(eight.groups, told(2, 6));
    assert_eq!(
        eight.findings.as_ref(),
        edition_of_eight.gate().findings.as_ref()
    );
    assert_eq!(eight.meta.period, edition_of_eight.meta().period);
    let (four, _) = edition(root.path(), "four", &[30; 4], None);
    assert_eq!(four.groups, told(0, 8), "four doctors are too few");
}
