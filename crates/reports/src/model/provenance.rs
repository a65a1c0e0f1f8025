//! Where the numbers come from: what the footer of every page says.

use serde::{Deserialize, Serialize};

/// A run of whole months, both ends included, each `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First month.
    pub first: String,
    /// Last month.
    pub last: String,
}

/// Everything a reader needs to judge how far the numbers can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The edition's fingerprint (SHA-256 of its input, hex).
    pub edition: String,
    /// The last day of dispensing in the data, `YYYY-MM-DD`.
    pub data_cut: String,
    /// Made-up data, for trying out.
    pub synthetic: bool,
    /// How the doctor's own antibiotics met their contacts.
    pub own_links: Links,
    /// How all antibiotics of the edition did.
    pub all_links: Links,
    /// Own items that stay out of list-based rates because the doctor also worked out of hours.
    pub left_out_dual_role: u64,
    /// Months of the period with dispensings in the data, of all months.
    pub months_with_dispensings: u32,
    /// Months of the period with contacts in the data.
    pub months_with_contacts: u32,
    /// Months in the period.
    pub months: u32,
    /// Rows of all deliveries behind the edition.
    pub rows: Rows,
    /// What the sources cannot give.
    pub limits: Vec<Limit>,
    /// Who delivered (`LMR`, `KPR` …), sorted.
    pub sources: Vec<String>,
}

/// Antibiotics by the way they met a contact (docs/decisions/0001).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// Diagnosis on the prescription itself.
    pub by_prescription: u64,
    /// Diagnosis from a contact 0 to 7 days before.
    pub by_contact: u64,
    /// Neither.
    pub unlinked: u64,
    /// With a contact, by days between contact and dispensing.
    pub distance: [u64; 8],
    /// What the doctor's own prescriptions say; of all prescriptions together it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prescriptions: Option<Prescriptions>,
}

/// Antibiotics by what their prescription says (docs/decisions/0018).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prescriptions {
    /// With a diagnosis, and a contact that names the same matter.
    pub contact_agrees: u64,
    /// With a diagnosis, and a contact that names another.
    pub contact_differs: u64,
    /// With a diagnosis, and a contact of which nobody can tell.
    pub contact_cannot_tell: u64,
    /// Says whether to wait, either way.
    pub told_of_waiting: u64,
    /// Says that it was to wait (vent-og-se-resept).
    pub waiting: u64,
    /// Of these dispensed on a later day than prescribed.
    pub collected_later: u64,
}

impl Prescriptions {
    /// With a diagnosis and a contact.
    #[must_use]
    pub fn with_contact(&self) -> u64 {
        self.contact_agrees + self.contact_differs + self.contact_cannot_tell
    }
}

impl Links {
    /// All antibiotics.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_prescription + self.by_contact + self.unlinked
    }
}

/// Rows of the deliveries: `delivered = kept + ballast + refused + cancelled`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Rows in the files.
    pub delivered: u64,
    /// Rows that count.
    pub kept: u64,
    /// Rows set apart: other drugs, animals, practice stock.
    pub ballast: u64,
    /// Rows refused.
    pub refused: u64,
    /// Rows cancelled.
    pub cancelled: u64,
}

/// Something the input cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// No patients: no users, no link, no age or sex.
    NoPatients,
    /// No contacts: no diagnoses, no setting.
    NoContacts,
    /// No patient lists.
    NoPracticeLists,
    /// No inhabitants.
    NoInhabitants,
    /// The month before the period is missing: links of the first week are incomplete.
    FirstWeekIncomplete,
    /// Months of the period without dispensings.
    MonthsMissing,
    /// The period before is missing in full or in part.
    NoPreviousPeriod,
    /// The month after the period is missing: contacts of the last week may lack their antibiotic.
    LastWeekIncomplete,
    /// Contacts for some months only.
    ContactsPartial,
    /// Patient lists for some months only.
    ListsPartial,
}
