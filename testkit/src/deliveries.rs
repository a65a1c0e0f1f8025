//! Deliveries of a few rows, written by the lake's own writer.

use std::path::Path;

use riktig_codes::{Day, Month, Sex};
use riktig_lake::delivery::rows::{ContactRow, DispensingRow};
use riktig_lake::delivery::{
    DeliveryWriter, Field, FileFormat, Header, Kind, Period, Row, WriteError,
};

use crate::people::{Person, person};

/// One dispensed pack.
#[derive(Debug, Clone, Copy)]
pub struct Dispensing<'a> {
    /// Id of the item.
    pub id: &'a str,
    /// The patient, see [`person`].
    pub person: u32,
    /// HPR number of the prescriber.
    pub prescriber: i64,
    /// Prescribed and dispensed on this day.
    pub day: Day,
    /// ATC code, level 5.
    pub atc: &'a str,
}

/// One contact in general practice.
#[derive(Debug, Clone, Copy)]
pub struct Contact<'a> {
    /// Id of the bill.
    pub id: &'a str,
    /// The patient, see [`person`].
    pub person: u32,
    /// HPR number of the clinician.
    pub prescriber: i64,
    /// The day, at nine o'clock.
    pub day: Day,
    /// ICPC-2.
    pub diagnosis: &'a str,
}

/// Writes a month of the prescription registry.
///
/// # Errors
/// When the file cannot be written.
pub fn write_dispensings(
    path: &Path,
    delivery: &str,
    month: Month,
    format: FileFormat,
    items: &[Dispensing<'_>],
) -> Result<(), WriteError> {
    let patients: Vec<Person> = items.iter().map(|item| person(item.person)).collect();
    let mut writer = DeliveryWriter::create(
        path,
        &header(Kind::Dispensings, delivery, "LMR", month),
        format,
    )?;
    for (item, patient) in items.iter().zip(&patients) {
        writer.write(&DispensingRow {
            dispensing_id: Field::Text(item.id),
            status: Field::Text("dispensed"),
            receiver: Field::Text("human"),
            patient_id: Field::Text(&patient.identity_number),
            patient_birth_date: Field::Day(patient.birth_date.epoch_days()),
            patient_sex: Field::Text(sex(patient)),
            patient_municipality: Field::Text("4601"),
            prescriber_hpr: Field::Whole(item.prescriber),
            prescribed_date: Field::Day(item.day.epoch_days()),
            dispensed_date: Field::Day(item.day.epoch_days()),
            item_number: Field::Text("123456"),
            atc: Field::Text(item.atc),
            route: Field::Text("oral"),
            items: Field::Whole(1),
            units: Field::Milli(20_000),
            ddd: Field::Milli(6_500),
            ..DispensingRow::default()
        })?;
    }
    finish(writer)
}

/// Writes a month of the contact registry.
///
/// # Errors
/// When the file cannot be written.
pub fn write_contacts(
    path: &Path,
    delivery: &str,
    month: Month,
    format: FileFormat,
    contacts: &[Contact<'_>],
) -> Result<(), WriteError> {
    let patients: Vec<Person> = contacts
        .iter()
        .map(|contact| person(contact.person))
        .collect();
    let mut writer = DeliveryWriter::create(
        path,
        &header(Kind::Contacts, delivery, "KPR", month),
        format,
    )?;
    for (contact, patient) in contacts.iter().zip(&patients) {
        writer.write(&ContactRow {
            contact_id: Field::Text(contact.id),
            status: Field::Text("active"),
            patient_id: Field::Text(&patient.identity_number),
            patient_birth_date: Field::Day(patient.birth_date.epoch_days()),
            patient_sex: Field::Text(sex(patient)),
            patient_municipality: Field::Text("4601"),
            prescriber_hpr: Field::Whole(contact.prescriber),
            contact_time: Field::Minute(contact.day.epoch_days(), 9 * 60),
            practice_type: Field::Whole(1),
            tariffs: Field::Text("2ad"),
            diagnosis_1: Field::Text(contact.diagnosis),
            ..ContactRow::default()
        })?;
    }
    finish(writer)
}

fn header(kind: Kind, delivery: &str, source: &str, month: Month) -> Header {
    let period = Period {
        first: month.index(),
        last: month.index(),
    };
    Header {
        kind,
        delivery: delivery.into(),
        source: source.into(),
        period: Some(period),
        corrects: None,
    }
}

/// List 3101.
fn sex(person: &Person) -> &'static str {
    match person.sex {
        Sex::Male => "1",
        Sex::Female => "2",
        Sex::Unknown => "0",
    }
}

fn finish<R: Row>(writer: DeliveryWriter<R>) -> Result<(), WriteError> {
    writer.finish().map(drop)
}
