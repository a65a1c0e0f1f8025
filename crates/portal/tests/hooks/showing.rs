//! A silent system's answer stays empty until a second operator has approved that it is shown.

use std::time::Duration;

use riktig_journal::cds_client::{self, Mode};
use riktig_journal::policy::{About, Act};

use crate::world::{Wish, World, call};

/// What was read from the journal holds for a second.
async fn a_second_later() {
    tokio::time::sleep(Duration::from_millis(1_050)).await;
}

#[tokio::test]
async fn a_silent_clients_answer_stays_empty_until_a_second_operator_has_approved_and_is_empty_again_by_one()
 {
    let silent = Wish {
        mode: Mode::Silent,
        ..Wish::default()
    };
    let world = World::of(silent).await;
    let client = world.client.expect("two operators let it in");
    let empty = r#"{"cards":[]}"#;
    let answer = world.call(&call("order-sign", "before")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, empty));
    let number = world.propose_showing(client).await;
    a_second_later().await;
    let answer = world.call(&call("order-sign", "proposed")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, empty));
    world.approve_showing(client, number).await;
    a_second_later().await;
    let cards = world.call(&call("order-sign", "approved")).await.cards();
    assert!(!cards.is_empty());
    let mut keeping = world
        .acting(&world.operators[0], Act::KeepClient, About::Client(client))
        .await;
    cds_client::hush(&mut keeping).await.expect("it is shown");
    keeping.done().await.expect("written");
    a_second_later().await;
    let answer = world.call(&call("order-sign", "hushed")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, empty));
}
