//! What can happen to a prescription.

use riktig_codes::{Day, HprNumber};
use serde::{Deserialize, Serialize};

use super::{Amount, PharmacyId, PrescriptionId, RecallReason};

/// Something that somebody did, or that a day did. What it leads to: [`State::after`](super::State::after).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A pharmacy took it to dispense (M9.3, answered with M9.4): nobody else may, until it dispenses or releases.
    Downloaded {
        /// The pharmacy.
        pharmacy: PharmacyId,
    },
    /// The pharmacy gave it back without dispensing (M10 with a kanselleringskode and no dispensing).
    Released {
        /// The pharmacy.
        pharmacy: PharmacyId,
    },
    /// The pharmacy dispensed (M10).
    Dispensed(Dispensing),
    /// A dispensing is taken back (M10 with annullering): it never happened.
    DispensingCancelled {
        /// The pharmacy that dispensed.
        pharmacy: PharmacyId,
        /// The dispensing (annulleringsId): the id of the message that reported it.
        dispensing: String,
    },
    /// Recalled (M5), also by a renewal.
    Recalled(Recall),
    /// Locked (låst) or opened again: who knows its reference number may see it.
    Locked(bool),
    /// Hidden from guardians, or shown to them again.
    GuardianReservation(bool),
    /// Found to be invalid by the intermediary's operator, for example because of a certificate revoked before signing.
    Invalidated,
    /// Its last day has passed: what a nightly sweep notes. A prescription is expired on its day whether or not this was noted.
    Expired,
}

/// A pharmacy's report of what it handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispensing {
    /// The id of the message that reports it.
    pub id: String,
    /// The pharmacy.
    pub pharmacy: PharmacyId,
    /// The day on which it was handed out (utleveringsdato), which may be before the report.
    pub on: Day,
    /// How much; `None` if the report does not say.
    pub amount: Option<Amount>,
    /// Whether the pharmacy says that nothing more will be dispensed (avsluttet).
    pub last: bool,
    /// Whether the pharmacist reports an intervention (list 7412) and so answers for an amount over what was left.
    pub intervened: bool,
}

/// A recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// Who.
    pub by: Recaller,
    /// Why.
    pub reason: RecallReason,
    /// The prescription that takes its place (NyReseptId), if one does.
    pub renewed_as: Option<PrescriptionId>,
}

/// Who recalls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recaller {
    /// A prescriber: the one who prescribed, or another.
    Prescriber(HprNumber),
    /// The intermediary's operator.
    Operator,
}
