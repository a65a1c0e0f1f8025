//! An order as FHIR and the pages have it, as the chain wants it.

use riktig_chain::prescriber::{Order, Product};
use riktig_codes::Codebook;
use riktig_eresept::prescription::{self, AmountUnit, CodedDiagnosis};
use riktig_eresept::{Coded, Diagnosis, MessageId};
use riktig_fhir::prescribing as fhir;
use riktig_reports::Lang;

use crate::diagnosis_name;

/// What an order lacks to become a prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Lack {
    /// Something that every prescription has is not told.
    #[error("{0} is not told: every prescription has it")]
    Missing(&'static str),
    /// Several different diagnoses.
    #[error("{0}")]
    Reasons(#[from] fhir::SeveralReasons),
    /// Something that is told cannot be.
    #[error("{0} is not of a prescription: a drug, prescribed electronically")]
    Not(&'static str),
}

/// An order as one for the chain, with this id.
///
/// # Errors
/// What is missing.
pub(crate) fn order(order: &fhir::Order, id: MessageId) -> Result<Order, Lack> {
    let missing = Lack::Missing;
    if matches!(order.kind, Some(fhir::Kind::Paper | fhir::Kind::None)) {
        return Err(Lack::Not("typeresept"));
    }
    let used = order.used.ok_or(missing("use (list 9101)"))?;
    Ok(Order {
        id,
        patient: order
            .patient
            .ok_or(missing("the patient's identity number"))?,
        prescriber: order
            .prescriber
            .ok_or(missing("the prescriber's HPR number"))?,
        product: product(&order.drug)?,
        dosage: order.dosage.clone().ok_or(missing("the dosage in words"))?,
        application_area: order.application_area.clone(),
        used: (used.code(), used.name()),
        amount: amount(order.amount.as_ref().ok_or(missing("packs or amount"))?),
        reiterations: u32::from(order.reiterations.ok_or(missing("the number of repeats"))?),
        diagnosis: order.reasons.one()?.map(diagnosis),
        prescribed: order.prescribed.ok_or(missing("the day of prescribing"))?,
        expires: order.expires.ok_or(missing("the last day"))?,
        not_before: order.not_before,
        // What a client leaves out it does not say: it is not *no*.
        waiting: order.waiting.then_some(true),
        reimbursement: order.reimbursement.as_ref().map(reimbursement),
    })
}

fn product(drug: &fhir::Drug) -> Result<Product, Lack> {
    let antibiotic = drug
        .atc
        .is_some_and(|it| Codebook::embedded().is_antibiotic(it));
    let group = match drug.group.as_deref() {
        Some(told) => told.chars().next(),
        // No antibiotic is narcotic (A) or habit-forming (B).
        None => antibiotic.then_some('C'),
    };
    Ok(Product {
        atc: drug.atc,
        name: drug.name.clone().ok_or(Lack::Missing("the drug's name"))?,
        fest: drug.fest.clone(),
        item: drug.item.clone(),
        group: group.ok_or(Lack::Missing("the dispensing group (reseptgruppe)"))?,
    })
}

fn amount(amount: &fhir::Amount) -> prescription::Amount {
    match amount {
        fhir::Amount::Packs(thousandths) => prescription::Amount {
            thousandths: *thousandths,
            unit: AmountUnit::Packs,
        },
        fhir::Amount::Of(dose) => prescription::Amount {
            thousandths: dose.thousandths,
            unit: AmountUnit::Of(dose.unit.clone()),
        },
    }
}

/// The name is the client's, else the codebook's in Norwegian; a code that neither names goes without one.
fn diagnosis(reason: &fhir::Reason) -> Diagnosis {
    let given = reason.display.as_deref().unwrap_or_default();
    let coded = Coded::of(reason.system().oid(), reason.code(), given);
    let name = diagnosis_name::told(Lang::Nb, &coded);
    Diagnosis::of(Coded { name, ..coded })
}

fn reimbursement(chosen: &fhir::Reimbursement) -> prescription::Reimbursement {
    let code = chosen.code.as_ref();
    prescription::Reimbursement {
        basis: chosen.paragraph.clone(),
        code: code.map(|(system, code)| CodedDiagnosis {
            system: system.clone(),
            code: code.clone(),
        }),
    }
}
