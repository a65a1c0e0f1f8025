//! What was done with cards.

use serde_json::{Value, json};

use crate::wire::Request;
use crate::world::{FEEDBACK, NOW, World, call};

/// A card that this doctor got, by HPR number.
async fn card(world: &World, hpr: u32) -> Value {
    let mut call = call("order-sign", &hpr.to_string());
    call["prefetch"]["prescriber"] = json!({ "resourceType": "Practitioner", "id": "1",
        "identifier": [{ "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": hpr.to_string() }] });
    world.call(&call).await.cards()[0].clone()
}

/// Four more doctors than the one of the test take what is suggested: with five, what was done is told.
async fn four_accept(world: &World) {
    for hpr in 9_144_901..=9_144_904 {
        let told = accepted(&card(world, hpr).await, "yesterday");
        assert_eq!(world.post(FEEDBACK, &told).await.status, 200);
    }
}

fn accepted(card: &Value, at: &str) -> Value {
    let id = card["suggestions"][0]["uuid"].as_str().unwrap_or("s1");
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
