//! What came after contacts for an infection, treated or not (decision 0009).

use riktig_indicators::safety::Followed;
use serde::{Deserialize, Serialize};

use super::Edition;
use super::prescriber::PrescriberId;
use super::scope::Suppression;

/// Index of an infection in [`SafetyRule::infections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InfectionId(pub u32);

/// How the mirror was made, in `edition.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyRule {
    /// Days followed after an episode's first contact, and looked back before it.
    pub days: u32,
    /// The infections, in the order of the table's `infection` column.
    pub infections: Vec<SafetyInfection>,
    /// The first and the last day whose episodes could be followed, `YYYY-MM-DD`; `None` where none could.
    pub followed: Option<[String; 2]>,
    /// Why no re-contact can be told, if so.
    pub recontacts: Option<NotFollowed>,
    /// Why no admission can be told, if so.
    pub admissions: Option<NotFollowed>,
    /// Episodes of the period that could not be followed, because days before or after them are not delivered.
    pub not_followed: u64,
    /// Contacts of the period for these infections whose patient is masked: nobody knows whether they came back.
    pub masked: u64,
}

/// An infection as the edition counted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyInfection {
    /// Id of the diagnosis group (`BRONCHITIS`).
    pub id: String,
    /// Name in bokmål, nynorsk, English.
    pub names: [String; 3],
    /// Codes of contacts that begin an episode, `SYSTEM:CODE`.
    pub own: Vec<String>,
    /// Codes of contacts that count as a return.
    pub returns: Vec<String>,
    /// Codes of acute admissions that count.
    pub admissions: Vec<String>,
}

/// Why something after a contact cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotFollowed {
    /// No contacts were delivered.
    NoContacts,
    /// No admissions were delivered. This is not the same as that nobody was admitted.
    NoAdmissions,
    /// The days before or after were not delivered.
    DaysMissing,
    /// Contacts carry no patients.
    NoPatients,
}

impl NotFollowed {
    /// Every reason; the index is the code in the table.
    pub const ALL: [NotFollowed; 4] = [
        NotFollowed::NoContacts,
        NotFollowed::NoAdmissions,
        NotFollowed::DaysMissing,
        NotFollowed::NoPatients,
    ];
}

/// How many came back, or why nobody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafetyOutcome {
    /// Counted; nobody is `events: 0`.
    Measured(Followed),
    /// Known, and kept back: of the country, never of a doctor.
    Suppressed(Suppression),
    /// Not known.
    Unavailable(NotFollowed),
}

impl SafetyOutcome {
    /// The counts, where they are told.
    #[must_use]
    pub fn measured(self) -> Option<Followed> {
        match self {
            SafetyOutcome::Measured(followed) => Some(followed),
            _ => None,
        }
    }
}

/// One prescriber's (or the country's) episodes of one infection, treated or not, in the edition's period. Without
/// episodes there is no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SafetyRow {
    /// Whose; `None`: all prescribers of the country, also those without a report.
    pub prescriber: Option<PrescriberId>,
    /// Of what.
    pub infection: InfectionId,
    /// An antibiotic was linked to a contact of the first day.
    pub treated: bool,
    /// Episodes that began in the period, followed or not.
    pub episodes: i64,
    /// Episodes with a further contact for the infection on days 1 to 30, with anybody.
    pub recontacts: SafetyOutcome,
    /// Episodes with an acute admission for it on days 1 to 30.
    pub admissions: SafetyOutcome,
}

impl Edition {
    /// How the safety mirror was made; `None` in an edition without one.
    #[must_use]
    pub fn safety_rule(&self) -> Option<&SafetyRule> {
        self.content.meta.safety.as_ref()
    }

    /// What came after a prescriber's contacts for infections, by infection, untreated before treated.
    #[must_use]
    pub fn safety(&self, prescriber: PrescriberId) -> &[SafetyRow] {
        self.safety_of(Some(prescriber))
    }

    /// What came after the whole country's contacts for infections.
    #[must_use]
    pub fn safety_country(&self) -> &[SafetyRow] {
        self.safety_of(None)
    }

    fn safety_of(&self, whose: Option<PrescriberId>) -> &[SafetyRow] {
        let rows = &self.content.safety;
        let first = rows.partition_point(|row| row.prescriber < whose);
        let end = rows.partition_point(|row| row.prescriber <= whose);
        &rows[first..end]
    }
}
