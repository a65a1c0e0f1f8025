//! An edition is the same bytes twice, reads back as it was built, and says what it cannot know.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use riktig_indicators::oracle::World;
use riktig_indicators::{CodeFacts, Definition, SHIPPED_FILES};
use riktig_lake::edition::{
    BuildError, Edition, EditionError, Existing, Limit, Request, ScopeKind, Thresholds,
    Unavailable, Value, Window, build, content,
};
use riktig_lake::kernel::Options;
use riktig_lake::store::Lake;

use crate::{folder, months, world};

/// One fixed world, large enough for every kind of row.
fn some_world() -> World {
    world::world(200)
        .new_tree(&mut TestRunner::deterministic())
        .expect("a world")
        .current()
}

pub(crate) fn definitions() -> Vec<(Definition, String)> {
    let read = |(name, text): &(&str, &str)| {
        (
            Definition::parse(name, text).expect("shipped"),
            (*text).to_owned(),
        )
    };
    SHIPPED_FILES.iter().map(read).collect()
}

/// The edition of March and April, written into `root` and read back.
fn built(lake: &Lake, root: &Path) -> Edition {
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let dir = root.join("edition");
    let request = request(&definitions, &facts, "2024-03..2024-04");
    build(lake, &request, &dir, &|_| ()).expect("written");
    Edition::open(&dir).expect("read")
}

pub(crate) fn request<'a>(
    definitions: &'a [(Definition, String)],
    facts: &'a CodeFacts,
    period: &str,
) -> Request<'a> {
    Request {
        period: months(period),
        definitions,
        facts,
        thresholds: Thresholds {
            dispensings: 1,
            contacts: 1,
            list_months: 1,
        },
        options: Options { threads: 2 },
        existing: Existing::Refuse,
        previous: None,
    }
}

pub(crate) fn lake(root: &Path) -> Lake {
    folder::write(
        &root.join("lake"),
        &some_world(),
        months("2023-12..2024-04").iter(),
    )
}

/// Every file below a folder, by its path.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("below")
                    .display()
                    .to_string();
                found.insert(name, std::fs::read(path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn the_same_lake_gives_the_same_bytes_whatever_the_threads() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let mut request = request(&definitions, &facts, "2024-03..2024-04");
    let (first, second) = (root.path().join("first"), root.path().join("second"));
    build(&lake, &request, &first, &|_| ()).expect("built");
    request.options.threads = 1;
    build(&lake, &request, &second, &|_| ()).expect("built again");
    let first = files(&first);
    assert!(first.contains_key("definitions/RAK-VOL.toml") && first.contains_key("values.parquet"));
    assert!(first == files(&second), "two builds of one lake differ");
}

#[test]
fn a_verdict_that_does_not_follow_from_its_numbers_is_found() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let request = request(&definitions, &facts, "2024-03..2024-04");
    let mut built = content(&lake, &request, &|_| ()).expect("built");
    let texts: Vec<&str> = definitions.iter().map(|(_, text)| text.as_str()).collect();
    let parsed: Vec<Definition> = definitions.iter().map(|(it, _)| it.clone()).collect();
    let differ = |built: &riktig_lake::edition::Content, name: &str| {
        let dir = root.path().join(name);
        built
            .write(&dir, &texts, Existing::Refuse)
            .expect("written");
        let edition = Edition::open(&dir).expect("an edition");
        edition.verdicts_that_differ(&parsed)
    };
    assert_eq!(differ(&built, "as-built"), []);
    let rows = built.verdicts.as_mut().expect("a new edition tells");
    let at = parsed.len() + 1;
    rows[at].verdict = riktig_lake::edition::Verdict::ClearlyWorse;
    let found = differ(&built, "changed");
    let found: Vec<(u32, u32)> = found.iter().map(|(who, what)| (who.0, what.0)).collect();
    assert_eq!(found, [(1, 1)]);
    // An edition made before there were verdicts does not tell, and nothing is wrong with it.
    built.verdicts = None;
    assert_eq!(differ(&built, "older"), []);
}

#[test]
fn an_edition_reads_back_as_it_was_built() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let request = request(&definitions, &facts, "2024-03..2024-04");
    let built = content(&lake, &request, &|_| ()).expect("built");
    let dir = root.path().join("edition");
    build(&lake, &request, &dir, &|_| ()).expect("written");
    let edition = Edition::open(&dir).expect("read");
    let mut meta = edition.meta().clone();
    let tables = std::mem::take(&mut meta.tables);
    assert_eq!(meta, built.meta);
    let hashed: Vec<&String> = tables.keys().collect();
    let written = files(&dir).into_keys();
    let data: Vec<String> = written
        .filter(|name| name.ends_with(".parquet") || name == "findings.json")
        .collect();
    assert_eq!(
        hashed,
        data.iter().collect::<Vec<_>>(),
        "every table has its hash"
    );
    assert_eq!(edition.prescribers(), built.prescribers);
    assert_eq!(edition.scopes(), built.scopes);
    let mut values = Vec::new();
    for prescriber in edition.prescribers() {
        for (indicator, _) in edition.indicators() {
            values
                .extend(Window::ALL.map(|window| edition.value(prescriber.id, indicator, window)));
        }
    }
    assert_eq!(values, built.values);
}

#[test]
fn a_prescribers_months_add_up_to_the_window_except_for_persons() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let edition = built(&lake, root.path());
    let indicator = edition.indicator("SKIL-AB1").expect("shipped");
    for prescriber in edition.prescribers() {
        let mut sum = (0, 0);
        for value in &edition.months(prescriber.id, indicator)[2..] {
            if let Value::Measured {
                numerator,
                denominator,
            } = value
            {
                sum = (sum.0 + numerator, sum.1 + denominator);
            }
        }
        let expected = match edition.value(prescriber.id, indicator, Window::Current) {
            Value::Measured {
                numerator,
                denominator,
            } => (numerator, denominator),
            Value::Unavailable(_) => (0, 0),
        };
        assert_eq!(sum, expected, "prescriber {}", prescriber.external_id);
    }
}

#[test]
fn a_new_month_on_kept_months_gives_what_a_build_from_nothing_gives() {
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let grown = tempfile::tempdir().expect("a folder");
    let world = some_world();
    let before = folder::write(grown.path(), &world, months("2023-12..2024-03").iter());
    content(
        &before,
        &request(&definitions, &facts, "2024-02..2024-03"),
        &|_| (),
    )
    .expect("built before the month");
    assert!(
        grown.path().join("derived/kernel").is_dir(),
        "months are kept"
    );
    let after = folder::write(grown.path(), &world, months("2023-12..2024-04").iter());
    let fresh = tempfile::tempdir().expect("a folder");
    let whole = folder::write(fresh.path(), &world, months("2023-12..2024-04").iter());
    for period in ["2024-02..2024-03", "2024-03..2024-04"] {
        let request = request(&definitions, &facts, period);
        let grown = content(&after, &request, &|_| ()).expect("built with the month");
        assert!(
            grown == content(&whole, &request, &|_| ()).expect("built from nothing"),
            "{period}"
        );
    }
}

#[test]
fn the_steps_of_a_value_lead_from_all_dispensings_down_without_a_gap() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let edition = built(&lake, root.path());
    let indicator = edition.indicator("NKI-UTI-FQ").expect("shipped");
    assert!(
        edition
            .steps(edition.prescribers()[0].id, indicator)
            .is_empty(),
        "a population's indicator has no prescriber"
    );
    let indicator = edition.indicator("RAK-PENV").expect("shipped");
    let mut left_out = 0;
    for prescriber in edition.prescribers() {
        let steps = edition.steps(prescriber.id, indicator);
        for part in [0, 1] {
            let part: Vec<_> = steps
                .iter()
                .filter(|row| row.part == part)
                .map(|row| &row.step)
                .collect();
            assert_eq!(
                part.first().map(|step| step.before),
                Some(prescriber.dispensings)
            );
            assert!(part.windows(2).all(|pair| pair[0].after == pair[1].before));
            left_out += part
                .iter()
                .map(|step| step.before - step.after)
                .sum::<i64>();
        }
    }
    assert!(
        left_out > 0,
        "not every dispensing is a penicillin for the airways"
    );
}

#[test]
fn a_few_prescribers_are_kept_back_and_a_missing_year_is_unavailable() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let dir = root.path().join("edition");
    build(
        &lake,
        &request(&definitions, &facts, "2023-12..2024-04"),
        &dir,
        &|_| (),
    )
    .expect("written");
    let edition = Edition::open(&dir).expect("read");
    let indicator = edition.indicator("RAK-PENV").expect("shipped");
    let doctor = edition
        .prescribers()
        .first()
        .expect("somebody qualified")
        .id;
    let country = edition
        .scope_of(doctor, ScopeKind::Country)
        .expect("everybody is in the country");
    // Four prescribers in all.
    assert!(matches!(
        edition.scope_value(country, indicator, Window::Current),
        riktig_lake::edition::ScopeValue::Suppressed(_)
    ));
    assert_eq!(
        edition.value(doctor, indicator, Window::Previous),
        Value::Unavailable(Unavailable::NoPeriod)
    );
    assert!(edition.meta().limits.contains(&Limit::NoPreviousPeriod));
    assert!(edition.meta().limits.contains(&Limit::FirstWeekIncomplete));
    // May is not in the lake.
    assert!(edition.meta().limits.contains(&Limit::LastWeekIncomplete));
}

#[test]
fn an_edition_is_not_overwritten_unless_asked_and_a_failed_build_leaves_nothing() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let mut request = request(&definitions, &facts, "2024-03..2024-04");
    let dir = root.path().join("editions/spring");
    build(&lake, &request, &dir, &|_| ()).expect("built");
    let error = build(&lake, &request, &dir, &|_| ()).expect_err("immutable");
    assert!(matches!(
        error,
        BuildError::Edition(EditionError::Exists { .. })
    ));
    request.existing = Existing::Replace;
    build(&lake, &request, &dir, &|_| ()).expect("replaced when asked");
    request.period = months("2019-01..2019-12");
    let error = build(&lake, &request, &root.path().join("editions/old"), &|_| ())
        .expect_err("nothing in 2019");
    assert!(
        error
            .to_string()
            .contains("it has antibiotics from 2023-12 to 2024-04"),
        "{error}"
    );
    let left: Vec<_> = std::fs::read_dir(root.path().join("editions"))
        .expect("a folder")
        .collect();
    assert_eq!(left.len(), 1, "only the edition is there");
}

#[test]
fn only_an_edition_outside_the_lake_is_ever_replaced() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let mut request = request(&definitions, &facts, "2024-03..2024-04");
    let (before, mine) = (files(&root.path().join("lake")), root.path().join("mine"));
    std::fs::create_dir(&mine).expect("a folder");
    std::fs::write(mine.join("thesis.txt"), "years of work").expect("a file");
    for existing in [Existing::Refuse, Existing::Replace] {
        request.existing = existing;
        for place in ["lake", "lake/ed", "lake/../lake/new/ed", "", "mine"] {
            let error = build(&lake, &request, &root.path().join(place), &|_| ())
                .expect_err("never written there");
            assert!(matches!(error, BuildError::Edition(_)), "{place}: {error}");
            assert!(error.hint().is_some());
        }
    }
    assert!(mine.join("thesis.txt").exists());
    assert!(
        before == files(&root.path().join("lake")),
        "the lake is as it was"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_small_lake_with_antibiotics_can_be_built(world in world::world(30)) {
        let root = tempfile::tempdir().expect("a folder");
        let lake = folder::write(&root.path().join("lake"), &world, months("2024-01..2024-04").iter());
        let (definitions, facts) = (definitions(), CodeFacts::default());
        let dir = root.path().join("edition");
        build(&lake, &request(&definitions, &facts, "2024-02..2024-03"), &dir, &|_| ()).expect("built");
        prop_assert!(Edition::open(&dir).is_ok());
    }
}

#[test]
fn a_month_that_nobody_delivered_stops_the_build_and_is_named() {
    let root = tempfile::tempdir().expect("a folder");
    let held = months("2023-12..2024-02")
        .iter()
        .chain(months("2024-04..2024-04").iter());
    let lake = folder::write(&root.path().join("lake"), &some_world(), held);
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let request = request(&definitions, &facts, "2024-02..2024-04");
    let error = content(&lake, &request, &|_| ()).expect_err("March is unknown, not empty");
    assert_eq!(
        error.to_string(),
        "cannot build an edition of 2024-02..2024-04: no dispensings were delivered for 2024-03"
    );
    assert!(error.hint().is_some());
}

#[test]
fn where_a_month_of_contacts_is_missing_nothing_that_needs_contacts_is_told() {
    let root = tempfile::tempdir().expect("a folder");
    lake(root.path());
    let path = root.path().join("lake/manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).expect("read")).expect("json");
    let segments = manifest["segments"].as_array_mut().expect("segments");
    let all = segments.len();
    segments.retain(|entry| {
        let dataset = entry["dataset"].as_str().unwrap_or_default();
        !(dataset.ends_with("_contacts") && entry["month"] == "2024-03")
    });
    assert_eq!(all - segments.len(), 2, "March has two kinds of contacts");
    std::fs::write(&path, manifest.to_string()).expect("written");
    let lake = Lake::open(&root.path().join("lake")).expect("a lake");
    let edition = built(&lake, root.path());
    let measured = |id: &str| {
        let indicator = edition.indicator(id).expect("shipped");
        edition
            .prescribers()
            .iter()
            .filter(|it| {
                let value = edition.value(it.id, indicator, Window::Current);
                matches!(value, Value::Measured { .. })
            })
            .count()
    };
    let limits = &edition.meta().limits;
    assert!(limits.contains(&Limit::ContactsPartial) && !limits.contains(&Limit::NoContacts));
    assert_eq!(measured("SKIL-AB3"), 0);
    assert_eq!(measured("SKIL-AB1"), 0);
    assert!(
        measured("RAK-PENV") > 0,
        "dispensings alone are enough for a choice of drug"
    );
}

#[test]
fn missing_inhabitants_are_a_limit_only_where_somebody_asks_for_them() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = lake(root.path());
    let (mut definitions, facts) = (definitions(), CodeFacts::default());
    definitions.retain(|(definition, _)| definition.id == "RAK-PENV");
    let dir = root.path().join("edition");
    let request = request(&definitions, &facts, "2024-03..2024-04");
    build(&lake, &request, &dir, &|_| ()).expect("built");
    let edition = Edition::open(&dir).expect("read");
    assert!(!edition.meta().limits.contains(&Limit::NoInhabitants));
}
