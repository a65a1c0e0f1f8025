//! Results of a laboratory that a rule of the guideline asks for.

use riktig_fhir::{HookRequest, Recognition};
use riktig_guideline::{FindingId, Guideline, Missing, Unread};
use serde_json::{Value, json};

mod world;
use world::{bundle, call, condition, draft_of, finding, today};

const LOINC: &str = "http://loinc.org";
const NLK: &str = "urn:oid:2.16.578.1.12.4.1.1.7280";

/// What is said of amoxicillin for an exacerbation of COPD without purulent sputum, by the guideline as it is shipped, and whether CRP is named as not
/// read.
fn told(crp: Option<(&str, &str, Value)>) -> (Vec<&'static str>, bool) {
    let mut call = call();
    let drug = json!({ "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CA04" }] });
    draft_of(&mut call)["medicationCodeableConcept"] = drug;
    let dosage = &mut draft_of(&mut call)["dosageInstruction"][0];
    dosage["doseAndRate"] = json!([{ "doseQuantity": { "value": 500, "code": "mg" } }]);
    dosage["timing"]["repeat"]["frequency"] = json!(3);
    dosage["timing"]["repeat"]["boundsDuration"]["value"] = json!(5);
    dosage["route"] =
        json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "26643006" }] });
    let prefetch = &mut call["prefetch"];
    prefetch["patient"]["birthDate"] = json!("1955-05-05");
    let copd = condition("urn:oid:2.16.578.1.12.4.1.1.7170", "R95");
    prefetch["conditions"] = bundle(json!([copd]));
    let sputum = finding("purulent_sputum", json!({ "valueBoolean": false }));
    prefetch["observations"] = bundle(json!([sputum]));
    if let Some((system, code, quantity)) = crp {
        let result = json!({
            "resourceType": "Observation", "status": "final", "subject": { "reference": "Patient/p1" },
            "effectiveDateTime": "2026-01-10T08:15:00+01:00",
            "code": { "coding": [{ "system": system, "code": code }] }, "valueQuantity": quantity
        });
        let list = prefetch["laboratory"]["entry"].as_array_mut().unwrap();
        list.push(json!({ "resource": result }));
    }
    let request = HookRequest::read(call.to_string().as_bytes()).unwrap();
    let guideline = Guideline::shipped();
    let read = request.context(today(), Recognition::default(), guideline.findings());
    let answer = guideline.advise(&read.unwrap().patient);
    let crp = |it: &FindingId| it.as_str() == "crp";
    let named = |it: &Missing| matches!(it, Missing::Unread(Unread::Finding(id)) if crp(id));
    (
        answer.advice.iter().map(|it| it.kind.as_str()).collect(),
        answer.not_checked.iter().any(named),
    )
}

#[test]
fn a_crp_of_the_laboratory_decides_whether_an_exacerbation_of_copd_is_treated() {
    let without = told(None);
    assert!(without.0.contains(&"depends"), "{without:?}");
    for (system, code) in [
        (LOINC, "1988-5"),
        (LOINC, "48421-2"),
        (NLK, "NPU19748"),
        ("http://npu-terminology.org", "NPU19748"),
    ] {
        let of = |value: f64| {
            told(Some((
                system,
                code,
                json!({ "value": value, "unit": "mg/L" }),
            )))
        };
        assert_eq!(of(41.0), (vec!["agrees"], false), "{code}");
        assert_eq!(of(40.0), (vec!["no_antibiotic"], false), "{code}");
    }
}

#[test]
fn a_crp_in_another_unit_decides_nothing_and_is_named() {
    let without = told(None).0;
    for (code, unit) in [
        ("76485-2", "nmol/L"),
        ("1988-5", "mg/dL"),
        ("1988-5", "nmol/L"),
    ] {
        let read = told(Some((LOINC, code, json!({ "value": 571, "unit": unit }))));
        assert_eq!(read, (without.clone(), true), "{code} {unit}");
    }
    // What a highly sensitive method measures is something else.
    let sensitive = told(Some((
        LOINC,
        "30522-7",
        json!({ "value": 60, "unit": "mg/L" }),
    )));
    assert_eq!(sensitive, (without, false));
}
