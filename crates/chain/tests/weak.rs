//! A signature of the old kind, made by `xmlsec1`, because no program of ours makes one: told by its name, and refused as the live role refuses it.

use std::process::Command;

use riktig_chain::At;
use riktig_chain::check::{Against, Signature, check};
use riktig_chain::rehearsal::{Parties, Rehearsal, Terms, Wrong};

const CANONICAL: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse().unwrap(),
        today: "2026-03-02".parse().unwrap(),
    }
}

/// Where the signature is to be, as `xmlsec1` fills it.
fn template() -> String {
    let signed = format!(
        "<CanonicalizationMethod Algorithm=\"{CANONICAL}\"/><SignatureMethod Algorithm=\"{XMLDSIG}rsa-sha1\"/><Reference URI=\"\"><Transforms>\
         <Transform Algorithm=\"{XMLDSIG}enveloped-signature\"/><Transform Algorithm=\"{CANONICAL}\"/></Transforms>\
         <DigestMethod Algorithm=\"{XMLDSIG}sha1\"/><DigestValue/></Reference>"
    );
    format!(
        "<Signature xmlns=\"{XMLDSIG}\"><SignedInfo>{signed}</SignedInfo><SignatureValue/><KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo>\
         </Signature></MsgHead>"
    )
}

#[test]
fn a_signature_that_would_hold_and_is_weak_is_told_by_its_name_and_code() {
    if Command::new("xmlsec1").arg("--version").output().is_err() {
        println!("skipped: xmlsec1 is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let parties = Parties::new(at().now).unwrap();
    std::fs::write(file("key.der"), parties.doctor.private_key()).unwrap();
    std::fs::write(file("certificate.der"), parties.doctor.certificate()).unwrap();
    let rehearsal = Rehearsal::of(parties, at());
    let good = rehearsal.prescription(1, Terms::default());
    let bare = String::from_utf8(rehearsal.signed_by(Wrong::Nobody, &good).unwrap()).unwrap();
    std::fs::write(file("m1.xml"), bare.replace("</MsgHead>", &template())).unwrap();
    let pair = [file("key.der"), file("certificate.der")].map(|it| it.display().to_string());
    let made = Command::new("xmlsec1")
        .args(["--sign", "--privkey-der", &pair.join(",")])
        .arg(file("m1.xml"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let trust = rehearsal.trust();
    let against = Against {
        trust: Some(&trust),
        ..Against::default()
    };
    let checked = check(&made.stdout, against);
    assert_eq!(checked.signature, Signature::Weak, "{checked:#?}");
    let codes: Vec<_> = checked.findings.iter().filter_map(|it| it.code).collect();
    let codes: Vec<_> = codes.iter().map(|it| (it.own, it.receipt)).collect();
    assert_eq!(codes, [("RIKTIG-I01", "S01")], "{checked:#?}");
}
