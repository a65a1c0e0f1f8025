//! From bytes to the tree.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{
    Aside, Document, Element, Node, XmlFault, XmlFaultKind, characters, encoding, markup::Tag,
    names, scope::Scope,
};

/// What a document may have at most. Each bound is far above the largest message that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in all. A settlement of a pharmacy is the largest kind; a prescription has under 20 kB.
    pub bytes: usize,
    /// Elements in one another. The deepest message has fewer than twenty.
    pub depth: usize,
    /// Attributes and namespace declarations of one element.
    pub attributes: usize,
    /// Bytes of one attribute's value.
    pub attribute_bytes: usize,
    /// Elements, texts, comments and instructions in all.
    pub nodes: usize,
    /// Namespace declarations in force at one place.
    pub namespaces: usize,
}

impl Limits {
    /// The bounds of one message.
    pub const MESSAGE: Self = Self {
        bytes: 8 * 1024 * 1024,
        depth: 64,
        attributes: 64,
        attribute_bytes: 16 * 1024,
        nodes: 200_000,
        namespaces: 128,
    };
}

pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Document, XmlFault> {
    let at_start = |kind| XmlFault { line: 1, kind };
    if bytes.len() > limits.bytes {
        return Err(at_start(XmlFaultKind::TooManyBytes));
    }
    let text = encoding::decode(bytes).map_err(at_start)?;
    let mut lines = Lines::new(&text);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_comments = true;
    let mut building = Building::new(limits);
    loop {
        let start = offset(reader.buffer_position());
        let event = reader.read_event();
        let fault = |lines: &mut Lines<'_>, kind| XmlFault {
            line: lines.at(start),
            kind,
        };
        match event {
            Ok(Event::Eof) => {
                let line = lines.at(text.len());
                return building.finish().map_err(|kind| XmlFault { line, kind });
            }
            Ok(Event::Decl(_)) => {
                let whole = &text[start..offset(reader.buffer_position())];
                if start != 0 || !is_declaration(whole) {
                    return Err(fault(&mut lines, XmlFaultKind::Declaration));
                }
            }
            Ok(event) => {
                let line = lines.at(start);
                building
                    .take(event, line)
                    .map_err(|kind| XmlFault { line, kind })?;
            }
            Err(error) => {
                let kind = kind_of(&error);
                let line = lines.at(offset(reader.error_position()).max(start));
                return Err(XmlFault { line, kind });
            }
        }
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).expect("a position in a text that is in memory")
}

fn kind_of(error: &quick_xml::Error) -> XmlFaultKind {
    match error {
        quick_xml::Error::IllFormed(
            quick_xml::errors::IllFormedError::MismatchedEndTag { .. }
            | quick_xml::errors::IllFormedError::MissingEndTag(_)
            | quick_xml::errors::IllFormedError::UnmatchedEndTag(_),
        ) => XmlFaultKind::Unbalanced,
        _ => XmlFaultKind::NotWellFormed,
    }
}

/// `<?xml version="1.0" encoding="…" standalone="…"?>`: in this order, the latter two at will.
fn is_declaration(whole: &str) -> bool {
    let inside = whole
        .strip_prefix("<?xml")
        .and_then(|rest| rest.strip_suffix("?>"));
    let Some(mut rest) = inside else { return false };
    let mut expected = ["version", "encoding", "standalone"].iter();
    let mut first = true;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if trimmed.is_empty() {
            return !first;
        }
        let spaced = trimmed.len() < rest.len();
        let Some((name, value, after)) = pseudo_attribute(trimmed) else {
            return false;
        };
        let right = match name {
            "version" => value == "1.0",
            "encoding" => value.starts_with(|c: char| c.is_ascii_alphabetic()),
            _ => matches!(value, "yes" | "no"),
        };
        if !spaced
            || !right
            || (first && name != "version")
            || !expected.any(|&other| other == name)
        {
            return false;
        }
        first = false;
        rest = after;
    }
}

fn pseudo_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let rest = rest.trim_start();
    let quote = rest
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, after) = rest[1..].split_once(quote)?;
    Some((name.trim_end(), value, after))
}

/// Counts lines, asked with growing places.
struct Lines<'a> {
    text: &'a str,
    counted: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            counted: 0,
            line: 1,
        }
    }

    fn at(&mut self, place: usize) -> u32 {
        let place = place.min(self.text.len());
        if place > self.counted {
            let between = &self.text.as_bytes()[self.counted..place];
            let feeds = between.iter().filter(|&&byte| byte == b'\n').count();
            self.line +=
                u32::try_from(feeds).expect("Limits::bytes is far below four thousand million");
            self.counted = place;
        }
        self.line
    }
}

/// The tree while it grows.
struct Building {
    limits: Limits,
    scope: Scope,
    /// Elements that are not closed, and what was in force before each.
    open: Vec<(Element, usize)>,
    root: Option<Element>,
    before: Vec<Aside>,
    after: Vec<Aside>,
    /// Text of the innermost open element that may go on: a reference does not part it.
    pending: String,
    nodes: usize,
}

impl Building {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            scope: Scope::default(),
            open: Vec::new(),
            root: None,
            before: Vec::new(),
            after: Vec::new(),
            pending: String::new(),
            nodes: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, line: u32) -> Result<(), XmlFaultKind> {
        if !matches!(event, Event::Text(_) | Event::GeneralRef(_)) {
            self.flush();
            self.nodes += 1;
        }
        if self.nodes > self.limits.nodes {
            return Err(XmlFaultKind::TooManyNodes);
        }
        match event {
            Event::Start(start) => self.start(&start, line),
            Event::Empty(start) => {
                self.start(&start, line)?;
                self.end()
            }
            Event::End(_) => self.end(),
            Event::Text(text) => {
                let raw = text.into_inner();
                if raw.contains("]]>") {
                    return Err(XmlFaultKind::NotWellFormed);
                }
                characters::check(&raw)?;
                self.text(&characters::with_unix_lines(&raw))
            }
            Event::GeneralRef(reference) => {
                let character = characters::referred(&reference.into_inner())?;
                if self.open.is_empty() {
                    return Err(XmlFaultKind::NotOneRoot);
                }
                self.text(character.encode_utf8(&mut [0; 4]))
            }
            Event::CData(data) => {
                let raw = data.into_inner();
                characters::check(&raw)?;
                let text = characters::with_unix_lines(&raw).into();
                let (parent, _) = self.open.last_mut().ok_or(XmlFaultKind::NotOneRoot)?;
                parent.children.push(Node::CharacterData(text));
                Ok(())
            }
            Event::Comment(comment) => {
                let raw = comment.into_inner();
                characters::check(&raw)?;
                if raw.contains("--") || raw.ends_with('-') {
                    return Err(XmlFaultKind::NotWellFormed);
                }
                self.aside(Aside::Comment(characters::with_unix_lines(&raw).into()));
                Ok(())
            }
            Event::PI(instruction) => self.instruction(&instruction.into_inner()),
            Event::DocType(_) => Err(XmlFaultKind::DocumentType),
            Event::Decl(_) => Err(XmlFaultKind::Declaration),
            Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, line: u32) -> Result<(), XmlFaultKind> {
        if self.root.is_some() {
            return Err(XmlFaultKind::NotOneRoot);
        }
        if self.open.len() >= self.limits.depth {
            return Err(XmlFaultKind::TooDeep);
        }
        let name = start.name();
        let (prefix, local) = names::split(name.as_ref())?;
        if prefix == Some("xmlns") {
            return Err(XmlFaultKind::BadName);
        }
        let mark = self.scope.mark();
        let tag = Tag::read(start.attributes_raw(), self.limits)?;
        for declaration in &tag.declarations {
            self.scope.enter(declaration);
        }
        if self.scope.mark() > self.limits.namespaces {
            return Err(XmlFaultKind::TooManyNamespaces);
        }
        let namespace = self.scope.find(prefix);
        if prefix.is_some() && namespace.is_none() {
            return Err(XmlFaultKind::UnboundPrefix);
        }
        let (declarations, attributes) = tag.resolve(&self.scope)?;
        let element = Element {
            prefix: prefix.map(Into::into),
            local: local.into(),
            namespace,
            declarations,
            attributes,
            children: Vec::new(),
            line,
        };
        self.open.push((element, mark));
        Ok(())
    }

    fn end(&mut self) -> Result<(), XmlFaultKind> {
        let (element, mark) = self.open.pop().ok_or(XmlFaultKind::Unbalanced)?;
        self.scope.leave(mark);
        match self.open.last_mut() {
            Some((parent, _)) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlFaultKind> {
        let blank = |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        if !self.open.is_empty() {
            self.pending.push_str(text);
            Ok(())
        } else if text.bytes().all(blank) {
            Ok(())
        } else {
            Err(XmlFaultKind::NotOneRoot)
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.pending);
        if let Some((parent, _)) = self.open.last_mut() {
            self.nodes += 1;
            parent.children.push(Node::Text(text.into()));
        }
    }

    fn instruction(&mut self, raw: &str) -> Result<(), XmlFaultKind> {
        characters::check(raw)?;
        let end = raw.find([' ', '\t', '\r', '\n']).unwrap_or(raw.len());
        let (target, data) = raw.split_at(end);
        if !names::is_name(target) || target.eq_ignore_ascii_case("xml") {
            return Err(XmlFaultKind::BadName);
        }
        let data = characters::with_unix_lines(data.trim_start_matches([' ', '\t', '\r', '\n']));
        self.aside(Aside::Instruction {
            target: target.into(),
            data: data.into(),
        });
        Ok(())
    }

    fn aside(&mut self, aside: Aside) {
        match self.open.last_mut() {
            Some((parent, _)) => parent.children.push(aside.into()),
            None if self.root.is_none() => self.before.push(aside),
            None => self.after.push(aside),
        }
    }

    fn finish(self) -> Result<Document, XmlFaultKind> {
        if !self.open.is_empty() {
            return Err(XmlFaultKind::Unbalanced);
        }
        Ok(Document {
            before: self.before,
            root: self.root.ok_or(XmlFaultKind::NotOneRoot)?,
            after: self.after,
        })
    }
}

impl From<Aside> for Node {
    fn from(aside: Aside) -> Self {
        match aside {
            Aside::Comment(text) => Self::Comment(text),
            Aside::Instruction { target, data } => Self::Instruction { target, data },
        }
    }
}
