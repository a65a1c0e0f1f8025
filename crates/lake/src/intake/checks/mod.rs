//! Checks rows: each is kept, set apart as ballast, refused with a reason, or cancels.

mod admission;
mod advice;
mod contact;
mod dispensing;
mod fields;
mod register;

pub(super) use fields::{optional_day, stored_text};
pub(super) use register::span;

use std::collections::BTreeMap;
use std::path::PathBuf;

use hashbrown::HashSet;
use riktig_codes::Codebook;

use super::IntakeError;
use super::hashed_input::FileDigest;
use super::memo::Memo;
use super::open::{Delivered, Visited};
use super::pseudonym::{PatientIndex, event_hash};
use super::reason::{Reason, Refusal, Refusals};
use super::staged::Staged;
use crate::delivery::{DiagnosisSystem, Kind, Raw};
use crate::source::{CodeMap, Unmapped};
use crate::store::{Dictionaries, Role};

/// The most rows of one delivery: its checked rows are held in memory until it is written as a whole (a national
/// month of dispensings is 5 million rows), and the sort packs the row number in 26 bits.
pub(crate) const MOST_ROWS: u64 = 1 << 26;

/// What a row became, where it was not refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    /// Stored and counts.
    Kept,
    /// Stored or counted apart, under this name.
    Ballast(&'static str),
    /// It cancels, and was itself no event.
    Cancels,
}

/// What differs between Norwegian deliveries and foreign sources.
#[derive(Debug)]
pub(crate) struct Rules {
    /// Number system of prescribers; `HPR` numbers are checked as such.
    pub(crate) prescriber_system: String,
    /// Role for prescribers that only the dispensings name.
    pub(crate) prescriber_role: Option<Role>,
    /// Municipalities are Norwegian kommunenummer.
    pub(crate) norwegian_areas: bool,
    /// Rows have ids; otherwise the line number is the id.
    pub(crate) has_ids: bool,
    /// Code system and map of foreign drug codes.
    pub(crate) drug_codes: Option<(String, CodeMap)>,
    /// What becomes of codes outside the map.
    pub(crate) unmapped: Unmapped,
}

impl Rules {
    /// The rules of the reference formats.
    pub(crate) fn norwegian() -> Self {
        Rules {
            prescriber_system: "HPR".to_owned(),
            prescriber_role: None,
            norwegian_areas: true,
            has_ids: true,
            drug_codes: None,
            unmapped: Unmapped::Refuse,
        }
    }

    /// The most items of one row. A row without an id is a count of many dispensings.
    pub(super) fn most_items(&self) -> i32 {
        if self.has_ids { 10_000 } else { 1_000_000 }
    }
}

/// Days within which events must lie.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Window {
    /// First and last day of the delivery's period.
    pub(crate) period: Option<(i32, i32)>,
    /// Last day about which anything can be known.
    pub(crate) data_cut: Option<i32>,
}

/// What is checked, by which rules, with which keys.
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    pub(crate) path: PathBuf,
    pub(crate) rules: Rules,
    pub(crate) window: Window,
    /// Key of the patients' pseudonyms.
    pub(crate) patient_key: [u8; 32],
    /// Key of the hashes of delivered ids.
    pub(crate) event_key: [u8; 32],
}

/// A delivery after its last row.
pub(crate) struct Checked {
    pub(crate) digest: FileDigest,
    pub(crate) staged: Staged,
    pub(crate) refusals: Refusals,
    /// Fields that were missing or masked, by column.
    pub(crate) missing: BTreeMap<&'static str, u64>,
    /// Rows set apart, by class.
    pub(crate) ballast: BTreeMap<&'static str, u64>,
    pub(crate) rows: u64,
}

/// Checks the rows of one delivery.
pub(crate) struct Checker<'a> {
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
    pub(super) rules: Rules,
    pub(super) window: Window,
    pub(super) patients: &'a mut PatientIndex,
    pub(super) dictionaries: &'a mut Dictionaries,
    pub(super) codebook: &'a Codebook,
    pub(super) patient_key: [u8; 32],
    pub(super) event_key: [u8; 32],
    pub(super) memos: Memos,
    /// Events of the delivery so far, to find ids that stand twice.
    seen: HashSet<i64>,
    /// What the rows of a register of counts are about, to find rows that stand twice.
    register_rows: HashSet<[i32; 6]>,
    /// Prescribers of a foreign source that have their row in the register.
    described: HashSet<i32>,
    pub(super) staged: Staged,
    pub(super) refusals: Refusals,
    pub(super) missing: BTreeMap<&'static str, u64>,
    pub(super) ballast: BTreeMap<&'static str, u64>,
    pub(super) rows: u64,
}

/// What is known of distinct texts.
#[derive(Debug, Default)]
pub(super) struct Memos {
    prescribers: Memo<Option<i32>>,
    areas: Memo<Option<i32>>,
    drugs: Memo<Option<dispensing::Drugged>>,
    diagnoses: [Memo<Option<fields::Diagnosed>>; DiagnosisSystem::ALL.len()],
    forms: Memo<i32>,
    buffer: Vec<u8>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(
        subject: Subject,
        patients: &'a mut PatientIndex,
        dictionaries: &'a mut Dictionaries,
        codebook: &'a Codebook,
    ) -> Self {
        Checker {
            kind: subject.kind,
            path: subject.path,
            rules: subject.rules,
            window: subject.window,
            patients,
            dictionaries,
            codebook,
            patient_key: subject.patient_key,
            event_key: subject.event_key,
            memos: Memos::default(),
            seen: HashSet::default(),
            register_rows: HashSet::new(),
            described: HashSet::new(),
            staged: Staged::default(),
            refusals: Refusals::default(),
            missing: BTreeMap::new(),
            ballast: BTreeMap::new(),
            rows: 0,
        }
    }

    /// Checks a row and stages what it became.
    #[inline]
    pub(crate) fn visit(&mut self, line: u64, delivered: Delivered<'_>) -> Visited {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(IntakeError::TooManyRows {
                path: self.path.clone(),
                limit: MOST_ROWS,
            });
        }
        let outcome = match delivered {
            Delivered::Total => Ok(Became::Ballast("total")),
            Delivered::WrongColumnCount => Err(Reason::WrongColumnCount.at("")),
            // A segment numbers its lines in 32 bits.
            Delivered::Row(row) => self.row(i32::try_from(line).unwrap_or(i32::MAX), row),
        };
        match outcome {
            Ok(Became::Kept | Became::Cancels) => {}
            Ok(Became::Ballast(class)) => *self.ballast.entry(class).or_default() += 1,
            Err(refusal) => self.refusals.add(line, refusal),
        }
        Ok(())
    }

    fn row(&mut self, line: i32, row: &[Raw<'_>]) -> Result<Became, Refusal> {
        match self.kind {
            Kind::Dispensings => self.dispensing(line, row),
            Kind::Contacts | Kind::Behandlerkrav => self.contact(line, row),
            Kind::Admissions => self.admission(line, row),
            Kind::Advice => self.advice(line, row),
            Kind::PracticeLists => self.practice_list(line, row),
            Kind::Inhabitants => self.inhabitants(line, row),
            Kind::Prescribers => self.prescriber_role(line, row),
            Kind::CourseGroups => self.course_group(line, row),
        }
    }

    /// The event of a row: the keyed hash of its id.
    fn event(&mut self, id: &Raw<'_>, line: i32, column: &'static str) -> Result<i64, Refusal> {
        if id.is_missing() {
            return if self.rules.has_ids {
                Err(Reason::MissingId.at(column))
            } else {
                Ok(event_hash(&self.event_key, &line.to_le_bytes()))
            };
        }
        let text = id.bytes(&mut self.memos.buffer);
        Ok(event_hash(&self.event_key, text))
    }

    /// Refuses an event that the delivery has already given. To be asked last, when all else is right, so that a
    /// wrong row does not shadow a right one.
    fn first_time(&mut self, event: i64, column: &'static str) -> Result<(), Refusal> {
        if self.seen.insert(event) {
            Ok(())
        } else {
            Err(Reason::DuplicateId.at(column))
        }
    }

    fn cancel(&mut self, event: i64, line: i32) -> Became {
        self.staged.cancellations.event.push(event);
        self.staged.cancellations.line.push(line);
        Became::Cancels
    }

    fn count_missing(&mut self, column: &'static str) {
        *self.missing.entry(column).or_default() += 1;
    }

    /// What came of the rows; the memory that only checking needed is given back.
    pub(crate) fn checked(self, digest: FileDigest) -> Checked {
        Checked {
            digest,
            staged: self.staged,
            refusals: self.refusals,
            missing: self.missing,
            ballast: self.ballast,
            rows: self.rows,
        }
    }
}
