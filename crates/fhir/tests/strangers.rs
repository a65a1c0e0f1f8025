//! Whatever a stranger sends: an answer or a refusal, never a crash and never advice about somebody else.

use proptest::prelude::*;
use riktig_fhir::{Feedback, HookRequest, Recognition, Version, violations};
use serde_json::{Value, json};

mod world;
use world::register::fest;
use world::{answer_by, call, guideline, today};

/// Everything that is done with a call: it must end, and what it sends must keep the rules.
fn whole_way(body: &[u8]) {
    drop(Feedback::read(body));
    let Ok(request) = HookRequest::read(body) else {
        return;
    };
    assert!(request.plan_fetches().len() <= riktig_fhir::KEYS.len());
    let products = fest();
    let by_everything = Recognition {
        names: true,
        fest: Some(&products),
    };
    for recognition in [Recognition::default(), by_everything] {
        let findings = guideline().findings();
        if request.context(today(), recognition, findings).is_ok() {
            let (_, response) = answer_by(recognition, &request, Version::V3);
            let json = serde_json::to_value(&response).unwrap();
            assert_eq!(violations(&json), Vec::<&str>::new());
        }
    }
}

/// Every path to a value in a call.
fn paths(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, it)| paths(it, &format!("{at}/{key}"), out)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(n, it)| paths(it, &format!("{at}/{n}"), out)),
        _ => {}
    }
}

/// What a field might hold instead.
fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|it| json!(it)),
        ".{0,40}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, {}, "x"])),
        Just(json!({ "coding": { "system": "http://www.whocc.no/atc", "code": "J01CA04" } })),
        Just(json!({ "coding": [
            { "system": "http://ehelse.no/fhir/CodeSystem/FEST", "code": "000123" },
            { "system": "http://www.whocc.no/atc", "code": "J01CA04" }
        ] })),
        Just(json!("<script>alert(1)</script>")),
        Just(json!("9999-12-31")),
        Just(json!("2026-01-1é")),
        Just(json!(1e308)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn no_bytes_crash_it(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        whole_way(&body);
    }

    #[test]
    fn no_change_of_a_call_crashes_it_or_breaks_a_rule(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), anything()), 1..6)
    ) {
        let mut call = call();
        for (index, value) in changes {
            let mut all = Vec::new();
            paths(&call, "", &mut all);
            let path: &String = index.get(&all);
            *call.pointer_mut(path).unwrap() = value;
        }
        whole_way(call.to_string().as_bytes());
    }

    #[test]
    fn a_list_is_never_known_better_when_something_of_it_is_taken_away(
        index in any::<prop::sample::Index>()
    ) {
        let findings = guideline().findings();
        let mut call = call();
        let keys: Vec<String> = call["prefetch"].as_object().unwrap().keys().cloned().collect();
        let before = HookRequest::from_value(&call).unwrap().context(today(), Recognition::default(), findings).unwrap();
        call["prefetch"].as_object_mut().unwrap().remove(index.get(&keys));
        let request = HookRequest::from_value(&call).unwrap();
        if let Ok(after) = request.context(today(), Recognition::default(), findings) {
            prop_assert!(after.gaps.len() > before.gaps.len());
            let known = |it: &riktig_fhir::Reading| {
                u8::from(it.patient.allergies.is_checked()) + u8::from(it.patient.drugs.is_checked())
                    + u8::from(it.patient.cultures.is_checked()) + u8::from(it.patient.recent_antibiotics.is_checked())
                    + u8::try_from(it.patient.findings.len() + it.patient.diagnoses.len()).unwrap()
            };
            prop_assert!(known(&after) <= known(&before));
        }
    }

    #[test]
    fn what_is_another_patients_changes_no_list_and_makes_it_one_seen_in_part(
        other in "[a-oq-z][a-z0-9]{0,12}"
    ) {
        let findings = guideline().findings();
        let stranger = json!({
            "resourceType": "AllergyIntolerance", "patient": { "reference": format!("Patient/{other}") },
            "code": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }] }
        });
        let mut call = call();
        call["prefetch"]["allergies"] = world::bundle(json!([stranger]));
        let reading = HookRequest::from_value(&call).unwrap().context(today(), Recognition::default(), findings).unwrap();
        prop_assert!(reading.patient.allergies.known().is_empty());
        prop_assert!(!reading.patient.allergies.is_checked());
        call["prefetch"]["patient"]["id"] = json!(other);
        prop_assert!(HookRequest::from_value(&call).is_err());
    }
}
