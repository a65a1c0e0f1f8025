//! M5: a prescription is recalled, by the prescriber.

use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, MessageId, system};
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

/// Why a prescription is recalled (list 7500).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecallReason {
    /// Renewed (`1`).
    Renewed,
    /// The treatment was stopped (`2`).
    Stopped,
    /// Renewed with a change (`3`).
    RenewedWithChange,
    /// Another reason (`4`).
    Other,
    /// Deleted by an administrator (`5`).
    Administrative,
}

impl RecallReason {
    /// The reason of a code; none where the list does not have it.
    pub fn of(coded: &Coded) -> Option<Self> {
        Some(match coded.code.as_str() {
            "1" => Self::Renewed,
            "2" => Self::Stopped,
            "3" => Self::RenewedWithChange,
            "4" => Self::Other,
            "5" => Self::Administrative,
            _ => return None,
        })
    }

    /// The code with its name.
    pub fn coded(self) -> Coded {
        let (code, name) = match self {
            Self::Renewed => ("1", "Fornying"),
            Self::Stopped => ("2", "Seponering"),
            Self::RenewedWithChange => ("3", "Fornying med endring"),
            Self::Other => ("4", "Annen"),
            Self::Administrative => ("5", "Administrativ sletting"),
        };
        Coded::of(system::RECALL_REASON, code, name)
    }
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
