//! No bytes make the readers of metadata and keys panic, and no metadata of another issuer are accepted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_helseid::{KeySet, Metadata, PrivateKey, install_cryptography};

fuzz_target!(|bytes: &[u8]| {
    install_cryptography();
    if Metadata::read(bytes, "https://issuer").is_ok() {
        assert!(String::from_utf8_lossy(bytes).contains("issuer"));
    }
    if let Some(keys) = KeySet::read(bytes) {
        assert!(keys.len() <= 64);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _key = PrivateKey::from_jwk(text);
    }
});
