//! What a dispensing says of its prescription: the diagnosis in any of three systems, and whether it was to wait.

use riktig_lake::delivery::{Field, FileFormat, Kind, PrescribedRow};
use riktig_lake::store::{Antibiotics, Dataset, Lake, Manifest, SegmentReader};

use crate::world::{World, deliver, dispensing, good_rows, header, ids};

const FORMATS: [FileFormat; 2] = [FileFormat::Csv, FileFormat::Parquet];

fn coded<'a>(id: &'a str, system: &'a str, code: &'a str, waiting: Field<'a>) -> PrescribedRow<'a> {
    let mut row = dispensing(id);
    (row.diagnosis_system, row.diagnosis) = (Field::Text(system), Field::Text(code));
    PrescribedRow { row, waiting }
}

fn diagnoses(lake: &Lake, rows: &Antibiotics) -> Vec<String> {
    let dictionaries = lake.dictionaries().expect("dictionaries");
    let name = |id: &i32| {
        let entry = &dictionaries.diagnoses.entries()[usize::try_from(*id).expect("an id")];
        format!("{} {}", entry.system, entry.code)
    };
    rows.diagnosis.iter().map(name).collect()
}

#[test]
fn a_diagnosis_is_read_by_name_or_oid_and_icpc_2b_by_its_rubric() {
    for format in FORMATS {
        let world = World::new();
        let path = world.path("coded");
        let rows = [
            coded("1", "ICPC-2", "R75", Field::Text("yes")),
            coded("2", "2.16.578.1.12.4.1.1.7170", "R75", Field::Text("no")),
            coded("3", "ICPC-2B", "R75.0001", Field::Missing),
            coded("4", "2.16.578.1.12.4.1.1.7171", "R75", Field::Missing),
            coded("5", "2.16.578.1.12.4.1.1.7110", "J01.9", Field::Missing),
        ];
        deliver(
            &path,
            &header(Kind::Dispensings, "lmr-1", "2024-03"),
            format,
            &rows,
        );
        let record = world.taken(&path);
        assert_eq!((record.counts.kept, record.without_diagnosis), (5, false));
        let stored = world.antibiotics();
        let mut found = diagnoses(&world.lake(), &stored);
        found.sort();
        assert_eq!(
            found,
            [
                "ICD-10 J019",
                "ICPC-2 R75",
                "ICPC-2 R75",
                "ICPC-2 R75",
                "ICPC-2 R75"
            ]
        );
        let mut waiting = stored.waiting;
        waiting.sort_unstable();
        assert_eq!(waiting, [-1, -1, -1, 0, 1]);
        assert_eq!(world.lake().manifest().format, Manifest::NEWEST);
    }
}

#[test]
fn a_code_outside_its_system_an_unknown_system_and_an_unknown_word_are_refused_with_their_reason() {
    let world = World::new();
    let path = world.path("coded.csv");
    let good = ids();
    let bad = [
        coded("bad-1", "ICPC-2", "J01", Field::Missing),
        coded("bad-2", "ICPC-2B", "R75.", Field::Missing),
        coded("bad-3", "SNOMED CT", "15805002", Field::Missing),
        coded("bad-4", "ICPC-2", "R75", Field::Text("maybe")),
    ];
    let mut rows: Vec<PrescribedRow<'_>> = Vec::new();
    for copy in 0..4 {
        let ids = &good[copy * 7..][..7];
        rows.extend(good_rows(ids).into_iter().map(|row| PrescribedRow {
            row,
            waiting: Field::Missing,
        }));
    }
    rows.extend(bad);
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr-1", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    let options = riktig_lake::intake::IntakeOptions {
        largest_refused_share: 0.5,
        ..riktig_lake::intake::IntakeOptions::default()
    };
    let Ok(riktig_lake::intake::Outcome::Taken(record)) = world.take_with(&path, options) else {
        panic!("the delivery is taken in");
    };
    let refused: Vec<(&str, u64)> = record
        .refused
        .iter()
        .map(|(reason, tally)| (reason.as_str(), tally.rows))
        .collect();
    assert_eq!(
        refused,
        [
            ("bad_diagnosis", 2),
            ("unknown_diagnosis_system", 1),
            ("unknown_waiting", 1)
        ]
    );
}

#[test]
fn columns_that_are_left_out_are_unknown_and_half_a_diagnosis_is_a_forgotten_column() {
    let world = World::new();
    let path = world.path("plain.csv");
    let good = ids();
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr-1", "2024-03"),
        FileFormat::Csv,
        &good_rows(&good),
    );
    let text = std::fs::read_to_string(&path).expect("read");
    // The last two columns are the diagnosis and empty in every row.
    let without = |columns: &str, ends: usize| {
        let lines = text.lines().map(|line| match line.strip_suffix(columns) {
            Some(names) => format!("{names}\n"),
            None if line.starts_with('#') => format!("{line}\n"),
            None => format!("{}\n", &line[..line.len() - ends]),
        });
        lines.collect::<String>()
    };
    std::fs::write(&path, without(";diagnosis", 1)).expect("written");
    let error = world.take(&path).expect_err("refused").to_string();
    assert!(error.contains("missing columns: diagnosis"), "{error}");
    std::fs::write(&path, without(";diagnosis_system;diagnosis", 2)).expect("written");
    let record = world.taken(&path);
    assert_eq!((record.counts.kept, record.without_diagnosis), (30, true));
    let stored = world.antibiotics();
    assert!(stored.diagnosis.iter().all(|id| *id == -1));
    assert!(stored.waiting.iter().all(|waiting| *waiting == -1));
}

#[test]
fn a_lake_that_nobody_told_of_waiting_keeps_its_layout_and_one_that_was_told_keeps_the_column_through_a_cancellation()
 {
    let world = World::new();
    let first = world.path("first.csv");
    let good = ids();
    let mut early = header(Kind::Dispensings, "lmr-1", "2024-03");
    deliver(&first, &early, FileFormat::Csv, &good_rows(&good));
    world.taken(&first);
    let has_column = |lake: &Lake| -> Vec<bool> {
        let segments = lake.manifest().segments_in(Dataset::Antibiotics);
        segments
            .map(|entry| {
                let path = lake.path_of(entry.current());
                SegmentReader::<Antibiotics>::open(&path, &["waiting"])
                    .expect("opened")
                    .has("waiting")
            })
            .collect()
    };
    assert_eq!(world.lake().manifest().format, Manifest::FORMAT);
    assert_eq!(has_column(&world.lake()), [false]);
    let second = world.path("second.csv");
    early.source = "CHAIN".to_owned();
    early.delivery = "chain-1".to_owned();
    let rows = [
        coded("a", "ICPC-2", "R75", Field::Text("yes")),
        coded("b", "ICPC-2", "R75", Field::Text("no")),
    ];
    deliver(&second, &early, FileFormat::Csv, &rows);
    world.taken(&second);
    assert_eq!(has_column(&world.lake()), [true, false]);
    let third = world.path("third.csv");
    early.delivery = "chain-2".to_owned();
    early.period = header(Kind::Dispensings, "", "2024-04").period;
    let mut annulled = coded("b", "ICPC-2", "R75", Field::Text("no"));
    annulled.row.status = Field::Text("annulled");
    deliver(&third, &early, FileFormat::Csv, &[annulled]);
    world.taken(&third);
    let told: Vec<i32> = world
        .antibiotics()
        .waiting
        .into_iter()
        .filter(|waiting| *waiting >= 0)
        .collect();
    assert_eq!(told, [1]);
    assert_eq!(world.lake().manifest().format, Manifest::NEWEST);
}
