//! The contacts of a delivery.

use std::path::Path;

use arrow_array::types::{Date32Type, Int64Type, TimestampMillisecondType};
use riktig_codes::{Codebook, Month};

use super::RawInput;
use super::columns::{Columns, bytes, event, identity, value};
use super::dispensings::{age, sex};
use super::known::KnownDiagnosis;
use crate::kernel::KernelError;
use crate::store::Contacts;

const COLUMNS: [&str; 12] = [
    "contact_id",
    "status",
    "patient_id",
    "patient_birth_date",
    "patient_sex",
    "prescriber_hpr",
    "contact_time",
    "practice_type",
    "tariffs",
    "diagnosis_1",
    "diagnosis_2",
    "diagnosis_3",
];
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// A diagnosis column's value: none, one of the dictionary, or a code that is none.
#[derive(Clone, Copy)]
enum Diagnosed {
    None,
    Known(KnownDiagnosis),
    Bad,
}

/// Shows the contacts that count, infections and others apart, in batches in the order of the file.
pub(super) fn read(
    path: &Path,
    month: Month,
    input: &RawInput<'_>,
    visit: &mut dyn FnMut(bool, &Contacts),
) -> Result<(), KernelError> {
    let (known, codebook) = (&input.known, Codebook::embedded());
    let days = month.first_day().epoch_days()..=month.last_day().epoch_days();
    let mut columns = Columns::open(path, &COLUMNS, None)?;
    let mut halves = [Contacts::default(), Contacts::default()];
    while let Some(batch) = columns.next()? {
        let ids = batch.identifiers("contact_id")?;
        let active = batch.texts("status", false, |word| word == "active")?;
        let patients = batch.identifiers("patient_id")?;
        let births = batch.numbers::<Date32Type>("patient_birth_date")?;
        let sexes = batch.texts("patient_sex", 0, sex)?;
        let prescribers = batch.numbers::<Int64Type>("prescriber_hpr")?;
        let times = batch.numbers::<TimestampMillisecondType>("contact_time")?;
        let practices = batch.numbers::<Int64Type>("practice_type")?;
        let no_form = i32::from(codebook.contact_form(b"").code());
        let forms = batch.texts("tariffs", no_form, |tariffs| {
            i32::from(codebook.contact_form(tariffs.as_bytes()).code())
        })?;
        let diagnosed = |name| {
            batch.texts(name, Diagnosed::None, |code| {
                known
                    .diagnosis("ICPC-2", code)
                    .map_or(Diagnosed::Bad, Diagnosed::Known)
            })
        };
        let diagnoses = [
            diagnosed("diagnosis_1")?,
            diagnosed("diagnosis_2")?,
            diagnosed("diagnosis_3")?,
        ];
        halves.iter_mut().for_each(crate::store::SegmentRows::clear);
        let identities: Vec<Option<u64>> = (0..batch.rows())
            .map(|row| identity(bytes(patients, row)))
            .collect();
        let patients = input.patients.find_all(&identities);
        // Of the mirror, without an antibiotic: row among the infections, identity.
        let mut followed: Vec<(usize, u64)> = Vec::new();
        for (row, patient) in patients.into_iter().enumerate() {
            let Some((event, time)) = bytes(ids, row).map(event).zip(value(times, row)) else {
                continue;
            };
            let day = time.div_euclid(DAY_MS) as i32;
            if !active.get(row) || !days.contains(&day) || input.credited.contains(&event) {
                continue;
            }
            let Some(prescriber) = known.prescriber(value(prescribers, row)) else {
                continue;
            };
            let Some(coded) = codes_of(diagnoses.each_ref().map(|column| column.get(row))) else {
                continue;
            };
            let codes = coded.ids;
            let Some(age) = age(value(births, row), day) else {
                continue;
            };
            let rows = &mut halves[usize::from(coded.infection)];
            if let (-1, true, Some(identity)) = (patient, coded.followed, identities[row]) {
                followed.push((rows.patient.len(), identity));
            }
            rows.event.push(event);
            rows.patient.push(patient);
            rows.prescriber.push(prescriber);
            rows.day.push(day);
            rows.minute
                .push((time.rem_euclid(DAY_MS) / MINUTE_MS) as i32);
            rows.setting.push(match value(practices, row) {
                Some(1 | 2) => 1,
                Some(3 | 4) => 2,
                _ => 0,
            });
            rows.form.push(forms.get(row));
            rows.diagnosis_1.push(codes[0]);
            rows.diagnosis_2.push(codes[1]);
            rows.diagnosis_3.push(codes[2]);
            rows.age.push(age);
            rows.sex.push(sexes.get(row));
        }
        input.patients.follow(&followed, &mut halves[1].patient);
        visit(false, &halves[0]);
        visit(true, &halves[1]);
    }
    Ok(())
}

/// A contact's diagnoses.
struct Coded {
    ids: [i32; 3],
    /// One of them is an infection.
    infection: bool,
    /// One of them belongs to the safety mirror.
    followed: bool,
}

/// Ids of the diagnoses and what they are; `None` where one is no code.
#[inline]
fn codes_of(diagnoses: [Diagnosed; 3]) -> Option<Coded> {
    let mut coded = Coded {
        ids: [-1; 3],
        infection: false,
        followed: false,
    };
    for (code, diagnosed) in coded.ids.iter_mut().zip(diagnoses) {
        match diagnosed {
            Diagnosed::None => {}
            Diagnosed::Known(found) => {
                *code = found.id;
                coded.infection |= found.infection;
                coded.followed |= found.followed;
            }
            Diagnosed::Bad => return None,
        }
    }
    Some(coded)
}

/// Keeps the rows of a month's last days that an antibiotic of the next month may be linked to.
pub(super) fn copy_tail(rows: &Contacts, from: i32, tail: &mut Contacts) {
    for row in (0..rows.day.len()).filter(|row| rows.day[*row] > from && rows.patient[*row] >= 0) {
        tail.event.push(rows.event[row]);
        tail.patient.push(rows.patient[row]);
        tail.prescriber.push(rows.prescriber[row]);
        tail.day.push(rows.day[row]);
        tail.minute.push(rows.minute[row]);
        tail.setting.push(rows.setting[row]);
        tail.form.push(rows.form[row]);
        tail.diagnosis_1.push(rows.diagnosis_1[row]);
        tail.diagnosis_2.push(rows.diagnosis_2[row]);
        tail.diagnosis_3.push(rows.diagnosis_3[row]);
        tail.age.push(rows.age[row]);
        tail.sex.push(rows.sex[row]);
    }
}
