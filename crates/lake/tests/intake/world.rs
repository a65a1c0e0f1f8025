//! A lake in a temporary folder, and rows that are right in every field.

use std::path::{Path, PathBuf};

use riktig_codes::{Day, Month};
use riktig_lake::delivery::rows::{ContactRow, DispensingRow};
use riktig_lake::delivery::{DeliveryWriter, Field, FileFormat, Header, Kind, Period, Row};
use riktig_lake::intake::{Intake, IntakeError, IntakeOptions, Outcome, PseudonymKey};
use riktig_lake::store::{
    Antibiotics, Contacts, Dataset, DeliveryRecord, Lake, SegmentReader, SegmentRows, verify,
};

/// Days since 1970-01-01.
pub(crate) fn day(text: &str) -> i32 {
    text.parse::<Day>().expect("a day").epoch_days()
}

/// A folder with a lake and deliveries.
pub(crate) struct World {
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        World {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn lake_path(&self) -> PathBuf {
        self.path("lake")
    }

    pub(crate) fn lake(&self) -> Lake {
        Lake::open(&self.lake_path()).expect("a lake")
    }

    pub(crate) fn intake(&self, options: IntakeOptions) -> Result<Intake, IntakeError> {
        Intake::open(
            &self.lake_path(),
            PseudonymKey::from_bytes([9; 32]),
            options,
        )
    }

    /// Takes a file in with default options.
    pub(crate) fn take(&self, path: &Path) -> Result<Outcome, IntakeError> {
        self.take_with(path, IntakeOptions::default())
    }

    pub(crate) fn take_with(
        &self,
        path: &Path,
        options: IntakeOptions,
    ) -> Result<Outcome, IntakeError> {
        self.intake(options)?.take(path, &mut |_| {})
    }

    /// Takes a file in and gives its record; the lake is sound afterwards.
    pub(crate) fn taken(&self, path: &Path) -> DeliveryRecord {
        let record = match self
            .take(path)
            .unwrap_or_else(|error| panic!("{error}: {}", error.hint()))
        {
            Outcome::Taken(record) => *record,
            Outcome::AlreadyThere { delivery } => panic!("{delivery} is there already"),
        };
        self.assert_sound();
        record
    }

    pub(crate) fn assert_sound(&self) {
        let verification = verify(&self.lake_path(), &mut |_, _| {}).expect("a lake");
        assert_eq!(verification.findings, []);
    }

    /// All rows that count of a dataset.
    pub(crate) fn rows<R: SegmentRows>(&self, dataset: Dataset) -> Vec<R> {
        let lake = self.lake();
        let paths = lake
            .manifest()
            .segments_in(dataset)
            .map(|entry| lake.path_of(entry.current()));
        paths
            .map(|path| {
                SegmentReader::open(&path, &[])
                    .expect("opened")
                    .read_all()
                    .expect("read")
            })
            .collect()
    }

    pub(crate) fn antibiotics(&self) -> Antibiotics {
        merged(self.rows(Dataset::Antibiotics))
    }

    pub(crate) fn infection_contacts(&self) -> Contacts {
        merged(self.rows(Dataset::InfectionContacts))
    }
}

fn merged<R: SegmentRows>(parts: Vec<R>) -> R {
    use riktig_lake::store::{Values, ValuesMut};
    let mut all = R::default();
    for part in parts {
        for at in 0..R::COLUMNS.len() {
            match (all.column_mut(at), part.column(at)) {
                (ValuesMut::Narrow(all), Values::Narrow(part)) => all.extend_from_slice(part),
                (ValuesMut::Wide(all), Values::Wide(part)) => all.extend_from_slice(part),
                _ => unreachable!("one struct has one type per column"),
            }
        }
    }
    all
}

/// Preamble of a month.
pub(crate) fn header(kind: Kind, delivery: &str, month: &str) -> Header {
    let month = month.parse::<Month>().expect("a month").index();
    Header {
        kind,
        delivery: delivery.to_owned(),
        source: if kind == Kind::Contacts { "KPR" } else { "LMR" }.to_owned(),
        period: Some(Period {
            first: month,
            last: month,
        }),
        corrects: None,
    }
}

/// Writes rows as a delivery.
pub(crate) fn deliver<R: Row>(path: &Path, header: &Header, format: FileFormat, rows: &[R]) {
    let mut writer = DeliveryWriter::create(path, header, format).expect("created");
    for row in rows {
        writer.write(row).expect("written");
    }
    writer.finish().expect("finished");
}

/// A dispensing in March 2024, right in every field.
pub(crate) fn dispensing(id: &str) -> DispensingRow<'_> {
    DispensingRow {
        dispensing_id: Field::Text(id),
        status: Field::Text("dispensed"),
        receiver: Field::Text("human"),
        patient_id: Field::Text("13097248022"),
        patient_birth_date: Field::Day(day("1972-09-13")),
        patient_sex: Field::Text("2"),
        patient_municipality: Field::Text("0301"),
        prescriber_hpr: Field::Whole(9_144_897),
        prescribed_date: Field::Day(day("2024-03-04")),
        dispensed_date: Field::Day(day("2024-03-05")),
        item_number: Field::Text("123456"),
        atc: Field::Text("J01CE02"),
        route: Field::Text("oral"),
        items: Field::Whole(1),
        units: Field::Milli(30_000),
        ddd: Field::Milli(7_500),
        diagnosis_system: Field::Missing,
        diagnosis: Field::Missing,
    }
}

/// A contact in March 2024, right in every field.
pub(crate) fn contact(id: &str) -> ContactRow<'_> {
    ContactRow {
        contact_id: Field::Text(id),
        status: Field::Text("active"),
        patient_id: Field::Text("13097248022"),
        patient_birth_date: Field::Day(day("1972-09-13")),
        patient_sex: Field::Text("2"),
        patient_municipality: Field::Text("0301"),
        prescriber_hpr: Field::Whole(9_144_897),
        contact_time: Field::Minute(day("2024-03-04"), 605),
        practice_type: Field::Whole(1),
        tariffs: Field::Text("2ad 705k"),
        diagnosis_1: Field::Text("R05"),
        diagnosis_2: Field::Missing,
        diagnosis_3: Field::Missing,
    }
}

/// Thirty good rows, so that one bad row is under the share that is allowed.
pub(crate) fn good_rows(ids: &[String]) -> Vec<DispensingRow<'_>> {
    ids.iter().map(|id| dispensing(id)).collect()
}

pub(crate) fn ids() -> Vec<String> {
    (0..30).map(|number| format!("good-{number}")).collect()
}
