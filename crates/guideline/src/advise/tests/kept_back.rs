//! What keeps a drug back is told whatever the order is for, also where the guideline has nothing for the diagnosis or none was given.

use super::unchecked::read;
use crate::example::in_short;
use crate::guideline::Guideline;

/// What is said of an order for a woman of 30 whose lists are empty but for this, in a contact with each of these diagnoses.
fn told(diagnoses: &str, order: &str, more: &str) -> (Vec<String>, Vec<&'static str>) {
    let patient = format!(
        r#"{{ "on": "2026-01-10", "sex": "female", "age": "30 years", "cultures": [], "diagnoses": [{diagnoses}], "orders": [{order}], {more} }}"#
    );
    let answer = Guideline::shipped().advise(&read(&patient).expect("it can be read"));
    let reasons = answer.silence.iter().map(|it| it.reason.as_str()).collect();
    let advice = in_short(&answer).0;
    (advice.iter().map(ToString::to_string).collect(), reasons)
}

const COTRIMOXAZOLE: &str = r#"{ "drug": "J01EE01", "mg": [800, 160], "times_per_day": 2 }"#;
const DOXYCYCLINE: &str = r#"{ "drug": "J01AA02", "mg": 100, "times_per_day": 1 }"#;
const PENICILLIN: &str = r#"{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4 }"#;
const NOTHING: &str = r#""allergies": [], "drugs": []"#;

#[test]
fn kidneys_pregnancy_and_unread_rules_keep_a_drug_back_whatever_the_order_is_for() {
    let cases = [
        (
            COTRIMOXAZOLE,
            r#""allergies": [], "drugs": [], "egfr": 12"#,
            "kidney_function",
        ),
        (
            DOXYCYCLINE,
            r#""allergies": [], "drugs": [], "pregnant": true"#,
            "may_be_forbidden",
        ),
        (
            COTRIMOXAZOLE,
            r#""allergies": [], "drugs": ["L04AX03"], "egfr": 90"#,
            "safety_not_read",
        ),
    ];
    let lymecycline = r#"{ "drug": "J01AA04", "mg": 300, "times_per_day": 1 }"#;
    let (_, silence) = told(
        r#""icpc2:S96""#,
        lymecycline,
        r#""allergies": [], "drugs": [], "pregnant": true"#,
    );
    assert_eq!(silence, ["safety_not_read"]);
    // Cough, no disease, and a diagnosis on which the guideline has not been entered.
    for diagnoses in [r#""icpc2:R05""#, r#""icpc2:A97""#, r#""icpc2:S96""#] {
        for (order, more, reason) in cases {
            let (_, silence) = told(diagnoses, order, more);
            assert_eq!(silence, [reason], "{diagnoses} {order} {more}");
        }
        let (_, silence) = told(diagnoses, PENICILLIN, NOTHING);
        let plain = [["no_condition"], ["line_not_read"]];
        assert!(plain.iter().any(|it| silence == *it), "{silence:?}");
    }
    for (order, more, reason) in cases {
        let (advice, silence) = told("", order, more);
        assert!(
            advice.iter().any(|it| it.starts_with("diagnosis_missing")),
            "{advice:?}"
        );
        assert_eq!(silence, [reason], "{order} {more}");
    }
    let (_, silence) = told("", PENICILLIN, NOTHING);
    assert_eq!(silence, Vec::<&str>::new());
}

#[test]
fn a_recorded_sepsis_keeps_tablets_back_also_where_no_topic_is_asked_and_not_what_it_is_treated_with()
 {
    let cough =
        r#"{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "reasons": ["icpc2:R05"] }"#;
    let (_, silence) = told(r#""icd10:A41.9", "icpc2:R05""#, cough, NOTHING);
    assert_eq!(silence, ["outside_scope"]);
    let sepsis =
        r#"{ "drug": "J01CE01", "mg": 3000, "times_per_day": 4, "reasons": ["icd10:A41.9"] }"#;
    let (_, silence) = told(r#""icd10:A41.9", "icpc2:R05""#, sepsis, NOTHING);
    assert!(!silence.contains(&"outside_scope"), "{silence:?}");
}
