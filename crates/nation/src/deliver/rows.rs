//! Events as delivery rows. No allocation per row: texts live in a scratch pad.

use riktig_lake::delivery::rows::{AdmissionRow, ContactRow, DispensingRow};
use riktig_lake::delivery::{Field, PrescribedRow};

use crate::care::ballast::{self, OTHER_DRUGS};
use crate::care::events::{Admission, Contact, Dispensing, Drug, Form, Receiver};
use crate::care::products::{PRODUCTS, quantity};
use crate::chance::mix;
use crate::world::World;
use crate::world::doctors::Role;
use crate::world::people::Person;

/// Text of one row that is made, not looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scratch {
    id: [u8; 20],
    id_from: usize,
    identity: [u8; 11],
    item: [u8; 6],
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Scratch {
            id: [b'0'; 20],
            id_from: 19,
            identity: [b'0'; 11],
            item: [b'0'; 6],
        }
    }

    fn set_id(&mut self, id: u64) {
        let (mut rest, mut at) = (id, 20);
        while at > 0 && (rest > 0 || at == 20) {
            at -= 1;
            self.id[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.id_from = at;
    }

    fn set_item(&mut self, item: u32) {
        let mut rest = item;
        for digit in self.item.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
}

/// ASCII digits made by this module.
fn digits(bytes: &[u8]) -> Field<'_> {
    Field::Text(std::str::from_utf8(bytes).unwrap_or_default())
}

/// The mask of a patient who is not known: the two senders have one each.
fn mask(id: u64) -> Field<'static> {
    Field::Text(if mix(id) & 1 << 40 == 0 {
        "00000000000"
    } else {
        "99999999999"
    })
}

fn sex(person: &Person) -> Field<'static> {
    Field::Text(if person.woman { "2" } else { "1" })
}

/// The mask of a prescriber who is not known.
const NO_PRESCRIBER: i64 = 0;

/// A dispensed item as it is delivered.
pub(crate) fn dispensing<'a>(
    world: &'a World,
    event: &Dispensing,
    scratch: &'a mut Scratch,
) -> DispensingRow<'a> {
    let person = world.people.get(event.person);
    scratch.set_id(event.id);
    let (hidden, unknown_prescriber) = ballast::masks(event);
    if !hidden {
        scratch.identity = person.identity();
    }
    let prescriber = if unknown_prescriber {
        NO_PRESCRIBER
    } else {
        world.doctors.doctor(event.doctor).hpr
    };
    let (atc, route, items, units_milli, ddd_milli, item) = match event.drug {
        Drug::Course(product, days) => {
            let made = &PRODUCTS[usize::from(product)];
            let given = quantity(product, u32::from(days));
            (
                made.atc,
                made.route,
                given.items,
                given.units_milli,
                given.ddd_milli,
                given.item_number,
            )
        }
        Drug::Other(at) => {
            let made = &OTHER_DRUGS[usize::from(at)];
            (
                made.atc,
                made.route,
                1,
                i64::from(made.units) * 1000,
                i64::from(made.ddd_milli),
                500_000 + u32::from(at),
            )
        }
    };
    scratch.set_item(item);
    let scratch = &*scratch;
    let mut row = DispensingRow {
        dispensing_id: digits(&scratch.id[scratch.id_from..]),
        status: Field::Text("dispensed"),
        receiver: Field::Text("human"),
        patient_id: if hidden {
            mask(event.id)
        } else {
            digits(&scratch.identity)
        },
        patient_birth_date: if hidden {
            Field::Missing
        } else {
            Field::Day(person.birth)
        },
        patient_sex: if hidden {
            Field::Text("9")
        } else {
            sex(person)
        },
        patient_municipality: Field::Text(
            &world.places.municipalities[usize::from(person.municipality)].number,
        ),
        prescriber_hpr: Field::Whole(prescriber),
        prescribed_date: Field::Day(event.prescribed),
        dispensed_date: Field::Day(event.dispensed),
        item_number: digits(&scratch.item),
        atc: Field::Text(atc),
        route: Field::Text(route),
        items: Field::Whole(i64::from(items)),
        units: Field::Milli(units_milli),
        ddd: Field::Milli(ddd_milli),
        diagnosis_system: Field::Missing,
        diagnosis: Field::Missing,
    };
    if let Some(code) = reason(event) {
        row.diagnosis_system = Field::Text("ICPC-2");
        row.diagnosis = Field::Text(code);
    }
    if event.receiver != Receiver::Human {
        row.receiver = Field::Text(if event.receiver == Receiver::Animal {
            "animal"
        } else {
            "practice"
        });
        (row.patient_id, row.patient_birth_date, row.patient_sex) =
            (Field::Missing, Field::Missing, Field::Missing);
    }
    row
}

/// A dispensed item with what its prescription says of waiting.
pub(crate) fn prescribed<'a>(
    world: &'a World,
    event: &Dispensing,
    scratch: &'a mut Scratch,
) -> PrescribedRow<'a> {
    let said = |waits| Field::Text(if waits { "yes" } else { "no" });
    PrescribedRow {
        row: dispensing(world, event, scratch),
        waiting: event.waiting.map_or(Field::Missing, said),
    }
}

/// The diagnosis on the prescription: reimbursement of chronic drugs, a few antibiotics.
fn reason(event: &Dispensing) -> Option<&'static str> {
    match (event.diagnosis, event.drug) {
        (Some(condition), _) => Some(condition.get().icpc),
        (None, Drug::Other(at)) if event.receiver == Receiver::Human => {
            Some(OTHER_DRUGS[usize::from(at)].reimbursed_for).filter(|code| !code.is_empty())
        }
        _ => None,
    }
}

/// A contact as it is delivered.
pub(crate) fn contact<'a>(
    world: &'a World,
    event: &Contact,
    scratch: &'a mut Scratch,
) -> ContactRow<'a> {
    let person = world.people.get(event.person);
    let doctor = world.doctors.doctor(event.doctor);
    scratch.set_id(event.id);
    let bits = mix(event.id);
    let hidden = bits.is_multiple_of(900);
    if !hidden {
        scratch.identity = person.identity();
    }
    let scratch = &*scratch;
    ContactRow {
        contact_id: digits(&scratch.id[scratch.id_from..]),
        status: Field::Text("active"),
        patient_id: if hidden {
            mask(event.id)
        } else {
            digits(&scratch.identity)
        },
        patient_birth_date: if hidden {
            Field::Missing
        } else {
            Field::Day(person.birth)
        },
        patient_sex: if hidden {
            Field::Text("9")
        } else {
            sex(person)
        },
        patient_municipality: Field::Text(
            &world.places.municipalities[usize::from(person.municipality)].number,
        ),
        prescriber_hpr: Field::Whole(doctor.hpr),
        contact_time: Field::Minute(event.day, event.minute),
        practice_type: Field::Whole(practice_type(world, event)),
        tariffs: Field::Text(tariffs(event, doctor.specialist)),
        diagnosis_1: Field::Text(event.condition.get().icpc),
        diagnosis_2: event
            .also
            .map_or(Field::Missing, |also| Field::Text(also.get().icpc)),
        diagnosis_3: Field::Missing,
    }
}

/// Praksistype: 1 self-employed and 2 salaried general practice, 3 and 4 the same out of hours.
fn practice_type(world: &World, event: &Contact) -> i64 {
    let doctor = world.doctors.doctor(event.doctor);
    let salaried = mix(u64::from(doctor.practice) ^ 0x5A1A).is_multiple_of(5);
    match (
        event.out_of_hours || doctor.role == Role::OutOfHours,
        salaried,
    ) {
        (false, false) => 1,
        (false, true) => 2,
        (true, false) => 3,
        (true, true) => 4,
    }
}

/// Takster (Normaltariffen): what makes the form, and a few that only add money or a laboratory test.
/// 2cd: consultation beyond twenty minutes; 2dd: specialist in general practice; 705k: CRP; 701a: sampling.
fn tariffs(event: &Contact, specialist: bool) -> &'static str {
    let airway = event.condition.group == 0;
    match (event.form, event.out_of_hours) {
        (Form::Office, false) => match (event.extra, specialist) {
            (0..70, true) => "2ad 2cd 2dd",
            (0..70, false) => "2ad 2cd",
            (70..200, true) if airway => "2ad 2dd 705k",
            (70..200, false) if airway => "2ad 705k",
            (70..110, true) => "2ad 2dd 701a",
            (70..110, false) => "2ad 701a",
            (_, true) => "2ad 2dd",
            (_, false) => "2ad",
        },
        (Form::Electronic, false) => "2ae",
        (Form::HomeVisit, false) => "11ad",
        (Form::Telephone, false) => "1bd",
        (Form::Message, false) => "1be",
        (Form::Renewal, _) => "1i",
        (Form::Office, true) if airway && event.extra < 140 => "2ak 705k",
        (Form::Office, true) => "2ak",
        (Form::Electronic, true) => "2aek",
        (Form::HomeVisit, true) => "11ak",
        (Form::Telephone | Form::Message, true) => "1bk",
    }
}

/// An admission as it is delivered.
pub(crate) fn admission<'a>(
    world: &'a World,
    event: &Admission,
    scratch: &'a mut Scratch,
) -> AdmissionRow<'a> {
    let person = world.people.get(event.person);
    scratch.set_id(event.id);
    scratch.identity = person.identity();
    let scratch = &*scratch;
    AdmissionRow {
        admission_id: digits(&scratch.id[scratch.id_from..]),
        status: Field::Text("active"),
        patient_id: digits(&scratch.identity),
        patient_birth_date: Field::Day(person.birth),
        patient_sex: sex(person),
        admitted: Field::Day(event.day),
        diagnosis_1: Field::Text(event.icd),
        diagnosis_2: Field::Missing,
        acute: Field::Text(if event.acute { "1" } else { "0" }),
    }
}
