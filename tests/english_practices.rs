//! A statistician with data that nobody here designed: four English practices, September 2017.
//!
//! The files are no part of the project. They are looked for where `RIKTIG_SHARED` says, or in `../shared`.

use std::path::{Path, PathBuf};

use riktig_lake::edition::{Edition, Value, Window};
use tempfile::TempDir;

use crate::riktig::riktig;

const PRACTICES: [&str; 4] = ["B85010", "B85054", "L84018", "L84073"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder with the data, or a line that says that it is not there.
fn data() -> Option<PathBuf> {
    let shared = std::env::var_os("RIKTIG_SHARED")
        .map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let folder = shared.join("real-input/nhs-england");
    if !folder.is_dir() {
        println!(
            "skipped: no English prescribing data in {}",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

/// Intake and build, with the words a person would type and no Rust changed.
fn edition(data: &Path) -> (TempDir, Edition) {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: PathBuf| path.to_str().unwrap().to_owned();
    let source = path(workspace().join("content/sources/nhs-england.toml"));
    let map = path(data.join("bnf_to_atc.csv"));
    let files = [
        "2017_09_epd_201709.csv",
        "2017_09_gp-reg-pat-prac-quin-age.csv",
    ]
    .map(|name| path(data.join(name)));
    let intake = [
        "intake",
        &files[0],
        &files[1],
        "--lake",
        "lake",
        "--source",
        &source,
        "--code-map",
        &map,
    ];
    riktig(folder.path(), intake).succeeded();
    let build = [
        "build",
        "--lake",
        "lake",
        "--period",
        "2017-09..2017-09",
        "--out",
        "edition",
    ];
    riktig(folder.path(), build).succeeded();
    let edition = Edition::open(&folder.path().join("edition")).unwrap();
    (folder, edition)
}

fn numerators(edition: &Edition, indicator: &str) -> Vec<i64> {
    let indicator = edition.indicator(indicator).unwrap();
    let numerator = |practice: &str| {
        let practice = edition.prescriber(practice).unwrap();
        match edition.value(practice.id, indicator, Window::Current) {
            Value::Measured { numerator, .. } => numerator,
            Value::Unavailable(reason) => panic!("{} has none: {reason:?}", practice.external_id),
        }
    };
    PRACTICES.map(numerator).to_vec()
}

#[test]
fn english_practices_get_the_numbers_counted_by_hand() {
    let Some(data) = data() else { return };
    let (_folder, edition) = edition(&data);
    assert_eq!(numerators(&edition, "EN-VOL"), [328, 537, 269, 175]);
    assert_eq!(numerators(&edition, "EN-VOL").iter().sum::<i64>(), 1_309);
    assert_eq!(numerators(&edition, "RAK-VOL").iter().sum::<i64>(), 1_269);

    let record = &edition.meta().definitions[edition.indicator("EN-VOL").unwrap().0 as usize];
    let practice = edition.prescriber("B85010").unwrap();
    let rate = record.ratio(edition.value(
        practice.id,
        edition.indicator("EN-VOL").unwrap(),
        Window::Current,
    ));
    let registered = 6_939.0;
    assert!((rate.unwrap() - 328.0 / registered).abs() < 1e-12);
}

#[test]
fn an_indicator_that_needs_patients_or_diagnoses_says_so_instead_of_zero() {
    let Some(data) = data() else { return };
    let (folder, edition) = edition(&data);
    for (indicator, _) in edition.indicators() {
        let record = &edition.meta().definitions[indicator.0 as usize];
        let needs_more = ["P-BRONCH", "P-CYST-3D", "SKIL-AB3", "SE-Inf07", "ESAC-3c"]
            .contains(&record.id.as_str());
        for practice in edition.prescribers() {
            let value = edition.value(practice.id, indicator, Window::Current);
            assert!(
                !needs_more || matches!(value, Value::Unavailable(_)),
                "{}: {value:?}",
                record.id
            );
        }
    }
    let report = [
        "report",
        "--edition",
        "edition",
        "--all",
        "--lang",
        "en",
        "--format",
        "html,pdf,json",
        "--out",
        "r",
    ];
    riktig(folder.path(), report).succeeded();
    assert_eq!(
        std::fs::read_dir(folder.path().join("r/html"))
            .unwrap()
            .count(),
        PRACTICES.len()
    );
}
