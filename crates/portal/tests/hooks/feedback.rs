//! What was done with cards.

use serde_json::{Value, json};

use crate::wire::Request;
use crate::world::{FEEDBACK, NOW, World, call_about};

/// A card that this doctor got, by HPR number.
async fn card(world: &World, hpr: u32) -> Value {
    card_of(world, (&hpr.to_string(), "p1"), hpr).await
}

/// The card of a call by this name about this patient, an adult with pneumonia and an order of erythromycin: it suggests another drug.
async fn card_of(world: &World, (instance, patient): (&str, &str), hpr: u32) -> Value {
    let absent = |finding: &str| {
        json!({ "resource": {
            "resourceType": "Observation", "status": "final", "subject": { "reference": format!("Patient/{patient}") },
            "effectiveDateTime": day(), "valueBoolean": false,
            "code": { "coding": [{ "system": "https://riktig.invalid/fhir/CodeSystem/finding", "code": finding }] },
        } })
    };
    let mut call = call_about("order-sign", instance, patient);
    let draft = &mut call["context"]["draftOrders"]["entry"][0]["resource"];
    draft["medicationCodeableConcept"]["coding"][0]["code"] = json!("J01FA01");
    let prefetch = &mut call["prefetch"];
    prefetch["patient"]["birthDate"] = json!("1980-05-01");
    prefetch["patient"]["gender"] = json!("male");
    prefetch["observations"]["entry"] = json!(["nursing_home", "signs_of_viral_cause"].map(absent));
    prefetch["observations"]["total"] = json!(2);
    prefetch["prescriber"] = json!({ "resourceType": "Practitioner", "id": "1",
        "identifier": [{ "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": hpr.to_string() }] });
    let card = world.call(&call).await.cards()[0].clone();
    assert!(card["suggestions"][0]["uuid"].is_string(), "{card}");
    card
}

/// The day of the world's clock.
fn day() -> String {
    let now = jiff::Timestamp::from_second(NOW).expect("a moment");
    now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Four more doctors than the one of the test take what is suggested: with five, what was done is told.
async fn four_accept(world: &World) {
    for hpr in 9_144_901..=9_144_904 {
        let told = accepted(&card(world, hpr).await, "yesterday");
        assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    }
}

fn accepted(card: &Value, at: &str) -> Value {
    accepted_as(card, &card["suggestions"][0]["uuid"], at)
}

/// That a suggestion of this name was taken.
fn accepted_as(card: &Value, id: &Value, at: &str) -> Value {
    json!({ "feedback": [{ "card": card["uuid"], "outcome": "accepted", "acceptedSuggestions": [{ "id": id }], "outcomeTimestamp": at }] })
}

fn overridden(card: &Value, code: &str, at: &str) -> Value {
    json!({ "feedback": [{ "card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": at,
        "overrideReason": { "reason": { "code": code, "system": "s" }, "userComment": "Kari Nordmann vil ikke" } }] })
}

#[tokio::test]
async fn feedback_is_counted_once_for_each_card_and_never_where_nothing_was_told() {
    let world = World::new().await;
    four_accept(&world).await;
    let cards = [
        card(&world, 9_144_889).await,
        card(&world, 9_144_897).await,
        card(&world, 9_144_900).await,
    ];
    let moment = jiff::Timestamp::from_second(NOW - 10)
        .expect("a moment")
        .to_string();
    for _ in 0..2 {
        assert_eq!(
            world
                .post(FEEDBACK, &accepted(&cards[0], &moment))
                .await
                .status,
            200
        );
        assert_eq!(
            world
                .post(FEEDBACK, &overridden(&cards[1], "culture-result", &moment))
                .await
                .status,
            200
        );
    }
    let met = world.met().await;
    assert!(!met.is_empty());
    for (rule, met) in met {
        let answers = met.answers.expect("six have answered");
        assert_eq!(
            (met.shown, answers.accepted, answers.overridden),
            (7, 5, 1),
            "{rule}"
        );
        assert_eq!(
            answers.reasons,
            [("culture-result".to_owned(), 1)],
            "{rule}"
        );
    }
}

#[tokio::test]
async fn feedback_on_one_patients_card_counts_for_no_others_of_a_call_by_the_same_name() {
    let world = World::new().await;
    four_accept(&world).await;
    let one = card_of(&world, ("the same", "p1"), 9_144_889).await;
    let other = card_of(&world, ("the same", "p2"), 9_144_889).await;
    assert_ne!(one["uuid"], other["uuid"]);
    let told = overridden(&other, "culture-result", "yesterday");
    assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    let told = accepted(&one, "yesterday");
    assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    for (rule, met) in world.met().await {
        let answers = met.answers.expect("five have answered");
        assert_eq!(
            (met.shown, answers.accepted, answers.overridden),
            (6, 5, 1),
            "{rule}"
        );
    }
}

#[tokio::test]
async fn what_a_card_never_suggested_is_not_counted_as_taken_and_undoes_nothing() {
    let world = World::new().await;
    four_accept(&world).await;
    let card = card(&world, 9_144_889).await;
    let other = card_of(&world, ("another", "p1"), 9_144_897).await;
    let at = |seconds: i64| {
        let at = jiff::Timestamp::from_second(NOW - seconds);
        at.expect("a moment").to_string()
    };
    let told = overridden(&card, "culture-result", &at(20));
    assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    for id in [
        json!("s1"),
        card["uuid"].clone(),
        other["suggestions"][0]["uuid"].clone(),
        json!("00000000-0000-8000-8000-000000000000"),
    ] {
        // Answered as feedback on a card that is not there.
        let told = accepted_as(&card, &id, &at(10));
        assert_eq!(world.post(FEEDBACK, &told).await.status, 200, "{id}");
    }
    let both = json!([{ "id": "s1" }, { "id": other["suggestions"][0]["uuid"] }]);
    let mut told = accepted_as(&other, &json!(""), &at(10));
    told["feedback"][0]["acceptedSuggestions"] = both;
    assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    for (rule, met) in world.met().await {
        let answers = met.answers.expect("six have answered");
        assert_eq!((answers.accepted, answers.overridden), (5, 1), "{rule}");
    }
}

#[tokio::test]
async fn a_reason_that_is_not_on_the_list_is_counted_as_none() {
    let world = World::new().await;
    four_accept(&world).await;
    let card = card(&world, 9_144_889).await;
    let told = overridden(&card, "because I say so", "yesterday");
    assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    let answers = world
        .met()
        .await
        .into_values()
        .next()
        .and_then(|it| it.answers);
    assert_eq!(answers.expect("told").reasons, [(String::new(), 1)]);
}

#[tokio::test]
async fn feedback_that_cannot_be_read_counts_for_nothing_and_is_told_why() {
    let world = World::new().await;
    for body in [
        json!({}),
        json!({ "feedback": [] }),
        json!({ "feedback": [{ "card": "not-a-uuid", "outcome": "accepted", "acceptedSuggestions": [{ "id": "x" }] }] }),
        json!({ "feedback": [{ "outcome": "accepted" }] }),
        json!({ "feedback": [{ "card": "00000000-0000-0000-0000-000000000000", "outcome": "ignored" }] }),
    ] {
        let answer = world.post(FEEDBACK, &body).await;
        assert_eq!(
            (answer.status, answer.issue().as_str()),
            (400, "required"),
            "{body}"
        );
    }
    let text = Request::new("POST", FEEDBACK)
        .bearer(&world.token(FEEDBACK, &json!({})))
        .with("content-type", "text/plain")
        .body(b"{}");
    assert_eq!(text.send(world.address).await.status, 415);
}
