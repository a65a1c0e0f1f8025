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
        waiting: false,
    };
    let waiting = Carried {
        waiting: true,
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
