//! Data that nobody here designed goes through intake with a description alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use riktig_lake::intake::{Intake, IntakeOptions, Outcome, PseudonymKey};
use riktig_lake::source::Source;
use riktig_lake::store::{
    Antibiotics, Dataset, Lake, PracticeLists, PrescriberRoles, Role, SegmentReader,
};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of real input beside the project, or `None` (said aloud) where there is none.
fn real_input() -> Option<PathBuf> {
    let shared = std::env::var_os("RIKTIG_SHARED")
        .map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let folder = shared.join("real-input/nhs-england");
    if !folder.is_dir() {
        println!("skipped: no real input in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn take(lake: &Path, source: &Path, files: &[PathBuf]) -> Lake {
    let options = IntakeOptions {
        source: Some(Source::read(source).expect("a description")),
        ..IntakeOptions::default()
    };
    let mut intake =
        Intake::open(lake, PseudonymKey::from_bytes([7; 32]), options).expect("opened");
    for file in files {
        let outcome = intake.take(file, &mut |_| {}).expect("taken in");
        assert!(
            matches!(outcome, Outcome::Taken(record) if record.counts.add_up() && record.counts.refused == 0)
        );
    }
    intake.lake().clone()
}

fn items_by_practice(lake: &Lake, wanted: impl Fn(&str, &str) -> bool) -> BTreeMap<String, i64> {
    let dictionaries = lake.dictionaries().expect("dictionaries");
    let mut items = BTreeMap::new();
    for entry in lake.manifest().segments_in(Dataset::Antibiotics) {
        let path = lake.path_of(entry.current());
        let rows = SegmentReader::<Antibiotics>::open(&path, &[])
            .expect("opened")
            .read_all()
            .expect("read");
        for at in 0..rows.event.len() {
            let drug = dictionaries.drugs.get(rows.drug[at]).expect("a drug");
            if wanted(
                drug.code.as_deref().unwrap_or(""),
                drug.atc.as_deref().unwrap_or(""),
            ) {
                let practice = dictionaries
                    .prescribers
                    .get(rows.prescriber[at])
                    .expect("a prescriber")
                    .id
                    .clone();
                *items.entry(practice).or_default() += i64::from(rows.items[at]);
            }
        }
    }
    items
}

#[test]
fn english_practices_of_september_2017_give_the_published_counts() {
    let Some(folder) = real_input() else { return };
    let temporary = tempfile::tempdir().expect("a folder");
    let files = [
        folder.join("2017_09_epd_201709.csv"),
        folder.join("2017_09_gp-reg-pat-prac-quin-age.csv"),
    ];
    let lake = take(
        temporary.path(),
        &workspace().join("content/sources/nhs-england.toml"),
        &files,
    );

    let volume = items_by_practice(&lake, |code, _| code.starts_with("0501"));
    let expected = [
        ("B85010", 328),
        ("B85054", 537),
        ("L84018", 269),
        ("L84073", 175),
    ];
    assert_eq!(
        volume,
        expected
            .map(|(practice, items)| (practice.to_owned(), items))
            .into()
    );
    assert_eq!(
        items_by_practice(&lake, |_, atc| atc.starts_with("J01"))
            .values()
            .sum::<i64>(),
        1_269
    );

    let dispensings = &lake.manifest().deliveries[0];
    assert_eq!(dispensings.counts.rows, 10_027);
    assert_eq!(dispensings.counts.kept, 375);
    assert_eq!(
        dispensings.ballast.get("unmapped_code"),
        Some(&(10_027 - 375))
    );
}

#[test]
fn list_patients_are_counted_once_although_the_file_repeats_them_as_totals() {
    let Some(folder) = real_input() else { return };
    let temporary = tempfile::tempdir().expect("a folder");
    let files = [
        folder.join("2017_09_epd_201709.csv"),
        folder.join("2017_09_gp-reg-pat-prac-quin-age.csv"),
    ];
    let lake = take(
        temporary.path(),
        &workspace().join("content/sources/nhs-england.toml"),
        &files,
    );
    let dictionaries = lake.dictionaries().expect("dictionaries");
    let practice = |id: i32| dictionaries.prescribers.get(id).expect("known").id.clone();
    let mut patients: BTreeMap<String, i64> = BTreeMap::new();
    for entry in lake.manifest().segments_in(Dataset::PracticeLists) {
        let path = lake.path_of(entry.current());
        let rows = SegmentReader::<PracticeLists>::open(&path, &[])
            .expect("opened")
            .read_all()
            .expect("read");
        for at in 0..rows.line.len() {
            *patients.entry(practice(rows.prescriber[at])).or_default() +=
                i64::from(rows.patients[at]);
        }
    }
    assert_eq!(patients.get("B85010"), Some(&6_939));
    // The practices are prescribers with the role `practice` and a place, though no register was delivered.
    let entry = lake
        .manifest()
        .segments_in(Dataset::Prescribers)
        .next()
        .expect("a register");
    let path = lake.path_of(entry.current());
    let roles = SegmentReader::<PrescriberRoles>::open(&path, &[])
        .expect("opened")
        .read_all()
        .expect("read");
    let places: BTreeMap<String, String> = roles
        .prescriber
        .iter()
        .zip(&roles.area)
        .map(|(prescriber, area)| {
            (
                practice(*prescriber),
                dictionaries.areas.get(*area).expect("known").code.clone(),
            )
        })
        .collect();
    assert_eq!(places.len(), 4);
    assert_eq!(places.get("L84073").map(String::as_str), Some("11M00"));
    assert!(roles.role.iter().all(|role| *role == Role::Practice.code()));
}

#[test]
fn a_description_reads_commas_latin_letters_and_parts_of_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("map.csv"), "code,atc\nAB1,J01CE02\n").expect("written");
    std::fs::write(
        path("data.txt"),
        b"Dato\tKode\tAntall\tLege\tNavn\n31.12.2023\tAB1-x\t2\tL1\tBl\xe5\n",
    )
    .expect("written");
    let toml = r#"
format = 1
name = "TEST"
prescriber_system = "T"
prescriber_role = "other"
[[file]]
kind = "dispensings"
recognise = ["Kode"]
delimiter = "tab"
encoding = "latin-1"
code_map = { file = "map.csv", code = "code", atc = "atc" }
[file.columns]
dispensed_date = { column = "Dato", date = "DD.MM.YYYY" }
drug_code = { column = "Kode", part = "0..3" }
units = { column = "Antall", decimal = "," }
items = { constant = "1" }
prescriber = "Lege"
prescriber_name = "Navn"
"#;
    std::fs::write(path("source.toml"), toml).expect("written");
    let lake = take(&path("lake"), &path("source.toml"), &[path("data.txt")]);
    let dictionaries = lake.dictionaries().expect("dictionaries");
    assert_eq!(
        dictionaries
            .prescribers
            .get(0)
            .and_then(|p| p.name.as_deref()),
        Some("Blå")
    );
    assert_eq!(
        items_by_practice(&lake, |code, _| code == "AB1"),
        [("L1".to_owned(), 1)].into()
    );
}

#[test]
fn a_description_with_a_word_that_does_not_exist_says_which_and_what_to_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("source.toml");
    let shipped = workspace().join("content/sources/nhs-england.toml");
    let text = std::fs::read_to_string(shipped).expect("the shipped description");
    std::fs::write(&path, text.replace("YYYY_MM", "MM/YY")).expect("written");
    let error = Source::read(&path).expect_err("refused").to_string();
    assert_eq!(
        error,
        "source description: `dispensed_date.date` is `MM/YY`, which is not YYYY-MM-DD, YYYYMMDD, DD.MM.YYYY, DDMONYYYY or YYYY_MM"
    );
}
