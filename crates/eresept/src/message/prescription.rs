//! From a message to what its controls and its life look at.

use riktig_codes::Sex;

use super::{Body, Line, M1, Message, Product};
use crate::control::Form;
use crate::envelope::Person;
use crate::fault::{MessageFault, MessageFaultKind};
use crate::prescription::{
    Amount, AmountUnit, CodedDiagnosis, Drug, DrugKind, Identity, Patient, Prescription,
    PrescriptionId, Reimbursement,
};
use crate::value::{Coded, Decimal};
use crate::xml::Element;

impl Message {
    /// The prescription of an M1; none of another kind.
    ///
    /// # Errors
    /// Nobody with a number in the register of health personnel signs the envelope, or the extension that carries the diagnosis
    /// is not one.
    pub fn prescription(&self) -> Result<Option<Prescription>, MessageFault> {
        let Body::M1(m1) = &self.body else {
            return Ok(None);
        };
        let envelope = &self.envelope;
        let prescriber = envelope
            .sender
            .acting()
            .and_then(|acting| acting.hpr())
            .ok_or_else(|| MessageFault {
                line: self.document.root().find("Sender").map_or(1, Element::line),
                place: "MsgInfo/Sender/Organisation/HealthcareProfessional/Ident (HPR)".to_owned(),
                kind: MessageFaultKind::Missing,
            })?;
        let carried = self.carried()?;
        let medicine = m1.line.medicine();
        Ok(Some(Prescription {
            id: PrescriptionId(envelope.id.compared()),
            patient: patient(envelope.patient.as_ref()),
            prescriber,
            drug: drug(m1),
            diagnosis: carried.diagnosis.map(|diagnosis| coded(diagnosis.coded())),
            prescribed: m1.prescribed,
            expires: m1.expires,
            reiterations: medicine.map_or(0, |medicine| medicine.repeats),
            amount: amount(&m1.line),
            reimbursement: reimbursement(&m1.line),
            locked: m1.locked == Some(true),
            reference_number: m1.reference_number.clone(),
            guardian_reservation: m1.hidden_from_guardians == Some(true),
            earliest_dispensing: m1.not_before,
            waiting: carried.waiting,
        }))
    }

    /// The elements of an M1, for the control of its form; empty of another kind.
    pub fn form(&self) -> Form {
        let mut names = Vec::new();
        let mut left: Vec<&Element> = self.document.root().elements().collect();
        let mut inside = Vec::new();
        while let Some(element) = left.pop() {
            if element.is(super::PRESCRIPTION_NAMESPACE, "Resept") {
                inside.extend(element.elements());
            } else {
                left.extend(element.elements());
            }
        }
        while let Some(element) = inside.pop() {
            names.push(element.local_name());
            inside.extend(element.elements());
        }
        Form::of(names)
    }
}

fn patient(person: Option<&Person>) -> Patient {
    let number = person.and_then(Person::number);
    let identity = match number.map(|number| number.national_id()) {
        None => Identity::Missing,
        Some(Ok(Some(number))) => Identity::Number(number),
        Some(Ok(None) | Err(_)) => Identity::Wrong,
    };
    Patient {
        identity,
        birth: person.and_then(|person| person.born),
        sex: person.and_then(|person| Sex::from_code(person.sex.as_ref()?.code.parse().ok()?)),
    }
}

fn coded(coded: &Coded) -> CodedDiagnosis {
    CodedDiagnosis {
        system: coded.system.clone().unwrap_or_default(),
        code: coded.code.clone(),
    }
}

fn drug(m1: &M1) -> Drug {
    let medicine = match &m1.line {
        Line::Medicine(medicine) => medicine,
        Line::Goods(element) => {
            let group = element.child("Varegruppekode").and_then(Coded::read);
            return Drug {
                product_group: group.map(|group| group.code),
                kind: DrugKind::Goods,
                ..Drug::default()
            };
        }
    };
    let named = match &medicine.order.product {
        Product::Pack(pack) => Drug {
            item_number: Some(pack.article_number.clone()),
            prescription_group: Some(pack.dispensing_group.code.clone()),
            ..Drug::default()
        },
        Product::Other(element) => Drug {
            fest_id: element.child("Id").map(|id| id.text().trim().to_owned()),
            prescription_group: element
                .child("Reseptgruppe")
                .and_then(Coded::read)
                .map(|group| group.code),
            ..Drug::default()
        },
    };
    let product = &medicine.order.product;
    Drug {
        atc: medicine.atc(),
        kind: match product.is_named() {
            true => DrugKind::Named,
            false => DrugKind::Made,
        },
        unreadable_atc: product.has_unreadable_atc(),
        product_group: Some(medicine.group.code.clone()),
        ..named
    }
}

/// How much of a drug or of goods: in packs, else in a unit.
pub(crate) fn amount(line: &Line) -> Option<Amount> {
    let packs = |number: &Decimal| {
        number.thousandths().map(|thousandths| Amount {
            thousandths,
            unit: AmountUnit::Packs,
        })
    };
    let medicine = match line {
        Line::Medicine(medicine) => medicine,
        Line::Goods(element) => {
            return packs(&Decimal::parse(&element.child("Antall")?.text())?);
        }
    };
    if let Some(amount) = medicine.packs.as_ref().and_then(packs) {
        return Some(amount);
    }
    let quantity = medicine.amount.as_ref()?;
    Some(Amount {
        thousandths: quantity.value.thousandths()?,
        unit: AmountUnit::Of(quantity.unit.clone().unwrap_or_default()),
    })
}

fn reimbursement(line: &Line) -> Option<Reimbursement> {
    let (basis, code) = match line {
        Line::Medicine(medicine) => (
            medicine.legal_ground.clone()?,
            medicine.reimbursement_code.as_ref().map(coded),
        ),
        Line::Goods(element) => (Coded::read(element.child("RefHjemmel")?)?, None),
    };
    Some(Reimbursement {
        basis: basis.code,
        code,
    })
}
