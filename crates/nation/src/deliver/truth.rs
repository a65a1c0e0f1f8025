//! What was planted, written beside the deliveries as `truth.json`.

use riktig_lake::delivery::Header;
use serde::{Deserialize, Serialize};

/// A row that intake has to refuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirtyRow {
    /// The reason by the names of `riktig intake`.
    pub reason: String,
    /// Line of the CSV file, preamble being line 1; row number in Parquet.
    pub line: u64,
}

/// What one file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryTruth {
    /// File name.
    pub file: String,
    /// Delivery id in the preamble.
    pub delivery: String,
    /// Kind of rows.
    pub kind: String,
    /// Months covered; `None` for registers.
    pub period: Option<String>,
    /// The delivery that this one replaces.
    pub corrects: Option<String>,
    /// The file this is a copy of, byte for byte.
    pub copy_of: Option<String>,
    /// Rows in the file, of every sort.
    pub rows: u64,
    /// Rows to be refused.
    pub dirty: Vec<DirtyRow>,
    /// Rows with status `annulled` or `credited`.
    pub cancelling: u64,
    /// Of these, rows that cancel a row of an earlier delivery.
    pub cancelling_earlier: u64,
    /// Dispensed antibiotics for systemic use to people, before cancellation.
    pub antibiotics: u64,
    /// Of these, cancelled by this or the next delivery.
    pub antibiotics_cancelled: u64,
    /// Rows for animals and for practices.
    pub not_human: u64,
    /// Contacts that were sent again under a new id after crediting.
    pub sent_again: u64,
    /// What coded prescriptions say, where any are coded: of `antibiotics`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coded: Option<CodedTruth>,
}

/// Antibiotics by what their prescription says, before cancellation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedTruth {
    /// With a diagnosis.
    pub with_diagnosis: u64,
    /// Not to wait.
    pub not_waiting: u64,
    /// To wait.
    pub waiting: u64,
}

impl DeliveryTruth {
    pub(crate) fn new(file: String, header: &Header) -> Self {
        DeliveryTruth {
            file,
            delivery: header.delivery.clone(),
            kind: header.kind.name().to_owned(),
            period: header.period.map(|period| period.to_string()),
            corrects: header.corrects.clone(),
            ..Default::default()
        }
    }

    pub(crate) fn register(file: String, header: &Header, rows: u64) -> Self {
        DeliveryTruth {
            rows,
            ..DeliveryTruth::new(file, header)
        }
    }
}

/// A doctor who was made extreme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtremeTruth {
    /// What is extreme about them.
    pub what: String,
    /// HPR number.
    pub prescriber: i64,
}

/// The course whose effect can be found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourseTruth {
    /// Course group.
    pub group: String,
    /// Its members' HPR numbers.
    pub members: Vec<i64>,
    /// First day after the course, ISO 8601.
    pub from: String,
    /// Prescribing of the members afterwards, relative to before.
    pub members_factor: f64,
    /// Prescribing of everybody else.
    pub others_factor: f64,
}

/// A locum's engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocumTruth {
    /// HPR number of the locum.
    pub locum: i64,
    /// HPR number of the absent holder of the list.
    pub holder: i64,
    /// First day, ISO 8601.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// Everything that was planted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Seed of the nation.
    pub seed: u64,
    /// People who live there at some time of the period.
    pub people: u64,
    /// Extreme prescribers; empty in nations of fewer than 20 GPs.
    pub extremes: Vec<ExtremeTruth>,
    /// The course, where the period has a before and an after.
    pub course: Option<CourseTruth>,
    /// Engagements of locums during absences.
    pub locums: Vec<LocumTruth>,
    /// HPR numbers of doctors with a list who also do out-of-hours duty.
    pub dual_role: Vec<i64>,
    /// Every file.
    pub deliveries: Vec<DeliveryTruth>,
}
