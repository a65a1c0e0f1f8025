//! A message's XML, as flat as canonical XML needs it: bounded, without a document type, names resolved.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::SignatureFault;
use super::{parsing, start_tag};

/// The largest message that is read, in bytes; the largest example of the e-prescription system has 0.13 MB.
pub const MAX_BYTES: usize = 8 << 20;

pub(super) const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// A document as a list of nodes in document order; an element is a start and an end. Comments are not kept: no form that is
/// signed here has them.
pub(super) struct Document<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) bindings: Vec<Binding<'a>>,
}

pub(super) enum Node<'a> {
    /// Index into `elements`.
    Start(usize),
    /// Index into `elements`.
    End(usize),
    Text(Cow<'a, str>),
    Instruction(&'a str, Cow<'a, str>),
}

pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    /// The namespace, as an index into `bindings`.
    pub(super) binding: Option<usize>,
    pub(super) attributes: Range<usize>,
    /// What it declares, as a range of `bindings`.
    pub(super) declares: Range<usize>,
    pub(super) parent: Option<usize>,
    /// Its start and end as indexes into `nodes`.
    pub(super) nodes: Range<usize>,
    /// Where its end tag begins in the bytes; of an empty tag, where that ends.
    pub(super) end_tag: usize,
    pub(super) is_empty_tag: bool,
}

pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) binding: Option<usize>,
    pub(super) value: Cow<'a, str>,
}

/// A prefix (empty: the default) and what it stands for (empty: none).
pub(super) struct Binding<'a> {
    pub(super) prefix: &'a str,
    pub(super) uri: Cow<'a, str>,
}

impl<'a> Document<'a> {
    /// Reads a document.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, SignatureFault> {
        if bytes.len() > MAX_BYTES {
            return Err(SignatureFault::TooLarge { what: "its bytes" });
        }
        let text = std::str::from_utf8(bytes).map_err(|error| SignatureFault::Document {
            at: error.valid_up_to(),
            what: "bytes that are not UTF-8",
        })?;
        parsing::read(text)
    }

    /// The namespace and the local name of an element.
    pub(super) fn qualified(&self, element: usize) -> (&str, &str) {
        let element = &self.elements[element];
        let uri = element.binding.map_or("", |it| &*self.bindings[it].uri);
        (uri, start_tag::split(element.name).1)
    }

    /// The elements directly inside this one.
    pub(super) fn children(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        let nodes = self.elements[element].nodes.clone();
        let mut next = nodes.start + 1;
        std::iter::from_fn(move || {
            while next < nodes.end {
                let at = next;
                next += 1;
                if let Node::Start(child) = self.nodes[at] {
                    next = self.elements[child].nodes.end + 1;
                    return Some(child);
                }
            }
            None
        })
    }

    /// The text directly inside an element; `None` if it contains anything but text.
    pub(super) fn text(&self, element: usize) -> Option<String> {
        let nodes = self.elements[element].nodes.clone();
        let inside = &self.nodes[nodes.start + 1..nodes.end];
        inside
            .iter()
            .map(|node| match node {
                Node::Text(text) => Some(&**text),
                _ => None,
            })
            .collect()
    }

    /// The declarations in force at an element, outermost first.
    pub(super) fn in_force(&self, element: usize) -> Vec<usize> {
        let mut path: Vec<usize> = self.ancestors(element).collect();
        path.reverse();
        path.push(element);
        path.into_iter()
            .flat_map(|it| self.elements[it].declares.clone())
            .collect()
    }

    /// Its parent, its parent's parent, and so on.
    pub(super) fn ancestors(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.elements[element].parent, |it| {
            self.elements[*it].parent
        })
    }
}

impl Document<'_> {
    /// By what attributes are ordered and told apart: namespace, then local name.
    pub(super) fn attribute_key<'s>(&'s self, attribute: &'s Attribute<'_>) -> (&'s str, &'s str) {
        let (prefix, local) = start_tag::split(attribute.name);
        match attribute.binding {
            Some(binding) => (&self.bindings[binding].uri, local),
            None if prefix == "xml" => (XML_NAMESPACE, local),
            None => ("", local),
        }
    }
}
