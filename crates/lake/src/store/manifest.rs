//! The manifest: everything a lake holds, in one JSON file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use riktig_codes::Month;
use serde::{Deserialize, Serialize};

use super::{Dataset, StoreError};
use crate::delivery::{Kind, Period};

/// A file of the lake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path below the lake, with `/`.
    pub path: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Rows or entries.
    pub rows: u64,
}

/// What one delivery gave to one month of one dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentEntry {
    /// The dataset.
    pub dataset: Dataset,
    /// The month; `None` for registers.
    pub month: Option<Month>,
    /// The delivery it came from.
    pub delivery: String,
    /// The rows as the delivery gave them, without what it cancelled itself.
    pub delivered: FileEntry,
    /// The rows left after later deliveries' cancellations, where there are any.
    pub live: Option<FileEntry>,
}

impl SegmentEntry {
    /// The file to read: what is left after cancellations.
    #[must_use]
    pub fn current(&self) -> &FileEntry {
        self.live.as_ref().unwrap_or(&self.delivered)
    }
}

/// What became of the rows of a delivery: `rows = kept + ballast + refused + cancelled`, always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows in the file, without preamble and header.
    pub rows: u64,
    /// Rows that count.
    pub kept: u64,
    /// Rows stored apart: other drugs, animals, practice stock, codes outside the map, totals.
    pub ballast: u64,
    /// Rows refused, each with a reason.
    pub refused: u64,
    /// Rows that cancel, and rows that were cancelled, by this or by a later delivery.
    pub cancelled: u64,
}

impl Counts {
    /// Whether no row was lost.
    #[must_use]
    pub fn add_up(&self) -> bool {
        self.rows == self.kept + self.ballast + self.refused + self.cancelled
    }
}

/// Rows refused for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalTally {
    /// How many.
    pub rows: u64,
    /// The first lines, at most 20; the file of refusals has them all.
    pub first_lines: Vec<u64>,
}

/// A delivery that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRecord {
    /// The sender's id.
    pub id: String,
    /// Kind of rows.
    pub kind: Kind,
    /// Sender.
    pub source: String,
    /// Months covered; `None` for registers.
    pub period: Option<Period>,
    /// Name of the file, without folder.
    pub file_name: String,
    /// SHA-256 of the delivered file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The delivery it replaces.
    pub corrects: Option<String>,
    /// The delivery that replaced it; its segments are no longer part of the lake.
    pub replaced_by: Option<String>,
    /// Rows dated later than this day (days since 1970-01-01) were refused.
    pub data_cut: Option<i32>,
    /// What became of the rows.
    pub counts: Counts,
    /// Ballast by class or kind.
    pub ballast: BTreeMap<String, u64>,
    /// Refusals by reason.
    pub refused: BTreeMap<String, RefusalTally>,
    /// Fields that were missing or masked in rows that were kept or ballast, by column.
    pub missing: BTreeMap<String, u64>,
    /// Whether the delivery had no column for the diagnosis on the prescription: not known, of any row.
    #[serde(default, skip_serializing_if = "is_false")]
    pub without_diagnosis: bool,
    /// Every refused row: `line;reason;column`, without content.
    pub refusals: Option<FileEntry>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// The dictionary files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryFiles {
    /// Dictionary name → file.
    pub files: BTreeMap<String, FileEntry>,
}

/// The whole state of a lake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u32,
    /// How many changes this lake has seen.
    pub sequence: u64,
    /// SHA-256 of the manifest before this one; empty in a new lake.
    pub previous: String,
    /// Fingerprint of the pseudonym key (not the key), so that a wrong key is noticed.
    pub key_fingerprint: Option<String>,
    /// Number of dense patient ids given.
    pub patients: u32,
    /// Files of pseudonyms, in the order of the ids.
    pub patient_files: Vec<FileEntry>,
    /// Dictionaries.
    pub dictionaries: DictionaryFiles,
    /// Deliveries in the order they were taken in, replaced ones too.
    pub deliveries: Vec<DeliveryRecord>,
    /// Segments, by dataset, month and delivery.
    pub segments: Vec<SegmentEntry>,
}

impl Manifest {
    /// The layout of a lake in which nothing needs a newer one.
    pub const FORMAT: u32 = 1;
    /// The newest layout this program reads and writes: segments with optional columns. A lake has it from the first such
    /// segment on, because a program that knows format 1 only would lose the column when it cancels rows.
    pub const NEWEST: u32 = 2;

    /// The manifest of an empty lake.
    #[must_use]
    pub fn new() -> Self {
        Manifest {
            format: Manifest::FORMAT,
            sequence: 0,
            previous: String::new(),
            key_fingerprint: None,
            patients: 0,
            patient_files: Vec::new(),
            dictionaries: DictionaryFiles::default(),
            deliveries: Vec::new(),
            segments: Vec::new(),
        }
    }

    /// Reads a manifest: of a lake, or a copy of one. It is written under another name and renamed, so that a reader sees
    /// the state before an intake or after it, holds no lock, and is in nobody's way.
    ///
    /// # Errors
    /// When the file cannot be read or is of an unknown format.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let text = fs::read(path).map_err(|source| StoreError::Io {
            act: "read",
            path: path.to_owned(),
            source,
        })?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|source| StoreError::Json {
                path: path.to_owned(),
                source,
            })?;
        if !(Manifest::FORMAT..=Manifest::NEWEST).contains(&manifest.format) {
            return Err(StoreError::UnknownFormat {
                found: manifest.format,
                known: Manifest::NEWEST,
            });
        }
        Ok(manifest)
    }

    /// The segments of a dataset and month (`None`: of a register), in order of delivery id.
    pub fn segments_of(
        &self,
        dataset: Dataset,
        month: Option<Month>,
    ) -> impl Iterator<Item = &SegmentEntry> {
        self.segments
            .iter()
            .filter(move |entry| entry.dataset == dataset && entry.month == month)
    }

    /// All segments of a dataset, by month and delivery.
    pub fn segments_in(&self, dataset: Dataset) -> impl Iterator<Item = &SegmentEntry> {
        self.segments
            .iter()
            .filter(move |entry| entry.dataset == dataset)
    }

    /// The months for which the lake has a segment of this dataset, ascending, without repetition.
    #[must_use]
    pub fn months(&self, dataset: Dataset) -> Vec<Month> {
        let mut months: Vec<Month> = self
            .segments_in(dataset)
            .filter_map(|entry| entry.month)
            .collect();
        months.sort_unstable();
        months.dedup();
        months
    }

    /// Whether rows of this kind were delivered for the month. A month that was not delivered is unknown, never zero; a
    /// header that names the month delivers nothing if no row of it came.
    #[must_use]
    pub fn delivered(&self, kind: Kind, month: Month) -> bool {
        let datasets: &[Dataset] = match kind {
            Kind::Dispensings => &[Dataset::Antibiotics, Dataset::Ballast],
            Kind::Contacts => &[Dataset::InfectionContacts, Dataset::OtherContacts],
            Kind::PracticeLists => &[Dataset::PracticeLists],
            Kind::Admissions => &[Dataset::Admissions],
            _ => &[],
        };
        datasets
            .iter()
            .any(|dataset| self.segments_of(*dataset, Some(month)).next().is_some())
    }

    /// The delivery of that id.
    #[must_use]
    pub fn delivery(&self, id: &str) -> Option<&DeliveryRecord> {
        self.deliveries.iter().find(|record| record.id == id)
    }

    /// Deliveries that are part of the lake: not replaced by a correction.
    pub fn active(&self) -> impl Iterator<Item = &DeliveryRecord> {
        self.deliveries
            .iter()
            .filter(|record| record.replaced_by.is_none())
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Manifest::new()
    }
}
