//! ID tokens that do not count, one fault each.

use riktig_helseid::{ClaimRefusal, LoginError, TokenRefusal};
use riktig_testkit::issuer::{Fault, Spoiled, level_three, no_hpr};
use serde_json::json;

use crate::world::World;

fn claims(changes: serde_json::Value) -> Fault {
    Fault::IdToken(Spoiled::Claims(changes))
}

fn header(changes: serde_json::Value) -> Fault {
    Fault::IdToken(Spoiled::Header(changes))
}

#[tokio::test]
async fn every_spoiled_id_token_is_refused_for_its_own_reason() {
    use TokenRefusal::*;
    let world = World::new().await;
    for (fault, why) in [
        (claims(json!({ "iss": "https://evil.example.org" })), Issuer),
        (
            claims(json!({ "iss": format!("{}/", world.issuer.url()) })),
            Issuer,
        ),
        (claims(json!({ "iss": null })), Missing("iss")),
        (claims(json!({ "aud": "somebody else" })), Audience),
        (
            claims(json!({ "aud": ["riktig-in-tests", "somebody else"] })),
            Audience,
        ),
        (claims(json!({ "aud": [] })), Audience),
        (claims(json!({ "aud": null })), Missing("aud")),
        (claims(json!({ "aud": 7 })), Claims),
        (claims(json!({ "azp": "somebody else" })), AuthorisedParty),
        (claims(json!({ "nonce": "of another login" })), Nonce),
        (claims(json!({ "nonce": null })), Missing("nonce")),
        (
            claims(json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" })),
            AccessTokenHash,
        ),
        (claims(json!({ "exp": null })), Missing("exp")),
        (claims(json!({ "iat": null })), Missing("iat")),
        (claims(json!({ "sub": null })), Missing("sub")),
        (claims(json!({ "sub": "" })), Missing("sub")),
        (claims(json!({ "exp": "soon" })), Claims),
        (claims(json!({ "nbf": world.now.as_second() + 11 })), NotYet),
        (Fault::IdToken(Spoiled::Shifted(-70)), Expired),
        (Fault::IdToken(Spoiled::Shifted(11)), NotYet),
        (
            claims(json!({ "iat": world.now.as_second() - 311 })),
            TooOld,
        ),
        (Fault::IdToken(Spoiled::Signature), Signature),
        (Fault::IdToken(Spoiled::OthersKey), Signature),
        (Fault::IdToken(Spoiled::Unsigned), Algorithm),
        (Fault::IdToken(Spoiled::SharedSecret), Algorithm),
        (header(json!({ "typ": "at+jwt" })), Kind),
        (header(json!({ "typ": "logout+jwt" })), Kind),
        (header(json!({ "kid": null })), UnknownKey),
        (header(json!({ "kid": "key 99" })), UnknownKey),
        (header(json!({ "crit": ["b64"], "b64": false })), Extension),
    ] {
        let shown = format!("{fault:?}");
        let refusal = world.refusal(fault).await;
        assert!(
            matches!(refusal, LoginError::Token(found) if found == why),
            "{shown}: {refusal}"
        );
    }
}

#[tokio::test]
async fn clocks_may_be_ten_seconds_apart() {
    let world = World::new().await;
    for seconds in [-69, 10] {
        world
            .issuer
            .misbehave(Fault::IdToken(Spoiled::Shifted(seconds)));
        world.log_in("doctor").await.unwrap();
        world.issuer.behave();
    }
}

#[tokio::test]
async fn what_a_token_may_lack_or_write_otherwise_is_accepted() {
    let world = World::new().await;
    let moment = f64::from(1_800_000_000) + 0.5;
    for fault in [
        claims(
            json!({ "at_hash": null, "azp": "riktig-in-tests", "nbf": null, "auth_time": null }),
        ),
        claims(json!({ "aud": ["riktig-in-tests"], "sid": null, "iat": moment })),
        claims(json!({ "helseid://claims/identity/security_level": 4 })),
        claims(json!({ "helseid://claims/identity/assurance_level": null })),
        header(json!({ "typ": null })),
    ] {
        world.issuer.misbehave(fault);
        world.log_in("doctor").await.unwrap();
        world.issuer.behave();
    }
}

#[tokio::test]
async fn a_person_who_is_not_sure_enough_or_not_said_to_be_anybody_is_refused() {
    use ClaimRefusal::*;
    let world = World::new().await;
    let said = |name: &str, value: serde_json::Value| {
        claims(json!({ format!("helseid://claims/{name}"): value }))
    };
    for (fault, why) in [
        (level_three(), Level),
        (said("identity/security_level", json!("04")), Level),
        (said("identity/security_level", json!(5)), Level),
        (said("identity/security_level", json!(null)), NoLevel),
        (
            said("identity/assurance_level", json!("substantial")),
            Level,
        ),
        (said("identity/pid", json!(null)), NoPid),
        (said("identity/pid", json!("")), Pid),
        (said("identity/pid", json!("13097248023")), Pid),
        (said("identity/pid", json!("00000000000")), Pid),
        (said("hpr/hpr_number", json!("")), Hpr),
        (said("hpr/hpr_number", json!("0")), Hpr),
        (said("hpr/hpr_number", json!("9144897; drop")), Hpr),
        (
            said("client/claims/orgnr_parent", json!("983544623")),
            Organisation,
        ),
    ] {
        let shown = format!("{fault:?}");
        let refusal = world.refusal(fault).await;
        assert!(
            matches!(refusal, LoginError::Person(found) if found == why),
            "{shown}: {refusal}"
        );
    }
    world.issuer.misbehave(no_hpr());
    assert_eq!(world.log_in("doctor").await.unwrap().hpr, None);
}

#[tokio::test]
async fn tokens_that_are_not_bound_to_our_key_are_refused() {
    let world = World::new().await;
    let refusal = world.refusal(Fault::NotBound).await;
    assert!(matches!(refusal, LoginError::NotBound), "{refusal}");
}

#[tokio::test]
async fn a_callback_that_the_issuer_spoils_is_refused() {
    let world = World::new().await;
    let refusal = world.refusal(Fault::CallbackState).await;
    assert!(matches!(refusal, LoginError::State), "{refusal}");
    for issuer in [None, Some("https://evil.example.org")] {
        let refusal = world.refusal(Fault::CallbackIssuer(issuer)).await;
        assert!(matches!(refusal, LoginError::OtherIssuer), "{refusal}");
    }
}
