//! Nothing says who the person is, but who asks for it.

use std::fmt::Write as _;

use riktig_helseid::{LoginError, Token};
use riktig_testkit::issuer::{Fault, Persona, Spoiled};
use serde_json::json;

use crate::world::World;

/// Everything that an error shows: itself, its causes and its debug form.
fn all_of(error: &LoginError) -> String {
    let mut text = format!("{error:?}");
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        write!(text, " {error}").unwrap();
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_login_shows_neither_identity_number_nor_token_nor_code() {
    let world = World::new().await;
    let (url, pending) = world.client.begin(world.now).await.unwrap();
    let callback = world.issuer.log_in(&url, "doctor");
    let code = callback.code.clone().unwrap();
    let state = pending.state().clone();
    let shown = format!("{pending:?} {callback:?}");
    let login = world
        .client
        .finish(pending, &callback, world.now)
        .await
        .unwrap();
    let token = Token::read(login.id_token.reveal()).unwrap();
    let shown = format!("{shown} {login:?} {token:?}");
    let pid = Persona::new("doctor", 1, None).pid;
    for secret in [
        pid.as_str(),
        code.reveal(),
        state.reveal(),
        login.id_token.reveal(),
        "sub of doctor",
        "session of doctor",
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn no_refusal_repeats_what_came_in() {
    let world = World::new().await;
    let pid = Persona::new("doctor", 1, None).pid;
    let planted = "13097248022";
    for fault in [
        Fault::IdToken(Spoiled::Claims(json!({ "iss": planted }))),
        Fault::IdToken(Spoiled::Claims(json!({ "nonce": planted }))),
        Fault::IdToken(Spoiled::Claims(json!({ "exp": planted }))),
        Fault::IdToken(Spoiled::Claims(json!({ "aud": { planted: planted } }))),
        Fault::IdToken(Spoiled::Claims(
            json!({ "helseid://claims/identity/pid": format!("{planted}x") }),
        )),
        Fault::IdToken(Spoiled::Claims(
            json!({ "helseid://claims/hpr/hpr_number": planted }),
        )),
        Fault::IdToken(Spoiled::Claims(
            json!({ "helseid://claims/identity/security_level": planted }),
        )),
        Fault::IdToken(Spoiled::Header(json!({ "kid": planted }))),
        Fault::IdToken(Spoiled::Header(json!({ "typ": planted }))),
        Fault::CallbackIssuer(Some(planted)),
    ] {
        world.issuer.misbehave(fault);
        let outcome = world.log_in("doctor").await;
        world.issuer.behave();
        let shown = all_of(&outcome.unwrap_err());
        assert!(!shown.contains(planted) && !shown.contains(&pid), "{shown}");
    }
}
