//! What an order states and cannot be read is named, and the order is not agreed with; what it does not state is something else.

use riktig_codes::AtcCode;
use riktig_fhir::{HookRequest, Version};
use riktig_guideline::{Checked, Kind, Missing, OrderPart};
use serde_json::{Value, json};

mod world;
use world::{answer_to, bundle, call, draft, draft_of, reading, request};

/// What is unread of an order, and whether it is agreed with.
fn order(change: impl Fn(&mut Value)) -> Vec<OrderPart> {
    let asked = request(|it| {
        it["hook"] = json!("order-select");
        change(draft_of(it));
    });
    let (answer, _) = answer_to(&asked, Version::V2);
    let unread = reading(|it| change(draft_of(it))).patient.orders[0]
        .unread
        .clone();
    let agrees = answer
        .advice
        .iter()
        .any(|it| matches!(it.kind, Kind::Agrees { .. }));
    assert!(!agrees || unread.is_empty(), "{unread:?}");
    for part in &unread {
        assert!(
            answer.not_checked.contains(&Missing::OrderPart(*part)),
            "{part:?} is not named"
        );
    }
    unread
}

fn dosage(it: &mut Value) -> &mut Value {
    &mut it["dosageInstruction"][0]
}

#[test]
fn an_order_whose_every_part_can_be_read_has_nothing_unread() {
    assert_eq!(order(|_| {}), []);
    assert_eq!(
        order(|it| dosage(it)["text"] = json!("1 tablett 4 ganger daglig i 7 dager")),
        []
    );
    assert_eq!(
        order(
            |it| it["dispenseRequest"] = json!({ "numberOfRepeatsAllowed": 0, "expectedSupplyDuration": { "value": 7, "code": "d" } })
        ),
        []
    );
}

#[test]
fn a_dose_beyond_reading_is_unread_and_a_dose_that_is_not_there_is_unsaid() {
    let dose = |quantity: Value| {
        order(move |it| dosage(it)["doseAndRate"] = json!([{ "doseQuantity": quantity }]))
    };
    for (value, unit) in [
        (150_000.0, "mg"),
        (20.0, "gram"),
        (-1000.0, "mg"),
        (2.0, "[drp]"),
    ] {
        assert_eq!(
            dose(json!({ "value": value, "code": unit })),
            [OrderPart::Dose],
            "{value} {unit}"
        );
    }
    let more = json!({ "value": 1, "comparator": ">", "code": "{tbl}" });
    assert_eq!(dose(more), [OrderPart::Dose]);
    let range = json!([{ "doseRange": { "low": { "value": 5, "code": "g" }, "high": { "value": 20, "code": "g" } } }]);
    assert_eq!(
        order(|it| dosage(it)["doseAndRate"] = range.clone()),
        [OrderPart::Dose]
    );
    let two = json!([{ "doseQuantity": { "value": 1, "code": "{tbl}" } }, { "doseQuantity": { "value": 5, "code": "g" } }]);
    assert_eq!(
        order(|it| dosage(it)["doseAndRate"] = two.clone()),
        [OrderPart::Dose]
    );
    assert_eq!(order(|it| dosage(it)["doseAndRate"] = Value::Null), []);
}

#[test]
fn frequency_length_and_route_beyond_reading_are_unread() {
    let repeat = |key: &'static str, value: Value| {
        order(move |it| dosage(it)["timing"]["repeat"][key] = value.clone())
    };
    assert_eq!(repeat("frequency", json!(300)), [OrderPart::Frequency]);
    assert_eq!(repeat("dayOfWeek", json!(["mon"])), [OrderPart::Frequency]);
    assert_eq!(
        repeat("boundsDuration", json!({ "value": 100_000, "code": "d" })),
        [OrderPart::Length]
    );
    let intrathecal =
        json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "72607000" }] });
    assert_eq!(
        order(|it| dosage(it)["route"] = intrathecal.clone()),
        [OrderPart::Route]
    );
    let supply = json!({ "expectedSupplyDuration": { "value": 90, "code": "d" } });
    assert_eq!(
        order(|it| it["dispenseRequest"] = supply.clone()),
        [OrderPart::Length]
    );
}

#[test]
fn what_an_order_says_besides_is_named() {
    let repeats = json!({ "numberOfRepeatsAllowed": 11 });
    assert_eq!(
        order(|it| it["dispenseRequest"] = repeats.clone()),
        [OrderPart::Repeats]
    );
    let words = "5 tabletter 8 ganger daglig i 30 dager";
    assert_eq!(
        order(|it| dosage(it)["text"] = json!(words)),
        [OrderPart::Wording]
    );
    let alone = json!([{ "text": "etter avtale" }]);
    assert_eq!(
        order(|it| it["dosageInstruction"] = alone.clone()),
        [OrderPart::Wording]
    );
    let modifier = json!([{ "url": "https://ehr.example.no/not", "valueBoolean": true }]);
    assert_eq!(
        order(|it| it["modifierExtension"] = modifier.clone()),
        [OrderPart::Meaning]
    );
    assert_eq!(
        order(|it| it["status"] = json!("stopped")),
        [OrderPart::Meaning]
    );
    assert!(
        order(|it| it["medicationCodeableConcept"]["text"] = json!("Klaritromycin 500 mg"))
            .contains(&OrderPart::Drug)
    );
}

#[test]
fn a_reason_that_cannot_be_read_is_not_replaced_by_the_contacts() {
    let unresolved = json!([{ "reference": "urn:uuid:6f1c" }]);
    assert_eq!(
        order(|it| it["reasonReference"] = unresolved.clone()),
        [OrderPart::Reason]
    );
    let words = json!([{ "text": "endokarditt" }]);
    assert_eq!(
        order(|it| it["reasonCode"] = words.clone()),
        [OrderPart::Reason]
    );
    let asked = request(|it| draft_of(it)["reasonCode"] = json!([{ "text": "endokarditt" }]));
    let (answer, _) = answer_to(&asked, Version::V2);
    assert!(
        answer.advice.iter().all(|it| it.rules.is_empty()),
        "{answer:?}"
    );
    let one_version = reading(|it| {
        let mut own = world::condition("urn:oid:2.16.578.1.12.4.1.1.7170", "R81");
        own["id"] = json!("c1");
        it["prefetch"]["conditions"] = bundle(json!([own]));
        draft_of(it)["reasonReference"] = json!([{ "reference": "Condition/c1/_history/2" }]);
    });
    assert_eq!(one_version.patient.orders[0].reasons.len(), 1);
}

#[test]
fn a_drug_in_use_does_not_vanish_because_it_has_a_drafts_id() {
    let in_use = |resource: Value| {
        let read = reading(|it| it["prefetch"]["medicationRequests"] = bundle(json!([resource])));
        read.patient.drugs
    };
    let mut methotrexate = draft();
    methotrexate["status"] = json!("active");
    methotrexate["medicationCodeableConcept"] =
        json!({ "coding": [{ "system": "http://www.whocc.no/atc", "code": "L04AX03" }] });
    assert_eq!(
        in_use(methotrexate),
        Checked::Checked(vec![AtcCode::parse("L04AX03").unwrap()])
    );
    assert_eq!(in_use(draft()), Checked::Checked(vec![]));
    let dispensed =
        json!({ "resourceType": "MedicationDispense", "subject": { "reference": "Patient/p1" } });
    assert_eq!(in_use(dispensed), Checked::Partly(vec![]));
}

#[test]
fn a_call_with_more_drafts_than_are_judged_is_refused() {
    let with = |drafts: usize| {
        let mut it = call();
        it["context"]["draftOrders"] = bundle(json!(vec![draft(); drafts]));
        HookRequest::read(it.to_string().as_bytes())
    };
    assert_eq!(with(50).unwrap().drafts.len(), 50);
    let refusal = with(51).unwrap_err();
    assert_eq!(
        (refusal.status(), refusal.to_string().contains("at most 50")),
        (400, true)
    );
}

#[test]
fn advice_is_counted_for_the_user_of_the_call_and_for_nobody_else() {
    let hpr = |id: &str| {
        let record = json!({ "resourceType": "Practitioner", "id": id, "identifier": [
            { "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "9144889" }
        ] });
        request(|it| it["prefetch"]["prescriber"] = record)
            .prescriber()
            .is_some()
    };
    assert!(hpr("1"));
    assert!(!hpr("somebody-else"));
}

#[test]
fn a_call_with_a_key_twice_is_refused() {
    let body = call().to_string();
    assert!(HookRequest::read(body.as_bytes()).is_ok());
    let twice = body.replacen(
        "\"allergies\":",
        "\"allergies\":{\"resourceType\":\"Bundle\"},\"allergies\":",
        1,
    );
    assert_eq!(
        HookRequest::read(twice.as_bytes()),
        Err(riktig_fhir::Refusal::NotJson)
    );
}

#[test]
fn an_order_that_agrees_is_told_at_signing_where_something_of_the_patient_was_not_checked() {
    let cards = |change: &dyn Fn(&mut Value)| {
        let asked = request(|it| {
            dosage(draft_of(it))["timing"]["repeat"]["boundsDuration"]["value"] = json!(5);
            change(it);
        });
        let (_, response) = answer_to(&asked, Version::V2);
        response.shown.iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(cards(&|_| {}), Vec::<&str>::new());
    assert_eq!(
        cards(&|it| it["prefetch"]["allergies"] = Value::Null),
        ["agrees"]
    );
    assert_eq!(
        cards(&|it| dosage(draft_of(it))["doseAndRate"] =
            json!([{ "doseQuantity": { "value": 1, "code": "[drp]" } }])),
        ["cannot_be_told"]
    );
}
