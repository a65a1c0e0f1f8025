//! ID tokens by chance, judged a second time in plain words.

use proptest::prelude::*;
use riktig_helseid::{
    Expected, Login, Organisation, PublicKey, Secret, Token, install_cryptography,
};
use riktig_testkit::issuer::{Persona, new_key};
use serde_json::{Map, Value, json};

use crate::world::at;

const NOW: i64 = 1_800_000_000;

/// A value that is right, one that is wrong, or none, each as often as the others.
fn one_of(values: Vec<Value>) -> impl Strategy<Value = Value> {
    prop::sample::select(values)
}

fn claims() -> impl Strategy<Value = Map<String, Value>> {
    let moment = |around: i64| {
        one_of(vec![
            json!(NOW + around),
            json!(NOW + around - 11),
            json!(NOW + around + 11),
        ])
    };
    let pid = Persona::new("doctor", 1, None).pid;
    let first = (
        one_of(vec![
            json!("https://issuer"),
            json!("https://issuer"),
            json!("https://other"),
        ]),
        one_of(vec![
            json!("us"),
            json!(["us"]),
            json!("them"),
            json!(["us", "them"]),
            Value::Null,
        ]),
        one_of(vec![Value::Null, json!("us"), json!("them")]),
        one_of(vec![json!("n"), json!("n"), json!("m"), Value::Null]),
    );
    let second = (
        moment(60),
        moment(0),
        one_of(vec![Value::Null, json!(NOW), json!(NOW + 11)]),
        one_of(vec![json!("4"), json!(4), json!("3"), Value::Null]),
        one_of(vec![json!("high"), Value::Null, json!("low")]),
        one_of(vec![
            json!(pid),
            json!(pid),
            json!("12345678901"),
            Value::Null,
        ]),
        one_of(vec![json!("9144897"), Value::Null, json!("0")]),
    );
    (first, second).prop_map(
        |((iss, aud, azp, nonce), (exp, iat, nbf, level, assurance, pid, hpr))| {
            let mut claims = Map::new();
            for (name, value) in [
                ("iss", iss),
                ("aud", aud),
                ("azp", azp),
                ("nonce", nonce),
                ("exp", exp),
                ("iat", iat),
                ("nbf", nbf),
                ("sub", json!("s")),
                ("helseid://claims/identity/security_level", level),
                ("helseid://claims/identity/assurance_level", assurance),
                ("helseid://claims/identity/pid", pid),
                ("helseid://claims/hpr/hpr_number", hpr),
            ] {
                if !value.is_null() {
                    claims.insert(name.into(), value);
                }
            }
            claims
        },
    )
}

/// Whether somebody has logged in, said again without any of the crate's types.
fn counts(claims: &Map<String, Value>) -> bool {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let number = |name: &str| claims.get(name).and_then(Value::as_i64);
    let about = |name: &str| claims.get(&format!("helseid://claims/{name}"));
    text("iss") == Some("https://issuer")
        && (claims.get("aud") == Some(&json!("us")) || claims.get("aud") == Some(&json!(["us"])))
        && text("azp") != Some("them")
        && text("nonce") == Some("n")
        && number("exp").is_some_and(|exp| exp > NOW - 10)
        && number("iat").is_some_and(|iat| (NOW - 310..=NOW + 10).contains(&iat))
        && number("nbf").is_none_or(|nbf| nbf <= NOW + 10)
        && about("identity/security_level").is_some_and(|level| *level == "4" || *level == 4)
        && about("identity/assurance_level").is_none_or(|level| *level == "high")
        && about("identity/pid").is_some_and(|pid| *pid != "12345678901")
        && about("hpr/hpr_number").is_none_or(|hpr| *hpr != "0")
}

proptest! {
    #[test]
    fn whoever_logs_in_does_so_by_the_plain_words_and_nobody_else(claims in claims(), anew in any::<bool>(), proved in prop::option::of(-30i64..30)) {
        install_cryptography();
        let mut claims = claims;
        claims.extend(proved.map(|seconds| ("auth_time".to_owned(), json!(NOW + seconds))));
        let key = new_key("k");
        let signed = key.sign(&json!({ "kid": "k" }), &claims);
        let public = PublicKey::read(&key.public_jwk()).unwrap();
        let (nonce, access_token) = (Secret::new("n"), Secret::new("a"));
        let expected = Expected {
            issuer: "https://issuer",
            client_id: "us",
            nonce: &nonce,
            access_token: &access_token,
            asked_anew_at: anew.then_some(NOW - 5),
            organisation: Organisation::Unnamed,
        };
        let login = Login::check(&Token::read(&signed).unwrap(), &public, &expected, at(NOW));
        let asked_again = !anew || proved.is_some_and(|seconds| seconds >= -15);
        prop_assert_eq!(login.is_ok(), counts(&claims) && asked_again, "{:?} {:?}", claims, login);
    }

    /// Most of the claims above are wrong; here one is.
    #[test]
    fn one_wrong_claim_is_enough(claims in claims(), which in any::<prop::sample::Index>()) {
        install_cryptography();
        let pid = Persona::new("doctor", 1, None).pid;
        let mut right = json!({
            "iss": "https://issuer", "aud": "us", "nonce": "n", "exp": NOW + 60, "iat": NOW, "sub": "s",
            "helseid://claims/identity/security_level": "4", "helseid://claims/identity/pid": pid,
        });
        let names: Vec<_> = claims.keys().collect();
        let name = names[which.index(names.len())];
        right[name] = claims[name].clone();
        let right = right.as_object().unwrap();
        let key = new_key("k");
        let signed = key.sign(&json!({ "kid": "k" }), right);
        let public = PublicKey::read(&key.public_jwk()).unwrap();
        let (nonce, access_token) = (Secret::new("n"), Secret::new("a"));
        let expected = Expected {
            issuer: "https://issuer",
            client_id: "us",
            nonce: &nonce,
            access_token: &access_token,
            asked_anew_at: None,
            organisation: Organisation::Unnamed,
        };
        let login = Login::check(&Token::read(&signed).unwrap(), &public, &expected, at(NOW));
        prop_assert_eq!(login.is_ok(), counts(right), "{:?} {:?}", right, login);
    }
}
