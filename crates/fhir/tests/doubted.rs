//! Fever by whichever code it comes, and numbers that cannot be right.

use riktig_guideline::{FindingValue, Implausible, Kilograms, PatientContext};
use serde_json::{Value, json};

mod world;
use world::{bundle, condition, laboratory, reading};

const SNOMED: &str = "http://snomed.info/sct";

/// What is known of a patient with this one observation.
fn measured(observation: Value) -> PatientContext {
    let alone = bundle(json!([observation]));
    reading(|it| {
        it["prefetch"]["observations"] = alone;
        it["prefetch"]["laboratory"] = bundle(json!([]));
    })
    .patient
}

#[test]
fn a_temperature_from_38_is_the_finding_fever_and_a_lower_one_is_nothing() {
    let fever = |system: &str, code: &str, value: f64, unit: &str| {
        let mut it = laboratory("8310-5", json!({ "value": value, "code": unit }));
        it["effectiveDateTime"] = json!("2026-01-10");
        it["code"] = json!({ "coding": [{ "system": system, "code": code }] });
        let patient = measured(it);
        let found = patient
            .findings
            .iter()
            .find(|(id, _)| id.as_str() == "fever");
        (found.map(|(_, value)| *value), patient.implausible)
    };
    let there = (Some(FindingValue::Present(true)), Vec::new());
    let loinc = "http://loinc.org";
    assert_eq!(fever(loinc, "8310-5", 38.0, "Cel"), there);
    assert_eq!(fever(SNOMED, "386725007", 39.5, "Cel"), there);
    assert_eq!(fever(loinc, "8310-5", 101.0, "[degF]"), there);
    assert_eq!(fever(loinc, "8310-5", 37.9, "Cel"), (None, Vec::new()));
    let doubted = fever(loinc, "8310-5", 400.0, "Cel");
    assert_eq!(doubted, (None, vec![Implausible::Temperature]));
}

#[test]
fn a_fever_among_the_diagnoses_of_the_contact_is_the_finding_fever() {
    let fever = |system: &str, code: &str| {
        let read = reading(|it| {
            it["prefetch"]["conditions"] = bundle(json!([condition(system, code)]));
        });
        read.patient
            .findings
            .keys()
            .any(|id| id.as_str() == "fever")
    };
    assert!(fever("urn:oid:2.16.578.1.12.4.1.1.7170", "A03"));
    assert!(fever("urn:oid:2.16.578.1.12.4.1.1.7110", "R509"));
    assert!(!fever("urn:oid:2.16.578.1.12.4.1.1.7170", "U71"));
}

#[test]
fn a_number_that_cannot_be_right_is_not_known_and_is_named_until_a_newer_one_is() {
    let weigh = |weights: &[(&str, f64)]| {
        let weight = |(day, kilograms): &(&str, f64)| {
            let mut it = laboratory("29463-7", json!({ "value": kilograms, "code": "kg" }));
            it["effectiveDateTime"] = json!(day);
            it
        };
        let list: Vec<Value> = weights.iter().map(weight).collect();
        let read = reading(|it| {
            it["prefetch"]["patient"]["birthDate"] = json!("2016-01-05");
            it["prefetch"]["observations"] = bundle(json!(list));
        });
        (
            read.patient.weight.map(Kilograms::get),
            read.patient.implausible,
        )
    };
    let three = weigh(&[("2026-01-09", 3.0)]);
    assert_eq!(three, (None, vec![Implausible::Weight]));
    let then_right = weigh(&[("2026-01-08", 3.0), ("2026-01-09", 32.0)]);
    assert_eq!(then_right, (Some(32.0), Vec::new()));
    let minus = measured(laboratory(
        "62238-1",
        json!({ "value": -5, "code": "mL/min/{1.73_m2}" }),
    ));
    assert_eq!(
        (minus.egfr, minus.implausible),
        (None, vec![Implausible::KidneyFunction])
    );
}

#[test]
fn a_creatinine_without_a_unit_reckons_no_rate_and_may_be_high_all_the_same() {
    let creatinine = |number: f64| {
        let patient = measured(laboratory("14682-9", json!({ "value": number })));
        assert_eq!(patient.kidney_function(), None);
        patient.creatinine_over_normal().is_some_and(|it| it > 1.0)
    };
    assert!(creatinine(250.0));
    assert!(creatinine(4.0), "it may be mg/dl");
    assert!(!creatinine(70.0));
}
