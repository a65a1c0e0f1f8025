//! `edition.json`: what an edition is made of and how far it can be trusted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Prescriptions;

/// The layout this code writes and reads (`docs/reference/edition.md`).
pub const FORMAT: &str = "riktig-edition/1";

/// Everything about an edition that is not a table of numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditionMeta {
    /// Always [`FORMAT`].
    pub format: String,
    /// The months the edition reports on.
    pub period: Span,
    /// The months of equal length right before, which `Window::Previous` sums; `None` where the lake holds none of them.
    pub previous: Option<Span>,
    /// Every month of previous and current period that the monthly series covers, oldest first.
    pub months: Vec<MonthCompleteness>,
    /// The last day any used dispensing was dispensed: `YYYY-MM-DD`.
    pub data_cut: String,
    /// SHA-256 over the input (segments, dictionaries, definitions, rule), in hex: the same input gives the same edition.
    pub input: String,
    /// The deliveries the numbers come from, by name.
    pub deliveries: Vec<DeliveryAccount>,
    /// The indicator definitions in the order of the tables' `indicator` column.
    pub definitions: Vec<DefinitionRecord>,
    /// How dispensings were linked, in the current period.
    pub linkage: LinkSummary,
    /// Who gets a report, and why.
    pub qualification: Qualification,
    /// What the sources cannot give: a sentence key per kind of missing input, for the page's footer.
    pub limits: Vec<Limit>,
    /// SHA-256 of every table (`values.parquet` …), in hex, so that a changed figure is noticed. Filled in as the edition
    /// is written; empty in an edition in memory, and in one written before this field.
    #[serde(default)]
    pub tables: BTreeMap<String, String>,
    /// The model of each definition, in their order; empty in an edition that was built before models.
    #[serde(default)]
    pub models: Vec<super::ModelRecord>,
    /// How the safety mirror was made (decision 0009); `None` in an edition written before it.
    #[serde(default)]
    pub safety: Option<super::SafetyRule>,
    /// What is known of advice at the moment of prescribing (decision 0015); `None` where none of the period was delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<super::AdviceCoverage>,
}

/// A run of whole months, both ends included, each `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First month.
    pub first: String,
    /// Last month.
    pub last: String,
    /// Number of months.
    pub months: u32,
}

/// Which kinds of input the lake held for one month. A kind that is absent is unknown, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthCompleteness {
    /// `YYYY-MM`.
    pub month: String,
    /// Rows by kind of segment (`antibiotics`, `infection_contacts`, `other_contacts`, `practice_lists`); a kind that was not delivered is not in the map.
    pub rows: BTreeMap<String, u64>,
    /// False where the month before is not in the lake, so that antibiotics of the first seven days may lack their contact.
    pub first_week_complete: bool,
}

/// One delivery's rows: `rows_in = kept + ballast + refused + cancelled`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryAccount {
    /// Name of the delivery (`lmr-2024-03`).
    pub delivery: String,
    /// Kind (`dispensings`, `contacts` …).
    pub kind: String,
    /// Who delivered (`LMR`, `KPR` …).
    pub source: String,
    /// The months it covers, as delivered; empty for registers.
    pub period: String,
    /// Rows in the file.
    pub rows_in: u64,
    /// Rows that count.
    pub kept: u64,
    /// Rows set apart: other drugs, animals, practice stock.
    pub ballast: u64,
    /// Rows refused.
    pub refused: u64,
    /// Rows cancelled, by this or another delivery.
    pub cancelled: u64,
    /// Refused rows by reason.
    pub refused_by_reason: BTreeMap<String, u64>,
}

/// One definition as it stood when the edition was built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionRecord {
    /// Identifier (`RAK-PENV`).
    pub id: String,
    /// The definition's own version.
    pub version: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Where the copy lies inside the edition (`definitions/RAK-PENV.toml`).
    pub file: String,
    /// What a window's numerator is divided by to be in whole units: 1000 for DDD, else 1.
    pub numerator_divisor: i64,
    /// What a window's denominator is divided by: 1000 × months for list patients, 1000 for DDD, else 1.
    pub denominator_divisor: i64,
    /// The least denominator of the current and the previous window that is compared with others, in the units of the sum:
    /// 30 for a share, 20 expected events for a rate (`riktig_indicators::comparison`); 2⁶³-1 where nobody is compared.
    pub compared_from: [i64; 2],
    /// What a single month's denominator is divided by.
    pub month_denominator_divisor: i64,
    /// A yardstick of other countries or of populations (`relevance = "reference"`), in no doctor's report: no months and
    /// filter steps are kept of it. Editions made before this kept them of every definition.
    #[serde(default)]
    pub reference: bool,
}

impl DefinitionRecord {
    /// Numerator ÷ denominator of a window in whole units, before the unit's factor (per cent, per 1,000); `None` if there is
    /// no value or nothing to divide by. The quantiles of scopes are in the same unit.
    #[must_use]
    pub fn ratio(&self, value: super::Value) -> Option<f64> {
        self.divided(value, self.denominator_divisor)
    }

    /// The same of a single month.
    #[must_use]
    pub fn month_ratio(&self, value: super::Value) -> Option<f64> {
        self.divided(value, self.month_denominator_divisor)
    }

    fn divided(&self, value: super::Value, below: i64) -> Option<f64> {
        match value {
            super::Value::Measured {
                numerator,
                denominator,
            } if denominator > 0 => Some(
                (numerator as f64 / self.numerator_divisor as f64)
                    / (denominator as f64 / below as f64),
            ),
            _ => None,
        }
    }
}

/// How the dispensed antibiotics of the current period met their contacts (decision 0001).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkSummary {
    /// Antibiotics dispensed in the period.
    pub dispensings: u64,
    /// Diagnosis taken from the prescription itself.
    pub by_prescription: u64,
    /// Diagnosis and setting taken from a contact.
    pub by_contact: u64,
    /// Neither.
    pub unlinked: u64,
    /// Of `unlinked`: patient or prescriber masked, so that no link was possible.
    pub unlinkable: u64,
    /// Antibiotics with a contact (whatever gave the diagnosis), by days between contact and dispensing, 0 to 7.
    pub distance: [u64; 8],
    /// Antibiotics with a contact by its setting: unknown, list practice, out of hours, nursing home.
    pub setting: [u64; 4],
    /// Would have a contact within 3, 7 and 10 days.
    pub sensitivity: Sensitivity,
    /// What the prescriptions say; none in editions from before decision 0018.
    #[serde(default)]
    pub prescriptions: Option<Prescriptions>,
}

/// The same link with other windows, in numbers of dispensings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// A contact with the same prescriber within 3 days.
    pub within_3_days: u64,
    /// Within 7 days: the rule.
    pub within_7_days: u64,
    /// Within 10 days.
    pub within_10_days: u64,
    /// No contact with the same prescriber within 7 days, but one with another prescriber.
    pub other_prescriber: u64,
}

/// Who gets a report ("every prescriber", decision 0003).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// Enough of any one of these in the period qualifies.
    pub thresholds: Thresholds,
    /// Prescribers seen in the period.
    pub seen: u32,
    /// Of those, qualified: the rows of `prescribers.parquet`.
    pub qualified: u32,
    /// Antibiotics of the period that belong to a qualified prescriber.
    pub dispensings_covered: u64,
}

/// The least activity that gives a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Items of antibiotics dispensed in the period.
    pub dispensings: u32,
    /// Contacts in the period.
    pub contacts: u32,
    /// Months with a patient list in the period.
    pub list_months: u32,
}

impl Thresholds {
    /// Decision 0003: 30 items, 100 contacts or 3 months with a list in a year, and in proportion in another period.
    ///
    /// ```
    /// use riktig_lake::edition::Thresholds;
    /// assert_eq!(Thresholds::of_months(12), Thresholds { dispensings: 30, contacts: 100, list_months: 3 });
    /// // A single month of a foreign source: never zero, or everybody in the dictionary would get a report.
    /// assert_eq!(Thresholds::of_months(1), Thresholds { dispensings: 3, contacts: 9, list_months: 1 });
    /// ```
    #[must_use]
    pub fn of_months(months: u32) -> Thresholds {
        let share = |of_a_year: u32| (of_a_year * months.max(1)).div_ceil(12);
        Thresholds {
            dispensings: share(30),
            contacts: share(100),
            list_months: share(3),
        }
    }
}

/// Something the input cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Dispensings carry no patients: no users, no link, no age or sex.
    NoPatients,
    /// No contacts were delivered: no diagnoses, no setting.
    NoContacts,
    /// No patient lists were delivered.
    NoPracticeLists,
    /// No inhabitants were delivered.
    NoInhabitants,
    /// The month before the period is missing: links of the first week are incomplete.
    FirstWeekIncomplete,
    /// One or more months inside the period have no dispensings.
    MonthsMissing,
    /// The period before is missing in full or in part.
    NoPreviousPeriod,
    /// The days after the period are missing: contacts of its last week may lack their antibiotic.
    LastWeekIncomplete,
    /// Contacts were delivered for some months of the period only.
    ContactsPartial,
    /// Patient lists were delivered for some months of the period only.
    ListsPartial,
}
