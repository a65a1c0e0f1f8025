//! What an order is written beside: other orders of the call, drugs in use, and its own first day.

use crate::advice::{Answer, Kind};
use crate::context_document::ContextDocument;
use crate::criterion::Missing;
use crate::guideline::Guideline;

const PENICILLIN: &str = r#"{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 5 }"#;

/// What is said of a man of sixty with these diagnoses, who uses these drugs and is ordered these.
fn asked(diagnosis: &str, drugs: &str, orders: &[&str]) -> Answer {
    let orders = orders.join(", ");
    let patient = format!(
        r#"{{ "on": "2026-01-10", "sex": "male", "age": "60 years", "nursing_home": false, "egfr": 90, "allergies": [],
        "cultures": [], "diagnoses": ["{diagnosis}"], "drugs": [{drugs}], "orders": [{orders}] }}"#
    );
    let document: ContextDocument = serde_json::from_str(&patient).expect("it is a context");
    let guideline = Guideline::shipped();
    guideline.advise(&document.read(guideline.findings()).expect("it can be read"))
}

fn kinds(answer: &Answer) -> Vec<&'static str> {
    answer.advice.iter().map(|it| it.kind.as_str()).collect()
}

fn said_of(answer: &Answer, order: &str) -> Vec<&'static str> {
    let its = answer.advice.iter();
    let its = its.filter(|it| it.order.as_deref() == Some(order));
    its.map(|it| it.kind.as_str()).collect()
}

fn agrees(answer: &Answer) -> bool {
    kinds(answer).contains(&"agrees")
}

fn with_another(answer: &Answer) -> bool {
    kinds(answer).contains(&"second_antibiotic")
}

#[test]
fn two_orders_that_do_not_go_together_are_told_of_as_a_drug_in_use_is() {
    let (erythromycin, simvastatin) = (r#"{ "drug": "J01FA01" }"#, r#"{ "drug": "C10AA01" }"#);
    let in_use = asked("icpc2:R81", r#""C10AA01""#, &[erythromycin]);
    for (orders, id) in [
        ([erythromycin, simvastatin], "order-1"),
        ([simvastatin, erythromycin], "order-2"),
    ] {
        let both = asked("icpc2:R81", "", &orders);
        assert_eq!(said_of(&both, id)[0], "contraindicated", "{both:?}");
        assert_eq!(kinds(&both), kinds(&in_use));
    }
}

#[test]
fn two_orders_about_which_nobody_has_read_are_not_agreed_with() {
    let methotrexate = asked("icpc2:R81", "", &[PENICILLIN, r#"{ "drug": "L04AX03" }"#]);
    assert!(!agrees(&methotrexate), "{methotrexate:?}");
    let with = "L04AX03".parse().expect("it is a code");
    assert!(
        methotrexate
            .not_checked
            .contains(&Missing::Interaction(with))
    );
    let paracetamol = asked("icpc2:R81", "", &[PENICILLIN, r#"{ "drug": "N02BE01" }"#]);
    assert!(agrees(&paracetamol), "{paracetamol:?}");
}

#[test]
fn an_order_that_is_no_antibiotic_is_held_against_the_antibiotics_in_use() {
    let simvastatin = asked("icpc2:R81", r#""J01FA01""#, &[r#"{ "drug": "C10AA01" }"#]);
    assert_eq!(said_of(&simvastatin, "order-1"), ["contraindicated"]);
    assert!(simvastatin.silence.is_empty());
    // Nobody has read the row about these two.
    let methotrexate = asked("icpc2:R81", r#""J01EE01""#, &[r#"{ "drug": "L04AX03" }"#]);
    let sulfa = "J01EE01".parse().expect("it is a code");
    assert!(
        methotrexate
            .not_checked
            .contains(&Missing::Interaction(sulfa))
    );
    let paracetamol = asked("icpc2:R81", r#""J01EE01""#, &[r#"{ "drug": "N02BE01" }"#]);
    assert!(paracetamol.advice.is_empty() && paracetamol.silence.len() == 1);
}

#[test]
fn an_order_beside_one_whose_drug_cannot_be_told_has_the_drugs_in_use_unchecked() {
    let answer = asked("icpc2:R81", "", &[PENICILLIN, r#"{ "days": 3 }"#]);
    assert!(answer.not_checked.contains(&Missing::Drugs));
    assert!(
        !asked("icpc2:R81", "", &[PENICILLIN])
            .not_checked
            .contains(&Missing::Drugs)
    );
}

#[test]
fn a_second_antibiotic_for_the_whole_body_is_told_of_and_not_agreed_with() {
    assert!(agrees(&asked("icpc2:R81", "", &[PENICILLIN])));
    let twice = asked("icpc2:R81", "", &[PENICILLIN, PENICILLIN]);
    for order in ["order-1", "order-2"] {
        assert!(said_of(&twice, order).contains(&"second_antibiotic"));
        assert!(!agrees(&twice), "{twice:?}");
    }
    let running = asked("icpc2:R81", r#""J01XE01""#, &[PENICILLIN]);
    let with = "J01XE01".parse().expect("it is a code");
    assert_eq!(running.advice[0].kind, Kind::SecondAntibiotic { with });
    assert!(!agrees(&running));
    // Methenamine, and ointment for the eye, are none.
    for other in ["J01XX05", "S01AA01"] {
        let answer = asked("icpc2:R81", &format!("\"{other}\""), &[PENICILLIN]);
        assert!(agrees(&answer) && !with_another(&answer), "{other}");
    }
}

#[test]
fn two_antibiotics_that_the_topic_gives_together_are_no_second_treatment() {
    let orders = [r#"{ "drug": "J01AA02" }"#, r#"{ "drug": "P01AB01" }"#];
    assert!(!with_another(&asked("icd10:N73.0", "", &orders)));
    assert!(with_another(&asked("icpc2:R81", "", &orders)));
}

#[test]
fn a_first_day_that_the_line_does_not_have_is_named_and_not_agreed_with() {
    let with = |first_day: f64| {
        let order = format!(
            r#"{{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 5, "route": "oral", "first_day_mg": {first_day} }}"#
        );
        asked("icpc2:R81", "", &[&order])
    };
    for first_day in [20_000.0, 1000.0, 24_000.0] {
        let answer = with(first_day);
        assert!(!agrees(&answer), "{answer:?}");
        assert!(answer.not_checked.contains(&Missing::FirstDay));
    }
    // As every other day.
    assert!(agrees(&with(4000.0)));
}
