//! The safety mirror: what happened in the thirty days after, with and without an antibiotic (decision 0009).

use serde::{Deserialize, Serialize};

use super::indicator::Words;
use super::value::Figure;

/// Own episodes of infection, and who came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Safety {
    /// Days followed after the first contact of an episode.
    pub days: u32,
    /// One per infection with episodes of the doctor's own.
    pub groups: Vec<SafetyGroup>,
}

/// One infection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SafetyGroup {
    /// The diagnosis group's code (`BRONCHITIS`).
    pub id: String,
    /// Its name.
    pub name: Words,
    /// Episodes that began without an antibiotic.
    pub untreated: SafetyArm,
    /// Episodes that began with one.
    pub treated: SafetyArm,
}

/// What followed. Figures are per cent of the episodes that could be followed; the country's carry no counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SafetyArm {
    /// The doctor's own episodes in the period, followed or not.
    pub episodes: u64,
    /// Came back for the same infection, or for what it turned into.
    pub recontacts: Figure,
    /// The same in the country.
    pub recontacts_country: Figure,
    /// How the own share of re-contacts stands to the country's; `None` where that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub standing: Option<Standing>,
    /// Admitted to hospital for it; missing where no admissions were delivered.
    pub admissions: Figure,
    /// The same in the country.
    pub admissions_country: Figure,
}

/// A share beside the country's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Clearly fewer returns.
    Fewer,
    /// The difference may be chance.
    MayBeChance,
    /// Clearly more.
    More,
}
