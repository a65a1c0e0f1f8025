//! No text makes the check of an ID or logout token panic; whatever one claims under a good signature, a login has a
//! valid identity number at level 4 and is for us; and no refusal repeats a digit of it.
#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use riktig_helseid::{
    Expected, Login, LogoutToken, Organisation, PrivateKey, PublicKey, Secret, Token,
    install_cryptography,
};
use serde_json::{Value, json};

/// Not secret: so that every run signs alike.
const KEY: &str = include_str!("../seeds/signing_key.json");

fuzz_target!(|bytes: &[u8]| {
    install_cryptography();
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let key = PrivateKey::from_jwk(KEY).expect("a key");
    let public = PublicKey::read(&key.public_jwk()).expect("its public half");
    let raw = Token::read(text);
    assert!(
        raw.is_err() || raw.unwrap().verify::<Value>(&public).is_err(),
        "nobody signs by chance"
    );
    let Ok(claims) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let signed = key.sign(&json!({ "kid": "k" }), &claims);
    let Ok(token) = Token::read(&signed) else {
        return;
    }; // too long
    let now = Timestamp::from_second(1_800_000_000).expect("a moment");
    let (nonce, access_token) = (Secret::new("n"), Secret::new("a"));
    let expected = Expected {
        issuer: "https://issuer",
        client_id: "us",
        nonce: &nonce,
        access_token: &access_token,
        asked_anew_at: None,
        organisation: Organisation::Unnamed,
    };
    match Login::check(&token, &public, &expected, now) {
        Ok(_) => assert!(claims["nonce"] == "n" && claims["iss"] == "https://issuer"),
        Err(refusal) => {
            let digits = refusal
                .to_string()
                .chars()
                .filter(char::is_ascii_digit)
                .count();
            assert!(digits <= 1, "a level at most: {refusal}");
        }
    }
    if LogoutToken::check(&token, &public, "https://issuer", "us", now).is_ok() {
        assert!(claims.get("nonce").is_none_or(Value::is_null) && claims["events"].is_object());
    }
});
