//! Wrong rows are refused with reason and line.

use riktig_lake::delivery::rows::DispensingRow;
use riktig_lake::delivery::{DeliveryWriter, Field, FileFormat, Kind};
use riktig_lake::intake::{IntakeOptions, IntakeTable, Outcome};

use crate::world::{World, deliver, dispensing, good_rows, header, ids};

/// What is wrong with a dispensing, and the reason it must be refused for.
fn wrong_dispensings() -> Vec<(&'static str, DispensingRow<'static>)> {
    let good = dispensing("bad");
    vec![
        (
            "missing_id",
            DispensingRow {
                dispensing_id: Field::Missing,
                ..good
            },
        ),
        (
            "unknown_status",
            DispensingRow {
                status: Field::Text("sold"),
                ..good
            },
        ),
        (
            "unknown_receiver",
            DispensingRow {
                receiver: Field::Text("ship"),
                ..good
            },
        ),
        (
            "bad_identity_number",
            DispensingRow {
                patient_id: Field::Text("13097248023"),
                ..good
            },
        ),
        (
            "bad_identity_number",
            DispensingRow {
                patient_id: Field::Text("1309724802"),
                ..good
            },
        ),
        (
            "bad_date",
            DispensingRow {
                dispensed_date: Field::Text("2024-02-30"),
                ..good
            },
        ),
        (
            "bad_date",
            DispensingRow {
                patient_birth_date: Field::Text("13.09.1972"),
                ..good
            },
        ),
        (
            "missing_date",
            DispensingRow {
                dispensed_date: Field::Missing,
                ..good
            },
        ),
        (
            "missing_date",
            DispensingRow {
                dispensed_date: Field::Text("0001-01-01"),
                ..good
            },
        ),
        (
            "future_date",
            DispensingRow {
                dispensed_date: Field::Text("2024-03-31"),
                ..good
            },
        ),
        (
            "outside_period",
            DispensingRow {
                dispensed_date: Field::Text("2024-02-29"),
                prescribed_date: Field::Missing,
                ..good
            },
        ),
        (
            "dispensed_before_prescribed",
            DispensingRow {
                prescribed_date: Field::Text("2024-03-06"),
                ..good
            },
        ),
        (
            "impossible_age",
            DispensingRow {
                patient_birth_date: Field::Text("2024-03-06"),
                ..good
            },
        ),
        (
            "impossible_age",
            DispensingRow {
                patient_birth_date: Field::Text("1880-01-01"),
                ..good
            },
        ),
        (
            "unknown_sex_code",
            DispensingRow {
                patient_sex: Field::Text("3"),
                ..good
            },
        ),
        (
            "bad_municipality",
            DispensingRow {
                patient_municipality: Field::Text("301"),
                ..good
            },
        ),
        (
            "bad_prescriber",
            DispensingRow {
                prescriber_hpr: Field::Text("ABC"),
                ..good
            },
        ),
        (
            "bad_atc",
            DispensingRow {
                atc: Field::Text("J01CE"),
                ..good
            },
        ),
        (
            "bad_atc",
            DispensingRow {
                atc: Field::Text("penicillin"),
                ..good
            },
        ),
        (
            "unknown_route",
            DispensingRow {
                route: Field::Text("nasal spray"),
                ..good
            },
        ),
        (
            "bad_number",
            DispensingRow {
                items: Field::Text("one"),
                ..good
            },
        ),
        (
            "negative_quantity",
            DispensingRow {
                units: Field::Milli(-1),
                ..good
            },
        ),
        (
            "negative_quantity",
            DispensingRow {
                items: Field::Whole(-1),
                ..good
            },
        ),
        (
            "bad_item_number",
            DispensingRow {
                item_number: Field::Text("12345"),
                ..good
            },
        ),
        (
            "bad_diagnosis",
            DispensingRow {
                diagnosis_system: Field::Text("ICPC-2"),
                diagnosis: Field::Text("99"),
                ..good
            },
        ),
        (
            "unknown_diagnosis_system",
            DispensingRow {
                diagnosis: Field::Text("R78"),
                ..good
            },
        ),
        ("duplicate_id", dispensing("good-7")),
    ]
}

#[test]
fn every_kind_of_wrong_row_is_refused_with_its_reason_and_its_line() {
    for (reason, wrong) in wrong_dispensings() {
        let world = World::new();
        let path = world.path("a.csv");
        let ids = ids();
        let mut rows = good_rows(&ids);
        rows.push(wrong);
        deliver(
            &path,
            &header(Kind::Dispensings, "lmr", "2024-03"),
            FileFormat::Csv,
            &rows,
        );
        let cut = "2024-03-30".parse().ok();
        let outcome = world.take_with(
            &path,
            IntakeOptions {
                data_cut: cut,
                ..IntakeOptions::default()
            },
        );
        let Ok(Outcome::Taken(record)) = outcome else {
            panic!("{reason}: {outcome:?}")
        };
        assert_eq!(
            (record.counts.kept, record.counts.refused),
            (30, 1),
            "{reason}"
        );
        let tally = record
            .refused
            .get(reason)
            .unwrap_or_else(|| panic!("{reason}: {:?}", record.refused));
        assert_eq!(tally.first_lines, [33], "{reason}");
        let file = record.refusals.as_ref().expect("a file of refusals");
        let text = std::fs::read_to_string(world.lake().path_of(file)).expect("read");
        assert!(
            text.starts_with(&format!("line;reason;column\n33;{reason};")),
            "{text}"
        );
        world.assert_sound();
    }
}

#[test]
fn a_row_with_too_few_columns_is_refused_and_the_rest_is_kept() {
    let world = World::new();
    let path = world.path("a.csv");
    let mut writer = DeliveryWriter::create(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
    )
    .expect("created");
    writer
        .write_raw_line(b"1;dispensed;human")
        .expect("written");
    let ids = ids();
    good_rows(&ids)
        .iter()
        .for_each(|row| writer.write(row).expect("written"));
    writer.finish().expect("finished");
    let record = world.taken(&path);
    assert_eq!(record.refused["wrong_column_count"].first_lines, [3]);
    assert_eq!(record.counts.kept, 30);
}

#[test]
fn a_delivery_with_too_many_wrong_rows_is_refused_as_a_whole_with_the_reasons() {
    let world = World::new();
    let path = world.path("a.csv");
    let bad = DispensingRow {
        atc: Field::Text("X"),
        ..dispensing("3")
    };
    let rows = [dispensing("1"), dispensing("2"), bad];
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    let error = world.take(&path).expect_err("refused");
    let text = error.to_string();
    assert!(
        text.contains("1 of 3 rows are wrong, more than 5 %: 1 × bad_atc (first in line 5"),
        "{text}"
    );
    assert_eq!(world.lake().manifest().deliveries, []);
    assert!(world.lake().manifest().patients == 0);
    let more = IntakeOptions {
        largest_refused_share: 0.5,
        ..IntakeOptions::default()
    };
    assert!(matches!(
        world.take_with(&path, more),
        Ok(Outcome::Taken(_))
    ));
}

#[test]
fn the_table_shows_every_delivery_and_why_rows_were_refused() {
    let world = World::new();
    let path = world.path("a.csv");
    let ids = ids();
    let mut rows = good_rows(&ids);
    rows.push(DispensingRow {
        atc: Field::Text("X"),
        ..dispensing("x")
    });
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr-2024-03", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    world.taken(&path);
    let table = IntakeTable::of(world.lake().manifest()).to_string();
    assert!(
        table.contains("lmr-2024-03           31           30            0         1         0"),
        "{table}"
    );
    assert!(table.contains("bad_atc: line 33"), "{table}");
}
