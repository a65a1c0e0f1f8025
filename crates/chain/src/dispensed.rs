//! Whether what a report (M10) says is what the signed prescription is of: the one rule for the intermediary and the registry.

use riktig_eresept::message::{Line, M10, Medicine, Product};
use riktig_eresept::prescription::Amount;
use riktig_eresept::{Body, Diagnosis, Message};

use crate::pharmacy::InterventionChange;

/// Whether the drug is the one that was prescribed, or one that the pharmacist answers for. An equivalent has the same substance; another substance,
/// or one that the report does not tell, needs an intervention of change V (list 7413). Where the prescription has no ATC code, nothing can be
/// compared.
fn is_of_prescription(m10: &M10, dispensed: &Medicine, prescribed: &Medicine) -> bool {
    let written = |medicine: &Medicine| match &medicine.order.product {
        Product::Pack(pack) => pack.atc.as_ref().map(|atc| atc.code.clone()),
        Product::Other(_) => medicine.atc().map(|atc| atc.as_str().to_owned()),
    };
    let other_product = m10.dispensing.interventions.iter().any(|one| {
        let change = one.change.as_ref().map(|change| change.code.as_str());
        change == Some(InterventionChange::OtherProduct.code())
    });
    match prescribed.atc() {
        Some(atc) => dispensed.atc() == Some(atc) || other_product,
        None => written(prescribed) == written(dispensed) || other_product,
    }
}

/// Whether the report's envelope names another patient than the prescriber signed for. A report that names none names no other.
pub(crate) fn is_of_other_patient(report: &Message, m1: &Message) -> bool {
    let number = |message: &Message| {
        let patient = message.envelope().patient.as_ref()?;
        Some(patient.number()?.national_id().ok().flatten())
    };
    number(report).is_some_and(|of_report| number(m1) != Some(of_report))
}

/// Whether the drug of a report is the signed one, as [`is_of_prescription`] has it. A report that says of no drug is judged elsewhere.
pub(crate) fn is_of_what_was_signed(m10: &M10, m1: &Message) -> bool {
    let Body::M1(signed) = m1.body() else {
        return false;
    };
    match (&m10.dispensing.line, &signed.line) {
        (Some(Line::Medicine(dispensed)), Line::Medicine(prescribed)) => {
            is_of_prescription(m10, dispensed, prescribed)
        }
        (None | Some(Line::Goods(_)), _) => true,
        (Some(Line::Medicine(_)), Line::Goods(_)) => false,
    }
}

/// Whether a report carries another diagnosis than the prescriber signed. One that carries none carries no other.
pub(crate) fn is_of_other_diagnosis(told: Option<&Diagnosis>, signed: Option<&Diagnosis>) -> bool {
    let code = |one: &Diagnosis| (one.coded().system.clone(), one.coded().code.clone());
    told.is_some() && told.map(code) != signed.map(code)
}

/// Whether the amount is one: below nothing, nothing and what is too large to count are none. A report may leave it out.
pub(crate) fn is_an_amount(m10: &M10, read: Option<&Amount>) -> bool {
    let line = m10.dispensing.line.as_ref().and_then(Line::medicine);
    let is_said = line.is_some_and(|it| it.packs.is_some() || it.amount.is_some());
    read.map_or(!is_said, |amount| amount.thousandths > 0)
}
