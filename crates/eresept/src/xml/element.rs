//! An element and what stands in it.

use std::fmt;
use std::sync::Arc;

/// An element: its names, its declarations and attributes in the order they were written, and what stands in it.
///
/// `Debug` tells the name and the counts only: messages are about people.
#[derive(Clone, PartialEq, Eq)]
pub struct Element {
    pub(super) prefix: Option<Box<str>>,
    pub(super) local: Box<str>,
    pub(super) namespace: Option<Arc<str>>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Node>,
    pub(super) line: u32,
}

/// `xmlns="…"` or `xmlns:prefix="…"`.
#[derive(Clone, PartialEq, Eq)]
pub struct Declaration {
    pub(super) prefix: Option<Box<str>>,
    pub(super) namespace: Arc<str>,
}

/// An attribute that is no namespace declaration; its value after references and white space are read as XML has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    pub(super) prefix: Option<Box<str>>,
    pub(super) local: Box<str>,
    pub(super) namespace: Option<Arc<str>>,
    pub(super) value: Box<str>,
}

/// What stands in an element.
#[derive(Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, references resolved.
    Text(Box<str>),
    /// A CDATA section. Canonical XML does not tell it from text.
    CharacterData(Box<str>),
    /// A comment.
    Comment(Box<str>),
    /// A processing instruction.
    Instruction {
        /// Whom it addresses.
        target: Box<str>,
        /// What it says.
        data: Box<str>,
    },
}

impl Element {
    /// An empty element in a namespace, without a prefix. Its declarations are made when it is written.
    pub fn new(namespace: &str, local: &str) -> Self {
        Self {
            prefix: None,
            local: local.into(),
            namespace: Some(namespace.into()),
            declarations: Vec::new(),
            attributes: Vec::new(),
            children: Vec::new(),
            line: 0,
        }
    }

    /// The name after the prefix.
    pub fn local_name(&self) -> &str {
        &self.local
    }

    /// The prefix it is written with.
    pub fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// The namespace its name is in.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// Whether it is this element: same namespace, same local name, whatever the prefix.
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        &*self.local == local && self.namespace.as_deref() == Some(namespace)
    }

    /// The line it starts on, counted from 1; 0 where it was made here.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The namespaces declared on it, in their order.
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// Its attributes, in their order.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The value of an attribute in no namespace.
    pub fn attribute(&self, local: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.namespace.is_none() && &*attribute.local == local)
            .map(|attribute| &*attribute.value)
    }

    /// What stands in it, in its order.
    pub fn nodes(&self) -> &[Node] {
        &self.children
    }

    /// The elements in it, in their order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The first element in it with this local name and its own namespace.
    pub fn child(&self, local: &str) -> Option<&Element> {
        self.elements()
            .find(|element| &*element.local == local && element.namespace == self.namespace)
    }

    /// The first element in it with this name.
    pub fn child_in(&self, namespace: &str, local: &str) -> Option<&Element> {
        self.elements().find(|element| element.is(namespace, local))
    }

    /// Every element in it with this name.
    pub fn children_in<'a>(
        &'a self,
        namespace: &'a str,
        local: &'a str,
    ) -> impl Iterator<Item = &'a Element> {
        self.elements()
            .filter(move |element| element.is(namespace, local))
    }

    /// The first element with this local name in it, at any depth, in the document's order and in any namespace: for telling where something
    /// stands. The bound on depth is the bound on this recursion.
    pub fn find(&self, local: &str) -> Option<&Element> {
        self.elements()
            .find_map(|element| match &*element.local == local {
                true => Some(element),
                false => element.find(local),
            })
    }

    /// The text that stands directly in it; comments do not part it.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) | Node::CharacterData(text) => Some(&**text),
                _ => None,
            })
            .collect()
    }

    /// With a namespace put in another's place, here and below: a part of one edition of a message in another edition of it.
    /// The bound on depth is the bound on this recursion.
    #[must_use]
    pub fn moved(mut self, from: &str, to: &str) -> Self {
        if self.namespace.as_deref() == Some(from) {
            self.namespace = Some(to.into());
        }
        for declaration in &mut self.declarations {
            if &*declaration.namespace == from {
                declaration.namespace = to.into();
            }
        }
        for node in &mut self.children {
            if let Node::Element(child) = node {
                let below = std::mem::replace(child, Element::new("", ""));
                *child = below.moved(from, to);
            }
        }
        self
    }

    /// With one more attribute in no namespace. Characters that XML has no way to write are left out.
    #[must_use]
    pub fn with_attribute(mut self, local: &str, value: &str) -> Self {
        self.attributes.push(Attribute {
            prefix: None,
            local: local.into(),
            namespace: None,
            value: writable(value),
        });
        self
    }

    /// With text after what stands in it. Characters that XML has no way to write are left out.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.children.push(Node::Text(writable(text)));
        }
        self
    }

    /// With an element after what stands in it.
    #[must_use]
    pub fn with(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With an element after what stands in it, if there is one.
    #[must_use]
    pub fn with_some(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    /// With elements after what stands in it.
    #[must_use]
    pub fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }
}

/// The text without the characters that no XML document can hold.
fn writable(text: &str) -> Box<str> {
    text.chars()
        .filter(|&character| super::characters::is_allowed(character))
        .collect()
}

impl Attribute {
    /// The name after the prefix.
    pub fn local_name(&self) -> &str {
        &self.local
    }

    /// The prefix it is written with.
    pub fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// Its namespace; none without a prefix.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// Its value.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl Declaration {
    /// The prefix that is bound; none for the default namespace.
    pub fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// What it is bound to; empty where `xmlns=""` takes the default away.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<{} line={} attributes={} nodes={}>",
            self.local,
            self.line,
            self.attributes.len(),
            self.children.len()
        )
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=…", self.local)
    }
}

impl fmt::Debug for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "xmlns:{}=…", self.prefix().unwrap_or_default())
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Element(element) => element.fmt(f),
            Self::Text(text) => write!(f, "text of {} bytes", text.len()),
            Self::CharacterData(text) => write!(f, "CDATA of {} bytes", text.len()),
            Self::Comment(text) => write!(f, "comment of {} bytes", text.len()),
            Self::Instruction { data, .. } => write!(f, "instruction of {} bytes", data.len()),
        }
    }
}
