//! A message as JSON for people and programs that look at one: every element, attachments opened.

mod withheld;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Serialize, Serializer};

use crate::xml::{Document, Element, Node};
use withheld::Withholding;
pub use withheld::without_numbers;

/// Whether numbers, names and addresses of people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identities {
    /// `(withheld)` stands in their place, and `(11 digits)` wherever eleven digits stand together.
    Withheld,
    /// As they stand.
    Shown,
}

/// A document as JSON: `{"MsgHead": {…}}`.
///
/// An element is an object: `@name` is an attribute, `@xmlns` its namespace where it differs from what is around it, `#text` its
/// text, `#comment` its comments; elements of the same name in one element are a list. An element that has text only is a string.
/// An attachment in Base64 that is XML stands as `#opened`, and so on inwards.
///
/// ```
/// use riktig_eresept::{show, xml::Document};
/// let document = Document::read(b"<a xmlns='urn:x'><b V='1'/><b V='2'/><Fnr>13097248022</Fnr><c>no. 13097248022</c></a>")?;
/// assert_eq!(
///     serde_json::to_string(&show::show(&document, show::Identities::Withheld)).unwrap(),
///     r#"{"a":{"@xmlns":"urn:x","b":[{"@V":"1"},{"@V":"2"}],"Fnr":"(withheld)","c":"no. (11 digits)"}}"#,
/// );
/// # Ok::<(), riktig_eresept::xml::XmlFault>(())
/// ```
pub fn show(document: &Document, identities: Identities) -> Shown {
    let showing = Showing {
        withholding: Withholding(identities),
        left: MAX_OPENED,
    };
    showing.document(document)
}

/// How deep attachments in attachments are opened. An M9.4 with an M1 with an extension is two.
const MAX_OPENED: usize = 6;

/// JSON whose parts keep the document's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown(Json);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Json {
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

struct Showing {
    withholding: Withholding,
    /// How many attachments deeper may be opened.
    left: usize,
}

impl Showing {
    fn document(&self, document: &Document) -> Shown {
        let root = document.root();
        let shown = self.element(root, None, None);
        let name = self.withholding.text(root.local_name());
        Shown(Json::Object(vec![(name, shown)]))
    }

    /// The reader's bound on depth is the bound on this recursion.
    fn element(
        &self,
        element: &Element,
        around: Option<&Element>,
        namespace: Option<&str>,
    ) -> Json {
        let mut parts = Parts::default();
        if element.namespace() != namespace {
            parts.add(
                "@xmlns",
                Json::Text(
                    self.withholding
                        .text(element.namespace().unwrap_or_default()),
                ),
            );
        }
        for attribute in element.attributes() {
            let value = self.withholding.attribute(element, attribute);
            let name = self.withholding.text(attribute.local_name());
            parts.add(&format!("@{name}"), Json::Text(value));
        }
        for node in element.nodes() {
            match node {
                Node::Element(child) => {
                    parts.add(
                        &self.withholding.text(child.local_name()),
                        self.element(child, Some(element), element.namespace()),
                    );
                }
                Node::Comment(text) => {
                    parts.add("#comment", Json::Text(self.withholding.text(text)))
                }
                Node::Text(_) | Node::CharacterData(_) | Node::Instruction { .. } => {}
            }
        }
        let text = element.text();
        match self.opened(element, &text) {
            Some(opened) => parts.add("#opened", opened),
            None if text.trim().is_empty() => {}
            None => {
                let text = self.withholding.content(element, around, text.trim());
                if parts.0.is_empty() {
                    return Json::Text(text);
                }
                parts.add("#text", Json::Text(text));
            }
        }
        Json::Object(parts.0)
    }

    /// What stands in Base64 in an element that is known to hold some.
    fn opened(&self, element: &Element, text: &str) -> Option<Json> {
        let bytes = in_base64(element, text)?;
        let size = || Json::Text(format!("({} bytes)", bytes.len()));
        let Some(left) = self.left.checked_sub(1) else {
            return Some(size());
        };
        let Ok(document) = Document::read(&bytes) else {
            return Some(size());
        };
        let inner = Self {
            withholding: self.withholding,
            left,
        };
        Some(inner.document(&document).0)
    }
}

/// The bytes of an element that holds an attachment in Base64 (`Base64Container`, `…B64`); none of any other.
pub(crate) fn in_base64(element: &Element, text: &str) -> Option<Vec<u8>> {
    let name = element.local_name();
    if name != "Base64Container" && !name.ends_with("B64") {
        return None;
    }
    let text: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(text).ok()
}

/// The parts of an object; a name that comes again makes a list.
#[derive(Default)]
struct Parts(Vec<(String, Json)>);

impl Parts {
    fn add(&mut self, name: &str, value: Json) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            None => self.0.push((name.to_owned(), value)),
            Some((_, Json::List(list))) => list.push(value),
            Some((_, single)) => {
                let first = std::mem::replace(single, Json::List(Vec::new()));
                *single = Json::List(vec![first, value]);
            }
        }
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Object(parts) => {
                serializer.collect_map(parts.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}
