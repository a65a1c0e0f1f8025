//! What was done with cards.

use serde_json::{Value, json};

use crate::wire::Request;
use crate::world::{FEEDBACK, NOW, World, call};

async fn card(world: &World, instance: &str) -> Value {
    world.call(&call("order-sign", instance)).await.cards()[0].clone()
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
    let cards = [
        card(&world, "a").await,
        card(&world, "b").await,
        card(&world, "c").await,
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
        let answers = met.answers.expect("nobody is known");
        assert_eq!(
            (met.shown, answers.accepted, answers.overridden),
            (3, 1, 1),
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
    let card = card(&world, "a").await;
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
