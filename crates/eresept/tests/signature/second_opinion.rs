//! The same questions asked of Debian's `xmlsec1` and `xmllint` over many documents.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use riktig_eresept::signature::{SignatureFault, Strength, sign, verify};

use crate::generated::message;
use crate::{KEYS, now, signed};

/// Whether `xmlsec1` says that a message is unchanged since it was signed, by a certificate under `authority` (DER) or by
/// anybody; `None`, with one line, where it is not installed.
pub(crate) fn xmlsec1_verifies(message: &[u8], authority: Option<&[u8]>) -> Option<bool> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("message.xml");
    std::fs::write(&path, message).unwrap();
    let trusted = folder.path().join("authority.der");
    let mut arguments: Vec<&OsStr> = vec!["--verify".as_ref()];
    match authority {
        Some(authority) => {
            std::fs::write(&trusted, authority).unwrap();
            arguments.extend([
                "--trusted-der".as_ref(),
                trusted.as_os_str(),
                "--verification-gmt-time".as_ref(),
                "2026-03-01 12:00:00".as_ref(),
            ]);
        }
        None => arguments.push("--insecure".as_ref()),
    }
    arguments.push(path.as_os_str());
    run("xmlsec1", &arguments).map(|it| it.0)
}

/// Runs a program of Debian's; `None`, with one line, where it is not installed.
fn run(program: &str, arguments: &[&OsStr]) -> Option<(bool, Vec<u8>)> {
    let done = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match done {
        Ok(output) => Some((output.status.success(), output.stdout)),
        Err(_) => {
            println!("skipped: {program} is not installed (apt install xmlsec1 libxml2-utils)");
            None
        }
    }
}

/// Runs a property over messages by chance, on one file name in a folder of its own.
fn over_messages(
    cases: u32,
    comments: bool,
    property: impl Fn(&str, &Path) -> Result<(), TestCaseError>,
) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let run = TestRunner::new(config).run(&message(comments), |it| property(&it, folder.path()));
    if let Err(failure) = run {
        panic!("{failure}");
    }
}

#[test]
fn the_canonical_form_is_the_one_of_xmllint() {
    if run("xmllint", &["--version".as_ref()]).is_none() {
        return;
    }
    // xmllint keeps comments, so there are none here; with comments, xmlsec1 is asked below.
    over_messages(200, false, |message, folder| {
        let path = folder.join("message.xml");
        std::fs::write(&path, message).unwrap();
        let theirs = run(
            "xmllint",
            &["--nonet".as_ref(), "--exc-c14n".as_ref(), path.as_os_str()],
        );
        let (read, theirs) = theirs.unwrap();
        prop_assert!(read, "xmllint does not read {message}");
        let signed = sign(message.as_bytes(), &KEYS.doctor, now()).unwrap();
        let ours = verify(&signed, &KEYS.trust, now()).unwrap().into_signed();
        prop_assert_eq!(
            String::from_utf8(ours).unwrap(),
            String::from_utf8(theirs).unwrap()
        );
        Ok(())
    });
}

#[test]
fn what_we_sign_is_verified_by_xmlsec1_under_our_authority() {
    let authority = KEYS.authority.certificate();
    let Some(believed) = xmlsec1_verifies(signed().as_bytes(), Some(authority)) else {
        return;
    };
    assert!(believed);
    let changed = signed().replace("<Antall>1<", "<Antall>2<");
    assert_eq!(
        xmlsec1_verifies(changed.as_bytes(), Some(authority)),
        Some(false)
    );
    over_messages(50, true, |message, _| {
        let signed = sign(message.as_bytes(), &KEYS.doctor, now()).unwrap();
        prop_assert_eq!(xmlsec1_verifies(&signed, Some(authority)), Some(true));
        Ok(())
    });
}

/// The methods of a signature that `xmlsec1` is asked to make.
struct Methods {
    canonical: &'static str,
    hash: &'static str,
    signature: &'static str,
}

const TODAY: Methods = Methods {
    canonical: "http://www.w3.org/2001/10/xml-exc-c14n#",
    hash: "http://www.w3.org/2001/04/xmlenc#sha256",
    signature: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
};
const OLD: Methods = Methods {
    canonical: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    hash: "http://www.w3.org/2000/09/xmldsig#sha1",
    signature: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
};

/// The message, signed by `xmlsec1` with the doctor's key; `None` where it is not installed.
fn signed_by_xmlsec1(message: &str, methods: &Methods, folder: &Path) -> Option<Vec<u8>> {
    let Methods {
        canonical,
        hash,
        signature,
    } = methods;
    let template = format!(
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n <ds:SignedInfo>\n  \
         <ds:CanonicalizationMethod Algorithm=\"{canonical}\"/><!-- made by hand -->\n  \
         <ds:SignatureMethod Algorithm=\"{signature}\"/>\n  <ds:Reference URI=\"\">\n   <ds:Transforms>\
         <ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>\
         <ds:Transform Algorithm=\"{canonical}\"/></ds:Transforms>\n   \
         <ds:DigestMethod Algorithm=\"{hash}\"/>\n   <ds:DigestValue/>\n  </ds:Reference>\n </ds:SignedInfo>\n \
         <ds:SignatureValue/>\n <ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>\n</ds:Signature>"
    );
    let end = message.rfind("</").unwrap();
    let (path, key, certificate) = (
        folder.join("template.xml"),
        folder.join("key.pem"),
        folder.join("certificate.pem"),
    );
    std::fs::write(
        &path,
        [&message[..end], &template, &message[end..]].concat(),
    )
    .unwrap();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(KEYS.doctor.private_key())
    );
    std::fs::write(&key, pem).unwrap();
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        STANDARD.encode(KEYS.doctor.certificate())
    );
    std::fs::write(&certificate, pem).unwrap();
    let pair = format!("{},{}", key.display(), certificate.display());
    let (made, out) = run(
        "xmlsec1",
        &[
            "--sign".as_ref(),
            "--privkey-pem".as_ref(),
            pair.as_ref(),
            path.as_os_str(),
        ],
    )?;
    assert!(made, "xmlsec1 does not sign {message}");
    Some(out)
}

#[test]
fn what_xmlsec1_signs_is_verified_by_us() {
    if run("xmlsec1", &["--version".as_ref()]).is_none() {
        return;
    }
    over_messages(50, true, |message, folder| {
        let theirs = signed_by_xmlsec1(message, &TODAY, folder).unwrap();
        let verified = verify(&theirs, &KEYS.trust, now());
        prop_assert_eq!(verified.map(|it| it.strength), Ok(Strength::Sound));
        Ok(())
    });
}

#[test]
fn what_xmlsec1_signs_in_the_old_way_is_legacy_and_refused_where_that_is_not_taken() {
    if run("xmlsec1", &["--version".as_ref()]).is_none() {
        return;
    }
    let takes_legacy = KEYS.trust.clone().taking_legacy();
    over_messages(50, true, |message, folder| {
        let theirs = signed_by_xmlsec1(message, &OLD, folder).unwrap();
        let verified = verify(&theirs, &takes_legacy, now());
        prop_assert_eq!(verified.map(|it| it.strength), Ok(Strength::Legacy));
        prop_assert_eq!(
            verify(&theirs, &KEYS.trust, now()),
            Err(SignatureFault::Legacy)
        );
        Ok(())
    });
}
