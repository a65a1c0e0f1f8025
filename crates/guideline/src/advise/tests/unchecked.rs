//! What an order says and nothing could be held against is named, and is not agreed with.

use crate::advice::{Answer, SilenceReason};
use crate::context_document::{ContextDocument, ContextError};
use crate::criterion::Missing;
use crate::example::in_short;
use crate::guideline::Guideline;

/// What is said of a man whose lists of allergies and cultures are empty, and of whom this is known too.
fn asked(more: &str) -> Answer {
    let patient = format!(
        r#"{{ "on": "2026-01-10", "sex": "male", "allergies": [], "cultures": [], {more} }}"#
    );
    Guideline::shipped().advise(&read(&patient).expect("it can be read"))
}

pub(super) fn read(patient: &str) -> Result<crate::PatientContext, ContextError> {
    let document: ContextDocument = serde_json::from_str(patient).expect("it is a context");
    document.read(Guideline::shipped().findings())
}

const PNEUMONIA: &str =
    r#""age": "60 years", "nursing_home": false, "egfr": 90, "diagnoses": ["icpc2:R81"]"#;

fn penicillin(drugs: &str, order: &str) -> Answer {
    asked(&format!(
        r#"{PNEUMONIA}, "drugs": [{drugs}], "orders": [{{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 5{order} }}]"#
    ))
}

fn agrees(answer: &Answer) -> bool {
    let said = in_short(answer).0;
    said.iter().any(|it| it.starts_with("agrees"))
}

fn interaction(drug: &str) -> Missing {
    Missing::Interaction(drug.parse().expect("it is a code"))
}

#[test]
fn a_pair_that_nobody_has_read_about_is_named_and_not_agreed_with() {
    assert!(agrees(&penicillin("", "")));
    // "penicillins-methotrexate" would warn, and is of general knowledge.
    let methotrexate = penicillin(r#""L04AX03""#, "");
    assert!(!agrees(&methotrexate), "{methotrexate:?}");
    assert!(methotrexate.not_checked.contains(&interaction("L04AX03")));
    // Nothing stands about paracetamol.
    assert!(agrees(&penicillin(r#""N02BE01""#, "")));
}

#[test]
fn a_drug_told_by_its_group_may_be_one_that_a_row_names() {
    for group in ["L04AX", "L04", "L"] {
        let answer = penicillin(&format!("\"{group}\""), "");
        assert!(!agrees(&answer), "{answer:?}");
        assert!(answer.not_checked.contains(&interaction(group)));
    }
    // Erythromycin is not for whoever takes simvastatin: with "a statin" it is neither named nor forbidden.
    let erythromycin = asked(&format!(
        r#"{PNEUMONIA}, "drugs": ["C10AA"], "orders": [{{ "drug": "J01FA01", "days": 7 }}]"#
    ));
    assert!(erythromycin.not_checked.contains(&interaction("C10AA")));
    assert!(
        !in_short(&erythromycin)
            .0
            .contains(&"contraindicated".to_owned())
    );
}

#[test]
fn a_high_creatinine_that_tells_no_rate_keeps_the_dose_from_being_told() {
    let nitrofurantoin = |creatinine: &str| {
        asked(&format!(
            r#""age": "4 years", "weight_kg": 20, "drugs": [], "findings": {{ "poor_general_condition": false, "fever": false, "flank_pain": false }},
            "diagnoses": ["icpc2:U71"]{creatinine}"#
        ))
    };
    let told = |answer: &Answer| {
        answer.advice.iter().find_map(|it| match &it.kind {
            crate::Kind::FirstChoice { choices } => Some(choices[0].milligrams.is_some()),
            _ => None,
        })
    };
    assert_eq!(told(&nitrofurantoin("")), Some(true));
    assert_eq!(
        told(&nitrofurantoin(r#", "creatinine_umol": 40"#)),
        Some(true)
    );
    let high = nitrofurantoin(r#", "creatinine_umol": 70"#);
    assert_eq!(told(&high), Some(false), "{high:?}");
    assert!(high.not_checked.contains(&Missing::KidneyFunction));
    let very_high = nitrofurantoin(r#", "creatinine_umol": 150"#);
    assert_eq!(told(&very_high), None, "{very_high:?}");
}

#[test]
fn a_missing_route_is_named_as_the_route() {
    let without = penicillin("", "");
    assert!(without.not_checked.contains(&Missing::Route));
    assert!(!without.not_checked.contains(&Missing::OrderDose));
    let with = penicillin("", r#", "route": "oral""#);
    assert!(!with.not_checked.contains(&Missing::Route));
}

#[test]
fn a_length_that_the_line_does_not_have_is_named_and_not_agreed_with() {
    let nursing_home = |order: &str| {
        asked(&format!(
            r#""age": "85 years", "nursing_home": true, "egfr": 90, "drugs": [], "diagnoses": ["icpc2:R81"],
            "orders": [{{ "drug": "J01CE02", "route": "oral", "mg": 1000, "times_per_day": 4{order} }}]"#
        ))
    };
    assert!(agrees(&nursing_home("")));
    let thirty = nursing_home(r#", "days": 30"#);
    assert!(!agrees(&thirty), "{thirty:?}");
    assert!(thirty.not_checked.contains(&Missing::Length));
}

#[test]
fn a_number_that_cannot_be_right_is_an_error_that_says_what_could() {
    let wrong = |field: &str| read(&format!(r#"{{ "on": "2026-01-10", {field} }}"#));
    for (field, name) in [
        (r#""age": "0 months", "weight_kg": 80"#, "weight_kg"),
        (r#""age": "10 years", "weight_kg": 3"#, "weight_kg"),
        (r#""egfr": -5"#, "egfr"),
        (r#""temperature_celsius": 400"#, "temperature_celsius"),
        (r#""creatinine_umol": 1.0"#, "creatinine_umol"),
        (r#""pregnancy_week": -1"#, "pregnancy_week"),
        (r#""findings": { "crp": -3 }"#, "findings"),
        (r#""findings": { "symptom_days": 100000 }"#, "findings"),
        (r#""orders": [{ "days": -7 }]"#, "orders[0].days"),
        (
            r#""orders": [{ "times_per_day": 300 }]"#,
            "orders[0].times_per_day",
        ),
        (r#""orders": [{ "mg": -500 }]"#, "orders[0].mg"),
    ] {
        assert_eq!(wrong(field).expect_err(field).field, name);
    }
    assert!(wrong(r#""age": "0 months", "weight_kg": 3.5"#).is_ok());
}

#[test]
fn a_fever_told_by_code_or_temperature_is_the_finding_fever() {
    let fever = |more: &str| {
        let patient =
            read(&format!(r#"{{ "on": "2026-01-10", {more} }}"#)).expect("it can be read");
        patient
            .findings
            .iter()
            .find(|(id, _)| id.as_str() == "fever")
            .map(|(_, value)| *value)
    };
    let there = Some(crate::FindingValue::Present(true));
    assert_eq!(fever(r#""diagnoses": ["icpc2:U71", "icpc2:A03"]"#), there);
    assert_eq!(fever(r#""diagnoses": ["icd10:R50.9"]"#), there);
    assert_eq!(fever(r#""orders": [{ "reasons": ["icpc2:A03"] }]"#), there);
    assert_eq!(fever(r#""temperature_celsius": 38.0"#), there);
    // A lower temperature may have been taken after a tablet.
    assert_eq!(fever(r#""temperature_celsius": 37.9"#), None);
    assert_eq!(fever(r#""diagnoses": ["icpc2:U71"]"#), None);
    let answer = Guideline::shipped().advise(
        &read(r#"{ "on": "2026-01-10", "age": "30 years", "sex": "female", "diagnoses": ["icpc2:U71", "icpc2:A03"] }"#)
            .expect("it can be read"),
    );
    assert_eq!(in_short(&answer).1, ["outside_scope"], "{answer:?}");
}

/// Where agreement is told by saying nothing, silence for want of a line and silence because of the patient are two things.
#[test]
fn a_drug_that_an_unread_or_switched_off_rule_may_forbid_is_held_back_and_one_without_a_line_is_not()
 {
    let exacerbation = r#"{ "on": "2026-01-10", "sex": "female", "age": "40 years", "pregnant": true, "pregnancy_week": 20, "allergies": [],
        "cultures": [], "drugs": [], "nursing_home": false, "diagnoses": ["icpc2:R95"], "orders": [{ "drug": "J01AA02", "days": 5 }] }"#;
    let patient = read(exacerbation).expect("it can be read");
    let guideline = Guideline::shipped();
    let on = guideline.advise(&patient);
    assert!(
        in_short(&on)
            .0
            .iter()
            .any(|it| it.starts_with("contraindicated")),
        "{on:?}"
    );
    let off = ["safety/doxycycline-week-15"].into_iter().collect();
    let answer = guideline.advise_without(&patient, &off);
    let reasons: Vec<SilenceReason> = answer.silence.iter().map(|it| it.reason).collect();
    assert_eq!(reasons, [SilenceReason::SafetyNotRead], "{answer:?}");
    assert!(reasons[0].holds_back() && !SilenceReason::LineNotRead.holds_back());
}
