//! An answer becomes cards that keep what CDS Hooks demands, and suggestions that a client can take over as they are.

use insta::assert_snapshot;
use riktig_fhir::{HookRequest, Version, violations};
use serde_json::{Value, json};

mod world;
use world::{answer, answer_to, bundle, call, condition, draft_of, guideline};

fn penicillin_allergy(manifestation: &str) -> Value {
    json!({
        "resourceType": "AllergyIntolerance", "patient": { "reference": "Patient/p1" },
        "code": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }] },
        "reaction": [{ "manifestation": [{ "text": manifestation }] }]
    })
}

fn json_of(response: &riktig_fhir::HookResponse) -> Value {
    let json = serde_json::to_value(response).unwrap();
    assert_eq!(violations(&json), Vec::<&str>::new(), "{json:#}");
    json
}

#[test]
fn an_order_two_days_too_long_gets_a_card_with_the_changed_order() {
    let response = answer(Version::V2, |_| {});
    assert_snapshot!(format!("{:#}", json_of(&response)));
}

#[test]
fn an_order_that_the_patient_must_not_have_is_critical() {
    let response = answer(Version::V2, |it| {
        it["prefetch"]["allergies"] = bundle(json!([penicillin_allergy("Anafylaksi")]));
    });
    let json = json_of(&response);
    assert_eq!(json["cards"][0]["indicator"], "critical");
    assert_eq!(json["cards"][0]["source"]["label"], "The patient's record");
    assert_snapshot!(format!("{:#}", json["cards"][0]["source"]));
}

#[test]
fn an_allergy_of_unknown_kind_is_asked_about() {
    let response = answer(Version::V2, |it| {
        it["prefetch"]["allergies"] = bundle(json!([penicillin_allergy("utslett")]));
    });
    assert_eq!(response.shown[0].kind, "clarify_allergy");
    json_of(&response);
}

#[test]
fn an_order_without_a_reason_offers_reasons_and_recommends_none() {
    let response = answer(Version::V2, |it| {
        it["prefetch"]["conditions"] = bundle(json!([]));
    });
    let json = json_of(&response);
    assert_eq!(response.shown[0].kind, "diagnosis_missing");
    let suggestions = json["cards"][0]["suggestions"].as_array().unwrap();
    assert!(
        suggestions
            .iter()
            .all(|it| it.get("isRecommended").is_none())
    );
    assert_snapshot!(format!("{:#}", suggestions[0]));
}

#[test]
fn a_suggested_order_keeps_what_we_know_nothing_of_and_mends_what_r4_forbids() {
    let response = answer(Version::V2, |it| {
        let draft = draft_of(it);
        draft["category"] = json!({ "coding": { "code": "community" } });
        let pneumonia = json!({ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R81" });
        draft["reasonCode"] = json!({ "text": "pneumoni", "coding": pneumonia });
        draft["text"] = json!({ "status": "generated", "div": "<div>the old order</div>" });
        draft["note"] = json!([]);
        draft.as_object_mut().unwrap().remove("intent");
    });
    let json = json_of(&response);
    let order = &json["cards"][0]["suggestions"][0]["actions"][0]["resource"];
    assert_eq!(order["extension"][0]["valueString"], "kept");
    assert_eq!(
        order["category"],
        json!([{ "coding": [{ "code": "community" }] }])
    );
    assert_eq!(order["intent"], "order");
    assert_eq!((order.get("text"), order.get("note")), (None, None));
    assert_eq!(order["reasonCode"][0]["text"], "pneumoni");
}

#[test]
fn a_suggested_order_taken_over_agrees() {
    let response = answer(Version::V2, |_| {});
    let json = json_of(&response);
    let order = json["cards"][0]["suggestions"][0]["actions"][0]["resource"].clone();
    let next = answer(Version::V2, |it| {
        it["hook"] = json!("order-select");
        *draft_of(it) = order;
    });
    assert_eq!(next.shown[0].kind, "agrees");
}

#[test]
fn every_worked_dose_that_is_suggested_agrees_when_it_comes_back() {
    let mut suggested = Vec::new();
    for condition in guideline().conditions() {
        let Some(code) = condition.codes.icpc2.first() else {
            continue;
        };
        let with_code = |it: &mut Value| {
            it["prefetch"]["conditions"] = bundle(json!([self::condition(
                "urn:oid:2.16.578.1.12.4.1.1.7170",
                code.as_str()
            )]));
            // Not in any line of primary care: the first choice is another drug.
            draft_of(it)["medicationCodeableConcept"]["coding"][0]["code"] = json!("J01XX08");
        };
        let json = json_of(&answer(Version::V2, with_code));
        for card in json["cards"].as_array().unwrap() {
            for suggestion in card["suggestions"].as_array().into_iter().flatten() {
                let order = suggestion["actions"][0]["resource"].clone();
                let next = answer(Version::V2, |it| {
                    with_code(it);
                    it["hook"] = json!("order-select");
                    *draft_of(it) = order.clone();
                });
                let kinds: Vec<&str> = next.shown.iter().map(|it| it.kind).collect();
                suggested.push(format!(
                    "{} {} {kinds:?}",
                    condition.id, suggestion["label"]
                ));
            }
        }
    }
    assert_snapshot!(suggested.join("\n"));
}

#[test]
fn nothing_to_say_is_an_empty_list_of_cards() {
    let response = answer(Version::V2, |it| {
        draft_of(it)["medicationCodeableConcept"]["coding"][0]["code"] = json!("N02BE01");
    });
    assert_eq!(json_of(&response), json!({ "cards": [] }));
}

#[test]
fn that_an_order_agrees_is_told_when_it_is_chosen_and_not_when_it_is_signed() {
    let five_days = |hook: &'static str| {
        answer(Version::V2, move |it| {
            it["hook"] = json!(hook);
            draft_of(it)["dosageInstruction"][0]["timing"]["repeat"]["boundsDuration"]["value"] =
                json!(5);
        })
    };
    assert_eq!(five_days("order-select").shown[0].kind, "agrees");
    assert_eq!(five_days("order-sign").cards, []);
}

#[test]
fn the_same_call_has_the_same_uuids_and_another_call_others() {
    let uuids = |instance: &'static str| {
        let response = answer(Version::V2, move |it| it["hookInstance"] = json!(instance));
        let suggestions = response
            .cards
            .iter()
            .flat_map(|it| it.suggestions.iter().map(|it| it.uuid.clone()));
        response
            .cards
            .iter()
            .map(|it| it.uuid.clone())
            .chain(suggestions)
            .collect::<Vec<_>>()
    };
    assert_eq!(uuids("a"), uuids("a"));
    assert!(uuids("a").iter().all(|it| !uuids("b").contains(it)));
}

#[test]
fn a_call_about_another_patient_by_the_same_name_has_other_uuids() {
    let uuids = |patient: &str| {
        let call = call()
            .to_string()
            .replace("Patient/p1", &format!("Patient/{patient}"))
            .replace("\"p1\"", &format!("\"{patient}\""));
        let request = HookRequest::read(call.as_bytes()).unwrap();
        let (_, response) = answer_to(&request, Version::V2);
        let card = &response.cards[0];
        [card.uuid.clone(), card.suggestions[0].uuid.clone()]
    };
    assert_eq!(uuids("p1"), uuids("p1"));
    assert!(uuids("p1").iter().all(|it| !uuids("p2").contains(it)));
}

#[test]
fn a_clients_text_is_never_in_a_card() {
    let evil = "<img src=x onerror=alert(1)>";
    let response = answer(Version::V2, |it| {
        let draft = draft_of(it);
        draft["medicationCodeableConcept"]["text"] = json!(evil);
        it["prefetch"]["conditions"]["entry"][0]["resource"]["code"]["text"] = json!(evil);
        it["prefetch"]["allergies"] = bundle(json!([penicillin_allergy(evil)]));
    });
    for card in &response.cards {
        let shown = format!("{} {} {}", card.summary, card.detail, card.source.label);
        assert!(!shown.contains("img"), "{shown}");
    }
}

#[test]
fn an_opened_record_is_offered_a_new_order() {
    let response = answer(Version::V2, |it| {
        it["hook"] = json!("patient-view");
        it["context"]["encounterId"] = json!("e1");
        it["prefetch"]["conditions"] = bundle(json!([world::pneumonia()]));
    });
    json_of(&response);
    assert!(response.cards.iter().all(|it| {
        it.suggestions
            .iter()
            .all(|it| matches!(it.actions[0], riktig_fhir::Action::Create { .. }))
    }));
}

#[test]
fn version_3_says_that_actions_belong_together_and_version_2_does_not() {
    let behavior = |version| {
        json_of(&answer(version, |_| {}))["cards"][0]["suggestions"][0]
            .get("actionSelectionBehavior")
            .cloned()
    };
    assert_eq!(behavior(Version::V2), None);
    assert_eq!(behavior(Version::V3), Some(json!("all")));
}

#[test]
fn what_was_not_looked_at_is_named_on_the_card() {
    let mut call = call();
    call["prefetch"]
        .as_object_mut()
        .unwrap()
        .remove("allergies");
    let request = HookRequest::read(call.to_string().as_bytes()).unwrap();
    let (answer, response) = answer_to(&request, Version::V2);
    assert!(
        answer
            .not_checked
            .contains(&riktig_guideline::Missing::Allergies)
    );
    assert!(response.cards[0].detail.contains("Not checked"));
}

/// A card with everything in it that a rule can be broken in.
/// It stands with the advice, and what is suggested is recommended all the same.
#[test]
fn a_card_says_once_for_whom_it_is_not_meant_and_a_referral_does_not() {
    let json = json_of(&answer(Version::V2, |_| {}));
    let card = &json["cards"][0];
    let detail = card["detail"].as_str().unwrap();
    assert_eq!(detail.matches("Not for").count(), 1, "{detail}");
    assert_eq!(card["suggestions"][0]["isRecommended"], true);
    let forbidden = json_of(&answer(Version::V2, |it| {
        it["prefetch"]["allergies"] = bundle(json!([penicillin_allergy("Anafylaksi")]));
    }));
    let detail = forbidden["cards"][0]["detail"].as_str().unwrap();
    assert!(!detail.contains("Not for"), "{detail}");
}

fn good_card() -> Value {
    json!({ "cards": [{
        "uuid": "1", "summary": "s", "detail": "d", "indicator": "info",
        "source": { "label": "l", "url": "https://example.org", "topic": { "system": "s", "code": "c" } },
        "selectionBehavior": "at-most-one",
        "suggestions": [
            { "uuid": "2", "label": "l", "isRecommended": true, "actions": [
                { "type": "create", "description": "d", "resource": { "resourceType": "MedicationRequest" } },
                { "type": "delete", "description": "d", "resourceId": "MedicationRequest/1" }
            ] },
            { "uuid": "3", "label": "l", "actions": [
                { "type": "update", "description": "d", "resource": { "resourceType": "MedicationRequest", "id": "1" } }
            ] }
        ],
        "overrideReasons": [{ "code": "c", "system": "s", "display": "d" }],
        "links": [{ "label": "l", "url": "https://example.org", "type": "absolute" }]
    }] })
}

#[test]
fn the_rules_notice_every_planted_fault() {
    assert_eq!(violations(&good_card()), Vec::<&str>::new());
    let x = |count| Value::from("x".repeat(count));
    let faults = [
        ("/cards/0/summary", x(140)),
        ("/cards/0/summary", json!(null)),
        ("/cards/0/detail", json!("<b>d</b>")),
        ("/cards/0/indicator", json!("hard-stop")),
        ("/cards/0/source/label", json!(null)),
        ("/cards/0/source/url", json!("/page")),
        ("/cards/0/source/topic/code", json!(null)),
        ("/cards/0/source/topic/system", json!(null)),
        ("/cards/0/source", json!({})),
        ("/cards/0/selectionBehavior", json!(null)),
        ("/cards/0/selectionBehavior", json!("all")),
        ("/cards/0/suggestions/0/uuid", json!("1")),
        ("/cards/0/suggestions/0/label", json!("")),
        ("/cards/0/suggestions/1/isRecommended", json!(true)),
        ("/cards/0/suggestions/0/actions/0/type", json!("CREATE")),
        ("/cards/0/suggestions/0/actions/0/description", json!(null)),
        ("/cards/0/suggestions/0/actions/0/resource", json!(null)),
        ("/cards/0/suggestions/0/actions/1/resourceId", json!(null)),
        (
            "/cards/0/suggestions/0/actions/1/resource",
            json!({ "id": "1" }),
        ),
        ("/cards/0/suggestions/1/actions/0/resource/id", json!(null)),
        ("/cards/0/overrideReasons/0/display", json!(null)),
        ("/cards/0/overrideReasons/0/system", json!(null)),
        ("/cards/0/overrideReasons/0/code", json!(5)),
        ("/cards/0/links/0/label", json!(null)),
        ("/cards/0/links/0/url", json!("page")),
        ("/cards/0/links/0/type", json!("app")),
        ("/cards/0/links/0/appContext", json!("x")),
        ("/cards/0/links", json!([])),
        ("/cards", json!("none")),
    ];
    for (path, value) in faults {
        let mut card = good_card();
        let (parent, key) = path.rsplit_once('/').unwrap();
        let parent = card.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        // What is missing must be noticed for itself, and not for being null.
        match value {
            Value::Null => drop(parent.remove(key)),
            value => drop(parent.insert(key.to_owned(), value)),
        }
        assert_ne!(violations(&card), Vec::<&str>::new(), "{path}");
    }
}

#[test]
fn an_order_that_refers_to_a_diagnosis_we_do_not_have_is_not_said_to_have_none() {
    let response = answer(Version::V2, |it| {
        it["prefetch"]["conditions"] = bundle(json!([]));
        draft_of(it)["reasonReference"] = json!([{ "reference": "Condition/elsewhere" }]);
    });
    let kinds: Vec<&str> = response.shown.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, ["cannot_be_told"]);
}
