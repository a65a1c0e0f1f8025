//! The door of an API.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riktig_helseid::{
    ApiGuard, ApiRefusal, ApiRequest, ApiRules, Caller, ClaimRefusal, HprDemand, PrivateKey, Proof,
    ProofRefusal, ProofRequest, TokenRefusal,
};
use riktig_testkit::issuer::{AUDIENCE, new_key};
use serde_json::{Value, json};
use url::Url;

use crate::world::World;

const ADDRESS: &str = "https://api.example.org/v1/report";

struct Call {
    method: &'static str,
    url: Url,
    authorization: Vec<String>,
    proof: Vec<String>,
}

type Spoil = fn(&mut Call);
type IsRight = fn(&ApiRefusal) -> bool;

struct Door {
    world: World,
    guard: ApiGuard,
    key: PrivateKey,
}

impl Door {
    async fn new() -> Self {
        let world = World::new().await;
        let rules = ApiRules {
            audience: AUDIENCE.into(),
            scopes: vec!["riktig:api/read".into()],
            hpr: HprDemand::Required,
        };
        Self {
            guard: world.client.guard(rules),
            key: new_key("caller's"),
            world,
        }
    }

    fn token(&self, changes: Value) -> String {
        let thumbprint = self.key.thumbprint();
        self.world
            .issuer
            .access_token("doctor", thumbprint, &changes)
    }

    fn proof(&self, token: &str) -> String {
        let url = ADDRESS.parse().unwrap();
        let request = ProofRequest {
            method: "GET",
            url: &url,
            access_token: Some(token),
        };
        Proof::sign(&self.key, request, None, self.world.now)
    }

    /// A proof whose claims and header are changed before it is signed.
    fn spoiled_proof(&self, token: &str, header: Value, claims: Value) -> String {
        let proof = self.proof(token);
        let mut parts = proof.split('.').map(|part| {
            let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
            serde_json::from_slice::<Value>(&bytes).unwrap_or_default()
        });
        let mut next = |changes: Value| {
            let mut part = parts.next().unwrap();
            for (name, value) in changes.as_object().unwrap() {
                part[name] = value.clone();
            }
            part.as_object_mut()
                .unwrap()
                .retain(|_, value| !value.is_null());
            part
        };
        let (header, claims) = (next(header), next(claims));
        self.key.sign(&header, &claims)
    }

    fn call(&self, token: &str, proof: String) -> Call {
        Call {
            method: "GET",
            url: ADDRESS.parse().unwrap(),
            authorization: vec![format!("DPoP {token}")],
            proof: vec![proof],
        }
    }

    /// A call that is right in everything.
    fn good(&self) -> Call {
        let token = self.token(json!({}));
        let proof = self.proof(&token);
        self.call(&token, proof)
    }

    async fn ask(&self, call: &Call) -> Result<Caller, ApiRefusal> {
        let bytes = |texts: &'_ [String]| {
            texts
                .iter()
                .map(|text| text.clone().into_bytes())
                .collect::<Vec<_>>()
        };
        let (authorization, proof) = (bytes(&call.authorization), bytes(&call.proof));
        let request = ApiRequest {
            method: call.method,
            url: &call.url,
            authorization: authorization.iter().map(Vec::as_slice).collect(),
            proof: proof.iter().map(Vec::as_slice).collect(),
        };
        self.guard.check(&request, self.world.now).await
    }

    async fn refusal_of_token(&self, token: &str) -> ApiRefusal {
        let call = self.call(token, self.proof(token));
        self.ask(&call).await.expect_err(token)
    }

    async fn refusal_of_proof(&self, header: Value, claims: Value) -> ApiRefusal {
        let token = self.token(json!({}));
        let shown = format!("{header} {claims}");
        let proof = self.spoiled_proof(&token, header, claims);
        self.ask(&self.call(&token, proof)).await.expect_err(&shown)
    }
}

#[tokio::test]
async fn a_doctor_with_token_and_proof_is_admitted() {
    let door = Door::new().await;
    let caller = door.ask(&door.good()).await.unwrap();
    assert_eq!(caller.hpr.unwrap().to_string(), "9144897");
    assert_eq!(caller.client_id, "riktig-in-tests");
    assert_eq!(caller.scopes, ["openid", "riktig:api/read"]);
}

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
