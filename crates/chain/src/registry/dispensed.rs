//! Whether what a report says was handed out is what the signed prescription is of.

use riktig_eresept::Message;
use riktig_eresept::message::{M10, Medicine, Product};

use crate::pharmacy::InterventionChange;

/// Whether the drug is the one that was prescribed, or one that the pharmacist answers for. An equivalent has the same substance; another substance,
/// or one that the report does not tell, needs an intervention of change V (list 7413). Where the prescription has no ATC code, nothing can be
/// compared.
pub(crate) fn is_of_prescription(m10: &M10, dispensed: &Medicine, prescribed: &Medicine) -> bool {
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
