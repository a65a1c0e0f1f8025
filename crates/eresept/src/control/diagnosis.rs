//! Controls of the diagnosis.

use riktig_codes::fest::FestDrug;
use riktig_codes::{Age, Asked, DiagnosisCode, DiagnosisCodeError, DiagnosisRule, Listed, Sex};

use super::decision::Found;
use super::sex_and_age::rules_for;
use super::{Circumstances, Control, Policy};
use crate::prescription::{CodedDiagnosis, Drug, Prescription};

/// The longest name of a code system that is repeated to a sender: OIDs are shorter.
const MAX_SYSTEM_CHARS: usize = 64;

/// What the drug register and the rules ask of the drug's diagnosis on the day of prescribing.
pub fn diagnosis_rule(prescription: &Prescription, around: &Circumstances<'_>) -> DiagnosisRule {
    let drug = &prescription.drug;
    let found = fest_drug(drug, around);
    let demand = around
        .fest
        .zip(found)
        .map(|(fest, found)| fest.diagnosis_demand(found, prescription.prescribed));
    let atc = drug.atc.or_else(|| found?.atc());
    around.rules.diagnosis_rule(atc, demand.as_ref())
}

/// The drug in the register, by id or item number.
pub(super) fn fest_drug<'a>(drug: &Drug, around: &Circumstances<'a>) -> Option<FestDrug<'a>> {
    let fest = around.fest?;
    [&drug.fest_id, &drug.item_number]
        .into_iter()
        .flatten()
        .find_map(|id| fest.drug(id))
}

pub(super) fn check(
    prescription: &Prescription,
    around: &Circumstances<'_>,
    policy: &Policy,
) -> Vec<Found> {
    let rule = diagnosis_rule(prescription, around);
    let Some(diagnosis) = &prescription.diagnosis else {
        return missing(prescription, around, &rule, policy);
    };
    let mut found = Vec::new();
    match rule.asked {
        Asked::NotAsked => found.push(Found::Wrong(Control::DiagnosisNotAsked, Vec::new())),
        Asked::CannotBeTold => found.push(Found::NotTold(
            Control::DiagnosisNotAsked,
            "the drug's ATC code",
        )),
        Asked::Required | Asked::Welcome => {}
    }
    let system: String = diagnosis.system.chars().take(MAX_SYSTEM_CHARS).collect();
    if !policy.takes_system(&diagnosis.system) {
        found.push(Found::Wrong(
            Control::DiagnosisSystem,
            vec![("system", system.into())],
        ));
        return found;
    }
    match DiagnosisCode::read(&diagnosis.system, &diagnosis.code) {
        Ok(code) => found.extend(of_code(
            code,
            diagnosis,
            prescription,
            around,
            &rule,
            &system,
        )),
        Err(DiagnosisCodeError::Code(_)) => {
            found.push(Found::Wrong(
                Control::DiagnosisCode,
                vec![("system", system.into())],
            ));
        }
        // Taken by the policy, and the program does not know it.
        Err(DiagnosisCodeError::System) => {
            found.push(Found::NotTold(
                Control::DiagnosisCode,
                "the rules of the code system",
            ));
        }
    }
    found
}

/// A reimbursement code that stands in the diagnosis's place is looked at as one.
fn missing(
    prescription: &Prescription,
    around: &Circumstances<'_>,
    rule: &DiagnosisRule,
    policy: &Policy,
) -> Vec<Found> {
    let control = Control::DiagnosisMissing;
    match rule.asked {
        Asked::NotAsked | Asked::Welcome => Vec::new(),
        Asked::CannotBeTold => vec![Found::NotTold(control, "the drug's ATC code")],
        Asked::Required => {
            let reimbursement = prescription.reimbursement.as_ref();
            let instead = reimbursement.and_then(|one| one.code.as_ref());
            let instead = instead.filter(|_| policy.reimbursement_code_will_do());
            let read = instead.and_then(|written| {
                let code = DiagnosisCode::read(&written.system, &written.code).ok()?;
                Some((code, written))
            });
            match read {
                Some((code, written)) => {
                    let system = &written.system;
                    of_code(code, written, prescription, around, rule, system)
                }
                None => vec![Found::Wrong(control, Vec::new())],
            }
        }
    }
}

fn of_code(
    code: DiagnosisCode,
    diagnosis: &CodedDiagnosis,
    prescription: &Prescription,
    around: &Circumstances<'_>,
    rule: &DiagnosisRule,
    system: &str,
) -> Vec<Found> {
    let mut found = Vec::new();
    let refined = diagnosis.system.ends_with(DiagnosisCode::ICPC2B) && diagnosis.code.len() > 3;
    match around.lists.has(code) {
        Listed::No => {
            found.push(Found::Wrong(
                Control::DiagnosisCode,
                vec![("system", system.to_owned().into())],
            ));
        }
        Listed::Yes if refined => {
            found.push(Found::NotTold(Control::DiagnosisCode, "a list of ICPC-2B"));
        }
        Listed::Yes => {}
        Listed::CannotBeTold => {
            found.push(Found::NotTold(
                Control::DiagnosisCode,
                "a list of the code system",
            ));
        }
    }
    if let DiagnosisCode::Icpc2(code) = code
        && code.is_process()
    {
        found.push(Found::Wrong(Control::DiagnosisProcess, Vec::new()));
    }
    if rule
        .not_recommended
        .iter()
        .any(|group| code.is_within(*group))
    {
        found.push(Found::Wrong(Control::DiagnosisNotRecommended, Vec::new()));
    }
    found.extend(sex_and_age(code, prescription));
    found
}

fn sex_and_age(code: DiagnosisCode, prescription: &Prescription) -> Vec<Found> {
    let patient = &prescription.patient;
    let mut found = Vec::new();
    for rule in rules_for(code) {
        match (rule.sex, patient.legal_sex()) {
            (Some(_), None | Some(Sex::Unknown)) => {
                found.push(Found::NotTold(Control::Sex, "the patient's sex"));
            }
            (Some(of_code), Some(sex)) if sex != of_code => {
                found.push(Found::Wrong(Control::Sex, Vec::new()));
            }
            _ => {}
        }
        let Some(years) = &rule.years else { continue };
        let age = patient
            .birth_date()
            .and_then(|birth| Age::at(birth, prescription.prescribed));
        match age {
            None => found.push(Found::NotTold(Control::Age, "the patient's age")),
            Some(age) if !years.contains(&age.years()) => {
                let facts = [
                    ("from", *years.start()),
                    ("to", *years.end()),
                    ("age", age.years()),
                ];
                let facts = facts.map(|(place, years)| (place, years.to_string().into()));
                found.push(Found::Wrong(Control::Age, facts.into()));
            }
            Some(_) => {}
        }
    }
    found
}
