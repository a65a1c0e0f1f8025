//! Values that nobody may store, or that only look like values.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use riktig_lake::delivery::rows::{
    ContactRow, CourseGroupRow, DispensingRow, InhabitantsRow, PracticeListRow, PrescriberRow,
};
use riktig_lake::delivery::{Field, FileFormat, Header, Kind, Row};
use riktig_lake::intake::{IntakeError, IntakeOptions};

use crate::world::{World, contact, day, deliver, dispensing, header};

/// Why the first row of a delivery with these rows is refused.
fn refused<R: Row>(header: &Header, rows: &[R]) -> Vec<String> {
    let world = World::new();
    let path = world.path("delivery.csv");
    deliver(&path, header, FileFormat::Csv, rows);
    let options = IntakeOptions {
        largest_refused_share: 1.0,
        ..IntakeOptions::default()
    };
    world.take_with(&path, options).expect("taken");
    world.assert_sound();
    let lake = world.lake();
    let files = ["practices", "groups", "specialties", "areas"];
    for file in files
        .map(|name| lake.manifest().dictionaries.files.get(name))
        .into_iter()
        .flatten()
    {
        let text = std::fs::read_to_string(lake.path_of(file)).expect("text");
        assert!(!text.contains("13097248022"), "{text}");
    }
    let record = &lake.manifest().deliveries[0];
    record.refused.keys().cloned().collect()
}

fn register(kind: Kind) -> Header {
    Header {
        period: None,
        ..header(kind, "register", "2024-03")
    }
}

#[test]
fn an_identity_number_or_a_control_character_in_a_register_is_refused() {
    let somebody = "13097248022";
    let list = |practice| PracticeListRow {
        month: Field::Text("2024-03"),
        prescriber_hpr: Field::Whole(9_144_897),
        practice_id: Field::Text(practice),
        age_from: Field::Whole(0),
        age_to: Field::Missing,
        sex: Field::Text("0"),
        patients: Field::Whole(900),
    };
    let group = |id, name| CourseGroupRow {
        group_id: Field::Text(id),
        group_name: Field::Text(name),
        prescriber_hpr: Field::Whole(9_144_897),
        ..CourseGroupRow::default()
    };
    let area = |name, county_name| InhabitantsRow {
        date: Field::Day(day("2024-01-01")),
        municipality: Field::Text("0301"),
        municipality_name: Field::Text(name),
        county: Field::Text("03"),
        county_name: Field::Text(county_name),
        age: Field::Whole(40),
        sex: Field::Text("1"),
        inhabitants: Field::Whole(10),
    };
    let doctor = |specialty| PrescriberRow {
        prescriber_hpr: Field::Whole(9_144_897),
        role: Field::Text("gp"),
        specialty: Field::Text(specialty),
        ..PrescriberRow::default()
    };
    let found = "identity_number_in_text";
    let lists = header(Kind::PracticeLists, "lists", "2024-03");
    assert_eq!(refused(&lists, &[list(somebody)]), [found]);
    assert_eq!(refused(&lists, &[list("P1")]), [""; 0]);
    let groups = register(Kind::CourseGroups);
    assert_eq!(refused(&groups, &[group(somebody, "A")]), [found]);
    assert_eq!(
        refused(&groups, &[group("1", "with 130972 48022")]),
        [found]
    );
    assert_eq!(
        refused(&groups, &[group("1", "a\u{1b}[2J")]),
        ["control_character"]
    );
    let inhabitants = register(Kind::Inhabitants);
    assert_eq!(refused(&inhabitants, &[area(somebody, "Oslo")]), [found]);
    assert_eq!(refused(&inhabitants, &[area("Oslo", somebody)]), [found]);
    assert_eq!(
        refused(&inhabitants, &[area("\u{202e}olsO", "Oslo")]),
        ["control_character"]
    );
    assert_eq!(
        refused(&inhabitants, &[area("Bærum", "Åmli Østre")]),
        [""; 0]
    );
    assert_eq!(
        refused(&register(Kind::Prescribers), &[doctor(somebody)]),
        [found]
    );
}

#[test]
fn an_identity_number_in_a_file_name_is_refused_and_not_shown() {
    let world = World::new();
    let path = world.path("list-13097248022.csv");
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &[dispensing("1")],
    );
    let error = world.take(&path).expect_err("refused");
    assert!(matches!(error, IntakeError::FileName(_)));
    assert!(!error.to_string().contains("13097248022"), "{error}");
    assert_eq!(error.hint(), "rename the file");
}

#[test]
fn a_delivery_without_a_row_does_not_cover_its_month() {
    let world = World::new();
    let path = world.path("a.csv");
    let refuses = |outcome: Result<_, IntakeError>| {
        let error: IntakeError = match outcome {
            Ok(_) => panic!("taken"),
            Err(error) => error,
        };
        assert!(matches!(error, IntakeError::NoRows { .. }), "{error}");
        assert!(error.hint().contains("unknown, not zero"));
    };
    deliver::<DispensingRow<'_>>(
        &path,
        &header(Kind::Dispensings, "a", "2024-03"),
        FileFormat::Csv,
        &[],
    );
    refuses(world.take(&path).map(|_| ()));
    deliver::<ContactRow<'_>>(
        &path,
        &header(Kind::Contacts, "a", "2024-03"),
        FileFormat::Csv,
        &[],
    );
    refuses(world.take(&path).map(|_| ()));
    deliver::<PracticeListRow<'_>>(
        &path,
        &header(Kind::PracticeLists, "a", "2024-03"),
        FileFormat::Parquet,
        &[],
    );
    refuses(world.take(&path).map(|_| ()));
    assert_eq!(world.lake().manifest().deliveries, []);
}

#[test]
fn a_masked_date_does_not_stretch_the_period_of_a_delivery_that_names_none() {
    let none = Header {
        period: None,
        ..header(Kind::Dispensings, "lmr", "2024-03")
    };
    let dated = |date| DispensingRow {
        prescribed_date: Field::Missing,
        dispensed_date: Field::Text(date),
        ..dispensing("mask")
    };
    let world = World::new();
    let path = world.path("a.csv");
    deliver(
        &path,
        &none,
        FileFormat::Csv,
        &[dispensing("1"), dated("9999-12-31")],
    );
    let options = IntakeOptions {
        largest_refused_share: 0.5,
        ..IntakeOptions::default()
    };
    world.take_with(&path, options).expect("taken");
    let lake = world.lake();
    let record = lake.manifest().delivery("lmr").expect("taken");
    assert_eq!(
        record.period.map(|period| period.to_string()).as_deref(),
        Some("2024-03")
    );
    assert_eq!(record.refused["future_date"].rows, 1);
    assert_eq!(refused(&none, &[dated("1899-12-31")]), ["bad_date"]);
}

#[test]
fn numbers_that_nobody_dispenses_and_shares_that_are_none_are_refused() {
    let many = DispensingRow {
        items: Field::Whole(1_000_000_000),
        ..dispensing("1")
    };
    let header = header(Kind::Dispensings, "lmr", "2024-03");
    assert_eq!(refused(&header, &[many]), ["implausible_quantity"]);
    for share in [f64::NAN, -0.1, 1.5, f64::INFINITY] {
        let options = IntakeOptions {
            largest_refused_share: share,
            ..IntakeOptions::default()
        };
        let opened = World::new().intake(options);
        assert!(matches!(opened.err(), Some(IntakeError::BadShare(_))));
    }
}

#[test]
fn numbers_of_parquet_get_the_leading_zeros_back_that_their_type_took() {
    let world = World::new();
    let (csv, path) = (world.path("a.csv"), world.path("a.parquet"));
    let header = header(Kind::Contacts, "kpr", "2024-03");
    deliver(&csv, &header, FileFormat::Csv, &[contact("1")]);
    let text = std::fs::read_to_string(&csv).expect("text");
    let mut lines = text.lines().skip(1).map(|line| line.split(';'));
    let (names, values) = (lines.next().expect("names"), lines.next().expect("a row"));
    let columns = names.zip(values).map(|(name, value)| match name {
        "patient_id" => (name, whole(somebody_with_a_leading_zero())),
        "patient_municipality" => (name, whole(301)),
        _ => (name, Arc::new(StringArray::from(vec![value])) as ArrayRef),
    });
    let batch = RecordBatch::try_from_iter(columns).expect("columns");
    let file = std::fs::File::create(&path).expect("created");
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    for (key, value) in header.pairs() {
        let pair = parquet::file::metadata::KeyValue::new(format!("riktig.{key}"), value);
        writer.append_key_value_metadata(pair);
    }
    writer.close().expect("closed");
    let record = world.taken(&path);
    assert_eq!(
        (record.counts.kept, record.missing.get("patient_id")),
        (1, None)
    );
    let dictionaries = world.lake().dictionaries().expect("dictionaries");
    assert_eq!(dictionaries.areas.entries()[0].code, "0301");
}

#[test]
fn the_same_people_are_counted_once_whoever_delivers_the_row_again() {
    let list = |patients| PracticeListRow {
        month: Field::Text("2024-03"),
        prescriber_hpr: Field::Whole(9_144_897),
        practice_id: Field::Text("P1"),
        age_from: Field::Whole(0),
        age_to: Field::Missing,
        sex: Field::Text("0"),
        patients: Field::Whole(patients),
    };
    let people = |age, inhabitants| InhabitantsRow {
        date: Field::Day(day("2024-01-01")),
        municipality: Field::Text("0301"),
        age: Field::Whole(age),
        sex: Field::Text("1"),
        inhabitants: Field::Whole(inhabitants),
        ..InhabitantsRow::default()
    };
    let lists = header(Kind::PracticeLists, "lists", "2024-03");
    assert_eq!(refused(&lists, &[list(900), list(901)]), ["repeated_row"]);
    let inhabitants = register(Kind::Inhabitants);
    let rows = [people(40, 10), people(41, 10), people(40, 10)];
    assert_eq!(refused(&inhabitants, &rows), ["repeated_row"]);
    assert_eq!(refused(&inhabitants, &rows[..2]), [""; 0]);

    let world = World::new();
    let (first, second) = (world.path("a.csv"), world.path("b.csv"));
    deliver(&first, &lists, FileFormat::Csv, &[list(900)]);
    world.taken(&first);
    let other = Header {
        delivery: "others".to_owned(),
        source: "other".to_owned(),
        ..lists
    };
    deliver(&second, &other, FileFormat::Csv, &[list(900)]);
    let error = world.take(&second).expect_err("refused");
    assert!(matches!(error, IntakeError::Overlap { .. }));
}

fn whole(number: i64) -> ArrayRef {
    Arc::new(Int64Array::from(vec![number]))
}

/// The first number of 1 January 1901–1999 whose check digits fit.
fn somebody_with_a_leading_zero() -> i64 {
    (1_010_100_000..1_019_900_000)
        .find(|number| {
            riktig_codes::NationalId::parse_bytes(format!("{number:011}").as_bytes()).is_ok()
        })
        .expect("one fits")
}
