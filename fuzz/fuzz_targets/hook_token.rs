//! No header makes the door of the hooks panic; whatever a token claims under a good signature, what is admitted is for this address,
//! counts for five minutes at most, and is admitted once.
#![no_main]

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use riktig_helseid::{
    HookDoor, HookRefusal, KeySet, Memory, PrivateKey, TrustedClient, TrustedKeys,
    install_cryptography,
};
use serde_json::{Value, json};

/// Not secret: so that every run signs alike.
const KEY: &str = include_str!("../seeds/signing_key.json");

fuzz_target!(|bytes: &[u8]| {
    install_cryptography();
    let key = PrivateKey::from_jwk(KEY).expect("a key");
    let mut jwk = key.public_jwk();
    jwk["kid"] = json!("k");
    let keys =
        KeySet::read(json!({ "keys": [jwk] }).to_string().as_bytes()).expect("a set of keys");
    let client = |keys| TrustedClient {
        issuer: "https://ehr".to_owned(),
        keys,
    };
    let clients = [client(TrustedKeys::Here(Arc::new(keys)))];
    let door = HookDoor::new(vec![key.algorithm()], Arc::new(Memory::default()));
    let url = "https://riktig.example.no/cds-services/a"
        .parse()
        .expect("an address");
    let now = Timestamp::from_second(1_800_000_000).expect("a moment");
    let check = |header: &[u8]| {
        at_once(door.check(&[header], &url, &clients, now)).map(|client| &client.issuer)
    };
    assert!(check(bytes).is_err(), "nobody signs by chance");
    let Ok(claims) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    let header = format!("Bearer {}", key.sign(&json!({ "kid": "k" }), &claims));
    if check(header.as_bytes()).is_ok() {
        assert_eq!(claims["iss"], "https://ehr");
        assert!(claims["exp"].as_f64() <= claims["iat"].as_f64().map(|iat| iat + 301.0));
        assert!(matches!(
            check(header.as_bytes()),
            Err(HookRefusal::Replayed)
        ));
    }
});

/// Keys and memory are at hand: there is nothing to wait for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the door waits for nobody here"),
    }
}
