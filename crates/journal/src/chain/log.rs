//! A message's line in the log of who did what, and the log as the patient reads it.

use std::borrow::Cow;

use jiff::Timestamp;
use riktig_codes::{HprNumber, OrganisationNumber};

use super::{PatientId, Sender, patient_of_person};
use crate::audit::{Entry, Party};
use crate::id::PersonId;
use crate::store::{Journal, JournalError, Reading, Row, params, statements};

statements! {
    /// Lines about a patient before a line, the newest first.
    ABOUT: Select = "SELECT a.line, a.at, a.act, a.kind, a.object, a.result, w.verb, w.hpr, w.organisation \
        FROM audit_subject s JOIN audit a ON a.line = s.line LEFT JOIN audit_actor w ON w.line = s.line \
        WHERE s.person = $1 AND s.line < $2 ORDER BY s.line DESC LIMIT $3";
}

/// The log's word for a message that was taken.
const MESSAGE: &str = "chain_message";
/// The log's word for what happens to a prescription by the day.
const BY_THE_DAY: &str = "chain_day";
/// On what ground a message was taken: its signature holds, and the checks have let it through or refused it.
const SIGNATURE: &str = "signature";
/// Lines on a page.
const LINES_ON_A_PAGE: usize = 50;

/// A page of the log about a patient, the newest line first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLogPage {
    /// At most 50.
    pub lines: Vec<ChainLine>,
    /// Where the next page begins; absent on the last.
    pub before: Option<i64>,
}

/// A line about a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLine {
    /// Its number in the log.
    pub line: i64,
    /// When.
    pub at: Timestamp,
    /// `chain_message`, `chain_day`, or the word of an act of the policy.
    pub act: String,
    /// The kind of message, or of what an act was about.
    pub kind: String,
    /// The message's id; of `chain_day` the prescription's.
    pub object: String,
    /// `done`, or why it was refused.
    pub result: String,
    /// The service itself, by its word; absent where somebody did it.
    pub service: Option<String>,
    /// Who signed.
    pub hpr: Option<HprNumber>,
    /// For which organisation.
    pub organisation: Option<OrganisationNumber>,
}

impl ChainLine {
    /// Whether it tells of a message that was taken: then its object is the message's id.
    #[must_use]
    pub fn is_message(&self) -> bool {
        self.act == MESSAGE
    }
}

/// What stands in the log about a patient, before line `before` or from the end.
///
/// Whoever calls answers for who reads it: the patient themselves, or somebody with the patient's right.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn log_of_patient(
    reading: &mut Reading,
    patient: PatientId,
    before: Option<i64>,
) -> Result<ChainLogPage, JournalError> {
    let limit = i64::try_from(LINES_ON_A_PAGE + 1).expect("a page is short");
    let before = before.unwrap_or(i64::MAX);
    let rows = reading.rows(ABOUT, params![patient, before, limit]).await?;
    let line = |row: &Row| {
        Ok(ChainLine {
            line: row.get(0)?,
            at: row.get(1)?,
            act: row.get(2)?,
            kind: row.get(3)?,
            object: row.get(4)?,
            result: row.get(5)?,
            service: row.get(6)?,
            hpr: row.get(7)?,
            organisation: row.get(8)?,
        })
    };
    let lines = rows.iter().take(LINES_ON_A_PAGE).map(line);
    let lines = lines.collect::<Result<Vec<_>, JournalError>>()?;
    let last = lines.last().filter(|_| rows.len() > LINES_ON_A_PAGE);
    Ok(ChainLogPage {
        before: last.map(|last| last.line),
        lines,
    })
}

/// What stands in the log about the patient whom a person of the portal is: their own log, which they read without a line.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn own_log(
    journal: &Journal,
    person: PersonId,
    before: Option<i64>,
) -> Result<ChainLogPage, JournalError> {
    let mut reading = journal.reading().await?;
    match patient_of_person(&mut reading, person).await? {
        Some(patient) => log_of_patient(&mut reading, patient, before).await,
        None => Ok(ChainLogPage {
            lines: Vec::new(),
            before: None,
        }),
    }
}

/// The line of a message.
pub(super) fn of_message(
    sender: Sender,
    patient: Option<PatientId>,
    (kind, id): (&'static str, &str),
    result: &str,
) -> Entry {
    let actor = Party {
        hpr: sender.hpr,
        organisation: sender.organisation,
        ..Party::default()
    };
    entry((MESSAGE, SIGNATURE), actor, patient, (kind, id), result)
}

/// The line of what happens by the day.
pub(super) fn by_the_day(verb: &'static str, patient: PatientId, id: &str, result: &str) -> Entry {
    let actor = Party {
        verb: Some(verb.to_owned()),
        ..Party::default()
    };
    entry(
        (BY_THE_DAY, "verb"),
        actor,
        Some(patient),
        ("prescription", id),
        result,
    )
}

fn entry(
    (act, basis): (&'static str, &'static str),
    actor: Party,
    patient: Option<PatientId>,
    (kind, object): (&'static str, &str),
    result: &str,
) -> Entry {
    Entry {
        actor,
        act,
        basis,
        subject: Party {
            person: patient.map(|patient| PersonId::from_bytes(*patient.as_bytes())),
            ..Party::default()
        },
        kind,
        object: object.to_owned(),
        result: Cow::Owned(result.to_owned()),
    }
}
