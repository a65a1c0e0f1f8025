//! The examples of docs/reference/diagnosis-on-prescriptions.md are what is written.

use riktig_eresept::envelope::{Content, NAMESPACE};
use riktig_eresept::xml::{Document, Element};
use riktig_eresept::{Carried, Draft, Message};

use crate::schemas::Schemas;
use crate::{invented, national};

const DOCUMENT: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/diagnosis-on-prescriptions.md"
));

fn examples() -> Vec<Document> {
    let blocks = DOCUMENT.split("```xml\n").skip(1);
    let examples = blocks.map(|block| block.split("```").next().expect("a block ends"));
    examples
        .map(|example| Document::read(example.as_bytes()).expect("well formed"))
        .collect()
}

/// Names, codes and text, without the white space that makes an example easy to read.
fn shape(element: &Element) -> String {
    let attributes: String = element
        .attributes()
        .iter()
        .map(|attribute| format!(" {}={:?}", attribute.local_name(), attribute.value()))
        .collect();
    let inside: String = element.elements().map(shape).collect();
    let namespace = element.namespace().unwrap_or_default();
    format!(
        "<{{{namespace}}}{}{attributes}>{}{inside}</>",
        element.local_name(),
        element.text().trim()
    )
}

fn attachment(draft: &Draft) -> Document {
    let message = Message::read(&draft.write()).expect("ours");
    message.enclosures()[0]
        .content
        .open()
        .expect("bytes")
        .expect("XML")
}

#[test]
fn the_documented_examples_are_what_is_written() {
    let diagnosis = Carried {
        diagnosis: Some(invented::sinusitis()),
        waiting: None,
    };
    let waiting = Carried {
        waiting: Some(true),
        ..diagnosis.clone()
    };
    let prescription = invented::prescription().carrying(&diagnosis);
    let written = prescription.document();
    let frame = written
        .root()
        .children_in(NAMESPACE, "Document")
        .nth(1)
        .expect("an attachment");
    let expected = [
        shape(frame),
        shape(attachment(&prescription).root()),
        shape(attachment(&invented::prescription().carrying(&waiting)).root()),
        shape(attachment(&invented::report().carrying(&diagnosis)).root()),
    ];
    let documented: Vec<String> = examples()
        .iter()
        .map(|example| shape(example.root()))
        .collect();
    assert_eq!(documented, expected);
}

const WAITING_FILE: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/examples/m1-waiting.xml"
));

#[test]
fn the_example_of_a_waiting_prescription_is_what_is_written_and_holds_against_the_schemas() {
    let waiting = Carried {
        diagnosis: Some(invented::sinusitis()),
        waiting: Some(true),
    };
    let written = invented::prescription().carrying(&waiting).write();
    assert_eq!(
        String::from_utf8_lossy(WAITING_FILE).trim_end(),
        String::from_utf8_lossy(&written)
    );
    let message = Message::read(WAITING_FILE).expect("a message");
    assert_eq!(message.carried(), Ok(waiting));
    let prescription = message.prescription().unwrap().expect("an M1");
    assert_eq!(prescription.waiting, Some(true));
    assert!(prescription.earliest_dispensing > Some(prescription.prescribed));
    let Some(schemas) = Schemas::find() else {
        return;
    };
    assert_eq!(schemas.faults(WAITING_FILE), Vec::<String>::new());
}

/// M1 with this in its extension beside the diagnosis.
fn saying(text: &str) -> Message {
    let waiting = format!("<VentResept xmlns=\"urn:riktig:eresept:waiting:1\">{text}</VentResept>");
    let mut draft = invented::prescription().with_diagnosis(&invented::sinusitis());
    let Content::Bytes(bytes) = &draft.enclosures[0].content else {
        panic!("an extension is Base64");
    };
    let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
    let xml = xml.replace(
        "</ReseptUtvidelse>",
        &format!("{waiting}</ReseptUtvidelse>"),
    );
    draft.enclosures[0].content = Content::Bytes(xml.into_bytes());
    Message::read(&draft.write()).expect("a message")
}

#[test]
fn what_a_message_says_of_waiting_is_yes_no_or_not_told() {
    let told = |text| saying(text).carried().expect("an extension").waiting;
    assert_eq!([told("true"), told(" 1 ")], [Some(true); 2]);
    assert_eq!([told("false"), told("0")], [Some(false); 2]);
    assert_eq!(
        [told("ja"), told("")],
        [None; 2],
        "other words are passed over"
    );
    let bare = invented::prescription().with_diagnosis(&invented::sinusitis());
    let bare = Message::read(&bare.write()).expect("a message");
    assert_eq!(bare.carried().expect("an extension").waiting, None);
}

#[test]
fn the_documented_attachment_is_read_in_a_message_and_the_examples_hold_against_their_schemas() {
    let examples = examples();
    let mut draft = invented::prescription();
    let mut taken = draft.clone().with_diagnosis(&invented::sinusitis());
    let container = examples[0]
        .root()
        .children_in(NAMESPACE, "RefDoc")
        .next()
        .and_then(|inner| inner.child("Content"));
    let text = container
        .and_then(|content| content.elements().next())
        .expect("a container")
        .text();
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text.trim())
        .expect("Base64");
    taken.enclosures[0].content = Content::Bytes(bytes);
    draft.enclosures = taken.enclosures;
    assert_eq!(
        Message::read(&draft.write()).unwrap().diagnosis(),
        Ok(Some(invented::sinusitis()))
    );
    let Some(schemas) = Schemas::find() else {
        return;
    };
    for example in &examples[1..] {
        let schema = schemas.schema_of(example.root()).expect("a schema");
        assert_eq!(national::validate(&example.write(), &schema), Ok(()));
    }
}
