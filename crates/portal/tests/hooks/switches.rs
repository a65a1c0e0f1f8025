//! A rule that is switched off says nothing, without a release and without a restart.

use std::time::Duration;

use crate::wire::Request;
use crate::world::{World, call};

#[tokio::test]
async fn a_rule_that_another_server_switched_off_is_silent_within_a_second() {
    let world = World::new().await;
    assert!(
        !world
            .call(&call("order-sign", "1"))
            .await
            .cards()
            .is_empty()
    );
    world.switch_off("pneumonia").await;
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    let answer = world.call(&call("order-sign", "2")).await;
    assert!(!answer.body.contains("pneumonia"), "{answer:?}");
}

#[tokio::test]
async fn everything_can_be_switched_off() {
    let world = World::new().await;
    world.switch_off("*").await;
    for hook in ["patient-view", "order-select", "order-sign"] {
        assert!(
            world.call(&call(hook, hook)).await.cards().is_empty(),
            "{hook}"
        );
    }
    let plans = Request::get("/fhir/PlanDefinition")
        .send(world.address)
        .await
        .json();
    assert_eq!(plans["total"], 0, "vendors are handed nothing either");
}
