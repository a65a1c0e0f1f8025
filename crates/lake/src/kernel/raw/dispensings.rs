//! The antibiotics of a dispensing delivery.

use std::path::Path;

use arrow_array::types::{Date32Type, Decimal64Type, Int64Type};
use hashbrown::HashSet;
use riktig_codes::{Age, Day, Month, NationalId, Route};

use super::columns::{Batch, Columns, bytes, event, identity, value};
use super::known::Known;
use crate::delivery::{DiagnosisSystem, PrescribedDiagnosis};
use crate::kernel::KernelError;
use crate::store::Antibiotics;

const COLUMNS: [&str; 18] = [
    "dispensing_id",
    "status",
    "receiver",
    "patient_id",
    "patient_birth_date",
    "patient_sex",
    "patient_municipality",
    "prescriber_hpr",
    "prescribed_date",
    "dispensed_date",
    "atc",
    "route",
    "items",
    "units",
    "ddd",
    "diagnosis_system",
    "diagnosis",
    "waiting",
];

/// Antibiotics whose patients are not yet dense.
pub(super) struct Dispensed {
    pub(super) rows: Antibiotics,
    pub(super) identities: Vec<Option<u64>>,
}

/// Reads the antibiotics that count.
pub(super) fn read(
    path: &Path,
    month: Month,
    known: &Known,
    annulled: &HashSet<i64>,
) -> Result<Dispensed, KernelError> {
    let mut out = Dispensed {
        rows: Antibiotics::default(),
        identities: Vec::new(),
    };
    let days = month.first_day().epoch_days()..=month.last_day().epoch_days();
    let mut columns = Columns::open(path, &COLUMNS, None)?;
    while let Some(batch) = columns.next()? {
        let atc = batch.texts("atc", None, |atc| known.substance(atc))?;
        let dispensed_word = batch.texts("status", false, |word| word == "dispensed")?;
        let human = batch.texts("receiver", false, |word| word == "human")?;
        let ids = batch.identifiers("dispensing_id")?;
        let patients = batch.identifiers("patient_id")?;
        let births = batch.numbers::<Date32Type>("patient_birth_date")?;
        let sexes = batch.texts("patient_sex", 0, sex)?;
        let areas = batch.texts("patient_municipality", -1, |code| known.area(code))?;
        let prescribers = batch.numbers::<Int64Type>("prescriber_hpr")?;
        let prescribed = batch.numbers::<Date32Type>("prescribed_date")?;
        let dispensed = batch.numbers::<Date32Type>("dispensed_date")?;
        let routes = batch.texts("route", Some(None), |route| {
            Route::parse_bytes(route.as_bytes()).ok().map(Some)
        })?;
        let items = batch.numbers::<Int64Type>("items")?;
        let units = batch.numbers::<Decimal64Type>("units")?;
        let ddd = batch.numbers::<Decimal64Type>("ddd")?;
        let said = said_by_prescriptions(&batch, known)?;
        for row in 0..batch.rows() {
            let Some(substance) = atc.get(row) else {
                continue;
            };
            if !dispensed_word.get(row) || !human.get(row) {
                continue;
            }
            let Some((event, day)) = bytes(ids, row).map(event).zip(value(dispensed, row)) else {
                continue;
            };
            let Some(drug) = routes
                .get(row)
                .and_then(|route| known.drug(substance, route))
            else {
                continue;
            };
            let Some(prescriber) = known.prescriber(value(prescribers, row)) else {
                continue;
            };
            let Some((diagnosis, told)) = said(row) else {
                continue;
            };
            let (ddd, units) = (
                value(ddd, row).unwrap_or(-1),
                value(units, row).unwrap_or(-1),
            );
            let items = value(items, row).unwrap_or(-1);
            let in_order = value(prescribed, row).is_none_or(|prescribed| prescribed <= day);
            if !days.contains(&day)
                || !in_order
                || ddd < -1
                || units < -1
                || items < -1
                || annulled.contains(&event)
            {
                continue;
            }
            let Some(age) = age(value(births, row), day) else {
                continue;
            };
            let patient = bytes(patients, row);
            if patient.is_some_and(|text| NationalId::parse_bytes(text).is_err()) {
                continue;
            }
            out.identities.push(identity(patient));
            let rows = &mut out.rows;
            rows.event.push(event);
            rows.prescriber.push(prescriber);
            rows.day.push(day);
            rows.drug.push(drug);
            rows.items.push(items as i32);
            rows.ddd_milli.push(ddd);
            rows.units_milli.push(units);
            rows.diagnosis.push(diagnosis);
            if let Some(told) = told {
                rows.waiting.push(told);
                rows.prescribed.push(value(prescribed, row).unwrap_or(-1));
            }
            rows.age.push(age);
            rows.sex.push(sexes.get(row));
            rows.area.push(areas.get(row));
        }
    }
    Ok(out)
}

/// A row's diagnosis (-1: none) and, where the delivery has the column, the code of waiting.
type Said = (i32, Option<i32>);

/// What the prescription of each row says. `None` where intake refuses the row.
fn said_by_prescriptions<'b>(
    batch: &'b Batch,
    known: &Known,
) -> Result<impl Fn(usize) -> Option<Said> + 'b, KernelError> {
    let diagnosis_of = |system: DiagnosisSystem, code: &str| {
        let read = PrescribedDiagnosis::read(system, code.as_bytes())?;
        let found = known.diagnosis(read.system().name(), read.code())?;
        Some(found.id)
    };
    let diagnoses =
        |system| batch.texts_if_there("diagnosis", None, |code| diagnosis_of(system, code));
    // In the order of the systems' numbers.
    let codes = [
        diagnoses(DiagnosisSystem::Icpc2)?,
        diagnoses(DiagnosisSystem::Icd10)?,
        diagnoses(DiagnosisSystem::Icpc2b)?,
    ];
    let given = batch.texts_if_there("diagnosis", false, |_| true)?;
    let systems = batch.texts_if_there("diagnosis_system", None, |system| {
        Some(DiagnosisSystem::parse_bytes(system.as_bytes()))
    })?;
    let waiting = batch.texts_if_there("waiting", Some(-1), |word| match word {
        "yes" => Some(1),
        "no" => Some(0),
        _ => None,
    })?;
    Ok(move |row| {
        let system = systems.as_ref().and_then(|systems| systems.get(row));
        let is_given = given.as_ref().is_some_and(|given| given.get(row));
        let diagnosis = match (system, is_given) {
            (None | Some(Some(_)), false) => -1,
            (Some(Some(system)), true) => codes[system as usize].as_ref()?.get(row)?,
            _ => return None,
        };
        let told = match &waiting {
            Some(waiting) => Some(waiting.get(row)?),
            None => None,
        };
        Some((diagnosis, told))
    })
}

/// Sex by list 3101.
pub(super) fn sex(code: &str) -> i32 {
    match code {
        "1" => 1,
        "2" => 2,
        _ => 0,
    }
}

/// Age in completed years, -1 where the birth date is missing; `None` where it cannot be.
#[inline]
pub(super) fn age(birth: Option<i32>, day: i32) -> Option<i32> {
    let Some(birth) = birth else { return Some(-1) };
    let age = Age::at(Day::from_epoch_days(birth), Day::from_epoch_days(day))?;
    Some(i32::from(age.years()))
}
