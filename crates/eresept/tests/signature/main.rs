//! Signatures at their boundary: what is signed, what is believed, what is refused, and the same asked of `xmlsec1` and `xmllint`.

mod attacks;
mod certificates;
mod generated;
mod messages;
mod published;
mod second_opinion;

use std::sync::LazyLock;

use jiff::Timestamp;
use riktig_codes::HprNumber;
use riktig_eresept::signature::pki::TestAuthority;
use riktig_eresept::signature::{SigningKey, Trust, sign};

/// The namespace of `MsgHead`.
const MSGHEAD: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";

/// The authority of all tests, and a doctor under it: keys are slow to make.
struct Keys {
    authority: TestAuthority,
    doctor: SigningKey,
    trust: Trust,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let authority = TestAuthority::new(day("2026-01-01")).unwrap();
    let doctor = authority
        .person(
            "Ola Testlege",
            HprNumber::from_value(9_144_889),
            day("2026-01-01"),
        )
        .unwrap();
    let trust = Trust::for_tests(&[authority.certificate().to_vec()]).unwrap();
    Keys {
        authority,
        doctor,
        trust,
    }
});

fn day(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// A day on which every certificate of the tests is valid.
fn now() -> Timestamp {
    day("2026-03-01")
}

/// A small prescription message, unsigned.
fn message() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MsgHead xmlns=\"{MSGHEAD}\">\n  <MsgInfo><MsgId>1</MsgId></MsgInfo>\n  \
         <Document><RefDoc><Content><Resept xmlns=\"urn:m1\"><Antall>1</Antall></Resept></Content></RefDoc></Document>\n</MsgHead>\n"
    )
}

/// The small message, signed by the doctor.
fn signed() -> String {
    String::from_utf8(sign(message().as_bytes(), &KEYS.doctor, now()).unwrap()).unwrap()
}
