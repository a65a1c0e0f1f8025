//! An order as FHIR and the pages have it, as the chain wants it.

use riktig_chain::prescriber::{Order, Product};
use riktig_codes::Codebook;
use riktig_eresept::prescription::{self, AmountUnit, CodedDiagnosis};
use riktig_eresept::{Coded, Diagnosis, MessageId};
use riktig_fhir::prescribing as fhir;
use riktig_reports::Lang;

use crate::diagnosis_name;

/// Something that every prescription has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Use,
    Patient,
    Prescriber,
    Name,
    Group,
    Dosage,
    Amount,
    Repeats,
    Prescribed,
    Expires,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Use => "use (list 9101)",
            Self::Patient => "the patient's identity number",
            Self::Prescriber => "the prescriber's HPR number",
            Self::Name => "the drug's name",
            Self::Group => "the dispensing group (reseptgruppe)",
            Self::Dosage => "the dosage in words",
            Self::Amount => "packs or amount",
            Self::Repeats => "the number of repeats",
            Self::Prescribed => "the day of prescribing",
            Self::Expires => "the last day",
        })
    }
}

/// What an order lacks to become a prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Lack {
    /// Something that every prescription has is not told.
    #[error("{0} is not told: every prescription has it")]
    Missing(Part),
    /// Several different diagnoses.
    #[error("{0}")]
    Reasons(#[from] fhir::SeveralReasons),
    /// A drug that is had in another way.
    #[error("typeresept is not of an electronic prescription")]
    NotElectronic,
}

/// An order as one for the chain, with this id.
///
/// # Errors
/// What is missing.
pub(crate) fn order(order: &fhir::Order, id: MessageId) -> Result<Order, Lack> {
    let missing = Lack::Missing;
    if matches!(order.kind, Some(fhir::Kind::Paper | fhir::Kind::None)) {
        return Err(Lack::NotElectronic);
    }
    let used = order.used.ok_or(missing(Part::Use))?;
    Ok(Order {
        id,
        patient: order.patient.ok_or(missing(Part::Patient))?,
        prescriber: order.prescriber.ok_or(missing(Part::Prescriber))?,
        product: product(&order.drug)?,
        dosage: order.dosage.clone().ok_or(missing(Part::Dosage))?,
        application_area: order.application_area.clone(),
        used: (used.code(), used.name()),
        amount: amount(order.amount.as_ref().ok_or(missing(Part::Amount))?),
        reiterations: u32::from(order.reiterations.ok_or(missing(Part::Repeats))?),
        diagnosis: order.reasons.one()?.map(diagnosis),
        prescribed: order.prescribed.ok_or(missing(Part::Prescribed))?,
        expires: order.expires.ok_or(missing(Part::Expires))?,
        not_before: order.not_before,
        // What a client leaves out it does not say: it is not *no*.
        waiting: order.waiting.then_some(true),
        refuses_exchange: order.exchange == Some(false),
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
        name: drug.name.clone().ok_or(Lack::Missing(Part::Name))?,
        fest: drug.fest.clone(),
        item: drug.item.clone(),
        group: group.ok_or(Lack::Missing(Part::Group))?,
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
