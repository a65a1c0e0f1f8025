//! What a message says, as far as a prescription's life and the controls look at it.

use riktig_codes::Sex;

use super::{
    Amount, AmountUnit, CodedDiagnosis, Drug, Identity, Patient, Prescription, PrescriptionId,
    Reimbursement,
};
use crate::control::Form;
use crate::envelope::Person;
use crate::message::{Line, M1, Medicine, Product};
use crate::value::{Coded, Decimal};
use crate::xml::Element;
use crate::{Body, Message, MessageFault};

/// Why a message cannot be looked at as a prescription.
#[derive(Debug, thiserror::Error)]
pub enum NotAPrescription {
    /// It is of another kind.
    #[error("the message is no prescription (M1); send one")]
    OtherKind,
    /// Nobody with an HPR number prescribed it.
    #[error(
        "the sender of the prescription has no HPR number; write it as Ident of HealthcareProfessional"
    )]
    NoPrescriber,
    /// Its diagnosis cannot be read.
    #[error(transparent)]
    Diagnosis(#[from] MessageFault),
}

impl Prescription {
    /// What a prescription's message (M1) says. Borrows it: nothing that was signed is changed.
    ///
    /// A wrong identity number, an amount that is none and a code that its system cannot have are not refused here: that is for
    /// the [controls](crate::control), which answer with the code for it. An earliest day after that of prescribing is how the
    /// message writes a waiting prescription; it has no code for one. That the prescriber is the one who *signed* is for whoever
    /// verified the signature to hold against [`prescriber`](Self::prescriber).
    pub fn of_message(message: &Message) -> Result<Self, NotAPrescription> {
        let Body::M1(m1) = message.body() else {
            return Err(NotAPrescription::OtherKind);
        };
        let envelope = message.envelope();
        let acting = envelope.sender.acting();
        let prescriber = acting.and_then(|professional| professional.hpr());
        let diagnosis = message.diagnosis()?;
        let line = of_line(&m1.line);
        Ok(Self {
            id: PrescriptionId(envelope.id.as_str().to_owned()),
            patient: patient(envelope.patient.as_ref()),
            prescriber: prescriber.ok_or(NotAPrescription::NoPrescriber)?,
            drug: line.drug,
            diagnosis: diagnosis.map(|diagnosis| coded(diagnosis.coded())),
            prescribed: m1.prescribed,
            expires: m1.expires,
            reiterations: line.reiterations,
            amount: line.amount,
            reimbursement: line.reimbursement,
            locked: m1.locked == Some(true),
            reference_number: m1.reference_number.clone(),
            guardian_reservation: m1.hidden_from_guardians == Some(true),
            earliest_dispensing: m1.not_before,
            waiting: is_waiting(m1),
        })
    }
}

impl Form {
    /// The elements of a prescription's message below `Resept`; `None` for a message that has none.
    pub fn of_message(message: &Message) -> Option<Self> {
        let mut open = vec![message.document().root()];
        while let Some(element) = open.pop() {
            if element.local_name() == "Resept" {
                return Some(Self::of(names_below(element)));
            }
            open.extend(element.elements());
        }
        None
    }
}

fn names_below(element: &Element) -> Vec<&str> {
    let mut open: Vec<_> = element.elements().collect();
    let mut names = Vec::new();
    while let Some(element) = open.pop() {
        names.push(element.local_name());
        open.extend(element.elements());
    }
    names
}

fn is_waiting(m1: &M1) -> bool {
    m1.not_before.is_some_and(|day| day > m1.prescribed)
}

fn patient(person: Option<&Person>) -> Patient {
    let number = person.and_then(Person::number);
    let identity = match number.map(|number| number.national_id()) {
        Some(Ok(Some(number))) => Identity::Number(number),
        Some(Err(_)) => Identity::Wrong,
        Some(Ok(None)) | None => Identity::Missing,
    };
    let sex = |coded: &Coded| coded.code.parse().ok().and_then(Sex::from_code);
    Patient {
        identity,
        birth: person.and_then(|person| person.born),
        sex: person.and_then(|person| person.sex.as_ref()).and_then(sex),
    }
}

/// What is said of what is prescribed, drug or goods.
struct OfLine {
    drug: Drug,
    reiterations: u32,
    amount: Option<Amount>,
    reimbursement: Option<Reimbursement>,
}

fn of_line(line: &Line) -> OfLine {
    match line {
        Line::Medicine(medicine) => OfLine {
            drug: drug(medicine),
            reiterations: medicine.repeats,
            amount: amount(medicine),
            reimbursement: reimbursement(
                medicine.legal_ground.as_ref(),
                medicine.reimbursement_code.as_ref(),
            ),
        },
        Line::Goods(element) => {
            let code = |name| Coded::read(element.child(name)?);
            let number = element.child("Antall").map(Element::text);
            OfLine {
                drug: Drug {
                    product_group: code("Varegruppekode").map(|group| group.code),
                    ..Drug::default()
                },
                reiterations: 0,
                amount: number
                    .and_then(|text| thousandths(&Decimal::parse(&text)?))
                    .map(packs),
                reimbursement: reimbursement(code("RefHjemmel").as_ref(), None),
            }
        }
    }
}

fn drug(medicine: &Medicine) -> Drug {
    let product = &medicine.order.product;
    let (fest_id, item_number, group) = match product {
        Product::Pack(pack) => (
            None,
            Some(pack.article_number.clone()),
            Some(pack.dispensing_group.code.clone()),
        ),
        Product::Other(element) => (
            element.child("Id").map(|id| id.text().trim().to_owned()),
            None,
            element
                .child("Reseptgruppe")
                .and_then(Coded::read)
                .map(|group| group.code),
        ),
    };
    Drug {
        atc: medicine.atc(),
        fest_id: fest_id.filter(|id| !id.is_empty()),
        item_number,
        prescription_group: group,
        product_group: Some(medicine.group.code.clone()),
    }
}

/// How much of a drug: in packs, else in a unit. `None` also for what no amount can be (below nothing, or too large to count).
pub(super) fn amount(medicine: &Medicine) -> Option<Amount> {
    if let Some(number) = &medicine.packs {
        return thousandths(number).map(packs);
    }
    let quantity = medicine.amount.as_ref()?;
    Some(Amount {
        thousandths: thousandths(&quantity.value)?,
        unit: AmountUnit::Of(quantity.unit.clone()?),
    })
}

fn packs(thousandths: u64) -> Amount {
    Amount {
        thousandths,
        unit: AmountUnit::Packs,
    }
}

/// A number in thousandths; what is finer is cut off.
fn thousandths(decimal: &Decimal) -> Option<u64> {
    let text = decimal.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.strip_prefix('+').unwrap_or(whole);
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part)
}

fn reimbursement(basis: Option<&Coded>, code: Option<&Coded>) -> Option<Reimbursement> {
    Some(Reimbursement {
        basis: basis?.code.clone(),
        code: code.map(coded),
    })
}

fn coded(coded: &Coded) -> CodedDiagnosis {
    CodedDiagnosis {
        system: coded.system.clone().unwrap_or_default(),
        code: coded.code.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_thousandths_and_what_is_no_amount_is_none() {
        let read = |text: &str| thousandths(&Decimal::parse(text).unwrap());
        assert_eq!(
            ["1", "1.000", "0.5", ".25", "+2", "1.23456"].map(read),
            [
                Some(1000),
                Some(1000),
                Some(500),
                Some(250),
                Some(2000),
                Some(1234)
            ]
        );
        assert_eq!(["-1", "99999999999999999999"].map(read), [None, None]);
    }
}
