//! M1: a prescription, from the prescriber.

use riktig_codes::Day;

use super::{Line, PRESCRIPTION_NAMESPACE as M1_NAMESPACE};
use crate::fault::{MessageFault, MessageFaultKind};
use crate::parts::{Making, Parts};
use crate::value::{Coded, Moment};
use crate::xml::Element;

/// A prescription (`Resept`). Its number is the envelope's; its diagnosis is an attachment: [`Message::diagnosis`](super::Message::diagnosis).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M1 {
    /// The day it was prescribed (`Forskrivningsdato`).
    pub prescribed: Day,
    /// The last day it is valid (`Utloper`).
    pub expires: Day,
    /// The patient is a conscript (`Vernepliktig`).
    pub conscript: Option<bool>,
    /// Individual reimbursement is applied for (`SoktIndividRefusjon`).
    pub individual_reimbursement: Option<bool>,
    /// The patient has an exemption card (`Frikort`).
    pub exemption_card: Option<bool>,
    /// Hidden from guardians (`Vergeinnsynsreservasjon`).
    pub hidden_from_guardians: Option<bool>,
    /// For the prescriber's own practice (`TilEgenPraksis`).
    pub for_own_practice: Option<bool>,
    /// `RekvLegensNavn`.
    pub in_doctors_name: Option<bool>,
    /// Reference number, for whom no person number is known (`RefNr`).
    pub reference_number: Option<String>,
    /// The prescriber's specialty (`Spesialitet`, list 7426).
    pub specialty: Option<Coded>,
    /// What is prescribed.
    pub line: Line,
    /// Who began the treatment (`Instituert`). Kept as it stands.
    pub begun_by: Option<Element>,
    /// To which pharmacy it is sent (`EkspAnm`). Kept as it stands.
    pub dispatch: Option<Element>,
    /// A patient of another country (`Utlending`). Kept as it stands.
    pub foreigner: Option<Element>,
    /// When the prescriber's drug data was updated (`OppdatertFest`).
    pub drug_data_of: Moment,
    /// Not to be dispensed before this day (`TidligsteUtlevering`): a waiting prescription.
    pub not_before: Option<Day>,
    /// Discharged from hospital (`UtskrevetSykehus`).
    pub discharged: Option<bool>,
    /// Locked: shown only with the reference number (`LastResept`).
    pub locked: Option<bool>,
}

impl M1 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let line = Line::read_some(element)?
            .ok_or_else(|| parts.fault("ReseptDokLegemiddel", MessageFaultKind::NoneOf))?;
        Ok(Self {
            prescribed: parts.day("Forskrivningsdato")?,
            expires: parts.day("Utloper")?,
            conscript: parts.some_truth("Vernepliktig")?,
            individual_reimbursement: parts.some_truth("SoktIndividRefusjon")?,
            exemption_card: parts.some_truth("Frikort")?,
            hidden_from_guardians: parts.some_truth("Vergeinnsynsreservasjon")?,
            for_own_practice: parts.some_truth("TilEgenPraksis")?,
            in_doctors_name: parts.some_truth("RekvLegensNavn")?,
            reference_number: parts.some_text("RefNr"),
            specialty: parts.some_coded("Spesialitet")?,
            line,
            begun_by: element.child("Instituert").cloned(),
            dispatch: element.child("EkspAnm").cloned(),
            foreigner: element.child("Utlending").cloned(),
            drug_data_of: parts.moment("OppdatertFest")?,
            not_before: parts.some_day("TidligsteUtlevering")?,
            discharged: parts.some_truth("UtskrevetSykehus")?,
            locked: parts.some_truth("LastResept")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M1_NAMESPACE, "Resept")
            .text("Forskrivningsdato", self.prescribed)
            .text("Utloper", self.expires)
            .some_text("Vernepliktig", self.conscript)
            .some_text("SoktIndividRefusjon", self.individual_reimbursement)
            .some_text("Frikort", self.exemption_card)
            .some_text("Vergeinnsynsreservasjon", self.hidden_from_guardians)
            .some_text("TilEgenPraksis", self.for_own_practice)
            .some_text("RekvLegensNavn", self.in_doctors_name)
            .some_text("RefNr", self.reference_number.as_ref())
            .some_coded("Spesialitet", self.specialty.as_ref())
            .with(self.line.write())
            .with_all(self.begun_by.clone())
            .with_all(self.dispatch.clone())
            .with_all(self.foreigner.clone())
            .text("OppdatertFest", self.drug_data_of)
            .some_text("TidligsteUtlevering", self.not_before)
            .some_text("UtskrevetSykehus", self.discharged)
            .some_text("LastResept", self.locked)
            .element
    }
}
