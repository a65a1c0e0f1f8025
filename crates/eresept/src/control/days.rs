//! Controls of days: validity, order, and the same prescription twice.

use riktig_codes::{LongestValidity, Sex};

use super::decision::Found;
use super::diagnosis::fest_drug;
use super::{Circumstances, Control};
use crate::prescription::Prescription;

/// How long the prescription may be valid; `None` if it cannot be told: the drug has no ATC code, or it is not known whether its
/// reimbursement changes the validity.
pub fn longest_validity(
    prescription: &Prescription,
    around: &Circumstances<'_>,
) -> Option<LongestValidity> {
    let reimbursed = match &prescription.reimbursement {
        Some(reimbursement) => reimbursement.is_blue()?,
        None => false,
    };
    let found = fest_drug(&prescription.drug, around);
    let fest = around.fest.zip(found).and_then(|(fest, found)| {
        let sex = prescription.patient.legal_sex().unwrap_or(Sex::Unknown);
        fest.validity_of(found, sex, reimbursed, prescription.prescribed)
    });
    let atc = prescription.drug.atc.or_else(|| found?.atc());
    around.rules.validity(atc, reimbursed, fest)
}

pub(super) fn check(prescription: &Prescription, around: &Circumstances<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let (prescribed, expires) = (prescription.prescribed, prescription.expires);
    if prescribed > around.received || expires < prescribed || is_never_dispensable(prescription) {
        let facts = [
            ("prescribed", prescribed),
            ("expires", expires),
            ("received", around.received),
        ];
        let facts = facts.map(|(place, day)| (place, day.into()));
        found.push(Found::Wrong(Control::Dates, facts.into()));
    } else if expires < around.received {
        let facts = vec![("day", expires.into())];
        found.push(Found::Wrong(Control::Expired, facts));
    }
    match longest_validity(prescription, around) {
        None => found.push(Found::NotTold(
            Control::ValidityTooLong,
            "the drug's ATC code, or what its reimbursement means",
        )),
        Some(longest) => {
            let until = longest.validity.last_day(prescribed);
            if expires > until {
                let facts = vec![("day", expires.into()), ("until", until.into())];
                found.push(Found::Wrong(Control::ValidityTooLong, facts));
            }
        }
    }
    found.extend(duplicate(prescription, around));
    found
}

/// The earliest day of dispensing lies after the last.
fn is_never_dispensable(prescription: &Prescription) -> bool {
    let earliest = prescription.earliest_dispensing;
    earliest.is_some_and(|earliest| earliest > prescription.expires)
}

fn duplicate(prescription: &Prescription, around: &Circumstances<'_>) -> Option<Found> {
    let Some(atc) = prescription.drug.atc else {
        let missing = "the drug's ATC code";
        return Some(Found::NotTold(Control::Duplicate, missing));
    };
    let same = around.earlier.iter().any(|other| {
        other.id != prescription.id
            && other.atc == Some(atc)
            && other.prescriber == prescription.prescriber
            && other.prescribed == prescription.prescribed
    });
    same.then(|| Found::Wrong(Control::Duplicate, Vec::new()))
}
