//! Holds a written message against the national schemas: the envelope, the body and every extension, each against its own.

use std::path::{Path, PathBuf};

use riktig_eresept::envelope::{Content, NAMESPACE as MSG_HEAD};
use riktig_eresept::xml::{Document, Element};

use crate::national;

/// The schemas; says when they or xmllint are not there.
pub(crate) struct Schemas(PathBuf);

impl Schemas {
    pub(crate) fn find() -> Option<Self> {
        let interop = national::interop()?;
        national::has_xmllint().then_some(Self(interop))
    }

    /// Every fault that `xmllint` finds.
    pub(crate) fn faults(&self, written: &[u8]) -> Vec<String> {
        let mut faults = Vec::new();
        let mut hold = |bytes: &[u8], schema: &Path| {
            if let Err(fault) = national::validate(bytes, schema) {
                faults.push(format!("{}: {fault}", schema.display()));
            }
        };
        let document = Document::read(written).expect("what is written is read");
        let root = document.root();
        if root.local_name() == "AppRec" {
            hold(
                written,
                &self
                    .0
                    .join("sarepta/skjema/applikasjonskvittering/AppRec-v1-2004-11-21.xsd"),
            );
            return faults;
        }
        hold(
            written,
            &self
                .0
                .join("eresept-xsd/felleskomponenter/MsgHead-v1_2-local.xsd"),
        );
        for body in bodies(root) {
            match self.schema_of(body.root()) {
                Some(schema) => hold(&body.write(), &schema),
                None => println!("no schema is known for {:?}", body.root()),
            }
        }
        faults
    }

    /// The schema of a namespace, by the national rule for file names; ours where the extension is ours.
    pub(crate) fn schema_of(&self, element: &Element) -> Option<PathBuf> {
        let path = element.namespace()?.split_once("/eresept/")?.1;
        let (kind, edition) = path.split_once('/')?;
        if kind == "m10" && edition.contains("extension") {
            let ours = "../eresept/schemas/ER-M10-2013-10-08-extension-1.xsd";
            return Some(Path::new(env!("CARGO_MANIFEST_DIR")).join(ours));
        }
        let name = format!(
            "ER-{}-{}.xsd",
            kind.to_uppercase(),
            edition.replace('/', "-")
        );
        Some(self.0.join("eresept-xsd/eresept").join(name))
    }
}

/// The documents in a message: its body, and attachments that are not whole messages.
fn bodies(head: &Element) -> Vec<Document> {
    let mut found = Vec::new();
    for enclosed in head.children_in(MSG_HEAD, "Document") {
        let inner = enclosed
            .child("RefDoc")
            .and_then(|inner| inner.child("Content"));
        let Some(element) = inner.and_then(|content| content.elements().next()) else {
            continue;
        };
        if element.local_name() == "Base64Container" {
            let bytes = riktig_eresept::Message::read(&Document::new(head.clone()).write())
                .expect("it was read before");
            for enclosure in bytes.enclosures() {
                if let (Content::Bytes(_), Some(Ok(opened))) =
                    (&enclosure.content, enclosure.content.open())
                    && opened.root().namespace() != Some(MSG_HEAD)
                    && !found.contains(&opened)
                {
                    found.push(opened);
                }
            }
        } else {
            found.push(Document::new(element.clone()));
        }
    }
    found
}
