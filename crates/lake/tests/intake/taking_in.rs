//! Rows are kept, set apart, refused or cancelled, and none is lost.

use crate::world::{World, contact, day, deliver, dispensing, good_rows, header, ids};
use riktig_lake::delivery::rows::{
    AdmissionRow, ContactRow, CourseGroupRow, DispensingRow, InhabitantsRow, PracticeListRow,
    PrescriberRow,
};
use riktig_lake::delivery::{DeliveryWriter, Field, FileFormat, Header, Kind, Row};
use riktig_lake::intake::{IntakeError, IntakeOptions};
use riktig_lake::store::{Ballast, Contacts, Dataset, Inhabitants, MISSING, PrescriberRoles, Role};

#[test]
fn a_right_row_arrives_in_every_column() {
    let world = World::new();
    let path = world.path("a.csv");
    let row = DispensingRow {
        diagnosis_system: Field::Text("ICPC-2"),
        diagnosis: Field::Text("R78"),
        ..dispensing("1")
    };
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr-1", "2024-03"),
        FileFormat::Csv,
        &[row],
    );
    let record = world.taken(&path);
    assert_eq!((record.counts.rows, record.counts.kept), (1, 1));
    let rows = world.antibiotics();
    let dictionaries = world.lake().dictionaries().expect("dictionaries");
    assert_eq!(
        (rows.patient[0], rows.prescriber[0], rows.line[0]),
        (0, 0, 3)
    );
    assert_eq!(
        (rows.day[0], rows.prescribed[0]),
        (day("2024-03-05"), day("2024-03-04"))
    );
    assert_eq!(
        (rows.items[0], rows.ddd_milli[0], rows.units_milli[0]),
        (1, 7_500, 30_000)
    );
    assert_eq!((rows.age[0], rows.sex[0]), (51, 2));
    let drug = dictionaries.drugs.get(rows.drug[0]).expect("a drug");
    assert_eq!(
        (drug.atc.as_deref(), drug.route.as_deref()),
        (Some("J01CE02"), Some("oral"))
    );
    assert_eq!(
        dictionaries
            .diagnoses
            .get(rows.diagnosis[0])
            .expect("a diagnosis")
            .code,
        "R78"
    );
    assert_eq!(
        dictionaries.areas.get(rows.area[0]).expect("an area").code,
        "0301"
    );
    assert_eq!(
        dictionaries.prescribers.get(0).expect("a prescriber").id,
        "9144897"
    );
}

#[test]
fn masks_are_missing_values_and_never_people() {
    let world = World::new();
    let path = world.path("a.csv");
    let masked = |id, patient, hpr| DispensingRow {
        patient_id: Field::Text(patient),
        prescriber_hpr: Field::Whole(hpr),
        patient_birth_date: Field::Missing,
        patient_sex: Field::Text("9"),
        patient_municipality: Field::Text("9999"),
        ..dispensing(id)
    };
    let rows = [
        masked("1", "00000000000", 0),
        masked("2", "99999999999", 999_999_999),
    ];
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    let record = world.taken(&path);
    let rows = world.antibiotics();
    assert_eq!(rows.patient, [MISSING; 2]);
    assert_eq!(rows.prescriber, [MISSING; 2]);
    assert_eq!(
        (&rows.age[..], &rows.sex[..], &rows.area[..]),
        (&[MISSING; 2][..], &[0, 0][..], &[MISSING; 2][..])
    );
    for column in [
        "patient_id",
        "prescriber_hpr",
        "patient_birth_date",
        "patient_sex",
        "patient_municipality",
    ] {
        assert_eq!(record.missing.get(column), Some(&2), "{column}");
    }
    assert_eq!(world.lake().manifest().patients, 0);
}

#[test]
fn animals_practice_stock_and_other_drugs_are_set_apart_and_counted() {
    let world = World::new();
    let path = world.path("a.csv");
    let rows = [
        dispensing("1"),
        DispensingRow {
            receiver: Field::Text("animal"),
            patient_id: Field::Missing,
            ..dispensing("2")
        },
        DispensingRow {
            receiver: Field::Text("practice"),
            patient_id: Field::Missing,
            ..dispensing("3")
        },
        DispensingRow {
            atc: Field::Text("C10AA05"),
            ..dispensing("4")
        },
    ];
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    let record = world.taken(&path);
    assert_eq!((record.counts.kept, record.counts.ballast), (1, 3));
    let classes: Vec<(&str, u64)> = record
        .ballast
        .iter()
        .map(|(class, rows)| (class.as_str(), *rows))
        .collect();
    assert_eq!(
        classes,
        [("animal", 1), ("other_drug", 1), ("practice_stock", 1)]
    );
    let ballast: Vec<Ballast> = world.rows(Dataset::Ballast);
    assert_eq!(ballast[0].class.iter().sum::<i32>(), 1 + 2 + 3);
}

#[test]
fn csv_and_parquet_of_the_same_rows_give_the_same_segments() {
    let ids = ids();
    let mut rows = good_rows(&ids);
    rows.push(DispensingRow {
        diagnosis_system: Field::Text("ICD-10"),
        diagnosis: Field::Text("J189"),
        ..dispensing("x")
    });
    rows.push(DispensingRow {
        ddd: Field::Missing,
        patient_birth_date: Field::Missing,
        ..dispensing("y")
    });
    let contacts = [
        contact("1"),
        ContactRow {
            diagnosis_1: Field::Text("K86"),
            ..contact("2")
        },
    ];
    let mut seen = Vec::new();
    for format in [FileFormat::Csv, FileFormat::Parquet] {
        let world = World::new();
        deliver(
            &world.path("a"),
            &header(Kind::Dispensings, "lmr", "2024-03"),
            format,
            &rows,
        );
        deliver(
            &world.path("b"),
            &header(Kind::Contacts, "kpr", "2024-03"),
            format,
            &contacts,
        );
        world.taken(&world.path("a"));
        world.taken(&world.path("b"));
        let (mut antibiotics, mut contacts) = (world.antibiotics(), world.infection_contacts());
        // Lines differ: a CSV file begins with a preamble and the names of the columns.
        antibiotics.line.clear();
        contacts.line.clear();
        seen.push((
            antibiotics,
            contacts,
            world.rows::<Contacts>(Dataset::OtherContacts).len(),
        ));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].1.setting, [1]);
    assert_eq!(seen[0].1.form, [1]);
    assert_eq!(seen[0].1.minute, [605]);
}

#[test]
fn the_last_ten_days_of_contacts_are_their_own_row_group() {
    let world = World::new();
    let at = |id, date| ContactRow {
        contact_time: Field::Minute(day(date), 0),
        ..contact(id)
    };
    let rows = [
        at("1", "2024-03-31"),
        at("2", "2024-03-21"),
        at("3", "2024-03-22"),
        at("4", "2024-03-01"),
    ];
    deliver(
        &world.path("a.csv"),
        &header(Kind::Contacts, "kpr", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    world.taken(&world.path("a.csv"));
    let lake = world.lake();
    let entry = lake
        .manifest()
        .segments_in(Dataset::InfectionContacts)
        .next()
        .expect("a segment");
    let reader =
        riktig_lake::store::SegmentReader::<Contacts>::open(&lake.path_of(entry.current()), &[])
            .expect("opened");
    let groups: Vec<(usize, bool)> = reader
        .row_groups()
        .iter()
        .map(|group| (group.rows, group.tail))
        .collect();
    assert_eq!(groups, [(2, false), (2, true)]);
}

fn register(kind: Kind) -> Header {
    Header {
        kind,
        delivery: format!("{kind}-1"),
        source: "REGISTER".to_owned(),
        period: None,
        corrects: None,
    }
}

fn take_one<R: Row>(world: &World, row: &R) -> riktig_lake::store::DeliveryRecord {
    let path = world.path(R::KIND.name());
    let mut writer =
        DeliveryWriter::create(&path, &register(R::KIND), FileFormat::Csv).expect("created");
    writer.write(row).expect("written");
    writer.finish().expect("finished");
    world.taken(&path)
}

#[test]
fn registers_and_admissions_are_stored_with_ids_of_the_dictionaries() {
    let world = World::new();
    take_one(
        &world,
        &PracticeListRow {
            month: Field::Text("2024-03"),
            prescriber_hpr: Field::Whole(9_144_897),
            practice_id: Field::Text("p1"),
            age_from: Field::Whole(90),
            age_to: Field::Missing,
            sex: Field::Text("0"),
            patients: Field::Whole(12),
        },
    );
    take_one(
        &world,
        &InhabitantsRow {
            date: Field::Text("2024-01-01"),
            municipality: Field::Text("0301"),
            municipality_name: Field::Text("Oslo"),
            county: Field::Text("03"),
            county_name: Field::Text("Oslo"),
            age: Field::Whole(0),
            sex: Field::Text("1"),
            inhabitants: Field::Whole(4_100),
        },
    );
    take_one(
        &world,
        &PrescriberRow {
            prescriber_hpr: Field::Whole(9_144_897),
            role: Field::Text("gp"),
            practice_id: Field::Text("p1"),
            municipality: Field::Text("0301"),
            from: Field::Text("2019-01-01"),
            absent_from: Field::Text("2024-02-01"),
            absent_to: Field::Text("2024-02-29"),
            ..PrescriberRow::default()
        },
    );
    take_one(
        &world,
        &CourseGroupRow {
            group_id: Field::Text("g"),
            group_name: Field::Text("Gruppe; nord"),
            prescriber_hpr: Field::Whole(9_144_897),
            ..CourseGroupRow::default()
        },
    );
    take_one(
        &world,
        &AdmissionRow {
            admission_id: Field::Text("1"),
            status: Field::Text("active"),
            patient_id: Field::Text("13097248022"),
            admitted: Field::Text("2024-03-09"),
            diagnosis_1: Field::Text("J18.9"),
            acute: Field::Text("1"),
            ..AdmissionRow::default()
        },
    );
    let dictionaries = world.lake().dictionaries().expect("dictionaries");
    assert_eq!(
        dictionaries
            .areas
            .get(0)
            .and_then(|area| area.name.as_deref()),
        Some("Oslo")
    );
    assert_eq!(
        dictionaries
            .groups
            .get(0)
            .and_then(|group| group.name.as_deref()),
        Some("Gruppe; nord")
    );
    let roles: Vec<PrescriberRoles> = world.rows(Dataset::Prescribers);
    assert_eq!(
        (roles[0].role[0], roles[0].to[0], roles[0].area[0]),
        (Role::Gp.code(), MISSING, 0)
    );
    let inhabitants: Vec<Inhabitants> = world.rows(Dataset::Inhabitants);
    assert_eq!(inhabitants[0].inhabitants, [4_100]);
    // The admission's own fields are empty; age and sex come from the number.
    let admissions: Vec<riktig_lake::store::Admissions> = world.rows(Dataset::Admissions);
    assert_eq!(
        (
            admissions[0].age[0],
            admissions[0].sex[0],
            admissions[0].acute[0]
        ),
        (51, 2, 1)
    );
}

#[test]
fn a_lake_keeps_to_its_key() {
    let world = World::new();
    deliver(
        &world.path("a"),
        &header(Kind::Contacts, "kpr", "2024-03"),
        FileFormat::Csv,
        &[contact("1")],
    );
    world.taken(&world.path("a"));
    let other = riktig_lake::intake::PseudonymKey::from_bytes([8; 32]);
    let opened =
        riktig_lake::intake::Intake::open(&world.lake_path(), other, IntakeOptions::default());
    assert!(matches!(opened.err(), Some(IntakeError::WrongKey)));
}
