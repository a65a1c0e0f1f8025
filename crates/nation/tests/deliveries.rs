//! What a nation writes: the same bytes for the same seed, and what the truth file says is in the files.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use riktig_codes::{AtcCode, Codebook};
use riktig_lake::delivery::FileFormat;
use riktig_lake::intake::{Intake, IntakeOptions, PseudonymKey};
use riktig_lake::store::{Antibiotics, Dataset, Lake, SegmentReader};
use riktig_nation::truth::Truth;
use riktig_nation::{Nation, NationSpec};
use sha2::{Digest, Sha256};

fn small(seed: u64, months: u32) -> NationSpec {
    NationSpec {
        inhabitants: 2_500,
        months,
        seed,
        ..NationSpec::demo()
    }
}

fn write(spec: NationSpec, format: FileFormat) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Nation::new(spec)
        .unwrap()
        .write_deliveries(folder.path(), format, &mut |_| {})
        .unwrap();
    folder
}

fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let digest = Sha256::digest(std::fs::read(entry.path()).unwrap());
            (
                entry.file_name().into_string().unwrap(),
                format!("{digest:x}"),
            )
        })
        .collect()
}

fn truth(folder: &Path) -> Truth {
    serde_json::from_str(&std::fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap()
}

/// Rows of a CSV delivery by column name, with their line number; rows with too few fields have none.
fn rows(path: &Path) -> Vec<(u64, HashMap<String, String>)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().skip(1);
    let names: Vec<String> = lines
        .next()
        .unwrap()
        .split(';')
        .map(str::to_owned)
        .collect();
    (3..)
        .zip(lines)
        .map(|(number, line)| {
            let fields: Vec<&str> = line.split(';').collect();
            let whole = fields.len() == names.len();
            let row = names
                .iter()
                .cloned()
                .zip(fields.into_iter().map(str::to_owned));
            (number, if whole { row.collect() } else { HashMap::new() })
        })
        .collect()
}

#[test]
fn the_same_seed_writes_the_same_bytes_and_another_seed_others() {
    for format in [FileFormat::Csv, FileFormat::Parquet] {
        let first = hashes(write(small(5, 2), format).path());
        assert_eq!(first, hashes(write(small(5, 2), format).path()));
        let other = hashes(write(small(6, 2), format).path());
        assert!(
            first
                .iter()
                .all(|(file, hash)| other.get(file) != Some(hash)),
            "a file did not notice the seed"
        );
    }
}

#[test]
fn a_longer_period_keeps_the_identity_numbers_unique() {
    let folder = write(small(9, 1), FileFormat::Csv);
    let mut births: HashMap<String, String> = HashMap::new();
    for (_, row) in rows(&folder.path().join("contacts-2023-01.csv")) {
        let (Some(id), Some(birth)) = (row.get("patient_id"), row.get("patient_birth_date")) else {
            continue;
        };
        if birth.is_empty() {
            continue;
        }
        assert_eq!(
            births.entry(id.clone()).or_insert_with(|| birth.clone()),
            birth
        );
        let number = riktig_codes::NationalId::parse(id).unwrap();
        assert!(
            format!("{number:?}").contains('*') || !format!("{number:?}").contains(id.as_str())
        );
    }
    assert!(births.len() > 300);
}

#[test]
fn the_truth_file_counts_what_the_files_hold() {
    let folder = write(small(11, 12), FileFormat::Csv);
    let truth = truth(folder.path());
    let mut kinds = std::collections::BTreeSet::new();
    for delivery in &truth.deliveries {
        let path = folder.path().join(&delivery.file);
        if delivery.kind == "behandlerkrav" {
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(
                text.matches("<Enkeltregning>").count() as u64,
                delivery.rows
            );
            assert_eq!(
                text.matches("<Kreditering>true").count() as u64,
                delivery.cancelling
            );
            continue;
        }
        let rows = rows(&path);
        assert_eq!(rows.len() as u64, delivery.rows, "{}", delivery.file);
        let with = |column: &str, value: &str| {
            rows.iter()
                .filter(|(_, row)| row.get(column).is_some_and(|field| field == value))
                .count() as u64
        };
        if matches!(delivery.kind.as_str(), "dispensings" | "contacts") {
            assert_eq!(
                with("status", "annulled") + with("status", "credited"),
                delivery.cancelling,
                "{}",
                delivery.file
            );
        }
        if delivery.kind == "dispensings" {
            assert_eq!(
                with("receiver", "animal") + with("receiver", "practice"),
                delivery.not_human
            );
            let dirty: Vec<u64> = delivery.dirty.iter().map(|row| row.line).collect();
            let antibiotics = rows.iter().filter(|(line, row)| {
                let is =
                    |column: &str, value: &str| row.get(column).is_some_and(|field| field == value);
                let antibiotic = row.get("atc").is_some_and(|atc| {
                    AtcCode::parse(atc).is_ok_and(|atc| Codebook::embedded().is_antibiotic(atc))
                });
                antibiotic
                    && is("receiver", "human")
                    && is("status", "dispensed")
                    && !dirty.contains(line)
            });
            assert_eq!(
                antibiotics.count() as u64,
                delivery.antibiotics,
                "{}",
                delivery.file
            );
        }
        kinds.extend(delivery.dirty.iter().map(|row| row.reason.clone()));
        let dirty = delivery.dirty.len() as f64;
        assert!(
            dirty / delivery.rows as f64 <= 0.03,
            "{} has too many spoiled rows",
            delivery.file
        );
    }
    assert_eq!(kinds.len(), 12, "{kinds:?}");
}

#[test]
fn a_copy_is_the_same_bytes_and_a_correction_names_what_it_corrects() {
    let folder = write(small(12, 6), FileFormat::Csv);
    let truth = truth(folder.path());
    let copy = truth
        .deliveries
        .iter()
        .find(|d| d.copy_of.is_some())
        .unwrap();
    let bytes = |file: &str| std::fs::read(folder.path().join(file)).unwrap();
    assert_eq!(bytes(&copy.file), bytes(copy.copy_of.as_ref().unwrap()));
    let second = truth
        .deliveries
        .iter()
        .find(|d| d.corrects.is_some())
        .unwrap();
    let first = truth
        .deliveries
        .iter()
        .find(|d| Some(&d.delivery) == second.corrects.as_ref())
        .unwrap();
    assert!(first.rows < second.rows && first.file < second.file);
    let head = String::from_utf8_lossy(&bytes(&second.file)[..300]).into_owned();
    assert!(head.starts_with("#riktig;kind=dispensings;version=1;"));
    assert!(head.contains(&format!("corrects={}", first.delivery)));
}

#[test]
fn without_faults_every_row_is_there_once_and_clean() {
    let spec = NationSpec {
        faults: false,
        ..small(4, 6)
    };
    let folder = write(spec, FileFormat::Csv);
    let truth = truth(folder.path());
    let faulty = |d: &riktig_nation::truth::DeliveryTruth| {
        !d.dirty.is_empty() || d.cancelling > 0 || d.copy_of.is_some() || d.corrects.is_some()
    };
    assert!(!truth.deliveries.iter().any(faulty));
    assert!(truth.deliveries.iter().all(|d| d.kind != "behandlerkrav"));
    let mut ids = std::collections::HashSet::new();
    for delivery in truth.deliveries.iter().filter(|d| d.kind == "dispensings") {
        for (_, row) in rows(&folder.path().join(&delivery.file)) {
            assert!(ids.insert(row["dispensing_id"].clone()));
        }
    }
}

#[test]
fn twice_the_people_make_about_twice_the_rows() {
    let count = |inhabitants| {
        let folder = tempfile::tempdir().unwrap();
        let spec = NationSpec {
            inhabitants,
            ..small(3, 1)
        };
        let summary = Nation::new(spec)
            .unwrap()
            .write_deliveries(folder.path(), FileFormat::Csv, &mut |_| {})
            .unwrap();
        (summary.dispensings as f64, summary.contacts as f64)
    };
    let (few, many) = (count(4_000), count(8_000));
    for ratio in [many.0 / few.0, many.1 / few.1] {
        assert!((1.8..2.2).contains(&ratio), "{ratio}");
    }
}

#[test]
fn the_share_of_coded_prescriptions_that_is_planted_is_the_share_that_the_lake_tells() {
    let coded = |coded_milli| NationSpec {
        inhabitants: 15_000,
        coded_milli,
        faults: false,
        ..small(11, 2)
    };
    let planted = |folder: &Path| {
        let truth = truth(folder);
        let each = truth.deliveries.iter().filter_map(|it| it.coded);
        each.fold([0; 3], |[diagnosis, not, waiting], it| {
            [
                diagnosis + it.with_diagnosis,
                not + it.not_waiting,
                waiting + it.waiting,
            ]
        })
    };
    let told = |folder: &Path| {
        let mut intake = Intake::open(
            &folder.join("lake"),
            PseudonymKey::from_bytes([5; 32]),
            IntakeOptions::default(),
        )
        .unwrap();
        for month in ["2023-01", "2023-02"] {
            let file = folder.join(format!("dispensings-{month}.csv"));
            intake.take(&file, &mut |_| {}).unwrap();
        }
        let mut found = [0; 3];
        let lake = Lake::open(&folder.join("lake")).unwrap();
        for entry in lake.manifest().segments_in(Dataset::Antibiotics) {
            let reader = SegmentReader::<Antibiotics>::open(&lake.path_of(entry.current()), &[]);
            let rows = reader.unwrap().read_all().unwrap();
            let count = |column: &[i32], wanted: &dyn Fn(i32) -> bool| {
                column.iter().filter(|value| wanted(**value)).count() as u64
            };
            found[0] += count(&rows.diagnosis, &|id| id >= 0);
            found[1] += count(&rows.waiting, &|waiting| waiting == 0);
            found[2] += count(&rows.waiting, &|waiting| waiting == 1);
        }
        found
    };
    let all = planted(write(coded(1000), FileFormat::Csv).path())[0] as f64;
    let folder = write(coded(400), FileFormat::Csv);
    let some = planted(folder.path());
    assert_eq!(told(folder.path()), some);
    assert!(some[2] > 0, "some were to wait");
    let share = some[0] as f64 / all;
    let spread = (0.4 * 0.6 / all).sqrt();
    assert!(
        all > 100.0 && (share - 0.4).abs() < 4.0 * spread,
        "{share} of {all}"
    );
}

#[test]
fn where_nothing_is_coded_the_files_are_as_they_were() {
    let folder = write(small(11, 1), FileFormat::Csv);
    let (_, first) = rows(&folder.path().join("dispensings-2023-01.csv")).swap_remove(0);
    assert!(!first.contains_key("waiting"));
    assert!(
        truth(folder.path())
            .deliveries
            .iter()
            .all(|it| it.coded.is_none())
    );
}
