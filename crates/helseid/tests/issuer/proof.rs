//! The proof that comes with an access token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riktig_helseid::{ApiRefusal, ProofRefusal, TokenRefusal};
use riktig_testkit::issuer::new_key;
use serde_json::{Value, json};

use crate::door::Door;

#[tokio::test]
async fn query_fragment_size_of_letters_and_the_default_port_are_no_part_of_the_proof() {
    let door = Door::new().await;
    for url in [
        "https://api.example.org/v1/report?month=3",
        "https://API.example.org:443/v1/report#top",
        "https://api.example.org/v1/./report",
    ] {
        let mut call = door.good();
        call.url = url.parse().unwrap();
        door.ask(&call).await.expect(url);
    }
    let mut call = door.good();
    call.authorization[0] = call.authorization[0].replacen("DPoP", "dpop", 1);
    door.ask(&call)
        .await
        .expect("the scheme is not told apart by the size of letters");
}

#[tokio::test]
async fn every_spoiled_proof_is_refused_for_its_own_reason() {
    use TokenRefusal::*;
    let door = Door::new().await;
    let second = door.world.now.as_second();
    let other: Value = new_key("another").public_jwk();
    let private = json!({ "kty": "EC", "crv": "P-256", "d": "AAAA" });
    let oct = json!({ "kty": "oct", "k": "AAAA" });
    let unknown = json!({ "kty": "OKP", "crv": "Ed25519", "x": "AAAA" });
    for (header, claims, why) in [
        (
            json!({ "typ": "JWT" }),
            json!({}),
            ProofRefusal::Token(Kind),
        ),
        (json!({ "jwk": null }), json!({}), ProofRefusal::NoKey),
        (json!({ "jwk": "key" }), json!({}), ProofRefusal::NoKey),
        (json!({ "jwk": unknown }), json!({}), ProofRefusal::NoKey),
        (
            json!({ "jwk": private }),
            json!({}),
            ProofRefusal::PrivateKey,
        ),
        (json!({ "jwk": oct }), json!({}), ProofRefusal::PrivateKey),
        (
            json!({ "jwk": other }),
            json!({}),
            ProofRefusal::Token(Signature),
        ),
        (
            json!({ "crit": ["x"] }),
            json!({}),
            ProofRefusal::Token(Extension),
        ),
        (json!({}), json!({ "htm": "POST" }), ProofRefusal::Method),
        (json!({}), json!({ "htm": "get" }), ProofRefusal::Method),
        (json!({}), json!({ "htm": null }), ProofRefusal::Method),
        (
            json!({}),
            json!({ "htu": "https://api.example.org/v1/other" }),
            ProofRefusal::Address,
        ),
        (
            json!({}),
            json!({ "htu": "http://api.example.org/v1/report" }),
            ProofRefusal::Address,
        ),
        (
            json!({}),
            json!({ "htu": "https://api.example.org:8443/v1/report" }),
            ProofRefusal::Address,
        ),
        (
            json!({}),
            json!({ "htu": "https://a@api.example.org/v1/report" }),
            ProofRefusal::Address,
        ),
        (
            json!({}),
            json!({ "htu": "/v1/report" }),
            ProofRefusal::Address,
        ),
        (json!({}), json!({ "htu": null }), ProofRefusal::Address),
        (
            json!({}),
            json!({ "iat": second - 71 }),
            ProofRefusal::Token(TooOld),
        ),
        (
            json!({}),
            json!({ "iat": second + 11 }),
            ProofRefusal::Token(NotYet),
        ),
        (
            json!({}),
            json!({ "iat": -999_999_999_999_999i64 }),
            ProofRefusal::Token(TooOld),
        ),
        (
            json!({}),
            json!({ "iat": i64::MAX }),
            ProofRefusal::Token(Claims),
        ),
        (
            json!({}),
            json!({ "iat": null }),
            ProofRefusal::Token(Missing("iat")),
        ),
        (
            json!({}),
            json!({ "ath": "AAAA" }),
            ProofRefusal::AccessToken,
        ),
        (json!({}), json!({ "ath": null }), ProofRefusal::AccessToken),
        (json!({}), json!({ "jti": "" }), ProofRefusal::Name),
        (json!({}), json!({ "jti": null }), ProofRefusal::Name),
        (
            json!({}),
            json!({ "jti": "x".repeat(257) }),
            ProofRefusal::Name,
        ),
        (json!({}), json!({ "jti": 7 }), ProofRefusal::Token(Claims)),
    ] {
        let shown = format!("{header} {claims}");
        let refusal = door.refusal_of_proof(header, claims).await;
        assert!(
            matches!(refusal, ApiRefusal::Proof(found) if found == why),
            "{shown}: {refusal}"
        );
        assert_eq!(refusal.status(), 401);
    }
}

#[tokio::test]
async fn proofs_that_are_unsigned_or_signed_with_a_shared_secret_are_refused() {
    let door = Door::new().await;
    let token = door.token(json!({}));
    let proof = door.proof(&token);
    let payload = proof.split('.').nth(1).unwrap();
    for algorithm in ["none", "HS256", "EdDSA", ""] {
        let header = json!({ "alg": algorithm, "typ": "dpop+jwt", "jwk": door.key.public_jwk() });
        let proof = format!(
            "{}.{payload}.AAAA",
            URL_SAFE_NO_PAD.encode(header.to_string())
        );
        let refusal = door.ask(&door.call(&token, proof)).await.unwrap_err();
        assert!(
            matches!(
                refusal,
                ApiRefusal::Proof(ProofRefusal::Token(TokenRefusal::Algorithm))
            ),
            "{refusal}"
        );
    }
}

#[tokio::test]
async fn a_stolen_token_does_not_fit_the_thiefs_key() {
    let door = Door::new().await;
    let token = door.token(json!({}));
    let thief = Door {
        key: new_key("thief's"),
        ..Door::new().await
    };
    let call = door.call(&token, thief.proof(&token));
    let refusal = door.ask(&call).await.unwrap_err();
    assert!(matches!(refusal, ApiRefusal::Proof(ProofRefusal::OtherKey)));
}

#[tokio::test]
async fn a_proof_counts_once_until_it_is_too_old_for_anybody() {
    let mut door = Door::new().await;
    let token = door.token(json!({ "exp": door.world.now.as_second() + 3600 }));
    let call = door.call(&token, door.proof(&token));
    door.ask(&call).await.unwrap();
    for seconds in [0, 35, 35] {
        door.world.wait(seconds);
        let refusal = door.ask(&call).await.unwrap_err();
        assert!(
            matches!(refusal, ApiRefusal::Proof(ProofRefusal::Replayed)),
            "{refusal}"
        );
    }
    door.world.wait(1);
    let refusal = door.ask(&call).await.unwrap_err();
    assert!(
        matches!(
            refusal,
            ApiRefusal::Proof(ProofRefusal::Token(TokenRefusal::TooOld))
        ),
        "{refusal}"
    );
}

#[tokio::test]
async fn of_many_that_use_a_proof_at_once_one_is_admitted() {
    let door = std::sync::Arc::new(Door::new().await);
    let call = std::sync::Arc::new(door.good());
    let asked: Vec<_> = (0..50)
        .map(|_| {
            let (door, call) = (std::sync::Arc::clone(&door), std::sync::Arc::clone(&call));
            tokio::spawn(async move { door.ask(&call).await.is_ok() })
        })
        .collect();
    let mut admitted = 0;
    for asked in asked {
        admitted += u32::from(asked.await.unwrap());
    }
    assert_eq!(admitted, 1);
}
