//! No bytes make the check of a signature panic, and none are believed; and whatever is signed here is verified, gives back what was
//! signed, and gives back the same when that is signed again.
#![no_main]

use std::sync::LazyLock;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use riktig_eresept::signature::pki::TestAuthority;
use riktig_eresept::signature::{SigningKey, Trust, inspect, sign, verify};

static KEYS: LazyLock<(SigningKey, Trust)> = LazyLock::new(|| {
    let authority = TestAuthority::new(now()).expect("an authority");
    let key = authority
        .person("Ola Testlege", None, now())
        .expect("a key");
    let trust = Trust::for_tests(&[authority.certificate().to_vec()]).expect("a trust");
    (key, trust.taking_legacy())
});

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("a moment")
}

fuzz_target!(|bytes: &[u8]| {
    let (key, trust) = &*KEYS;
    let believed = verify(bytes, trust, now());
    assert!(believed.is_err(), "the key is not in the bytes");
    let _unchanged = inspect(bytes);
    let Ok(signed) = sign(bytes, key, now()) else {
        return;
    };
    let first = verify(&signed, trust, now())
        .expect("what was signed")
        .into_signed();
    let again = sign(&first, key, now()).expect("what was signed is a message");
    let second = verify(&again, trust, now())
        .expect("what was signed again")
        .into_signed();
    assert!(
        first == second,
        "the canonical form of a canonical form is itself"
    );
});
