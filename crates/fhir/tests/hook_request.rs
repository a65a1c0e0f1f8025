//! A call as real clients send it becomes a patient context, and what they did not send is not known.

use riktig_fhir::{Hook, HookRequest, Prefetched, Reading, Recognition, Refusal};
use riktig_guideline::{Checked, Reaction};
use serde_json::{Value, json};

mod world;
use world::{bundle, guideline, patient, reading, request as call, today};

#[test]
fn a_whole_call_leaves_nothing_unknown_that_it_could_say() {
    let Reading { patient, gaps } = reading(|_| {});
    assert!(gaps.is_empty(), "{gaps:?}");
    assert_eq!(patient.age.unwrap().years(), 45);
    assert_eq!(patient.allergies, Checked::Checked(vec![]));
    assert_eq!(patient.drugs, Checked::Checked(vec![]));
    assert_eq!(patient.diagnoses.len(), 1);
    let order = &patient.orders[0];
    assert_eq!(order.atc.unwrap().as_str(), "J01CE02");
    assert_eq!(order.milligrams, Some(vec![1000.0]));
    assert_eq!((order.times_per_day, order.days), (Some(4), Some(7)));
}

#[test]
fn the_prescriber_is_told_by_the_users_own_record_and_by_nothing_else() {
    let asked = |identifier: Value| {
        let request = call(|body| {
            body["prefetch"]["prescriber"] =
                json!({ "resourceType": "Practitioner", "id": "1", "identifier": [identifier] });
        });
        request.prescriber().map(|it| it.to_string())
    };
    let hpr = |number: &str| json!({ "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": number });
    assert_eq!(asked(hpr("9144889")).as_deref(), Some("9144889"));
    assert_eq!(asked(hpr("many")), None);
    let other = json!({ "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "9144889" });
    assert_eq!(asked(other), None);
    assert_eq!(call(|_| {}).prescriber(), None);
}

#[test]
fn only_a_whole_answer_makes_the_allergy_list_one_that_was_looked_at() {
    let state = |value: Option<Value>| {
        let reading = reading(|it| match value {
            Some(value) => it["prefetch"]["allergies"] = value,
            None => drop(it["prefetch"].as_object_mut().unwrap().remove("allergies")),
        });
        (
            reading.patient.allergies,
            reading.gaps.first().map(|it| it.reason.as_str()),
        )
    };
    let outcome = json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "security" }] });
    let penicillin = json!({
        "resourceType": "AllergyIntolerance", "patient": { "reference": "Patient/p1" },
        "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "91936005" }] },
        "reaction": [{ "manifestation": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "39579001" }] }] }]
    });
    let mut page = bundle(json!([penicillin]));
    page["link"] = json!([{ "relation": "next", "url": "https://ehr.example.no/fhir?page=2" }]);
    assert_eq!(state(None), (Checked::NotChecked, Some("absent")));
    assert_eq!(
        state(Some(Value::Null)),
        (Checked::NotChecked, Some("null"))
    );
    assert_eq!(state(Some(outcome)), (Checked::NotChecked, Some("failed")));
    assert_eq!(
        state(Some(bundle(json!([])))),
        (Checked::Checked(vec![]), None)
    );
    let (allergies, gap) = state(Some(page));
    assert_eq!(gap, Some("part"));
    assert!(
        matches!(&allergies, Checked::Partly(list) if list[0].reaction == Reaction::Immediate),
        "{allergies:?}"
    );
}

#[test]
fn a_draft_of_another_patient_refuses_the_whole_call() {
    let body = json!({
        "hook": "order-sign", "hookInstance": "1", "context": { "patientId": "p1", "draftOrders": bundle(json!([
            { "resourceType": "MedicationRequest", "subject": { "reference": "https://ehr.example.no/fhir/Patient/p2" } }
        ])) }
    });
    let refusal = HookRequest::read(body.to_string().as_bytes()).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::OtherPatient {
            field: "context.draftOrders"
        }
    );
    assert_eq!(refusal.status(), 400);
    assert!(!refusal.outcome().to_string().contains("p2"));
}

#[test]
fn without_the_patients_own_record_a_judgement_is_refused_and_an_empty_order_is_not() {
    let without = |it: &mut Value| drop(it["prefetch"].as_object_mut().unwrap().remove("patient"));
    let findings = guideline().findings();
    let refused = call(without)
        .context(today(), Recognition::default(), findings)
        .unwrap_err();
    assert_eq!(
        (refused.status(), refused),
        (412, Refusal::PreconditionFailed)
    );
    let empty = call(|it| {
        without(it);
        let draft = &mut it["context"]["draftOrders"]["entry"][0]["resource"];
        draft
            .as_object_mut()
            .unwrap()
            .remove("medicationCodeableConcept");
    });
    assert!(
        empty
            .context(today(), Recognition::default(), findings)
            .is_ok()
    );
}

#[test]
fn what_was_not_sent_is_planned_to_be_fetched_from_the_named_server_and_from_no_other() {
    let mut call = call(|it| {
        it["fhirServer"] = json!("https://ehr.example.no/fhir/");
        it["prefetch"] = json!({ "patient": patient(), "allergies": null });
    });
    let plan = call.plan_fetches();
    assert_eq!(plan.len(), 7);
    assert_eq!(
        plan[1].url,
        "https://ehr.example.no/fhir/AllergyIntolerance?patient=p1"
    );
    let mut page = bundle(json!([]));
    page["link"] =
        json!([{ "relation": "next", "url": "https://elsewhere.example.org/fhir?page=2" }]);
    call.supply("allergies", &page).unwrap();
    assert!(call.plan_fetches().iter().all(|it| it.key != "allergies"));
    page["link"][0]["url"] = json!("https://ehr.example.no/fhir?page=2");
    call.supply("conditions", &page).unwrap();
    assert_eq!(
        call.plan_fetches()[0].url,
        "https://ehr.example.no/fhir?page=2"
    );
    call.supply("conditions", &bundle(json!([]))).unwrap();
    assert_eq!(call.prefetched("conditions"), &Prefetched::Whole(vec![]));
}

#[test]
fn the_sandbox_sends_an_order_without_a_drug_and_objects_for_lists() {
    let reading = reading(|it| {
        it["hook"] = json!("order-select");
        it["context"]["selections"] = json!(["MedicationRequest/request-123"]);
        it["context"]["draftOrders"] = bundle(json!([
            { "resourceType": "MedicationRequest", "id": "request-123", "status": "draft", "authoredOn": "2026-01-10",
              "subject": { "reference": "Patient/p1" },
              "category": { "coding": [{ "code": "outpatient" }] },
              "reasonCode": { "coding": [{ "system": "http://snomed.info/sct", "code": "385093006" }] } }
        ]));
    });
    assert_eq!(reading.patient.orders[0].atc, None);
    assert_eq!(reading.patient.orders[0].reasons.len(), 1);
}

#[test]
fn rxnorm_and_names_are_read_in_demonstrations_only() {
    let sandbox = |it: &mut Value| {
        it["context"]["draftOrders"]["entry"][0]["resource"]["medicationCodeableConcept"] = json!({
            "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "834102" }],
            "text": "Penicillin V Potassium 500 MG Oral Tablet"
        });
        it["context"]["draftOrders"]["entry"][0]["resource"]["dosageInstruction"][0]["doseAndRate"]
            [0]["doseQuantity"] = json!({ "value": 2, "code": "{pill}" });
    };
    let findings = guideline().findings();
    let drug = |names| {
        let recognition = Recognition { names, fest: None };
        let read = call(sandbox).context(today(), recognition, findings);
        read.unwrap().patient.orders[0].clone()
    };
    assert_eq!(drug(false).atc, None);
    assert_eq!(drug(true).atc.unwrap().as_str(), "J01CE02");
    assert_eq!(drug(true).milligrams, Some(vec![1000.0]));
}

#[test]
fn at_order_select_only_the_chosen_order_is_judged_and_the_others_count_as_drugs_in_use() {
    let both = |it: &mut Value| {
        it["hook"] = json!("order-select");
        let mut other = it["context"]["draftOrders"]["entry"][0].clone();
        other["resource"]["id"] = json!("o2");
        other["resource"]["medicationCodeableConcept"]["coding"][0]["code"] = json!("J01FA09");
        it["context"]["draftOrders"]["entry"]
            .as_array_mut()
            .unwrap()
            .push(other);
        it["context"]["selections"] = json!(["MedicationRequest/o2"]);
    };
    assert_eq!(call(both).hook, Hook::OrderSelect);
    let patient = reading(both).patient;
    assert_eq!(patient.orders.len(), 1);
    assert_eq!(patient.orders[0].id, "o2");
    assert_eq!(patient.drugs.known()[0].as_str(), "J01CE02");
}

#[test]
fn a_refusal_is_an_operation_outcome_that_repeats_nothing_of_the_call() {
    for (body, status) in [
        ("{", 400),
        ("[]", 400),
        (
            r#"{"hook":"kari-nordmann","hookInstance":"1","context":{"patientId":"p"}}"#,
            400,
        ),
        (
            r#"{"hook":"patient-view","context":{"patientId":"kari"}}"#,
            400,
        ),
        (
            r#"{"hook":"patient-view","hookInstance":"1","context":{"patientId":{"kari":1}}}"#,
            400,
        ),
    ] {
        let refusal = HookRequest::read(body.as_bytes()).unwrap_err();
        assert_eq!(refusal.status(), status);
        let outcome = refusal.outcome();
        assert_eq!(outcome["resourceType"], "OperationOutcome");
        assert!(!outcome.to_string().contains("kari"), "{outcome}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(HookRequest::read(deep.as_bytes()), Err(Refusal::NotJson));
}
