//! The door of an API.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riktig_helseid::{ApiRefusal, ClaimRefusal, TokenRefusal};
use riktig_testkit::issuer::AUDIENCE;
use serde_json::{Value, json};

use crate::door::{Call, Door};

type Spoil = fn(&mut Call);
type IsRight = fn(&ApiRefusal) -> bool;

#[tokio::test]
async fn a_doctor_with_token_and_proof_is_admitted() {
    let door = Door::new().await;
    let caller = door.ask(&door.good()).await.unwrap();
    assert_eq!(caller.hpr.unwrap().to_string(), "9144897");
    assert_eq!(caller.client_id, "riktig-in-tests");
    assert_eq!(caller.scopes, ["openid", "riktig:api/read"]);
}

#[tokio::test]
async fn headers_that_are_missing_doubled_or_of_another_scheme_are_refused() {
    let door = Door::new().await;
    let spoil: [(Spoil, IsRight); 9] = [
        (
            |call| call.authorization.clear(),
            |refusal| matches!(refusal, ApiRefusal::NoToken),
        ),
        (
            |call| call.authorization[0] = call.authorization[0].replacen("DPoP", "Bearer", 1),
            |refusal| matches!(refusal, ApiRefusal::Bearer),
        ),
        (
            |call| call.authorization.push("Bearer abc".into()),
            |refusal| matches!(refusal, ApiRefusal::SeveralTokens),
        ),
        (
            |call| call.authorization.insert(0, "Bearer abc".into()),
            |refusal| matches!(refusal, ApiRefusal::SeveralTokens),
        ),
        (
            |call| call.authorization[0] = "Basic YTpi".into(),
            |refusal| matches!(refusal, ApiRefusal::Scheme),
        ),
        (
            |call| call.authorization[0] = "DPoP".into(),
            |refusal| matches!(refusal, ApiRefusal::Scheme),
        ),
        (
            |call| call.authorization[0] += ", Bearer abc",
            |refusal| matches!(refusal, ApiRefusal::Token(_)),
        ),
        (
            |call| call.proof.clear(),
            |refusal| matches!(refusal, ApiRefusal::NoProof),
        ),
        (
            |call| call.proof.push(call.proof[0].clone()),
            |refusal| matches!(refusal, ApiRefusal::SeveralProofs),
        ),
    ];
    for (number, (spoil, is_right)) in spoil.into_iter().enumerate() {
        let mut call = door.good();
        spoil(&mut call);
        let refusal = door.ask(&call).await.unwrap_err();
        assert!(is_right(&refusal), "{number}: {refusal}");
        assert_eq!(refusal.status(), 401);
        assert!(refusal.challenge().unwrap().starts_with("DPoP "));
    }
}

#[tokio::test]
async fn every_spoiled_access_token_is_refused_for_its_own_reason() {
    use TokenRefusal::*;
    let door = Door::new().await;
    let second = door.world.now.as_second();
    for (changes, why) in [
        (json!({ "iss": "https://evil.example.org" }), Issuer),
        (json!({ "aud": "another:api" }), Audience),
        (json!({ "aud": [AUDIENCE, "another:api"] }), Audience),
        (json!({ "exp": second - 10 }), Expired),
        (json!({ "nbf": second + 11 }), NotYet),
        (json!({ "exp": "never" }), Claims),
    ] {
        let refusal = door.refusal_of_token(&door.token(changes)).await;
        assert!(
            matches!(refusal, ApiRefusal::Token(found) if found == why),
            "{why:?}: {refusal}"
        );
        assert_eq!(
            (refusal.status(), refusal.challenge()),
            (
                401,
                Some(r#"DPoP error="invalid_token", algs="ES256 PS256""#)
            )
        );
    }
    let unbound = door
        .refusal_of_token(&door.token(json!({ "cnf": {} })))
        .await;
    assert!(matches!(unbound, ApiRefusal::NotBound));
}

#[tokio::test]
async fn an_id_token_opens_no_api() {
    let door = Door::new().await;
    let login = door.world.log_in("doctor").await.unwrap();
    let refusal = door.refusal_of_token(login.id_token.reveal()).await;
    assert!(matches!(refusal, ApiRefusal::Token(TokenRefusal::Kind)));
}

#[tokio::test]
async fn access_tokens_of_another_algorithm_key_or_signature_are_refused() {
    let door = Door::new().await;
    let token = door.token(json!({}));
    let (content, signature) = token.rsplit_once('.').unwrap();
    let payload = content.split_once('.').unwrap().1;
    let header = |header: Value| URL_SAFE_NO_PAD.encode(header.to_string());
    let none = header(json!({ "alg": "none", "typ": "at+jwt", "kid": "key 1" }));
    let shared = header(json!({ "alg": "HS256", "typ": "at+jwt", "kid": "key 1" }));
    let small = header(json!({ "alg": "es256", "typ": "at+jwt", "kid": "key 1" }));
    let rsa = header(json!({ "alg": "PS256", "typ": "at+jwt", "kid": "key 1" }));
    let wide = header(json!({ "alg": "ES384", "typ": "at+jwt", "kid": "key 1" }));
    let foreign = door.key.sign(
        &json!({ "typ": "at+jwt", "kid": "key 1" }),
        &json!({ "aud": AUDIENCE }),
    );
    for (token, why) in [
        (format!("{none}.{payload}."), TokenRefusal::Algorithm),
        (
            format!("{shared}.{payload}.{signature}"),
            TokenRefusal::Algorithm,
        ),
        (
            format!("{small}.{payload}.{signature}"),
            TokenRefusal::Algorithm,
        ),
        (
            format!("{rsa}.{payload}.{signature}"),
            TokenRefusal::WrongKey,
        ),
        (
            format!("{wide}.{payload}.{signature}"),
            TokenRefusal::WrongKey,
        ),
        (foreign, TokenRefusal::Signature),
        (format!("{content}."), TokenRefusal::Signature),
        (format!("{content}.{signature}.x"), TokenRefusal::NotSigned),
        (format!("{content}.{signature}="), TokenRefusal::NotSigned),
        ("x".repeat(20_000), TokenRefusal::TooLong),
        (String::new(), TokenRefusal::NotSigned),
    ] {
        let refusal = door.refusal_of_token(&token).await;
        assert!(
            matches!(refusal, ApiRefusal::Token(found) if found == why),
            "{why:?}: {refusal}"
        );
    }
}

#[tokio::test]
async fn level_three_a_missing_or_wrong_hpr_number_and_a_missing_scope_are_refused() {
    let door = Door::new().await;
    let said = |name: &str, value: Value| json!({ format!("helseid://claims/{name}"): value });
    for (changes, why) in [
        (
            said("identity/security_level", json!("3")),
            ClaimRefusal::Level,
        ),
        (
            said("identity/security_level", json!(null)),
            ClaimRefusal::NoLevel,
        ),
        (said("identity/pid", json!(null)), ClaimRefusal::NoPid),
        (said("hpr/hpr_number", json!(null)), ClaimRefusal::NoHpr),
        (said("hpr/hpr_number", json!("12")), ClaimRefusal::Hpr),
        (
            said("hpr/hpr_number", json!("999999999")),
            ClaimRefusal::Hpr,
        ),
    ] {
        let refusal = door.refusal_of_token(&door.token(changes)).await;
        assert!(
            matches!(refusal, ApiRefusal::Person(found) if found == why),
            "{why:?}: {refusal}"
        );
        assert_eq!(refusal.status(), 403);
    }
    for scope in [json!("openid riktig:api/readmore"), json!([]), json!(null)] {
        let refusal = door
            .refusal_of_token(&door.token(json!({ "scope": scope })))
            .await;
        assert!(matches!(refusal, ApiRefusal::Scope), "{refusal}");
    }
    let spaced = door.token(json!({ "scope": "riktig:api/read openid" }));
    door.ask(&door.call(&spaced, door.proof(&spaced)))
        .await
        .unwrap();
}

#[tokio::test]
async fn when_it_cannot_be_told_the_answer_is_not_now() {
    let door = Door::new().await;
    door.world
        .issuer
        .misbehave(riktig_testkit::issuer::Fault::Answer(
            "jwks",
            riktig_testkit::issuer::Answer::Status(500, ""),
        ));
    let refusal = door.ask(&door.good()).await.unwrap_err();
    assert!(matches!(refusal, ApiRefusal::Issuer(_)));
    assert_eq!((refusal.status(), refusal.challenge()), (503, None));
}
