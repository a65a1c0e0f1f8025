//! What systems are told.

use riktig_journal::cds_client::Mode;
use serde_json::{Value, json};

use crate::wire::Request;
use crate::world::{SERVICE, Wish, World, call, call_about};

#[tokio::test]
async fn the_discovery_offers_three_hooks_under_one_id() {
    let world = World::new().await;
    let token = world.token("/cds-services", &json!({}));
    let answer = Request::get("/cds-services")
        .bearer(&token)
        .send(world.address)
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let services = answer.json()["services"]
        .as_array()
        .expect("a list")
        .clone();
    let hooks: Vec<&str> = services
        .iter()
        .filter_map(|it| it["hook"].as_str())
        .collect();
    assert_eq!(hooks, ["patient-view", "order-select", "order-sign"]);
    assert!(
        services
            .iter()
            .all(|it| it["id"] == "riktig-antibiotics" && it["description"].is_string())
    );
    assert!(
        services.iter().all(|it| it.get("version").is_none()),
        "2.0.1 has none"
    );
}

#[tokio::test]
async fn a_client_that_is_set_so_is_answered_as_version_3_has_it() {
    let world = World::of(Wish {
        newer: true,
        ..Wish::default()
    })
    .await;
    let token = world.token("/cds-services", &json!({}));
    let answer = Request::get("/cds-services")
        .bearer(&token)
        .send(world.address)
        .await;
    let services = answer.json()["services"].clone();
    assert!(services[0]["version"].is_string() && services[0]["hookVersion"].is_string());
}

#[tokio::test]
async fn an_order_beside_the_first_choice_gets_a_card_with_the_change_to_take() {
    let world = World::new().await;
    for hook in ["order-select", "order-sign"] {
        let cards = world.call(&call(hook, hook)).await.cards();
        assert!(!cards.is_empty(), "{hook}");
        for card in &cards {
            assert!(card["uuid"].is_string() && card["source"]["label"].is_string());
            assert!(
                card["summary"]
                    .as_str()
                    .is_some_and(|it| it.chars().count() < 140)
            );
        }
    }
    let words = |lang: &'static str| {
        let token = world.token(SERVICE, &json!({}));
        let request = Request::post(SERVICE, &call("order-sign", "words")).bearer(&token);
        let request = request.with("accept-language", lang);
        async move { request.send(world.address).await.cards()[0]["summary"].clone() }
    };
    let (nb, en): (Value, Value) = (words("nb").await, words("en").await);
    assert_ne!(nb, en);
}

#[tokio::test]
async fn an_order_without_a_drug_is_answered_with_no_cards_and_not_with_an_error() {
    let world = World::new().await;
    let mut empty = call("order-select", "empty");
    empty["context"]["draftOrders"] = json!({
        "resourceType": "Bundle", "type": "collection",
        "entry": [{ "resource": { "resourceType": "MedicationRequest", "id": "request-123", "status": "draft", "authoredOn": "2026-11-22",
            "subject": { "reference": "Patient/p1" } } }],
    });
    empty.as_object_mut().expect("an object").remove("prefetch");
    let answer = world.call(&empty).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"cards":[]}"#)
    );
}

/// Key left out, `null`, an OperationOutcome, an empty list, and a page of several: only the empty list says that there is none.
#[tokio::test]
async fn the_kinds_of_missing_prefetch_are_told_apart() {
    let world = World::new().await;
    let outcome = json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "forbidden" }] });
    let empty = json!({ "resourceType": "Bundle", "type": "searchset", "total": 0 });
    let part = json!({ "resourceType": "Bundle", "type": "searchset", "total": 3, "entry": [],
        "link": [{ "relation": "next", "url": "https://epj.example.no/fhir?page=2" }] });
    let detail = async |allergies: Option<Value>| {
        let mut call = call("order-sign", "same");
        let prefetch = call["prefetch"].as_object_mut().expect("an object");
        match allergies {
            Some(value) => prefetch.insert("allergies".to_owned(), value),
            None => prefetch.remove("allergies"),
        };
        world.call(&call).await.cards()[0]["detail"]
            .as_str()
            .expect("text")
            .to_owned()
    };
    let known = detail(Some(empty)).await;
    for missing in [None, Some(Value::Null), Some(outcome), Some(part)] {
        let told = detail(missing.clone()).await;
        assert_ne!(
            told, known,
            "{missing:?}: the card names what was not looked at"
        );
    }
}

#[tokio::test]
async fn without_the_patients_own_record_nothing_can_be_said_and_that_is_412() {
    let world = World::new().await;
    for patient in [
        None,
        Some(Value::Null),
        Some(json!({ "resourceType": "OperationOutcome", "issue": [] })),
    ] {
        let mut call = call("order-sign", "x");
        let prefetch = call["prefetch"].as_object_mut().expect("an object");
        match patient {
            Some(value) => prefetch.insert("patient".to_owned(), value),
            None => prefetch.remove("patient"),
        };
        let answer = world.call(&call).await;
        assert_eq!(
            (answer.status, answer.issue().as_str()),
            (412, "incomplete")
        );
    }
}

#[tokio::test]
async fn a_silent_client_gets_no_cards_and_what_it_would_have_got_is_counted() {
    let world = World::of(Wish {
        mode: Mode::Silent,
        ..Wish::default()
    })
    .await;
    let answer = world.call(&call("order-sign", "x")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"cards":[]}"#)
    );
    let met = world.met().await;
    assert!(
        !met.is_empty() && met.values().all(|it| it.shown == 0 && it.measured == 1),
        "{met:?}"
    );
}

#[tokio::test]
async fn the_same_call_again_is_one_card() {
    let world = World::new().await;
    let first = world.call(&call("order-sign", "again")).await.cards();
    let second = world.call(&call("order-sign", "again")).await.cards();
    assert_eq!(first, second);
    let met = world.met().await;
    assert!(met.values().all(|it| it.shown == 1), "{met:?}");
    let third = world.call(&call("order-sign", "another")).await.cards();
    assert_ne!(first[0]["uuid"], third[0]["uuid"]);
}

/// Two patients who differ in what matters, asked about a hundred times at once: each answer is its own patient's.
#[tokio::test]
async fn nobody_is_told_of_another_patient_however_many_ask_at_once() {
    let world = World::new().await;
    let allergic = |patient: &str, instance: &str| {
        let mut call = call_about("order-sign", instance, patient);
        call["prefetch"]["allergies"] = json!({ "resourceType": "Bundle", "type": "searchset", "total": 1, "entry": [{ "resource": {
            "resourceType": "AllergyIntolerance", "id": "a1", "patient": { "reference": format!("Patient/{patient}") },
            "clinicalStatus": { "coding": [{ "code": "active" }] }, "criticality": "high",
            "code": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }] },
            "reaction": [{ "manifestation": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "39579001" }] }], "severity": "severe" }],
        } }] });
        call
    };
    let told = |answer: crate::wire::Answer| {
        let cards = answer.cards();
        let kinds = cards.iter().map(|it| {
            it["source"]["topic"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        });
        (
            answer.body.contains("Patient/other"),
            kinds.collect::<Vec<_>>(),
        )
    };
    let plain = told(world.call(&call_about("order-sign", "a", "own")).await);
    let other = told(world.call(&allergic("other", "b")).await);
    assert_ne!(plain.1, other.1, "the allergy changes the advice");
    let (plain, other, world) = (&plain, &other, &world);
    let mut all = Vec::new();
    for number in 0..50 {
        all.push((
            plain,
            world.token(SERVICE, &json!({})),
            call_about("order-sign", &format!("a{number}"), "own"),
        ));
        all.push((
            other,
            world.token(SERVICE, &json!({})),
            allergic("other", &format!("b{number}")),
        ));
    }
    let mut asked = tokio::task::JoinSet::new();
    for (expected, token, body) in all {
        let (expected, address) = (expected.1.clone(), world.address);
        asked.spawn(async move {
            let answer = Request::post(SERVICE, &body)
                .bearer(&token)
                .send(address)
                .await;
            (expected, body["context"]["patientId"] == "other", answer)
        });
    }
    let mut answered = 0;
    while let Some(one) = asked.join_next().await {
        let (expected, is_other, answer) = one.expect("nobody panics");
        if answer.status == 503 {
            continue; // turned away is not told anything
        }
        answered += 1;
        let (names_other, kinds) = told(answer);
        assert_eq!(kinds, expected);
        assert!(is_other || !names_other);
    }
    assert!(answered >= 64, "{answered} of 100 were answered");
}

#[tokio::test]
async fn the_demo_answers_unsigned_calls_of_this_machine() {
    let world = World::demo().await;
    let request = Request::get("/cds-services").with("host", "127.0.0.1");
    assert_eq!(request.send(world.address).await.status, 200);
    let request = Request::post(SERVICE, &call("order-sign", "x")).with("host", "localhost");
    assert!(!request.send(world.address).await.cards().is_empty());
    let met = world.met().await;
    assert!(met.values().all(|it| it.shown == 1), "{met:?}");
}
