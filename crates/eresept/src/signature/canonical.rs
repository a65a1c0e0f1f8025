//! Canonical XML: the one form of a document that is hashed.
//!
//! Exclusive XML Canonicalization 1.0 without comments, and, for old signatures only, Canonical XML 1.0 without comments
//! (<https://www.w3.org/TR/xml-exc-c14n/>, <https://www.w3.org/TR/2001/REC-xml-c14n-20010315>).

use super::document::{Attribute, Document, Node};
use super::fault::SignatureFault;
use super::start_tag;

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

/// The whole document without `skip` (an element and what is in it).
pub(super) fn whole(
    document: &Document<'_>,
    skip: Option<usize>,
    form: Form,
) -> Result<Vec<u8>, SignatureFault> {
    let mut writer = Writer::new(document, form, None);
    let skipped = skip.map_or(0..0, |it| {
        let nodes = &document.elements[it].nodes;
        nodes.start..nodes.end + 1
    });
    let mut at = 0;
    while at < document.nodes.len() {
        if at == skipped.start && !skipped.is_empty() {
            at = skipped.end;
            continue;
        }
        writer.node(&document.nodes[at])?;
        at += 1;
    }
    Ok(writer.out)
}

/// One element with all that is in it.
pub(super) fn part(
    document: &Document<'_>,
    element: usize,
    form: Form,
) -> Result<Vec<u8>, SignatureFault> {
    let mut writer = Writer::new(document, form, Some(element));
    let nodes = document.elements[element].nodes.clone();
    for node in &document.nodes[nodes.start..=nodes.end] {
        writer.node(node)?;
    }
    Ok(writer.out)
}

struct Writer<'d, 'a> {
    document: &'d Document<'a>,
    form: Form,
    /// The element that the form begins with, where that is not the document.
    apex: Option<usize>,
    out: Vec<u8>,
    /// Prefixes written on elements that are open, outermost first.
    written: Vec<(&'d str, &'d str)>,
    /// How long `written` was before each open element.
    marks: Vec<usize>,
    /// Whether the outermost element has been passed.
    rooted: bool,
}

impl<'d, 'a> Writer<'d, 'a> {
    fn new(document: &'d Document<'a>, form: Form, apex: Option<usize>) -> Self {
        Self {
            document,
            form,
            apex,
            out: Vec::new(),
            written: Vec::new(),
            marks: Vec::new(),
            rooted: false,
        }
    }

    fn node(&mut self, node: &'d Node<'a>) -> Result<(), SignatureFault> {
        match node {
            Node::Start(element) => self.start(*element),
            Node::End(element) => {
                let name = self.document.elements[*element].name;
                self.push(&["</", name, ">"]);
                self.written.truncate(self.marks.pop().unwrap_or(0));
            }
            Node::Text(text) => escape(text, false, &mut self.out),
            Node::Instruction(target, data) => self.instruction(target, data),
        }
        if self.out.len() > MAX_CANONICAL_BYTES {
            return Err(SignatureFault::TooLarge {
                what: "its canonical form",
            });
        }
        Ok(())
    }

    fn instruction(&mut self, target: &str, data: &str) {
        let outside = self.marks.is_empty();
        if outside && self.rooted {
            self.out.push(b'\n');
        }
        let space = if data.is_empty() { "" } else { " " };
        self.push(&["<?", target, space, data, "?>"]);
        if outside && !self.rooted {
            self.out.push(b'\n');
        }
    }

    fn start(&mut self, index: usize) {
        self.rooted = true;
        self.marks.push(self.written.len());
        let document = self.document;
        let element = &document.elements[index];
        self.push(&["<", element.name]);
        for (prefix, uri) in self.namespaces(index) {
            let colon = if prefix.is_empty() { "" } else { ":" };
            self.push(&[" xmlns", colon, prefix, "=\""]);
            escape(uri, true, &mut self.out);
            self.out.push(b'"');
            self.written.push((prefix, uri));
        }
        let mut attributes: Vec<&Attribute<'_>> = document.attributes[element.attributes.clone()]
            .iter()
            .collect();
        attributes.extend(self.inherited(index));
        attributes.sort_by_key(|it| document.attribute_key(it));
        for attribute in attributes {
            self.push(&[" ", attribute.name, "=\""]);
            escape(&attribute.value, true, &mut self.out);
            self.out.push(b'"');
        }
        self.out.push(b'>');
    }

    /// The declarations to write on an element, by prefix.
    fn namespaces(&self, index: usize) -> Vec<(&'d str, &'d str)> {
        let document = self.document;
        let element = &document.elements[index];
        let binding = |it: usize| -> (&'d str, &'d str) {
            let binding = &document.bindings[it];
            (binding.prefix, &binding.uri)
        };
        let mut wanted: Vec<(&str, &str)> = match self.form {
            Form::Exclusive => {
                let own = element.binding.map_or(("", ""), binding);
                let attributes = &document.attributes[element.attributes.clone()];
                let used = attributes.iter().filter_map(|it| it.binding.map(binding));
                std::iter::once(own).chain(used).collect()
            }
            Form::Inclusive if self.apex == Some(index) => {
                let mut inner_first = document.in_force(index);
                inner_first.reverse();
                inner_first.into_iter().map(binding).collect()
            }
            Form::Inclusive => element.declares.clone().map(binding).collect(),
        };
        // Stable: of two with the same prefix, the inner one stays.
        wanted.sort_by_key(|it| it.0);
        wanted.dedup_by_key(|it| it.0);
        wanted.retain(|(prefix, uri)| {
            let before = self.written.iter().rev().find(|it| it.0 == *prefix);
            before.map_or("", |it| it.1) != *uri
        });
        wanted
    }

    /// `xml:` attributes of elements outside, which the inclusive form of a part takes along.
    fn inherited(&self, index: usize) -> Vec<&'d Attribute<'a>> {
        let document = self.document;
        let mut found: Vec<&Attribute<'a>> = Vec::new();
        if self.form == Form::Exclusive || self.apex != Some(index) {
            return found;
        }
        let own = &document.attributes[document.elements[index].attributes.clone()];
        for ancestor in document.ancestors(index) {
            let attributes = &document.attributes[document.elements[ancestor].attributes.clone()];
            for attribute in attributes
                .iter()
                .filter(|it| start_tag::split(it.name).0 == "xml")
            {
                let known = own
                    .iter()
                    .chain(found.iter().copied())
                    .any(|it| it.name == attribute.name);
                if !known {
                    found.push(attribute);
                }
            }
        }
        found
    }

    fn push(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.out.extend_from_slice(piece.as_bytes());
        }
    }
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
