//! The admissions of a delivery.

use std::path::Path;

use arrow_array::types::Date32Type;
use hashbrown::HashSet;

use super::columns::{Columns, bytes, event, identity, value};
use super::known::{Known, KnownDiagnosis};
use crate::kernel::KernelError;

const COLUMNS: [&str; 7] = [
    "admission_id",
    "status",
    "patient_id",
    "admitted",
    "diagnosis_1",
    "diagnosis_2",
    "acute",
];

/// One admission of a known person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Admitted {
    pub(super) identity: u64,
    pub(super) day: i32,
    /// Ids in the lake's dictionary; -1: none, or a code that the lake has not met.
    pub(super) diagnoses: [i32; 2],
    /// 1 acute, 0 planned, -1 unknown.
    pub(super) acute: i32,
}

/// Reads the admissions that count and whose patient is known.
pub(super) fn read(
    path: &Path,
    known: &Known,
    cancelled: &HashSet<i64>,
) -> Result<Vec<Admitted>, KernelError> {
    let mut admitted = Vec::new();
    let mut columns = Columns::open(path, &COLUMNS, None)?;
    while let Some(batch) = columns.next()? {
        let ids = batch.identifiers("admission_id")?;
        let active = batch.texts("status", false, |word| word == "active")?;
        let patients = batch.identifiers("patient_id")?;
        let days = batch.numbers::<Date32Type>("admitted")?;
        let diagnosed = |name| {
            batch.texts(name, -1, |code| {
                let found = known.diagnosis("ICD-10", code);
                found.map_or(-1, |found: KnownDiagnosis| found.id)
            })
        };
        let diagnoses = [diagnosed("diagnosis_1")?, diagnosed("diagnosis_2")?];
        let acute = batch.texts("acute", -1, |word| match word {
            "1" => 1,
            "0" => 0,
            _ => -1,
        })?;
        for row in 0..batch.rows() {
            let Some((event, day)) = bytes(ids, row).map(event).zip(value(days, row)) else {
                continue;
            };
            let Some(identity) = identity(bytes(patients, row)) else {
                continue;
            };
            if active.get(row) && !cancelled.contains(&event) {
                admitted.push(Admitted {
                    identity,
                    day,
                    diagnoses: [diagnoses[0].get(row), diagnoses[1].get(row)],
                    acute: acute.get(row),
                });
            }
        }
    }
    Ok(admitted)
}
