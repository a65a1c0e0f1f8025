//! The safety mirror: what happened in the thirty days after, with and without an antibiotic.

use serde::{Deserialize, Serialize};

use super::indicator::Words;
use super::value::Figure;

/// Own contacts with an infection, and who came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Safety {
    /// One per infection group with contacts of the doctor's own.
    pub groups: Vec<SafetyGroup>,
}

/// One infection group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SafetyGroup {
    /// The group's code (`BRONCHITIS`).
    pub id: String,
    /// Its name in running text ("akutt bronkitt").
    pub name: Words,
    /// Contacts that led to no antibiotic.
    pub untreated: SafetyArm,
    /// Contacts that did.
    pub treated: SafetyArm,
}

/// What followed within thirty days. Figures are per cent of the contacts; the country's carry no counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SafetyArm {
    /// The doctor's own contacts.
    pub contacts: u64,
    /// Of these, came back for the same infection.
    pub recontacts: Figure,
    /// The same in the country.
    pub recontacts_country: Figure,
    /// Of these, admitted for the same infection; missing where no admissions were delivered.
    pub admissions: Figure,
    /// The same in the country.
    pub admissions_country: Figure,
}
