//! M5: a prescription is recalled, by the prescriber.

use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, MessageId};
use crate::xml::Element;

pub(super) const NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m5/2013-04-16";

/// A recall (`Tilbakekalling`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M5 {
    /// The prescription that is recalled.
    pub prescription: MessageId,
    /// Why, in words (`Merknad`).
    pub note: Option<String>,
    /// Why (`Arsak`, list 7500).
    pub reason: Coded,
    /// The prescription that replaces it (`NyReseptId`).
    pub replaced_by: Option<MessageId>,
}

impl M5 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            prescription: parts.id("ReseptId")?,
            note: parts.some_text("Merknad"),
            reason: parts.coded("Arsak")?,
            replaced_by: parts.some_id("NyReseptId")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(NAMESPACE, "Tilbakekalling")
            .text("ReseptId", &self.prescription)
            .some_text("Merknad", self.note.as_ref())
            .coded("Arsak", &self.reason)
            .some_text("NyReseptId", self.replaced_by.as_ref())
            .element
    }
}
