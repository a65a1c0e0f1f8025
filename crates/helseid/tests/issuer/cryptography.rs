//! One provider of cryptography, and a second opinion on what is signed.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation};
use proptest::prelude::*;
use riktig_helseid::{
    Algorithm, KeyError, PrivateKey, Proof, ProofRequest, PublicKey, Token, TokenRefusal,
    install_cryptography,
};
use riktig_testkit::issuer::new_key;
use serde_json::{Value, json};

use crate::world::at;

/// A key of RSA with 2048 bits that is used nowhere but here.
const RSA: &str = include_str!("rsa.json");

#[test]
fn a_token_can_be_signed_and_a_tls_connection_opened_in_one_process_with_the_features_of_a_release()
{
    install_cryptography();
    install_cryptography(); // again changes nothing
    let key = new_key("one");
    assert!(!key.sign(&json!({}), &json!({})).is_empty());
    let settings = riktig_helseid::Settings::new(
        "https://127.0.0.1:1",
        "us",
        riktig_helseid::ClientKeys::one(key),
        "https://portal.example.org/".parse().unwrap(),
    );
    riktig_helseid::Client::new(settings).expect("TLS is ready");
    let provider = rustls::crypto::CryptoProvider::get_default().expect("one is installed");
    assert!(format!("{provider:?}").contains("AwsLc"), "{provider:?}");
    rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
}

#[test]
fn rsa_keys_as_helseid_hands_them_out_sign_as_ps256() {
    install_cryptography();
    let key = PrivateKey::from_jwk(RSA).unwrap();
    assert_eq!((key.algorithm(), key.kid()), (Algorithm::PS256, "of tests"));
    let signed = key.sign(&json!({ "kid": key.kid() }), &json!({ "a": 1 }));
    let public = PublicKey::read(&key.public_jwk()).unwrap();
    let claims: Value = Token::read(&signed).unwrap().verify(&public).unwrap();
    assert_eq!(claims, json!({ "a": 1 }));
    assert!(
        ["d", "p", "q", "dp", "dq", "qi"]
            .iter()
            .all(|member| key.public_jwk().get(member).is_none())
    );
}

#[test]
fn every_algorithm_of_a_key_signs_what_jsonwebtoken_reads_and_the_key_is_held_to_its_algorithm() {
    install_cryptography();
    let rsa: Value = serde_json::from_str(RSA).unwrap();
    for algorithm in Algorithm::ALL {
        if matches!(algorithm, Algorithm::ES256 | Algorithm::ES384) {
            continue;
        }
        let mut jwk = rsa.clone();
        jwk["alg"] = algorithm.name().into();
        let key = PrivateKey::from_jwk(&jwk.to_string()).unwrap();
        read_by_jsonwebtoken(&key);
        let mut other = key.public_jwk();
        other["alg"] = "ES256".into();
        let other = PublicKey::read(&other).unwrap();
        let signed = key.sign(&json!({}), &json!({}));
        let refusal = Token::read(&signed).unwrap().verify::<Value>(&other);
        assert_eq!(refusal, Err(TokenRefusal::WrongKey));
    }
    read_by_jsonwebtoken(&new_key("elliptic"));
}

fn read_by_jsonwebtoken(key: &PrivateKey) {
    let signed = key.sign(&json!({ "typ": "JWT" }), &json!({ "sub": "x" }));
    let jwk: Jwk = serde_json::from_value(key.public_jwk()).unwrap();
    let mut rules = Validation::new(key.algorithm().name().parse().unwrap());
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    rules.validate_aud = false;
    let read =
        jsonwebtoken::decode::<Value>(&signed, &DecodingKey::from_jwk(&jwk).unwrap(), &rules);
    assert_eq!(read.unwrap().claims, json!({ "sub": "x" }));
}

#[test]
fn keys_that_cannot_be_used_are_refused_without_a_letter_of_them() {
    install_cryptography();
    let mut swapped: Value = serde_json::from_str(new_key_text().as_str()).unwrap();
    swapped["d"] = serde_json::from_str::<Value>(&new_key_text()).unwrap()["d"].clone();
    let mut public: Value = serde_json::from_str(RSA).unwrap();
    public.as_object_mut().unwrap().remove("d");
    let mut torn: Value = serde_json::from_str(RSA).unwrap();
    torn["p"] = torn["q"].clone();
    let mut short: Value = serde_json::from_str(&new_key_text()).unwrap();
    short["crv"] = "secp256k1".into();
    short.as_object_mut().unwrap().remove("alg");
    for (text, error) in [
        ("hemmelig".to_owned(), KeyError::NotAKey),
        ("{}".to_owned(), KeyError::NotAKey),
        (public.to_string(), KeyError::PublicOnly),
        (swapped.to_string(), KeyError::Inconsistent),
        (torn.to_string(), KeyError::Inconsistent),
        (short.to_string(), KeyError::Unsupported),
        (
            json!({ "kty": "oct", "k": "AAAA", "d": "AAAA", "alg": "HS256" }).to_string(),
            KeyError::Unsupported,
        ),
    ] {
        let refusal = PrivateKey::from_jwk(&text).unwrap_err();
        assert_eq!(refusal, error, "{text}");
        assert!(refusal.to_string().contains("; "), "the remedy: {refusal}");
    }
}

fn new_key_text() -> String {
    PrivateKey::generate().reveal().to_owned()
}

/// The example of RFC 7638, 3.1.
#[test]
fn thumbprints_are_those_of_the_standard() {
    install_cryptography();
    let key = json!({
        "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
    });
    let key = PublicKey::read(&key).unwrap();
    assert_eq!(
        key.thumbprint(),
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
}

/// The example of RFC 9449, 5: an access token's proof, its key's thumbprint (6.1) and its `ath` (7.1).
#[test]
fn the_standards_own_proof_is_accepted() {
    install_cryptography();
    let proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
    let url = "https://server.example.com/token".parse().unwrap();
    let request = ProofRequest {
        method: "POST",
        url: &url,
        access_token: None,
    };
    let proof = Proof::check(proof, request, at(1_562_262_616)).unwrap();
    assert_eq!(
        proof.thumbprint,
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever letter of a token is changed, it counts no more.
    #[test]
    fn no_letter_of_a_signed_token_can_be_changed(position in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_.-]") {
        install_cryptography();
        let key = PrivateKey::from_jwk(PrivateKey::generate().reveal()).unwrap();
        let public = PublicKey::read(&key.public_jwk()).unwrap();
        let signed = key.sign(&json!({ "kid": "k" }), &json!({ "sub": "x", "exp": 1 }));
        let position = position.index(signed.len());
        let mut changed = signed.clone();
        changed.replace_range(position..=position, &letter);
        let read = Token::read(&changed).and_then(|token| token.verify::<Value>(&public));
        prop_assert_eq!(read.is_ok(), changed == signed, "{}", changed);
    }

    /// A proof holds for its method, address and token, for as long as it says, and for nothing else.
    #[test]
    fn a_proof_holds_for_one_request(
        methods in (0usize..3, 0usize..3), paths in ("[a-c]{1,2}", "[a-c]{1,2}"), tokens in (0u8..3, 0u8..3), late in -15i64..80,
    ) {
        install_cryptography();
        let key = PrivateKey::from_jwk(PrivateKey::generate().reveal()).unwrap();
        let names = ["GET", "POST", "PUT"];
        let url = |path: &str| format!("https://api.example.org/{path}").parse::<url::Url>().unwrap();
        let urls = (url(&paths.0), url(&paths.1));
        let texts = (tokens.0.to_string(), tokens.1.to_string());
        let made = ProofRequest { method: names[methods.0], url: &urls.0, access_token: Some(&texts.0) };
        let used = ProofRequest { method: names[methods.1], url: &urls.1, access_token: Some(&texts.1) };
        let proof = Proof::sign(&key, made, None, at(1_800_000_000));
        let held = Proof::check(&proof, used, at(1_800_000_000 + late));
        let same = methods.0 == methods.1 && paths.0 == paths.1 && tokens.0 == tokens.1;
        prop_assert_eq!(held.is_ok(), same && (-10..=70).contains(&late), "{:?}", held);
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        install_cryptography();
        let url = "https://api.example.org/".parse().unwrap();
        let request = ProofRequest { method: "GET", url: &url, access_token: None };
        prop_assert!(Token::read(&text).is_err());
        prop_assert!(Proof::check(&text, request, at(0)).is_err());
        prop_assert!(PrivateKey::from_jwk(&text).is_err());
        prop_assert!(riktig_helseid::Metadata::read(&bytes, "https://issuer").is_err());
        prop_assert!(riktig_helseid::KeySet::read(&bytes).is_none());
    }
}
