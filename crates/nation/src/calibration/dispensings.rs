//! Antibiotics from the dispensing files.

use std::collections::HashSet;
use std::path::Path;

use super::{CalibrationError, table};

/// A dispensed J01 other than methenamine, to a person.
#[derive(Debug, Clone)]
pub(super) struct Antibiotic {
    pub(super) id: u64,
    /// Identity number as a number; 0 masked.
    pub(super) patient: u64,
    pub(super) prescriber: u32,
    pub(super) day: i32,
    pub(super) month: u8,
    pub(super) age: i32,
    pub(super) birth_year: i32,
    pub(super) woman: bool,
    pub(super) atc: [u8; 7],
    pub(super) has_diagnosis: bool,
    /// A contact of the same prescriber lies 0 to 7 days before.
    pub(super) linked: bool,
}

/// Antibiotics ordered by patient and day, and how many rows there were.
pub(super) struct Dispensed {
    pub(super) antibiotics: Vec<Antibiotic>,
    pub(super) human_rows: u64,
}

const COLUMNS: [&str; 11] = [
    "dispensing_id",
    "status",
    "receiver",
    "patient_id",
    "patient_birth_date",
    "patient_sex",
    "prescriber_hpr",
    "dispensed_date",
    "atc",
    "diagnosis",
    "units",
];

pub(super) fn count(dir: &Path, window: (i32, i32)) -> Result<Dispensed, CalibrationError> {
    let mut antibiotics = Vec::new();
    let mut annulled: HashSet<u64> = HashSet::new();
    let mut human_rows = 0;
    for path in table::files(dir, "dispensings")? {
        table::rows(&path, "dispensings", COLUMNS, |row| {
            let [
                id,
                status,
                receiver,
                patient,
                birth,
                sex,
                prescriber,
                dispensed,
                atc,
                diagnosis,
                units,
            ] = row;
            let Some(day) = table::day(dispensed) else {
                return;
            };
            let Ok(id) = id.parse() else { return };
            if status == "annulled" {
                annulled.insert(id);
                return;
            }
            if receiver != "human"
                || !(window.0..=window.1).contains(&day)
                || units.starts_with('-')
            {
                return;
            }
            human_rows += 1;
            let Ok(code) = <[u8; 7]>::try_from(atc.as_bytes()) else {
                return;
            };
            if code.starts_with(b"J01") && &code != b"J01XX05" {
                antibiotics.push(Antibiotic {
                    id,
                    patient: identity(patient),
                    prescriber: prescriber.parse().unwrap_or(0),
                    day,
                    month: dispensed[5..7].parse().unwrap_or(1),
                    age: table::age(birth, dispensed).unwrap_or(-1),
                    birth_year: birth
                        .get(..4)
                        .and_then(|year| year.parse().ok())
                        .unwrap_or(0),
                    woman: sex == "2",
                    atc: code,
                    has_diagnosis: !diagnosis.is_empty(),
                    linked: false,
                });
            }
        })?;
    }
    antibiotics.retain(|item| !annulled.contains(&item.id));
    antibiotics.sort_by_key(|item| (item.patient, item.day, item.id));
    Ok(Dispensed {
        antibiotics,
        human_rows,
    })
}

/// The identity number as a number, 0 when it is masked.
pub(super) fn identity(text: &str) -> u64 {
    match text.parse() {
        Ok(99_999_999_999) | Err(_) => 0,
        Ok(number) => number,
    }
}

impl Dispensed {
    /// The places of a patient's antibiotics.
    pub(super) fn of(&self, patient: u64) -> std::ops::Range<usize> {
        let first = self
            .antibiotics
            .partition_point(|item| item.patient < patient);
        let count = self.antibiotics[first..]
            .iter()
            .take_while(|item| item.patient == patient)
            .count();
        first..first + count
    }
}
