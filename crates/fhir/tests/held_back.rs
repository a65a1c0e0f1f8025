//! When an order is signed, no card means that it agrees: whatever holds a drug back has a card of its own.

use riktig_fhir::{HookResponse, Indicator, Version, violations};
use serde_json::{Value, json};

mod world;
use world::{answer, bundle, draft, draft_of, egfr, finding};

fn sign(change: impl FnOnce(&mut Value)) -> HookResponse {
    let response = answer(Version::V2, |it| {
        let course = &mut draft_of(it)["dosageInstruction"][0]["timing"]["repeat"];
        course["boundsDuration"]["value"] = json!(5);
        change(it);
    });
    let json = serde_json::to_value(&response).unwrap();
    assert_eq!(violations(&json), Vec::<&str>::new(), "{json:#}");
    response
}

fn summaries(response: &HookResponse) -> Vec<&str> {
    response.cards.iter().map(|it| &*it.summary).collect()
}

fn gravely_ill(call: &mut Value) {
    let found = finding("gravely_ill", json!({ "valueBoolean": true }));
    let entries = call["prefetch"]["observations"]["entry"].as_array_mut();
    entries.unwrap().push(json!({ "resource": found }));
}

#[test]
fn an_order_that_agrees_is_signed_without_a_card_and_one_held_back_is_not() {
    assert_eq!(sign(|_| {}).cards, []);
    let kidneys = sign(|it| it["prefetch"]["laboratory"] = bundle(json!([egfr(20)])));
    assert_eq!(summaries(&kidneys), ["Held back: kidney_function"]);
    let ill = sign(gravely_ill);
    assert_eq!(summaries(&ill), ["Held back: outside_scope"]);
    for response in [kidneys, ill] {
        let card = &response.cards[0];
        assert_eq!(card.indicator, Indicator::Warning);
        assert_eq!(card.source.topic.code, "cannot_be_told");
        // Nothing was advised that could be taken over or overridden.
        assert!(card.suggestions.is_empty() && card.override_reasons.is_empty());
        assert_eq!(response.shown[0].uuid, card.uuid);
    }
}

#[test]
fn an_order_whose_advice_depends_on_what_is_not_known_names_that_on_a_card() {
    let without_age = sign(|it| {
        it["prefetch"]["patient"]
            .as_object_mut()
            .unwrap()
            .remove("birthDate");
    });
    let card = &without_age.cards[0];
    assert_eq!(card.summary, "Held back: depends");
    assert_eq!(card.indicator, Indicator::Info);
    assert!(
        card.detail.contains("Not checked: \\[Age"),
        "{}",
        card.detail
    );
}

#[test]
fn an_order_that_is_no_antibiotic_and_a_record_that_is_opened_get_no_such_card() {
    let paracetamol = sign(|it| {
        gravely_ill(it);
        draft_of(it)["medicationCodeableConcept"]["coding"][0]["code"] = json!("N02BE01");
    });
    assert_eq!(paracetamol.cards, []);
    let opened = sign(|it| {
        gravely_ill(it);
        it["hook"] = json!("patient-view");
        it["context"].as_object_mut().unwrap().remove("draftOrders");
    });
    assert_eq!(opened.cards, []);
}

#[test]
fn each_order_that_is_held_back_has_a_card_of_its_own() {
    let several = |ids: &[&str]| {
        let orders: Vec<Value> = ids
            .iter()
            .map(|id| {
                let mut order = draft();
                order["id"] = json!(id);
                order
            })
            .collect();
        sign(|it| {
            gravely_ill(it);
            it["context"]["draftOrders"] = bundle(json!(orders));
        })
    };
    let four = several(&["a", "b", "c", "d"]);
    let held = summaries(&four)
        .iter()
        .filter(|it| it.starts_with("Held back"))
        .count();
    assert_eq!(held, 4, "{:?}", summaries(&four));
    let uuids: std::collections::BTreeSet<&str> = four.cards.iter().map(|it| &*it.uuid).collect();
    assert_eq!(uuids.len(), four.cards.len());
}
