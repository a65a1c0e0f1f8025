//! No certificate in a signed message makes the check of signatures panic, and none but the authority's own is believed.
#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use riktig_eresept::signature::{Trust, inspect, verify};

/// A signed message; the certificate in it is replaced.
const SIGNED: &str = include_str!("../seeds/signature/signed.xml");

fuzz_target!(|bytes: &[u8]| {
    let (before, rest) = SIGNED
        .split_once("X509Certificate>")
        .expect("a certificate stands there");
    let (_, after) = rest.split_once("</").expect("its element ends");
    let message = format!("{before}X509Certificate>{}</{after}", base64(bytes));
    let _whose = inspect(message.as_bytes());
    let now = Timestamp::from_second(1_800_000_000).expect("a moment");
    if let Ok(trust) = Trust::for_tests(&[bytes.to_vec()]) {
        let _believed = verify(message.as_bytes(), &trust.taking_legacy(), now);
    }
});

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let of = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = of(0) << 16 | of(1) << 8 | of(2);
        for at in 0..4 {
            let six = (bits >> (18 - 6 * at) & 63) as usize;
            text.push(if at <= three.len() {
                LETTERS[six] as char
            } else {
                '='
            });
        }
    }
    text
}
