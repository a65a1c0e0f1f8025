//! The door for systems that ask for advice.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use riktig_helseid::{
    Algorithm, HookDoor, HookRefusal, KeySet, Memory, PrivateKey, Problem, TokenRefusal,
    TrustedClient, TrustedKeys, install_cryptography,
};
use riktig_testkit::issuer::{Answer, Fault, Issuer};
use serde_json::{Value, json};
use url::Url;

use crate::world::at;

const URL: &str = "https://riktig.example.org/cds-services/riktig-antibiotics";
const NOW: i64 = 1_800_000_000;

/// A system with a key of its own that is written down here.
struct System {
    key: PrivateKey,
    door: HookDoor,
    clients: Vec<TrustedClient>,
}

fn key() -> PrivateKey {
    install_cryptography();
    PrivateKey::from_jwk(PrivateKey::generate_p384().reveal()).expect("a key of ours")
}

fn door(algorithms: &[Algorithm]) -> HookDoor {
    HookDoor::new(algorithms.to_vec(), Arc::new(Memory::default()))
}

impl System {
    fn new() -> Self {
        let key = key();
        let set = json!({ "keys": [key.public_jwk()] }).to_string();
        let set = KeySet::read(set.as_bytes()).expect("a key set");
        let clients = vec![TrustedClient {
            issuer: "https://epj.example.no".to_owned(),
            keys: TrustedKeys::Here(Arc::new(set)),
        }];
        let door = door(&HookDoor::RECOMMENDED);
        Self { key, door, clients }
    }

    /// A right token, changed.
    fn token(&self, header: Value, changes: Value) -> String {
        let mut claims = json!({
            "iss": "https://epj.example.no", "aud": URL, "iat": NOW, "exp": NOW + 300, "jti": "one",
        });
        for (name, value) in changes.as_object().expect("an object") {
            claims[name] = value.clone();
            if value.is_null() {
                claims.as_object_mut().expect("an object").remove(name);
            }
        }
        let mut full = json!({ "typ": "JWT", "kid": self.key.kid() });
        for (name, value) in header.as_object().expect("an object") {
            full[name] = value.clone();
        }
        self.key.sign(&full, &claims)
    }

    async fn ask(&self, token: &str, now: Timestamp) -> Result<(), HookRefusal> {
        let header = format!("Bearer {token}");
        let url = Url::parse(URL).expect("an address");
        let header = [header.as_bytes()];
        let asked = self.door.check(&header, &url, &self.clients, now);
        asked.await.map(drop)
    }

    async fn refusal(&self, changes: Value) -> HookRefusal {
        let token = self.token(json!({}), changes);
        self.ask(&token, at(NOW)).await.expect_err("refused")
    }
}

#[tokio::test]
async fn a_call_signed_with_the_known_key_is_let_in_once() {
    let system = System::new();
    let token = system.token(json!({}), json!({}));
    assert_eq!(system.ask(&token, at(NOW)).await, Ok(()));
    assert_eq!(
        system.ask(&token, at(NOW + 200)).await,
        Err(HookRefusal::Replayed)
    );
    let other = system.token(json!({}), json!({ "jti": "two" }));
    assert_eq!(
        system.ask(&other, at(NOW + 309)).await,
        Ok(()),
        "ten seconds between clocks"
    );
}

#[tokio::test]
async fn every_fault_of_a_token_has_its_refusal() {
    let system = System::new();
    let cases = [
        (
            json!({ "aud": "https://riktig.example.org/cds-services" }),
            HookRefusal::Token(TokenRefusal::Audience),
        ),
        (
            json!({ "aud": [URL, "https://other.example.org"] }),
            HookRefusal::Token(TokenRefusal::Audience),
        ),
        (
            json!({ "aud": null }),
            HookRefusal::Token(TokenRefusal::Missing("aud")),
        ),
        (
            json!({ "iss": "https://epj.example.no/" }),
            HookRefusal::UnknownClient,
        ),
        (
            json!({ "iss": null }),
            HookRefusal::Token(TokenRefusal::Missing("iss")),
        ),
        (
            json!({ "exp": NOW - 10, "iat": NOW - 100 }),
            HookRefusal::Token(TokenRefusal::Expired),
        ),
        (
            json!({ "exp": null }),
            HookRefusal::Token(TokenRefusal::Missing("exp")),
        ),
        (
            json!({ "iat": null }),
            HookRefusal::Token(TokenRefusal::Missing("iat")),
        ),
        (
            json!({ "iat": NOW + 60 }),
            HookRefusal::Token(TokenRefusal::NotYet),
        ),
        (json!({ "exp": NOW + 301 }), HookRefusal::TooLong),
        (
            json!({ "iat": NOW - 311 }),
            HookRefusal::Token(TokenRefusal::TooOld),
        ),
        (json!({ "jti": null }), HookRefusal::Name),
        (json!({ "jti": "x".repeat(257) }), HookRefusal::Name),
        (
            json!({ "exp": "soon" }),
            HookRefusal::Token(TokenRefusal::Claims),
        ),
    ];
    for (changes, refusal) in cases {
        assert_eq!(system.refusal(changes.clone()).await, refusal, "{changes}");
    }
}

#[tokio::test]
async fn what_is_not_signed_with_a_key_pair_is_refused_whatever_it_says() {
    let system = System::new();
    let token = system.token(json!({}), json!({}));
    let payload = token.split('.').nth(1).expect("three parts");
    let none = |alg: &str| {
        let header = json!({ "alg": alg, "kid": system.key.kid() }).to_string();
        format!("{}.{payload}.", URL_SAFE_NO_PAD.encode(header))
    };
    for alg in ["none", "None", "HS256", "HS384", "ES512"] {
        let refused = system.ask(&none(alg), at(NOW)).await;
        assert_eq!(
            refused,
            Err(HookRefusal::Token(TokenRefusal::Algorithm)),
            "{alg}"
        );
    }
    let unsigned = system.ask(&none("ES384"), at(NOW)).await;
    assert_eq!(unsigned, Err(HookRefusal::Token(TokenRefusal::Signature)));

    // The public key as if it were a shared secret: the oldest trick.
    let secret = system.key.public_jwk().to_string();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes());
    let unsigned = none("HS256");
    let signed = unsigned.trim_end_matches('.');
    let tag = URL_SAFE_NO_PAD.encode(aws_lc_rs::hmac::sign(&key, signed.as_bytes()));
    let refused = system.ask(&format!("{signed}.{tag}"), at(NOW)).await;
    assert_eq!(refused, Err(HookRefusal::Token(TokenRefusal::Algorithm)));

    let other = System::new();
    let foreign = other.token(json!({ "kid": system.key.kid() }), json!({}));
    let refused = system.ask(&foreign, at(NOW)).await;
    assert_eq!(refused, Err(HookRefusal::Token(TokenRefusal::Signature)));
    let unknown = system.token(json!({ "kid": "another" }), json!({}));
    let refused = system.ask(&unknown, at(NOW)).await;
    assert_eq!(refused, Err(HookRefusal::Token(TokenRefusal::UnknownKey)));
    let access = system.token(json!({ "typ": "at+jwt" }), json!({}));
    let refused = system.ask(&access, at(NOW)).await;
    assert_eq!(refused, Err(HookRefusal::Token(TokenRefusal::Kind)));
}

#[tokio::test]
async fn a_call_without_one_bearer_token_is_refused() {
    let system = System::new();
    let url = Url::parse(URL).expect("an address");
    let cases: [(&[&[u8]], HookRefusal); 5] = [
        (&[], HookRefusal::NoToken),
        (&[b"Bearer a", b"Bearer b"], HookRefusal::SeveralTokens),
        (&[b"Basic dXNlcjpwYXNz"], HookRefusal::Scheme),
        (&[b"\xff"], HookRefusal::Scheme),
        (&[b"Bearer x"], HookRefusal::Token(TokenRefusal::NotSigned)),
    ];
    for (headers, refusal) in cases {
        let asked = system.door.check(headers, &url, &system.clients, at(NOW));
        assert_eq!(asked.await.map(drop), Err(refusal));
    }
}

/// A system whose keys are at an address.
struct Published {
    issuer: Issuer,
    door: HookDoor,
    clients: Vec<TrustedClient>,
    jku: String,
}

impl Published {
    async fn new(algorithms: &[Algorithm]) -> Self {
        let issuer = Issuer::start(at(NOW)).await;
        let jku = format!("{}/.well-known/jwks", issuer.url());
        let clients = vec![TrustedClient {
            issuer: issuer.url().to_owned(),
            keys: TrustedKeys::At(Url::parse(&jku).expect("an address")),
        }];
        let door = door(algorithms);
        Self {
            issuer,
            door,
            clients,
            jku,
        }
    }

    async fn ask(&self, jti: &str, now: i64) -> Result<(), HookRefusal> {
        self.issuer.set_time(at(now));
        let token = self.issuer.sign("JWT", &json!({ "aud": URL, "jti": jti }));
        let header = format!("Bearer {token}");
        let url = Url::parse(URL).expect("an address");
        let header = [header.as_bytes()];
        let asked = self.door.check(&header, &url, &self.clients, at(now));
        asked.await.map(drop)
    }
}

#[tokio::test]
async fn keys_are_fetched_once_and_again_when_the_system_has_changed_them() {
    let system = Published::new(&[Algorithm::ES256]).await;
    for jti in ["a", "b", "c"] {
        assert_eq!(system.ask(jti, NOW).await, Ok(()));
    }
    assert_eq!(system.issuer.asked("jwks"), 1);
    system.issuer.change_key();
    // Not at once again: anybody can send a token with an unknown name of a key.
    let unknown = HookRefusal::Token(TokenRefusal::UnknownKey);
    assert_eq!(system.ask("d", NOW + 59).await, Err(unknown));
    assert_eq!(system.ask("e", NOW + 60).await, Ok(()));
    assert_eq!(system.issuer.asked("jwks"), 2);
}

#[tokio::test]
async fn keys_that_cannot_be_had_are_no_reason_to_let_anybody_in() {
    let system = Published::new(&[Algorithm::ES256]).await;
    system
        .issuer
        .misbehave(Fault::Answer("jwks", Answer::Status(500, "")));
    assert_eq!(
        system.ask("a", NOW).await,
        Err(HookRefusal::Keys(Problem::Status(500)))
    );
    system.issuer.behave();
    assert_eq!(system.ask("b", NOW + 60).await, Ok(()));
    system.issuer.misbehave(Fault::Answer(
        "jwks",
        Answer::Elsewhere("https://evil.example"),
    ));
    assert_eq!(
        system.ask("c", NOW + 60 + 900).await,
        Ok(()),
        "the old ones serve for an hour more"
    );
    let refused = system.ask("d", NOW + 60 + 900 + 3_600).await;
    assert!(matches!(refused, Err(HookRefusal::Keys(_))), "{refused:?}");
}

#[tokio::test]
async fn a_key_set_that_the_token_itself_names_is_never_asked() {
    let system = System::new();
    let published = Published::new(&HookDoor::RECOMMENDED).await;
    let clients = vec![TrustedClient {
        issuer: "https://epj.example.no".to_owned(),
        keys: TrustedKeys::At(Url::parse("https://epj.example.no/jwks.json").expect("an address")),
    }];
    let token = system.token(json!({ "jku": published.jku }), json!({}));
    let header = format!("Bearer {token}");
    let url = Url::parse(URL).expect("an address");
    let header = [header.as_bytes()];
    let asked = system.door.check(&header, &url, &clients, at(NOW));
    assert_eq!(asked.await.map(drop), Err(HookRefusal::OtherKeySet));
    assert_eq!(published.issuer.asked("jwks"), 0);
}
