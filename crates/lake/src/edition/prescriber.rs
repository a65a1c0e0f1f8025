//! One row per prescriber who gets a report.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Prescriptions;

/// Index of a prescriber in the edition (the row in `prescribers.parquet`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PrescriberId(pub u32);

/// Index of a definition in [`super::EditionMeta::definitions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IndicatorId(pub u32);

/// A prescriber, or what a foreign source declares to play one (a practice).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescriber {
    /// Dense index.
    pub id: PrescriberId,
    /// HPR number, or the foreign source's own code. A prescriber's number is public (helsepersonellregisteret).
    pub external_id: String,
    /// Roles held in the period, in the register's words (`gp`, `locum`, `ooh`, `nursing_home` …), sorted.
    pub roles: Vec<String>,
    /// Both a list and duty contacts in the period: unlinked items stay out of list-based rates (decision 0001).
    pub dual_role: bool,
    /// Practice code of the latest role in the period.
    pub practice: Option<String>,
    /// Municipality of practice (kommune).
    pub municipality: Option<Area>,
    /// County of practice (fylke).
    pub county: Option<Area>,
    /// Course group (etterutdanningsgruppe) in the period.
    pub course_group: Option<Area>,
    /// Patient-months on the list in the period; divided by `list_months` it is the mean list.
    pub list_patient_months: i64,
    /// Months of the period with a list.
    pub list_months: u32,
    /// Contacts in the period.
    pub contacts: i64,
    /// Antibiotics dispensed in the period.
    pub dispensings: i64,
    /// The same in items: a foreign source's row may be many.
    pub items: i64,
    /// Of the dispensings, without a contact to link to.
    pub unlinked: i64,
    /// Of the unlinked, left out of list-based rates because the doctor is dual-role.
    pub left_out_dual_role: i64,
    /// Months of the period with at least one contact or dispensing.
    pub months_active: u32,
    /// What qualified the prescriber for a report.
    pub qualified_by: Vec<QualifiedBy>,
}

impl Prescriber {
    /// Mean number of patients on the list over the months with a list.
    #[must_use]
    pub fn mean_list_patients(&self) -> Option<f64> {
        (self.list_months > 0)
            .then(|| self.list_patient_months as f64 / f64::from(self.list_months))
    }
}

/// A code and its name; the name is the code where none was delivered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Code (`4601`).
    pub code: String,
    /// Name (`Bergen`).
    pub name: String,
}

/// Which threshold a prescriber passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QualifiedBy {
    /// Enough antibiotics dispensed.
    Dispensings,
    /// Enough contacts.
    Contacts,
    /// A patient list.
    List,
}

impl QualifiedBy {
    /// The word in the `qualified_by` column.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            QualifiedBy::Dispensings => "dispensings",
            QualifiedBy::Contacts => "contacts",
            QualifiedBy::List => "list",
        }
    }

    /// The threshold of a word, if there is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<QualifiedBy> {
        [
            QualifiedBy::Dispensings,
            QualifiedBy::Contacts,
            QualifiedBy::List,
        ]
        .into_iter()
        .find(|by| by.word() == word)
    }
}

/// Where a prescriber's antibiotics of the current period went: no patients in it, counts only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Diagnosis from the prescription.
    pub by_prescription: i64,
    /// Diagnosis from a contact.
    pub by_contact: i64,
    /// Neither.
    pub unlinked: i64,
    /// Of the unlinked: the patient is masked.
    pub unlinkable: i64,
    /// With a contact, by distance in days.
    pub distance: [i64; 8],
    /// With a contact, by its setting: unknown, list practice, out of hours, nursing home.
    pub setting: [i64; 4],
    /// No own contact within 7 days, but one of another prescriber.
    pub other_prescriber: i64,
    /// Contacts by setting.
    pub contacts: [i64; 4],
    /// Contacts with an infection diagnosis.
    pub infection_contacts: i64,
    /// What the prescriptions say; none in editions from before decision 0018.
    pub prescriptions: Option<Prescriptions>,
}

/// How many rows were left after each step of one part (numerator or denominator) of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterStep {
    /// What the step looks at: drug and course, link and diagnosis, age and sex, setting, dual role; or all rows at once.
    pub step: Cow<'static, str>,
    /// Rows before the step.
    pub before: i64,
    /// Rows after it.
    pub after: i64,
}
