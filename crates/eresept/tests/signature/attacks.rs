//! What an attacker does to a signed message, and the fault that each attempt is answered with.

use riktig_eresept::signature::{SignatureFault, verify};

use crate::{KEYS, MSGHEAD, now, signed};

/// The fault of the signed message with one text replaced (which must be there).
fn fault_after(from: &str, to: &str) -> SignatureFault {
    let message = signed();
    assert!(message.contains(from), "{from}");
    fault(&message.replacen(from, to, 1))
}

fn fault(message: &str) -> SignatureFault {
    verify(message.as_bytes(), &KEYS.trust, now()).unwrap_err()
}

/// The signature element of the signed message.
fn signature() -> String {
    let message = signed();
    let from = message.find("<Signature ").unwrap();
    let to = message.find("</MsgHead>").unwrap();
    message[from..to].to_owned()
}

#[test]
fn a_changed_byte_is_found_anywhere_in_what_is_signed() {
    assert_eq!(
        fault_after("<Antall>1<", "<Antall>9<"),
        SignatureFault::Changed
    );
    assert_eq!(fault_after("urn:m1", "urn:m2"), SignatureFault::Changed);
    assert_eq!(
        fault_after("  <Document>", " <Document>"),
        SignatureFault::Changed
    );
    assert_eq!(
        fault_after("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "<?x y?>"),
        SignatureFault::Changed
    );
}

#[test]
fn a_signature_moved_to_another_message_does_not_fit() {
    let other = format!(
        "<MsgHead xmlns=\"{MSGHEAD}\"><Document>other</Document>{}</MsgHead>",
        signature()
    );
    assert_eq!(fault(&other), SignatureFault::Changed);
}

#[test]
fn a_changed_digest_value_or_certificate_does_not_fit_the_signature() {
    let message = signed();
    let digest = |text: &str| {
        let from = text.find("<DigestValue>").unwrap() + 13;
        text[from..text.find("</DigestValue>").unwrap()].to_owned()
    };
    let other = verify_other_digest(&message);
    assert_eq!(
        fault(
            &message
                .replace("<Antall>1<", "<Antall>2<")
                .replace(&digest(&message), &other)
        ),
        SignatureFault::WrongKey
    );
    let own = signature_value(&message);
    let flipped = if own.starts_with('A') { "B" } else { "A" }.to_owned() + &own[1..];
    assert_eq!(
        fault(&message.replace(&own, &flipped)),
        SignatureFault::WrongKey
    );
}

/// The digest of the message with `2` for `1`, signed by the same key.
fn verify_other_digest(message: &str) -> String {
    let unsigned = message
        .replace(&signature(), "")
        .replace("<Antall>1<", "<Antall>2<");
    let signed = riktig_eresept::signature::sign(unsigned.as_bytes(), &KEYS.doctor, now()).unwrap();
    let signed = String::from_utf8(signed).unwrap();
    let from = signed.find("<DigestValue>").unwrap() + 13;
    signed[from..signed.find("</DigestValue>").unwrap()].to_owned()
}

fn signature_value(message: &str) -> String {
    let from = message.find("<SignatureValue>").unwrap() + 16;
    message[from..message.find("</SignatureValue>").unwrap()].to_owned()
}

#[test]
fn there_is_one_signature_and_it_stands_last_in_the_message() {
    let own = signature();
    assert_eq!(
        fault(&signed().replace(&own, "")),
        SignatureFault::NoSignature
    );
    assert_eq!(
        fault_after(&own, &own.repeat(2)),
        SignatureFault::SecondSignature
    );
    assert_eq!(
        fault_after("</Resept>", &format!("{own}</Resept>")),
        SignatureFault::SecondSignature
    );
    let moved_in = signed()
        .replace(&own, "")
        .replace("</Resept>", &format!("{own}</Resept>"));
    assert_eq!(fault(&moved_in), SignatureFault::MovedSignature);
    let moved_first = signed()
        .replace(&own, "")
        .replace("<MsgInfo>", &format!("{own}<MsgInfo>"));
    assert_eq!(fault(&moved_first), SignatureFault::MovedSignature);
}

#[test]
fn a_signed_message_wrapped_into_another_is_not_the_message() {
    let inner = signed().split_once("?>\n").unwrap().1.to_owned();
    let wrapped =
        format!("<MsgHead xmlns=\"{MSGHEAD}\"><Document>forged</Document>{inner}</MsgHead>");
    assert_eq!(fault(&wrapped), SignatureFault::MovedSignature);
    let own = signature();
    let kept_inside = format!(
        "<MsgHead xmlns=\"{MSGHEAD}\"><Document>forged</Document>{}</MsgHead>",
        own.replace(
            "</Signature>",
            &format!("<Object>{inner}</Object></Signature>")
        )
    );
    assert_eq!(fault(&kept_inside), SignatureFault::Changed);
}

#[test]
fn only_a_reference_to_the_whole_message_is_taken() {
    for uri in [
        "URI=\"#MsgId-1\"",
        "URI=\"http://example.org/message.xml\"",
        "URI=\"#xpointer(/)\"",
        "",
        "URI=\"\" Type=\"x\"",
        "x:URI=\"\" xmlns:x=\"urn:x\"",
    ] {
        assert_eq!(
            fault_after("URI=\"\"", uri),
            SignatureFault::Reference,
            "{uri}"
        );
    }
    let message = signed();
    let from = message.find("<Reference").unwrap();
    let to = message.find("</SignedInfo>").unwrap();
    let reference = &message[from..to];
    assert_eq!(
        fault_after(reference, &reference.repeat(2)),
        SignatureFault::Reference
    );
    assert_eq!(fault_after(reference, ""), SignatureFault::Reference);
}

#[test]
fn only_the_two_transforms_are_taken_and_without_parameters() {
    let exclusive = "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></Transform>";
    let enveloped = "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform>";
    let others = [
        exclusive.replace("c14n#", "c14n#WithComments"),
        exclusive.replace("http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/2006/12/xml-c14n11"),
        exclusive.replace("http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
        exclusive.replace("></", "><InclusiveNamespaces xmlns=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"a\"/></"),
        String::new(),
        exclusive.repeat(2),
    ];
    for other in others {
        assert_eq!(
            fault_after(exclusive, &other),
            SignatureFault::Transform,
            "{other}"
        );
    }
    assert_eq!(fault_after(enveloped, ""), SignatureFault::Transform);
    assert_eq!(
        fault_after(
            &format!("{enveloped}{exclusive}"),
            &format!("{exclusive}{enveloped}")
        ),
        SignatureFault::Transform
    );
    let canonicalization =
        "<CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"";
    assert_eq!(
        fault_after(
            canonicalization,
            &canonicalization.replace("c14n#", "c14n#WithComments")
        ),
        SignatureFault::Transform
    );
}

#[test]
fn only_rsa_is_taken_so_that_a_certificate_is_never_a_shared_secret() {
    let rsa = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    for other in [
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "",
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    ] {
        assert_eq!(fault_after(rsa, other), SignatureFault::Method, "{other}");
    }
    assert_eq!(
        fault_after("xmlenc#sha256", "xmlenc#sha512"),
        SignatureFault::Method
    );
}

#[test]
fn a_signature_without_its_certificate_is_refused() {
    let message = signed();
    let from = message.find("<X509Data>").unwrap();
    let to = message.find("</KeyInfo>").unwrap();
    let data = &message[from..to];
    let none = SignatureFault::NoCertificate;
    assert_eq!(fault_after(data, ""), none);
    assert_eq!(fault_after(data, "<KeyName>doctor</KeyName>"), none);
    assert_eq!(fault_after(data, "<X509Data></X509Data>"), none);
    assert_eq!(fault_after(&format!("<KeyInfo>{data}</KeyInfo>"), ""), none);
    assert_eq!(none.code(), "S02");
}

#[test]
fn what_is_not_plain_xml_is_refused_before_anything_is_believed() {
    let message = signed();
    let not_read = |message: &[u8]| {
        matches!(
            verify(message, &KEYS.trust, now()),
            Err(SignatureFault::Document(_))
        )
    };
    let bomb =
        "<!DOCTYPE MsgHead [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><MsgHead";
    assert!(not_read(message.replace("<MsgHead", bomb).as_bytes()));
    let external = "<!DOCTYPE MsgHead SYSTEM \"http://example.org/x.dtd\"><MsgHead";
    assert!(not_read(message.replace("<MsgHead", external).as_bytes()));
    assert!(not_read(message.replace(">1<", ">&file;<").as_bytes()));
    assert!(not_read(message.replace("UTF-8", "UTF-7").as_bytes()));
    let utf16: Vec<u8> = message.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(not_read(&utf16));
    assert!(not_read(&message.as_bytes()[..message.len() - 20]));
    assert!(not_read(&[message.as_bytes(), message.as_bytes()].concat()));
    assert!(not_read(b""));
}

#[test]
fn a_document_made_to_be_expensive_is_refused() {
    let message = |inner: &str| format!("<MsgHead xmlns=\"{MSGHEAD}\">{inner}</MsgHead>");
    let expensive = [
        message(&"<a>".repeat(100_000)),
        message(&"<a/>".repeat(1_000_000)),
        message(&format!(
            "<a {}/>",
            (0..1000).map(|i| format!("a{i}=\"\" ")).collect::<String>()
        )),
        message(&"x".repeat(9 << 20)),
        // Each of many siblings writes a long namespace again.
        format!(
            "<MsgHead xmlns=\"{MSGHEAD}\" xmlns:p=\"{}\">{}{}</MsgHead>",
            "u".repeat(1 << 20),
            "<p:a/>".repeat(100_000),
            signature()
        ),
    ];
    for document in expensive {
        let fault = fault(&document);
        let bounded = matches!(
            fault,
            SignatureFault::TooLarge { .. } | SignatureFault::Document(_)
        );
        assert!(bounded, "{fault}: {}", &document[..80]);
        assert_eq!(fault.code(), "S99");
    }
}
