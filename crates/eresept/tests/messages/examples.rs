//! The official examples, through the reader and the writer.

use riktig_eresept::xml::Document;
use riktig_eresept::{Body, Message};

use crate::national;
use crate::schemas::Schemas;

#[test]
fn every_official_example_is_written_again_with_the_same_canonical_form() {
    let Some(interop) = national::interop() else {
        return;
    };
    let mut files = national::xml_files(&interop.join("sarepta/eksempel"));
    files.extend(national::xml_files(&interop.join("constructed")));
    files.extend(national::xml_files(&interop.join("nilar")));
    assert!(
        files.len() >= 80,
        "only {} examples were found",
        files.len()
    );
    let compare = national::has_xmllint();
    let mut broken = Vec::new();
    for file in &files {
        let bytes = std::fs::read(file).expect("an example");
        let read = match Document::read(&bytes) {
            Ok(read) => read,
            Err(fault) => {
                broken.push(format!("{}: {fault}", file.display()));
                continue;
            }
        };
        let written = read.write();
        assert_eq!(
            without_lines(&Document::read(&written).unwrap()),
            without_lines(&read)
        );
        if compare && national::canonical(&bytes) != national::canonical(&written) {
            broken.push(format!("{}: another canonical form", file.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    println!("{} examples written again", files.len());
}

/// Lines move when white space inside tags does.
fn without_lines(document: &Document) -> Vec<u8> {
    document.write()
}

#[test]
fn every_official_message_is_read_with_its_envelope_and_what_is_typed_is_written_again_as_its_schema_has_it()
 {
    let Some(interop) = national::interop() else {
        return;
    };
    let schemas = Schemas::find();
    let mut broken = Vec::new();
    let mut typed = std::collections::BTreeMap::new();
    for file in national::xml_files(&interop.join("sarepta/eksempel/eresept")) {
        let bytes = std::fs::read(&file).expect("an example");
        if !Document::read(&bytes)
            .expect("read above")
            .root()
            .local_name()
            .contains("MsgHead")
        {
            continue;
        }
        let message = match Message::read(&bytes) {
            Ok(message) => message,
            Err(fault) => {
                broken.push(format!("{}: {fault}", file.display()));
                continue;
            }
        };
        let Some(kind) = message.body().kind() else {
            continue;
        };
        *typed.entry(kind.code).or_insert(0) += 1;
        let written = message.to_draft().write();
        let again = Message::read(&written).expect("ours").to_draft().write();
        assert!(again == written, "{}", file.display());
        let faults = schemas
            .as_ref()
            .map_or_else(Vec::new, |schemas| schemas.faults(&written));
        broken.extend(
            faults
                .into_iter()
                .map(|fault| format!("{}: {fault}", file.display())),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(typed.len() >= 11, "{typed:?}");
    println!("typed: {typed:?}");
}

#[test]
fn the_constructed_prescription_carries_its_diagnosis() {
    let Some(interop) = national::interop() else {
        return;
    };
    let bytes = std::fs::read(interop.join("constructed/M1-J01CE02-with-diagnose-R75.xml"))
        .expect("the example");
    let message = Message::read(&bytes).expect("a message");
    let diagnosis = message
        .diagnosis()
        .expect("a right attachment")
        .expect("a diagnosis");
    assert_eq!(diagnosis.coded().code, "R75");
    let Body::M1(m1) = message.body() else {
        panic!("a prescription")
    };
    assert_eq!(
        m1.line.medicine().and_then(|medicine| medicine.atc()),
        "J01CE02".parse().ok()
    );
    assert_eq!(m1.expires - m1.prescribed, 10);
}
