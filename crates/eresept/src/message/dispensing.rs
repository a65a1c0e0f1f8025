//! A dispensing (`Utlevering`), as M10, M6 and M8.1 carry it.

use riktig_codes::Day;

use super::Line;
use crate::envelope::{read_ident, write_ident};
use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, Ident, MessageId};
use crate::xml::Element;

/// The namespace of dispensings.
pub(super) const NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/utlevering/2013-10-08";
/// The namespace of common components, which numbers within messages are in.
pub(super) const COMMON_NAMESPACE: &str = "http://www.kith.no/xmlstds/felleskomponent1";

/// A dispensing, or the annulment of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispensing {
    /// The prescription.
    pub prescription: MessageId,
    /// The day (`Utleveringsdato`).
    pub dispensed: Day,
    /// This annuls an earlier report (`Annullering`).
    pub annuls: bool,
    /// Whether the prescription is used up (`Avsluttet`, list 1101).
    pub ended: Option<Coded>,
    /// The customer wants no equivalent (`ByttereservasjonKunde`).
    pub customer_refuses_exchange: Option<bool>,
    /// The report that is annulled (`AnnulleringsId`).
    pub annulled: Option<MessageId>,
    /// Batch (`Batchnr`).
    pub batch: Option<String>,
    /// What was dispensed.
    pub line: Option<Line>,
    /// The pharmacy's address in the health network.
    pub pharmacy: Ident,
    /// The pharmacy's name.
    pub pharmacy_name: String,
    /// What the pharmacist changed.
    pub interventions: Vec<Intervention>,
}

/// A pharmacist's change, with its reason (`Intervensjon`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intervention {
    /// Why (list 7412).
    pub reason: Option<Coded>,
    /// What was changed (list 7413).
    pub change: Option<Coded>,
    /// The customer was asked (`KonfKunde`).
    pub customer_asked: Option<bool>,
    /// The doctor who was asked (`KonfLege`).
    pub doctor_asked: Option<Ident>,
    /// Why, in words (`Begrunnelse`).
    pub explanation: Option<String>,
}

impl Dispensing {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let pharmacy = Parts(parts.element("Utleverer")?);
        let interventions = element.children_in(NAMESPACE, "Intervensjon");
        Ok(Self {
            prescription: parts.id("ReseptId")?,
            dispensed: parts.day("Utleveringsdato")?,
            annuls: parts.truth("Annullering")?,
            ended: parts.some_coded("Avsluttet")?,
            customer_refuses_exchange: parts.some_truth("ByttereservasjonKunde")?,
            annulled: parts.some_id("AnnulleringsId")?,
            batch: parts.some_text("Batchnr"),
            line: Line::read_some(element)?,
            pharmacy: read_ident(pharmacy.element("HerId")?, COMMON_NAMESPACE)?,
            pharmacy_name: pharmacy.text("Navn")?,
            interventions: interventions
                .map(Intervention::read)
                .collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn write(&self) -> Element {
        let her = write_ident(
            &self.pharmacy,
            Element::new(NAMESPACE, "HerId"),
            COMMON_NAMESPACE,
        );
        let pharmacy = Making::new(NAMESPACE, "Utleverer")
            .with(her)
            .text("Navn", &self.pharmacy_name);
        Making::new(NAMESPACE, "Utlevering")
            .text("ReseptId", &self.prescription)
            .text("Utleveringsdato", self.dispensed)
            .text("Annullering", self.annuls)
            .some_simple("Avsluttet", self.ended.as_ref())
            .some_text("ByttereservasjonKunde", self.customer_refuses_exchange)
            .some_text("AnnulleringsId", self.annulled.as_ref())
            .some_text("Batchnr", self.batch.as_ref())
            .with_all(self.line.as_ref().map(Line::write))
            .with(pharmacy.element)
            .with_all(self.interventions.iter().map(Intervention::write))
            .element
    }
}

impl Intervention {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let doctor = element.child("KonfLege");
        Ok(Self {
            reason: parts.some_coded("Kode")?,
            change: parts.some_coded("EndringsType")?,
            customer_asked: parts.some_truth("KonfKunde")?,
            doctor_asked: doctor
                .map(|ident| read_ident(ident, COMMON_NAMESPACE))
                .transpose()?,
            explanation: parts.some_text("Begrunnelse"),
        })
    }

    fn write(&self) -> Element {
        let doctor = self
            .doctor_asked
            .as_ref()
            .map(|ident| write_ident(ident, Element::new(NAMESPACE, "KonfLege"), COMMON_NAMESPACE));
        Making::new(NAMESPACE, "Intervensjon")
            .some_coded("Kode", self.reason.as_ref())
            .some_simple("EndringsType", self.change.as_ref())
            .some_text("KonfKunde", self.customer_asked)
            .with_all(doctor)
            .some_text("Begrunnelse", self.explanation.as_ref())
            .element
    }
}
