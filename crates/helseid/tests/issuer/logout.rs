//! Logging out: from here, and from the issuer.

use riktig_helseid::{LogoutError, Secret, TokenRefusal};
use riktig_testkit::issuer::CLIENT_ID;
use serde_json::{Value, json};

use crate::world::World;

fn token(world: &World, kind: &str, changes: Value) -> String {
    let mut claims = json!({
        "aud": CLIENT_ID,
        "sid": "session of doctor",
        "sub": "sub of doctor",
        "jti": Secret::random().reveal(),
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    world.issuer.sign(kind, &claims) // leaves out what is null
}

#[tokio::test]
async fn the_issuer_ends_a_session_once() {
    let world = World::new().await;
    let sent = token(&world, "logout+jwt", json!({}));
    let ended = world.client.logout_token(&sent, world.now).await.unwrap();
    assert_eq!(ended.sid.unwrap().reveal(), "session of doctor");
    assert_eq!(ended.sub.unwrap().reveal(), "sub of doctor");
    let again = world
        .client
        .logout_token(&sent, world.now)
        .await
        .unwrap_err();
    assert!(matches!(again, LogoutError::Replayed));
    assert_eq!((again.status(), again.name()), (400, "replayed"));
}

#[tokio::test]
async fn one_of_session_and_person_is_enough() {
    let world = World::new().await;
    for (missing, kind) in [("sid", "logout+jwt"), ("sub", "JWT")] {
        let sent = token(&world, kind, json!({ missing: null }));
        let ended = world.client.logout_token(&sent, world.now).await.unwrap();
        assert_eq!(ended.sid.is_none(), missing == "sid");
    }
}

#[tokio::test]
async fn every_spoiled_logout_token_is_refused_for_its_own_reason() {
    use TokenRefusal::*;
    let world = World::new().await;
    let second = world.now.as_second();
    let event = "http://schemas.openid.net/event/backchannel-logout";
    for (changes, why) in [
        (json!({ "iss": "https://evil.example.org" }), Issuer),
        (json!({ "aud": "somebody else" }), Audience),
        (json!({ "exp": second - 10 }), Expired),
        (json!({ "iat": second + 11 }), NotYet),
        (json!({ "iat": second - 311, "exp": null }), TooOld),
        (json!({ "iat": null }), Missing("iat")),
        (json!({ "events": null }), Event),
        (json!({ "events": {} }), Event),
        (json!({ "events": { event: "now" } }), Event),
        (json!({ "events": [event] }), Claims),
        (json!({ "nonce": "n" }), HasNonce),
        (json!({ "sid": null, "sub": null }), Missing("sid")),
        (json!({ "sid": "", "sub": null }), Missing("sid")),
        (json!({ "jti": null }), Missing("jti")),
    ] {
        let shown = changes.to_string();
        let sent = token(&world, "logout+jwt", changes);
        let refusal = world
            .client
            .logout_token(&sent, world.now)
            .await
            .unwrap_err();
        assert!(
            matches!(refusal, LogoutError::Token(found) if found == why),
            "{shown}: {refusal}"
        );
    }
    let access = token(&world, "at+jwt", json!({}));
    let refusal = world
        .client
        .logout_token(&access, world.now)
        .await
        .unwrap_err();
    assert!(matches!(refusal, LogoutError::Token(Kind)), "{refusal}");
}

#[tokio::test]
async fn an_id_token_ends_no_session() {
    let world = World::new().await;
    let login = world.log_in("doctor").await.unwrap();
    let refusal = world
        .client
        .logout_token(login.id_token.reveal(), world.now)
        .await;
    assert!(matches!(
        refusal,
        Err(LogoutError::Token(TokenRefusal::Event))
    ));
}

#[tokio::test]
async fn from_here_the_browser_goes_to_the_issuer_and_back() {
    let world = World::with(|_, settings| {
        settings.post_logout_redirect_uri = Some("https://portal.example.org/out".parse().unwrap());
    })
    .await;
    let state = Secret::new("s");
    assert_eq!(
        world.client.end_session_url(&Secret::new("t"), &state),
        None,
        "not reached yet"
    );
    let login = world.log_in("doctor").await.unwrap();
    let url = world
        .client
        .end_session_url(&login.id_token, &state)
        .unwrap();
    let query: Vec<_> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert!(url.as_str().starts_with(world.issuer.url()));
    assert_eq!(
        query,
        [
            "id_token_hint",
            "client_id",
            "post_logout_redirect_uri",
            "state"
        ]
    );
}
