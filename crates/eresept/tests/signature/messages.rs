//! Signing and what a signature covers.

use riktig_codes::{HprNumber, OrganisationNumber};
use riktig_eresept::signature::{
    Holder, SignatureFault, SigningError, SigningKey, Strength, Trust, sign, verify,
};

use crate::{KEYS, MSGHEAD, day, message, now, signed};

#[test]
fn a_signed_message_is_verified_and_gives_back_what_was_signed_and_who_signed() {
    let verified = verify(signed().as_bytes(), &KEYS.trust, now()).unwrap();
    assert_eq!(verified.strength, Strength::Sound);
    assert_eq!(verified.signer.name, "Ola Testlege TEST");
    let hpr = HprNumber::from_value(9_144_889);
    assert_eq!(verified.signer.holder, Holder::Person { hpr });
    let text = std::str::from_utf8(verified.signed()).unwrap();
    assert!(text.contains("<Antall>1</Antall>") && !text.contains("Signature"));
}

#[test]
fn signing_changes_no_byte_of_the_message() {
    let (message, signed) = (message(), signed());
    let (before, after) = message.split_at(message.find("</MsgHead>").unwrap());
    assert!(signed.starts_with(before) && signed.ends_with(after));
}

#[test]
fn an_organisation_signs_with_its_number() {
    let number: OrganisationNumber = "994598759".parse().unwrap();
    let key = KEYS
        .authority
        .organisation("Testapoteket", number, day("2026-01-01"))
        .unwrap();
    let signed = sign(message().as_bytes(), &key, now()).unwrap();
    let verified = verify(&signed, &KEYS.trust, now()).unwrap();
    assert_eq!(verified.signer.holder, Holder::Organisation { number });
}

#[test]
fn a_signed_message_is_not_signed_again() {
    let again = sign(signed().as_bytes(), &KEYS.doctor, now());
    assert_eq!(again, Err(SigningError::Signed));
}

#[test]
fn nobody_signs_outside_the_days_of_the_certificate() {
    for at in ["2025-12-31", "2029-12-31"] {
        let refused = sign(message().as_bytes(), &KEYS.doctor, day(at));
        assert_eq!(refused, Err(SigningError::Validity), "{at}");
    }
}

#[test]
fn only_a_whole_message_is_signed() {
    for not_one in [
        "<M1/>",
        "<MsgHead/>",
        "<a:MsgHead xmlns:a=\"urn:x\"></a:MsgHead>",
    ] {
        let refused = sign(not_one.as_bytes(), &KEYS.doctor, now());
        let reason = SigningError::Message(SignatureFault::NotAMessage);
        assert_eq!(refused, Err(reason), "{not_one}");
    }
    let empty = format!("<MsgHead xmlns=\"{MSGHEAD}\"/>");
    assert!(sign(empty.as_bytes(), &KEYS.doctor, now()).is_err());
}

#[test]
fn a_key_that_was_written_down_signs_as_before() {
    let kept = (
        KEYS.doctor.private_key().to_vec(),
        KEYS.doctor.certificate().to_vec(),
    );
    let key = SigningKey::new(&kept.0, vec![kept.1]).unwrap();
    let again = sign(message().as_bytes(), &key, now()).unwrap();
    // RSA PKCS #1 v1.5 has no chance in it.
    assert_eq!(again, signed().into_bytes());
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_part_of_no_trouble() {
    let message = format!("\u{FEFF}{}", message().replace('\n', "\r\n"));
    let signed = sign(message.as_bytes(), &KEYS.doctor, now()).unwrap();
    let verified = verify(&signed, &KEYS.trust, now()).unwrap();
    assert!(!verified.signed().contains(&b'\r'));
}

#[test]
fn what_was_added_inside_the_signature_is_told_and_not_given_back() {
    let added = "<Object><secret xmlns=\"urn:x\"/></Object></Signature>";
    let message = signed().replace("</Signature>", added);
    let verified = verify(message.as_bytes(), &KEYS.trust, now()).unwrap();
    assert!(verified.has_unsigned_objects);
    assert!(!verified.signed().windows(6).any(|it| it == b"secret"));
}

#[test]
fn neither_the_signer_nor_the_message_reaches_logs() {
    let verified = verify(signed().as_bytes(), &KEYS.trust, now()).unwrap();
    assert!(!format!("{verified:?}").contains("Ola"));
}

#[test]
fn what_was_signed_can_be_signed_again_with_the_same_result() {
    let verified = verify(signed().as_bytes(), &KEYS.trust, now()).unwrap();
    let again = sign(verified.signed(), &KEYS.doctor, now()).unwrap();
    let again = verify(&again, &KEYS.trust, now()).unwrap();
    assert_eq!(again.signed(), verified.signed());
}

#[test]
fn real_and_test_authorities_are_not_trusted_together() {
    let test = KEYS.authority.certificate().to_vec();
    let error = Trust::new(&[test]).unwrap_err();
    assert!(error.to_string().contains("a test authority"));
}
