//! M9.3 and M9.4: a pharmacy downloads a prescription, or gives it back.

use riktig_codes::Day;

use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, MessageId, Withheld};
use crate::xml::Element;

pub(super) const M93_NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m93/2010-06-04";
pub(super) const M94_NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m94/2010-07-01";

/// M9.3: the pharmacy asks for a prescription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M93 {
    /// The prescription.
    pub prescription: Option<MessageId>,
    /// Why the pharmacy gives it back (`Kansellering`, list 7411).
    pub given_back: Option<Coded>,
    /// Reference number.
    pub reference_number: Option<String>,
    /// Who asks (`AnsattId`).
    pub employee: Withheld,
}

/// M9.4: the prescription for the pharmacy (`ReseptNedlasting`). The prescriber's M1 goes along whole, as its first attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M94 {
    /// An application for an unregistered drug was sent (`DatoSoknadSendtSLV`).
    pub application_sent: Option<Day>,
    /// It was answered (`SvarSLVDato`).
    pub application_answered: Option<Day>,
    /// It was granted (`InnvligetGodkjFritak`).
    pub application_granted: Option<bool>,
    /// Status (list 7408).
    pub status: Coded,
    /// Status of the application.
    pub application_status: Option<Coded>,
    /// Shares paid (`Egenandel`), four or none. Kept as they stand.
    pub shares_paid: Vec<Element>,
}

impl M93 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            prescription: parts.some_id("ReseptId")?,
            given_back: parts.some_coded("Kansellering")?,
            reference_number: parts.some_text("RefNr"),
            employee: parts.withheld("AnsattId")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M93_NAMESPACE, "M93")
            .some_text("ReseptId", self.prescription.as_ref())
            .some_simple("Kansellering", self.given_back.as_ref())
            .some_text("RefNr", self.reference_number.as_ref())
            .text("AnsattId", self.employee.reveal())
            .element
    }
}

impl M94 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            application_sent: parts.some_day("DatoSoknadSendtSLV")?,
            application_answered: parts.some_day("SvarSLVDato")?,
            application_granted: parts.some_truth("InnvligetGodkjFritak")?,
            status: parts.coded("Status")?,
            application_status: parts.some_coded("StatusSoknadSlv")?,
            shares_paid: element
                .children_in(M94_NAMESPACE, "Egenandel")
                .cloned()
                .collect(),
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M94_NAMESPACE, "ReseptNedlasting")
            .some_text("DatoSoknadSendtSLV", self.application_sent)
            .some_text("SvarSLVDato", self.application_answered)
            .some_text("InnvligetGodkjFritak", self.application_granted)
            .simple("Status", &self.status)
            .some_simple("StatusSoknadSlv", self.application_status.as_ref())
            .with_all(self.shares_paid.iter().cloned())
            .element
    }
}
