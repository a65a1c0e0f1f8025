//! A message before it is written.

use super::Body;
use crate::attachment::{Carried, Diagnosis, extension_of};
use crate::envelope::{Enclosure, Envelope, NAMESPACE};
use crate::xml::{Document, Element};

/// A message before it is written: unsigned, and without a number of its own until the envelope has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What stands on the envelope. Its kind is written from the body, where that is of a known kind.
    pub envelope: Envelope,
    /// What it says.
    pub body: Body,
    /// What goes along.
    pub enclosures: Vec<Enclosure>,
}

impl Draft {
    /// With a diagnosis as the extension of this kind of message; unchanged where the kind has none (only M1 and M10 do).
    #[must_use]
    pub fn with_diagnosis(self, diagnosis: &Diagnosis) -> Self {
        self.carrying(&Carried {
            diagnosis: Some(diagnosis.clone()),
            waiting: None,
        })
    }

    /// With the extension of this kind of message; unchanged where the kind has none or there is nothing to carry.
    #[must_use]
    pub fn carrying(mut self, carried: &Carried) -> Self {
        self.enclosures.extend(extension_of(&self.body, carried));
        self
    }

    /// The message as a tree, for signing.
    pub fn document(&self) -> Document {
        let mut envelope = self.envelope.clone();
        if let Some(kind) = self.body.kind() {
            envelope.kind = kind;
        }
        let main = self.body.write().map(Enclosure::main);
        let enclosed = main.iter().chain(&self.enclosures).map(Enclosure::write);
        Document::new(
            Element::new(NAMESPACE, "MsgHead")
                .with(envelope.write())
                .with_all(enclosed),
        )
    }

    /// The message in UTF-8.
    pub fn write(&self) -> Vec<u8> {
        self.document().write()
    }
}
