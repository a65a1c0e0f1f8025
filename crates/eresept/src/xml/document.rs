//! A whole document.

use super::{Element, Limits, XmlFault, reader, scope, writer};

/// A document: the outermost element and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(super) before: Vec<Aside>,
    pub(super) root: Element,
    pub(super) after: Vec<Aside>,
}

/// A comment or a processing instruction outside of the outermost element.
#[derive(Clone, PartialEq, Eq)]
pub enum Aside {
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

impl std::fmt::Debug for Aside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Comment(_) => "comment",
            Self::Instruction { .. } => "instruction",
        })
    }
}

impl Document {
    /// Reads a document within the bounds of a message.
    ///
    /// # Errors
    /// The first fault, with its line and what the sender can do.
    pub fn read(bytes: &[u8]) -> Result<Self, XmlFault> {
        Self::read_within(bytes, Limits::MESSAGE)
    }

    /// Reads a document within given bounds.
    ///
    /// # Errors
    /// The first fault, with its line and what the sender can do.
    pub fn read_within(bytes: &[u8], limits: Limits) -> Result<Self, XmlFault> {
        reader::read(bytes, limits)
    }

    /// A document around an element. Namespaces that its parts are in and that nothing declares are declared where they are
    /// first needed, so elements made here and elements taken out of another document can be put together.
    pub fn new(mut root: Element) -> Self {
        scope::declare_missing(&mut root);
        Self {
            before: Vec::new(),
            root,
            after: Vec::new(),
        }
    }

    /// The outermost element.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// The outermost element, taken out.
    pub fn into_root(self) -> Element {
        self.root
    }

    /// Comments and instructions before the outermost element.
    pub fn before(&self) -> &[Aside] {
        &self.before
    }

    /// Comments and instructions after the outermost element.
    pub fn after(&self) -> &[Aside] {
        &self.after
    }

    /// The document in UTF-8. Its canonical form is that of the document that was read.
    pub fn write(&self) -> Vec<u8> {
        writer::write(self)
    }
}
