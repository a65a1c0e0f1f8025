//! The examples that `docs/reference/hooks.md` shows to vendors, and the description that is served.

use serde_json::{Value, json};

use crate::wire::{HOST, Request};
use crate::world::{ISSUER, NOW, SERVICE, World, call};

fn example(text: &str) -> Value {
    serde_json::from_str(text).expect("an example is JSON")
}

/// Header and claims as the chapter shows them, with this world's names and clock.
fn shown(world: &World) -> (Value, Value) {
    let mut header = example(include_str!(
        "../../../../docs/examples/hooks/token.header.json"
    ));
    let mut claims = example(include_str!(
        "../../../../docs/examples/hooks/token.claims.json"
    ));
    assert_eq!(header["kid"], "2026-12");
    assert_eq!(
        claims["exp"].as_i64(),
        claims["iat"].as_i64().map(|it| it + 300)
    );
    assert_eq!(claims["aud"], format!("https://riktig.example.no{SERVICE}"));
    header["kid"] = json!(world.key.kid());
    claims["iss"] = json!(ISSUER);
    claims["aud"] = json!(format!("https://{HOST}{SERVICE}"));
    (claims["iat"], claims["exp"]) = (json!(NOW), json!(NOW + 300));
    (header, claims)
}

#[tokio::test]
async fn a_token_as_the_chapter_shows_it_counts_once_and_none_of_its_claims_can_be_left_out() {
    let world = World::new().await;
    let body = call("order-sign", "example");
    let (header, claims) = shown(&world);
    let send = async |claims: &Value| {
        let token = world.key.sign(&header, claims);
        let asked = Request::post(SERVICE, &body).bearer(&token);
        asked.send(world.address).await.status
    };
    for left_out in claims.as_object().expect("an object").keys() {
        let mut less = claims.clone();
        less.as_object_mut().expect("an object").remove(left_out);
        assert!([401, 403].contains(&send(&less).await), "{left_out}");
    }
    assert_eq!(send(&claims).await, 200);
    assert_eq!(send(&claims).await, 401, "its name has been used");
}

#[tokio::test]
async fn the_description_is_served_with_the_servers_own_address_and_can_be_kept() {
    let world = World::new().await;
    let answer = Request::get("/openapi.json").send(world.address).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json; charset=utf-8")
    );
    let (served, mut written) = (
        answer.json(),
        example(include_str!(
            "../../../../docs/reference/cds-hooks.openapi.json"
        )),
    );
    written["servers"][0]["url"] = json!(format!("https://{HOST}"));
    assert_eq!(served, written);
    let again = Request::get("/openapi.json").with("if-none-match", answer.header("etag"));
    assert_eq!(again.send(world.address).await.status, 304);
}
