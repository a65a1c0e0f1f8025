//! M9.7 and M9.8: what was dispensed on a prescription, asked by a prescriber.

use crate::fault::{MessageFault, MessageFaultKind};
use crate::parts::{Making, Parts};
use crate::value::MessageId;
use crate::xml::Element;

/// The editions of M9.7 that are read; the last is written.
pub(super) const M97_NAMESPACES: [&str; 2] = [
    "http://www.kith.no/xmlstds/eresept/m97/2015-05-01",
    "http://www.ehelse.no/xmlstds/eresept/m97/2018-07-01",
];
/// The editions of M9.8 that are read; the last is written.
pub(super) const M98_NAMESPACES: [&str; 2] = [
    "http://www.kith.no/xmlstds/eresept/m98/2015-10-15",
    "http://www.ehelse.no/xmlstds/eresept/m98/2018-07-01",
];

/// M9.7: a prescriber asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M97 {
    /// The prescription.
    pub prescription: MessageId,
    /// How the answer may be compressed; 1 is not at all (`Komprimering`).
    pub compression: u32,
}

/// M9.8: the answer. The reports (M6) go along whole, as attachments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum M98 {
    /// There is no such prescription (`IngenResept`).
    NoPrescription,
    /// So many dispensings (`AntallUtleveringer`).
    Dispensings(u32),
    /// The patient has asked that prescribers do not see them (`Pasientreservasjon`).
    PatientReservation,
}

impl M97 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            prescription: parts.id("ReseptId")?,
            compression: parts.whole("Komprimering")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M97_NAMESPACES[1], "M97")
            .text("ReseptId", &self.prescription)
            .text("Komprimering", self.compression)
            .element
    }
}

impl M98 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        // The edition of 2015 spells it without an L.
        for local in ["AntallUtleveringer", "AntallUteveringer"] {
            if let Some(count) = parts.some_whole(local)? {
                return Ok(Self::Dispensings(count));
            }
        }
        if parts.some_truth("Pasientreservasjon")? == Some(true) {
            return Ok(Self::PatientReservation);
        }
        match parts.some_truth("IngenResept")? {
            Some(true) => Ok(Self::NoPrescription),
            _ => Err(parts.fault("AntallUtleveringer", MessageFaultKind::NoneOf)),
        }
    }

    pub(super) fn write(self) -> Element {
        let making = Making::new(M98_NAMESPACES[1], "M98");
        match self {
            Self::NoPrescription => making.text("IngenResept", true),
            Self::Dispensings(count) => making.text("AntallUtleveringer", count),
            Self::PatientReservation => making.text("Pasientreservasjon", true),
        }
        .element
    }
}
