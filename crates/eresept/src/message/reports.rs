//! Reports of a dispensing: M10 from the pharmacy, M6 to the prescriber, M8.1 to the summary record.

use super::dispensing::{Dispensing, NAMESPACE as DISPENSING};
use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, MessageId, Quantity, Withheld};
use crate::xml::Element;

pub(super) const M10_NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m10/2013-10-08";
pub(super) const M6_NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m6/2013-10-08";
pub(super) const M81_NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m81/2013-10-08";

/// M10: the pharmacy reports a dispensing, or gives a prescription back (`Utleveringsrapport`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M10 {
    /// The dispensing.
    pub dispensing: Dispensing,
    /// Given back without a dispensing, and why (`Kanselleringskode`, list 7411).
    pub given_back: Option<Coded>,
    /// The patient does not want the regular doctor to be told (`ReservasjonRapportFastlege`).
    pub regular_doctor_not_told: bool,
    /// Price of an unregistered drug (`PrisLegemiddelUtenMt`).
    pub price: Option<Quantity>,
    /// Who dispensed (`AnsattId`): an HPR number or the pharmacy's own.
    pub employee: Withheld,
    /// Shares paid (`Egenandel`), four or none. Kept as they stand.
    pub shares_paid: Vec<Element>,
    /// A prescription on paper (`Papirresept`).
    pub on_paper: Option<bool>,
    /// Who prescribed on paper (`RekvirentPapir`). Kept as it stands.
    pub paper_prescriber: Option<Element>,
}

/// M6: the prescriber is told of a dispensing (`UtleveringsrapportRekvirent`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M6 {
    /// The dispensing.
    pub dispensing: Dispensing,
    /// The pharmacy's report (`ReferanseM10`).
    pub report: MessageId,
}

/// M8.1: the summary record is told of a dispensing (`UtleveringsrapportKjernejournal`); the M1 goes along whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M81 {
    /// The dispensing.
    pub dispensing: Dispensing,
    /// The pharmacy's report (`ReferanseM10`).
    pub report: MessageId,
    /// A prescription on paper (`Papirresept`).
    pub on_paper: Option<bool>,
    /// Who prescribed on paper (`RekvirentPapir`). Kept as it stands.
    pub paper_prescriber: Option<Element>,
    /// Reference number (`RefNr`).
    pub reference_number: Option<String>,
    /// The regular doctor is not told (`ReservasjonRapportFastlege`).
    pub regular_doctor_not_told: Option<bool>,
    /// Hidden from guardians (`Vergeinnsynsreservasjon`).
    pub hidden_from_guardians: Option<bool>,
}

fn dispensing(parts: Parts<'_>) -> Result<Dispensing, MessageFault> {
    Dispensing::read(parts.element_in(DISPENSING, "Utlevering")?)
}

impl M10 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            dispensing: dispensing(parts)?,
            given_back: parts.some_coded("Kanselleringskode")?,
            regular_doctor_not_told: parts.truth("ReservasjonRapportFastlege")?,
            price: parts.some_quantity("PrisLegemiddelUtenMt")?,
            employee: parts.withheld("AnsattId")?,
            shares_paid: element
                .children_in(M10_NAMESPACE, "Egenandel")
                .cloned()
                .collect(),
            on_paper: parts.some_truth("Papirresept")?,
            paper_prescriber: element.child_in(DISPENSING, "RekvirentPapir").cloned(),
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M10_NAMESPACE, "Utleveringsrapport")
            .with(self.dispensing.write())
            .some_simple("Kanselleringskode", self.given_back.as_ref())
            .text("ReservasjonRapportFastlege", self.regular_doctor_not_told)
            .some_quantity("PrisLegemiddelUtenMt", self.price.as_ref())
            .text("AnsattId", self.employee.reveal())
            .with_all(self.shares_paid.iter().cloned())
            .some_text("Papirresept", self.on_paper)
            .with_all(self.paper_prescriber.clone())
            .element
    }
}

impl M6 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            dispensing: dispensing(parts)?,
            report: parts.id("ReferanseM10")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M6_NAMESPACE, "UtleveringsrapportRekvirent")
            .with(self.dispensing.write())
            .text("ReferanseM10", &self.report)
            .element
    }
}

impl M81 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            dispensing: dispensing(parts)?,
            report: parts.id("ReferanseM10")?,
            on_paper: parts.some_truth("Papirresept")?,
            paper_prescriber: element.child_in(DISPENSING, "RekvirentPapir").cloned(),
            reference_number: parts.some_text("RefNr"),
            regular_doctor_not_told: parts.some_truth("ReservasjonRapportFastlege")?,
            hidden_from_guardians: parts.some_truth("Vergeinnsynsreservasjon")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M81_NAMESPACE, "UtleveringsrapportKjernejournal")
            .with(self.dispensing.write())
            .text("ReferanseM10", &self.report)
            .some_text("Papirresept", self.on_paper)
            .with_all(self.paper_prescriber.clone())
            .some_text("RefNr", self.reference_number.as_ref())
            .some_text("ReservasjonRapportFastlege", self.regular_doctor_not_told)
            .some_text("Vergeinnsynsreservasjon", self.hidden_from_guardians)
            .element
    }
}
