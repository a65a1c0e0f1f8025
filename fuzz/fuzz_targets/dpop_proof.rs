//! No text makes the check of a DPoP proof panic; and whatever a proof claims under a good signature, what is accepted is
//! for this request, and not from another hour.
#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use riktig_helseid::{PrivateKey, Proof, ProofRequest, install_cryptography};
use serde_json::{Value, json};

/// Not secret: so that every run signs alike.
const KEY: &str = include_str!("../seeds/signing_key.json");

fuzz_target!(|bytes: &[u8]| {
    install_cryptography();
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let url = "https://api.example.org/v1/report"
        .parse()
        .expect("an address");
    let request = ProofRequest {
        method: "GET",
        url: &url,
        access_token: Some("token"),
    };
    let now = Timestamp::from_second(1_800_000_000).expect("a moment");
    assert!(
        Proof::check(text, request, now).is_err(),
        "nobody signs by chance"
    );
    let Ok(claims) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let key = PrivateKey::from_jwk(KEY).expect("a key");
    let mut jwk = key.public_jwk();
    jwk["kid"] = Value::Null;
    let signed = key.sign(&json!({ "typ": "dpop+jwt", "jwk": jwk }), &claims);
    if let Ok(proof) = Proof::check(&signed, request, now) {
        assert_eq!(claims["htm"], "GET");
        assert_eq!(proof.thumbprint, key.thumbprint());
        assert!((0..=80).contains(&(proof.until.as_second() - now.as_second())));
    }
});
