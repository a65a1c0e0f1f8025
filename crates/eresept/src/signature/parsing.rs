//! From text to a document: XML 1.0 with namespaces and without a document type, within limits.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::document::{Attribute, Binding, Document, Element, Node, XML_NAMESPACE};
use super::fault::SignatureFault;
use super::start_tag::{self, is_space};

/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 64;
/// Elements, texts and instructions of one document.
const MAX_NODES: usize = 400_000;
/// Namespace declarations that may be in force at one place.
const MAX_IN_FORCE: usize = 64;

const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// Reads a text whole.
pub(super) fn read(text: &str) -> Result<Document<'_>, SignatureFault> {
    check_characters(text)?;
    let mut building = Building::new(text);
    while building.step()? {}
    building.finish()
}

fn check_characters(text: &str) -> Result<(), SignatureFault> {
    let control = text
        .bytes()
        .position(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'));
    let found = control.or_else(|| text.find(['\u{FFFE}', '\u{FFFF}']));
    found.map_or(Ok(()), |at| {
        Err(SignatureFault::Document {
            at,
            what: "a character that XML does not have",
        })
    })
}

struct Building<'a> {
    text: &'a str,
    /// Bytes before what the reader sees: a byte order mark.
    skipped: usize,
    reader: Reader<&'a [u8]>,
    document: Document<'a>,
    open: Vec<usize>,
    /// Declarations in force, outermost first.
    in_force: Vec<usize>,
    begun: bool,
    rooted: bool,
}

impl<'a> Building<'a> {
    fn new(whole: &'a str) -> Self {
        let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_comments = true;
        config.check_end_names = true;
        Self {
            text,
            skipped: whole.len() - text.len(),
            reader,
            document: Document {
                nodes: Vec::new(),
                elements: Vec::new(),
                attributes: Vec::new(),
                bindings: Vec::new(),
            },
            open: Vec::new(),
            in_force: Vec::new(),
            begun: false,
            rooted: false,
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Takes one piece; `false` at the end.
    fn step(&mut self) -> Result<bool, SignatureFault> {
        let from = self.position();
        let wrong = |what| SignatureFault::Document { at: from, what };
        let event = self
            .reader
            .read_event()
            .map_err(|_| wrong("markup that is not well-formed"))?;
        let to = self.position();
        let raw = self
            .text
            .get(from..to)
            .ok_or_else(|| wrong("markup that is not well-formed"))?;
        if self.document.nodes.len() >= MAX_NODES {
            return Err(SignatureFault::TooLarge {
                what: "its elements and texts",
            });
        }
        match event {
            Event::Eof => return Ok(false),
            Event::Start(_) => self.start(between(raw, "<", ">"), from, None)?,
            Event::Empty(_) => self.start(between(raw, "<", "/>"), from, Some(to))?,
            Event::End(_) => self.end(from),
            Event::Text(_) => {
                if raw.contains("]]>") {
                    return Err(wrong("]]> in a text"));
                }
                self.character_data(Cow::Borrowed(raw), from)?;
            }
            Event::CData(_) => {
                self.only_inside(from)?;
                self.character_data(Cow::Borrowed(between(raw, "<![CDATA[", "]]>")), from)?;
            }
            Event::GeneralRef(_) => {
                self.only_inside(from)?;
                let name = between(raw, "&", ";");
                let c = start_tag::reference(name)
                    .ok_or_else(|| wrong("an unknown entity or character"))?;
                self.document
                    .nodes
                    .push(Node::Text(Cow::Owned(c.to_string())));
            }
            Event::Comment(_) => {}
            Event::PI(_) => self.instruction(between(raw, "<?", "?>"), from)?,
            Event::Decl(_) => self.declaration(between(raw, "<?", "?>"), from)?,
            Event::DocType(_) => return Err(wrong("a document type")),
        }
        self.begun = true;
        Ok(true)
    }

    fn only_inside(&self, at: usize) -> Result<(), SignatureFault> {
        if self.open.is_empty() {
            return Err(SignatureFault::Document {
                at,
                what: "text outside the outermost element",
            });
        }
        Ok(())
    }

    fn character_data(&mut self, raw: Cow<'a, str>, at: usize) -> Result<(), SignatureFault> {
        if self.open.is_empty() && raw.chars().all(is_space) {
            return Ok(());
        }
        self.only_inside(at)?;
        if !raw.is_empty() {
            self.document.nodes.push(Node::Text(lines(raw)));
        }
        Ok(())
    }

    fn instruction(&mut self, inner: &'a str, at: usize) -> Result<(), SignatureFault> {
        let (target, data) = inner.split_once(is_space).unwrap_or((inner, ""));
        if !start_tag::is_name(target) || target.eq_ignore_ascii_case("xml") {
            return Err(SignatureFault::Document {
                at,
                what: "a processing instruction's name",
            });
        }
        let data = data.trim_start_matches(is_space);
        let data = lines(Cow::Borrowed(data));
        self.document.nodes.push(Node::Instruction(target, data));
        Ok(())
    }

    /// `<?xml version="1.0" encoding="UTF-8"?>`, first or not at all.
    fn declaration(&self, inner: &str, at: usize) -> Result<(), SignatureFault> {
        let wrong = |what| SignatureFault::Document { at, what };
        if self.begun {
            return Err(wrong("an XML declaration that is not first"));
        }
        let tag = start_tag::read(inner, at)?;
        let mut expected = ["version", "encoding", "standalone"].into_iter();
        for (name, value) in &tag.attributes {
            if !expected.any(|it| it == *name) {
                return Err(wrong("an XML declaration of another kind"));
            }
            let fine = match *name {
                "version" => value == "1.0",
                "encoding" => value.eq_ignore_ascii_case("utf-8"),
                _ => value == "yes" || value == "no",
            };
            if !fine {
                return Err(wrong("another version or encoding than XML 1.0 in UTF-8"));
            }
        }
        let versioned =
            tag.name == "xml" && tag.attributes.first().is_some_and(|it| it.0 == "version");
        versioned
            .then_some(())
            .ok_or_else(|| wrong("an XML declaration without a version"))
    }

    fn start(
        &mut self,
        inner: &'a str,
        at: usize,
        empty: Option<usize>,
    ) -> Result<(), SignatureFault> {
        let wrong = |what| SignatureFault::Document { at, what };
        if self.open.is_empty() && self.rooted {
            return Err(wrong("a second outermost element"));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(SignatureFault::TooLarge { what: "its depth" });
        }
        self.rooted = true;
        let tag = start_tag::read(inner, at)?;
        let index = self.document.elements.len();
        let declares = self.declare(&tag.attributes, at)?;
        let binding = self.resolve(tag.name, true, at)?;
        let attributes = self.take_attributes(tag.attributes, at)?;
        let start = self.document.nodes.len();
        self.document.nodes.push(Node::Start(index));
        self.document.elements.push(Element {
            name: tag.name,
            binding,
            attributes,
            declares,
            parent: self.open.last().copied(),
            nodes: start..start,
            end_tag: 0,
            is_empty_tag: empty.is_some(),
        });
        self.open.push(index);
        if let Some(to) = empty {
            self.end(to);
        }
        Ok(())
    }

    /// Takes the namespace declarations among the attributes.
    fn declare(
        &mut self,
        attributes: &[(&'a str, Cow<'a, str>)],
        at: usize,
    ) -> Result<Range<usize>, SignatureFault> {
        let wrong = |what| SignatureFault::Document { at, what };
        let from = self.document.bindings.len();
        for (name, uri) in attributes {
            let Some(prefix) = declared_prefix(name) else {
                continue;
            };
            let reserved = matches!(prefix, "xml" | "xmlns")
                || matches!(&**uri, XML_NAMESPACE | XMLNS_NAMESPACE)
                || (uri.is_empty() && !prefix.is_empty());
            if reserved {
                return Err(wrong("a namespace that may not be declared so"));
            }
            if self.document.bindings[from..]
                .iter()
                .any(|it| it.prefix == prefix)
            {
                return Err(wrong("a prefix declared twice"));
            }
            if !uri.is_empty() && !is_absolute_uri(uri) {
                return Err(wrong("a namespace that is not an absolute URI"));
            }
            self.in_force.push(self.document.bindings.len());
            let uri = uri.clone();
            self.document.bindings.push(Binding { prefix, uri });
        }
        if self.in_force.len() > MAX_IN_FORCE {
            return Err(SignatureFault::TooLarge {
                what: "namespaces in force at one place",
            });
        }
        Ok(from..self.document.bindings.len())
    }

    fn take_attributes(
        &mut self,
        written: Vec<(&'a str, Cow<'a, str>)>,
        at: usize,
    ) -> Result<Range<usize>, SignatureFault> {
        let from = self.document.attributes.len();
        for (name, value) in written {
            if declared_prefix(name).is_none() {
                let binding = self.resolve(name, false, at)?;
                self.document.attributes.push(Attribute {
                    name,
                    binding,
                    value,
                });
            }
        }
        let document = &self.document;
        let all = &document.attributes[from..];
        let twice = all.iter().enumerate().any(|(i, one)| {
            let key = document.attribute_key(one);
            all[..i]
                .iter()
                .any(|other| document.attribute_key(other) == key)
        });
        if twice {
            return Err(SignatureFault::Document {
                at,
                what: "an attribute that stands twice",
            });
        }
        Ok(from..document.attributes.len())
    }

    /// The binding of a name's prefix; attributes without a prefix have none.
    fn resolve(
        &self,
        name: &str,
        element: bool,
        at: usize,
    ) -> Result<Option<usize>, SignatureFault> {
        let (prefix, _) = start_tag::split(name);
        if !element && matches!(prefix, "" | "xml") {
            return Ok(None);
        }
        let bindings = &self.document.bindings;
        let found = self
            .in_force
            .iter()
            .rev()
            .find(|it| bindings[**it].prefix == prefix);
        match found {
            None if !prefix.is_empty() => Err(SignatureFault::Document {
                at,
                what: "a prefix that is not declared",
            }),
            found => Ok(found.copied()),
        }
    }

    fn end(&mut self, at: usize) {
        // The reader has checked that the tag closes the one that is open.
        let Some(index) = self.open.pop() else { return };
        let end = self.document.nodes.len();
        self.document.nodes.push(Node::End(index));
        let element = &mut self.document.elements[index];
        element.nodes.end = end;
        element.end_tag = at + self.skipped;
        let declared = element.declares.len();
        self.in_force.truncate(self.in_force.len() - declared);
    }

    fn finish(self) -> Result<Document<'a>, SignatureFault> {
        if self.open.is_empty() && self.rooted {
            return Ok(self.document);
        }
        Err(SignatureFault::Document {
            at: self.text.len(),
            what: "an end before the outermost element's end",
        })
    }
}

/// Canonical XML is not defined for relative namespaces; and what RFC 3986 does not have, others may read otherwise.
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

fn declared_prefix(name: &str) -> Option<&str> {
    match name.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}

fn between<'a>(raw: &'a str, before: &str, after: &str) -> &'a str {
    let inner = raw.strip_prefix(before).unwrap_or(raw);
    inner.strip_suffix(after).unwrap_or(inner)
}

/// Ends of lines as one line feed (XML 1.0, 2.11).
fn lines(raw: Cow<'_, str>) -> Cow<'_, str> {
    if !raw.contains('\r') {
        return raw;
    }
    Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
}
