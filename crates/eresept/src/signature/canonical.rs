//! Canonical XML: the one form of a document that is hashed.
//!
//! Exclusive XML Canonicalization 1.0 without comments, and, for old signatures only, Canonical XML 1.0 without comments
//! (<https://www.w3.org/TR/xml-exc-c14n/>, <https://www.w3.org/TR/2001/REC-xml-c14n-20010315>).

use super::fault::SignatureFault;
use crate::xml::{Aside, Attribute, Document, Element, Node, XmlFault, XmlFaultKind};

/// What the canonical form may grow to, in bytes: a long namespace used by many siblings is written with each of them.
const MAX_CANONICAL_BYTES: usize = 32 << 20;

/// Which namespaces are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Those that an element or its attributes use.
    Exclusive,
    /// All that are in force.
    Inclusive,
}

/// The whole document without one element (`without`) and what is in it.
pub(super) fn whole(
    document: &Document,
    without: Option<&Element>,
    form: Form,
) -> Result<Vec<u8>, SignatureFault> {
    let mut writer = Writer::new(form, without);
    for aside in document.before() {
        if let Aside::Instruction { target, data } = aside {
            writer.instruction(target, data);
            writer.push(&["\n"]);
        }
    }
    writer.element(document.root(), &[])?;
    for aside in document.after() {
        if let Aside::Instruction { target, data } = aside {
            writer.push(&["\n"]);
            writer.instruction(target, data);
        }
    }
    Ok(writer.out)
}

/// One element with all that is in it; `around` are the elements that it stands in, outermost first.
pub(super) fn part(
    element: &Element,
    around: &[&Element],
    form: Form,
) -> Result<Vec<u8>, SignatureFault> {
    let mut writer = Writer::new(form, None);
    writer.element(element, around)?;
    Ok(writer.out)
}

struct Writer<'d> {
    form: Form,
    without: Option<&'d Element>,
    out: Vec<u8>,
    /// Prefixes (empty: the default) written on elements that are open, outermost first.
    written: Vec<(&'d str, &'d str)>,
}

impl<'d> Writer<'d> {
    fn new(form: Form, without: Option<&'d Element>) -> Self {
        Self {
            form,
            without,
            out: Vec::new(),
            written: Vec::new(),
        }
    }

    /// As deep as the document is, which its reader bounds.
    fn element(
        &mut self,
        element: &'d Element,
        around: &[&'d Element],
    ) -> Result<(), SignatureFault> {
        if self.without.is_some_and(|it| std::ptr::eq(it, element)) {
            return Ok(());
        }
        let mark = self.written.len();
        self.start(element, around)?;
        for node in element.nodes() {
            match node {
                Node::Element(child) => self.element(child, &[])?,
                Node::Text(text) | Node::CharacterData(text) => escape(text, false, &mut self.out),
                Node::Instruction { target, data } => self.instruction(target, data),
                Node::Comment(_) => {}
            }
            self.check_size()?;
        }
        self.push(&["</"]);
        self.name(element.prefix(), element.local_name());
        self.push(&[">"]);
        self.written.truncate(mark);
        Ok(())
    }

    fn check_size(&self) -> Result<(), SignatureFault> {
        if self.out.len() > MAX_CANONICAL_BYTES {
            return Err(SignatureFault::TooLarge {
                what: "its canonical form",
            });
        }
        Ok(())
    }

    fn instruction(&mut self, target: &str, data: &str) {
        let space = if data.is_empty() { "" } else { " " };
        self.push(&["<?", target, space, data, "?>"]);
    }

    fn start(
        &mut self,
        element: &'d Element,
        around: &[&'d Element],
    ) -> Result<(), SignatureFault> {
        check_namespaces(element)?;
        self.push(&["<"]);
        self.name(element.prefix(), element.local_name());
        for (prefix, namespace) in self.namespaces(element, around) {
            let colon = if prefix.is_empty() { "" } else { ":" };
            self.push(&[" xmlns", colon, prefix, "=\""]);
            escape(namespace, true, &mut self.out);
            self.push(&["\""]);
            self.written.push((prefix, namespace));
        }
        let mut attributes: Vec<&Attribute> = element.attributes().iter().collect();
        if self.form == Form::Inclusive {
            attributes.extend(inherited(element, around));
        }
        attributes.sort_by_key(|it| (it.namespace().unwrap_or_default(), it.local_name()));
        for attribute in attributes {
            self.push(&[" "]);
            self.name(attribute.prefix(), attribute.local_name());
            self.push(&["=\""]);
            escape(attribute.value(), true, &mut self.out);
            self.push(&["\""]);
        }
        self.push(&[">"]);
        self.check_size()
    }

    /// The declarations to write on an element, by prefix.
    fn namespaces(&self, element: &'d Element, around: &[&'d Element]) -> Vec<(&'d str, &'d str)> {
        let mut wanted: Vec<(&str, &str)> = match self.form {
            Form::Exclusive => {
                let own = (element.prefix(), element.namespace());
                let prefixed = element
                    .attributes()
                    .iter()
                    .filter(|it| it.prefix().is_some());
                let used = prefixed.map(|it| (it.prefix(), it.namespace()));
                std::iter::once(own)
                    .chain(used)
                    .map(|it| (it.0.unwrap_or_default(), it.1.unwrap_or_default()))
                    .collect()
            }
            Form::Inclusive => {
                let inner_first = std::iter::once(element).chain(around.iter().rev().copied());
                inner_first
                    .flat_map(Element::declarations)
                    .map(|it| (it.prefix().unwrap_or_default(), it.namespace()))
                    .collect()
            }
        };
        // Stable: of two with the same prefix, the inner one stays.
        wanted.sort_by_key(|it| it.0);
        wanted.dedup_by_key(|it| it.0);
        wanted.retain(|(prefix, namespace)| {
            let before = self.written.iter().rev().find(|it| it.0 == *prefix);
            *prefix != "xml" && before.map_or("", |it| it.1) != *namespace
        });
        wanted
    }

    fn name(&mut self, prefix: Option<&str>, local: &str) {
        if let Some(prefix) = prefix {
            self.push(&[prefix, ":"]);
        }
        self.push(&[local]);
    }

    fn push(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.out.extend_from_slice(piece.as_bytes());
        }
    }
}

/// `xml:` attributes of the elements around, which the inclusive form of a part takes along.
fn inherited<'d>(element: &'d Element, around: &[&'d Element]) -> Vec<&'d Attribute> {
    let mut found: Vec<&Attribute> = Vec::new();
    for outer in around.iter().rev() {
        for attribute in outer
            .attributes()
            .iter()
            .filter(|it| it.prefix() == Some("xml"))
        {
            let mut known = element.attributes().iter().chain(found.iter().copied());
            let same = |it: &Attribute| {
                it.prefix() == Some("xml") && it.local_name() == attribute.local_name()
            };
            if !known.any(same) {
                found.push(attribute);
            }
        }
    }
    found
}

/// Canonical XML is not defined for relative namespaces; and what RFC 3986 does not have, others may read otherwise.
fn check_namespaces(element: &Element) -> Result<(), SignatureFault> {
    let fine = |it: &str| it.is_empty() || is_absolute_uri(it);
    if element.declarations().iter().all(|it| fine(it.namespace())) {
        return Ok(());
    }
    Err(SignatureFault::Document(XmlFault {
        line: element.line(),
        kind: XmlFaultKind::BadDeclaration,
    }))
}

fn is_absolute_uri(uri: &str) -> bool {
    let scheme = uri.split_once(':').map_or("", |it| it.0);
    let mut letters = scheme.bytes();
    let named = letters.next().is_some_and(|it| it.is_ascii_alphabetic())
        && letters.all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'));
    let excluded = |it| {
        matches!(
            it,
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
        )
    };
    named && uri.bytes().all(|it| it.is_ascii_graphic() && !excluded(it))
}

fn escape(text: &str, attribute: bool, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let written: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'\r' => b"&#xD;",
            b'>' if !attribute => b"&gt;",
            b'"' if attribute => b"&quot;",
            b'\t' if attribute => b"&#x9;",
            b'\n' if attribute => b"&#xA;",
            _ => continue,
        };
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(written);
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
}
