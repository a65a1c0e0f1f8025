//! Controls of the prescriber's right and the patient's identity.

use riktig_codes::{NationalId, NationalIdKind, Sex};

use super::decision::Found;
use super::diagnosis::fest_drug;
use super::{Circumstances, Control, PrescriberStanding};
use crate::prescription::{DrugKind, Identity, Prescription};

pub(super) fn check(prescription: &Prescription, around: &Circumstances<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = prescriber(prescription, around).into_iter().collect();
    found.extend(identity(prescription));
    if prescription.locked && prescription.reference_number.is_none() {
        found.push(Found::Wrong(Control::LockedWithoutReference, Vec::new()));
    }
    found
}

fn prescriber(prescription: &Prescription, around: &Circumstances<'_>) -> Option<Found> {
    let standing = (around.prescribers)(prescription.prescriber, prescription.prescribed);
    let right = Control::PrescriberRight;
    let drug = &prescription.drug;
    let registered = || fest_drug(drug, around).and_then(|found| found.atc());
    match (standing, drug.atc.or_else(registered)) {
        (PrescriberStanding::All, _) => None,
        (PrescriberStanding::Only(groups), Some(atc)) => {
            let may = groups.iter().any(|group| atc.is_within(*group));
            (!may).then(|| Found::Wrong(right, Vec::new()))
        }
        // Goods are no drug; of a drug that cannot be told no limited right can be shown.
        (PrescriberStanding::Only(_), None) if drug.kind == DrugKind::Goods => {
            Some(Found::NotTold(right, "the rules of goods"))
        }
        (PrescriberStanding::Only(_), None) => Some(Found::Wrong(right, Vec::new())),
        (PrescriberStanding::Nothing, _) => Some(Found::Wrong(right, Vec::new())),
        (PrescriberStanding::NotFound, _) => {
            Some(Found::Wrong(Control::PrescriberUnknown, Vec::new()))
        }
        (PrescriberStanding::CannotBeTold, _) => Some(Found::NotTold(
            Control::PrescriberUnknown,
            "the register of health personnel",
        )),
    }
}

/// A fødselsnummer is enough; a D-number wants birth date and sex beside it; without either, a reference number too.
/// Source: Direktoratet for e-helse, description of the intermediary's checks (EO278), alternatives for a prescription.
fn identity(prescription: &Prescription) -> Option<Found> {
    let patient = &prescription.patient;
    let described = patient.birth.is_some() && matches!(patient.sex, Some(Sex::Female | Sex::Male));
    let instead = described && prescription.reference_number.is_some();
    let wrong = match patient.identity {
        Identity::Wrong => Control::IdentityWrong,
        Identity::Number(number) if is_resident(number) => return None,
        Identity::Number(number) if is_d_number(number) && described => return None,
        Identity::Number(number) if is_d_number(number) => Control::IdentityInsufficient,
        // Other numbers are of one institution or of an emergency and name nobody elsewhere.
        Identity::Number(_) | Identity::Missing if instead => return None,
        Identity::Number(_) | Identity::Missing => Control::IdentityMissing,
    };
    Some(Found::Wrong(wrong, Vec::new()))
}

fn is_resident(number: NationalId) -> bool {
    matches!(
        number.kind(),
        NationalIdKind::BirthNumber | NationalIdKind::TenorBirthNumber
    )
}

fn is_d_number(number: NationalId) -> bool {
    matches!(
        number.kind(),
        NationalIdKind::DNumber | NationalIdKind::TenorDNumber
    )
}
