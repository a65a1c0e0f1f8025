//! What an order being written says of drug, dose, frequency and length, and what it does not.

use riktig_codes::Route;
use riktig_guideline::DraftOrder;
use serde_json::{Value, json};

mod world;
use world::{draft_of, reading};

fn order(change: impl FnOnce(&mut Value)) -> DraftOrder {
    reading(|it| change(draft_of(it))).patient.orders[0].clone()
}

fn dosed(value: f64, unit: &str, drug: &str) -> Option<Vec<f64>> {
    order(|it| {
        it["medicationCodeableConcept"]["text"] = json!(drug);
        it["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"] =
            json!({ "value": value, "code": unit });
    })
    .milligrams
}

#[test]
fn a_dose_is_told_in_milligrams_or_by_the_strength_that_the_product_states() {
    assert_eq!(dosed(1.0, "g", ""), Some(vec![1000.0]));
    assert_eq!(dosed(500.0, "mg", "whatever"), Some(vec![500.0]));
    assert_eq!(
        dosed(2.0, "{tbl}", "Apocillin tab 660 mg"),
        Some(vec![1320.0])
    );
    assert_eq!(
        dosed(10.0, "mL", "Apocillin mikst 50 mg/ml"),
        Some(vec![500.0])
    );
    // No strength, no dose; a strength of millilitres is none of tablets.
    assert_eq!(dosed(2.0, "{tbl}", "Apocillin"), None);
    assert_eq!(dosed(2.0, "{tbl}", "Apocillin mikst 50 mg/ml"), None);
    assert_eq!(dosed(10.0, "mL", "Apocillin tab 660 mg"), None);
    assert_eq!(dosed(10.0, "[drp]", "Apocillin tab 660 mg"), None);
    assert_eq!(dosed(-1.0, "g", ""), None);
}

#[test]
fn a_combination_is_dosed_by_its_tablets_and_not_by_a_sum_of_milligrams() {
    let combined = |value: f64, unit: &str| {
        order(|it| {
            it["medicationCodeableConcept"] = json!({
                "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01EE01" }], "text": "Bactrim tab 80 mg/400 mg"
            });
            it["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"] = json!({ "value": value, "code": unit });
        })
        .milligrams
    };
    assert_eq!(combined(2.0, "{tbl}"), Some(vec![160.0, 800.0]));
    assert_eq!(combined(960.0, "mg"), None);
}

#[test]
fn a_products_ingredients_tell_its_strength_before_its_words() {
    let read = order(|it| {
        it.as_object_mut()
            .unwrap()
            .remove("medicationCodeableConcept");
        it["contained"] = json!([{
            "resourceType": "Medication", "id": "m",
            "code": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }], "text": "tab" },
            "ingredient": [{ "strength": { "numerator": { "value": 650, "code": "mg" }, "denominator": { "value": 1, "unit": "tablett" } } }]
        }]);
        it["medicationReference"] = json!({ "reference": "#m" });
    });
    assert_eq!(read.atc.unwrap().as_str(), "J01CE02");
    assert_eq!(read.milligrams, Some(vec![650.0]));
}

fn timed(timing: Value) -> (Option<u8>, Option<u16>) {
    let read = order(|it| it["dosageInstruction"][0]["timing"] = timing);
    (read.times_per_day, read.days)
}

#[test]
fn frequency_and_length_are_read_where_they_can_mean_one_thing_only() {
    let repeat = |it: Value| timed(json!({ "repeat": it }));
    let five = json!({ "value": 5, "code": "d" });
    assert_eq!(
        repeat(json!({ "frequency": 3, "period": 1, "periodUnit": "d", "boundsDuration": five })),
        (Some(3), Some(5))
    );
    assert_eq!(
        repeat(json!({ "frequency": 1, "period": 8, "periodUnit": "h" })),
        (Some(3), None)
    );
    assert_eq!(
        repeat(json!({ "period": 1, "periodUnit": "d", "when": ["MORN", "NIGHT"] })),
        (Some(2), None)
    );
    assert_eq!(
        repeat(json!({ "boundsPeriod": { "start": "2026-01-10", "end": "2026-01-14" } })),
        (None, Some(5))
    );
    assert_eq!(
        repeat(json!({ "boundsDuration": { "value": 1, "unit": "uke" } })),
        (None, Some(7))
    );
    assert_eq!(
        timed(json!({ "code": { "coding": [{ "code": "TID" }] } })),
        (Some(3), None)
    );
    // Three to four times a day; every five hours; as needed; a month.
    assert_eq!(
        repeat(json!({ "frequency": 3, "frequencyMax": 4, "period": 1, "periodUnit": "d" })).0,
        None
    );
    assert_eq!(
        repeat(json!({ "frequency": 1, "period": 5, "periodUnit": "h" })).0,
        None
    );
    assert_eq!(
        repeat(json!({ "boundsDuration": { "value": 1, "code": "mo" } })).1,
        None
    );
    assert_eq!(
        order(|it| it["dosageInstruction"][0]["asNeededBoolean"] = json!(true)).times_per_day,
        None
    );
}

#[test]
fn an_order_with_two_instructions_is_read_if_the_first_is_for_the_first_day() {
    let both = |first_days: u16| {
        order(|it| {
            let rest = it["dosageInstruction"][0].clone();
            let mut first = rest.clone();
            first["sequence"] = json!(1);
            first["timing"]["repeat"]["boundsDuration"]["value"] = json!(first_days);
            it["dosageInstruction"] = json!([rest, first]);
        })
    };
    let read = both(1);
    assert_eq!((read.days, read.times_per_day), (Some(8), Some(4)));
    let read = both(3);
    assert_eq!(
        (read.days, read.times_per_day, read.milligrams),
        (None, None, None)
    );
}

#[test]
fn a_prescription_to_be_fetched_later_waits() {
    let waits = |day: &str| {
        order(|it| it["dispenseRequest"] = json!({ "validityPeriod": { "start": day } })).waiting
    };
    assert!(waits("2026-01-12") && !waits("2026-01-10"));
}

#[test]
fn a_route_is_read_by_its_code_or_its_word() {
    let route = |it: Value| order(|order| order["dosageInstruction"][0]["route"] = it).route;
    assert_eq!(
        route(
            json!({ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7477", "code": "53" }] })
        ),
        Some(Route::Oral)
    );
    assert_eq!(
        route(json!({ "text": "Intravenøs" })),
        Some(Route::Parenteral)
    );
    assert_eq!(
        route(json!({ "coding": [{ "system": "x", "code": "53" }] })),
        None
    );
}

#[test]
fn an_orders_reason_may_be_a_reference_to_a_diagnosis_of_the_call() {
    let with = |reference: &'static str| {
        let read = reading(move |it| {
            it["prefetch"]["conditions"]["entry"][0]["resource"]["id"] = json!("c1");
            draft_of(it)["reasonReference"] = json!({ "reference": reference });
        });
        read.patient.orders[0].reasons.len()
    };
    assert_eq!((with("Condition/c1"), with("Condition/c2")), (1, 0));
}
