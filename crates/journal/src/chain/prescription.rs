//! Prescriptions and what has happened to them, as rows.

use jiff::Timestamp;
use riktig_codes::{Day, NationalId};

use super::unwritten::Unwritten;
use super::{
    Change, Held, Link, MessageId, NewPrescription, OfPatient, PatientId, PrescriptionId, Standing,
    inbox, patient,
};
use crate::identity::{Place, Sealed};
use crate::store::{
    Journal, JournalError, Reading, Row, Select, Value, Writing, params, statements,
};

statements! {
    /// One.
    ONE: Select = "SELECT id, patient, message, version, status, expires_on, locked, reserved, closed_at, key, state \
        FROM chain_prescription WHERE link = $1 AND id = $2";
    /// Several.
    SEVERAL: Select = "SELECT id, patient, message, version, status, expires_on, locked, reserved, closed_at, key, state \
        FROM chain_prescription WHERE link = $1 AND id IN ($2)";
    /// A patient's that are open.
    OPEN: Select = "SELECT id, patient, message, version, status, expires_on, locked, reserved, closed_at, key, state \
        FROM chain_prescription WHERE patient = $1 AND link = $2 AND id > $3 AND closed_at IS NULL ORDER BY id LIMIT $4";
    /// How many of those are not locked.
    COUNT_OPEN: Select = "SELECT COUNT(*) FROM chain_prescription \
        WHERE patient = $1 AND link = $2 AND locked = $3 AND closed_at IS NULL";
    /// All of a patient's.
    OF_PATIENT: Select = "SELECT id, patient, message, version, status, expires_on, locked, reserved, closed_at, key, state \
        FROM chain_prescription WHERE patient = $1 AND link = $2 AND id > $3 ORDER BY id LIMIT $4";
    /// How many of those are not locked.
    COUNT_OF_PATIENT: Select = "SELECT COUNT(*) FROM chain_prescription WHERE patient = $1 AND link = $2 AND locked = $3";
    /// Open ones whose last day has gone.
    EXPIRED: Select = "SELECT id FROM chain_prescription WHERE link = $1 AND expires_on < $2 AND closed_at IS NULL \
        ORDER BY expires_on, id LIMIT $3";
    /// A new one.
    ADD: Change = "INSERT INTO chain_prescription \
        (link, id, patient, message, status, locked, reserved, expires_on, closed_at, version, key, state) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)";
    /// How it stands now: it is there, so this changes it. Written as an addition, because that is what goes with many rows.
    STANDS: Change = "INSERT INTO chain_prescription \
        (link, id, patient, message, version, status, locked, reserved, expires_on, closed_at, key, state) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
        ON CONFLICT (link, id) DO UPDATE SET status = excluded.status, locked = excluded.locked, reserved = excluded.reserved, \
        expires_on = excluded.expires_on, closed_at = excluded.closed_at, version = excluded.version + 1, key = excluded.key, \
        state = excluded.state WHERE chain_prescription.version = excluded.version";
    /// What has happened to it.
    HAPPENED: Change = "INSERT INTO chain_event (link, prescription, version, at, line, message, key, sealed) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// All that has happened to it.
    EVENTS: Select = "SELECT version, at, message, key, sealed FROM chain_event WHERE link = $1 AND prescription = $2 ORDER BY version";
}

/// Prescriptions of one patient that are decided on together, and that are read at a time. Somebody with twenty drugs, each
/// prescribed four times a year, has eighty of a year; more than this at once would keep the one writer from everybody else.
pub const MOST_OF_A_PATIENT: usize = 500;

/// What has happened to a prescription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// From 1, in order.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// By which message; absent: by the day.
    pub message: Option<MessageId>,
    /// The event, as the state machine's text.
    pub event: String,
}

/// All prescriptions of a patient that a link keeps, in the order of their ids, without the messages that brought them.
///
/// # Errors
/// Where the journal cannot be read, or a state's key is not there.
pub async fn of_patient(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    patient: PatientId,
) -> Result<Vec<Held>, JournalError> {
    let mut all = Vec::new();
    loop {
        let last: Option<&Held> = all.last();
        let after = last.map_or_else(String::new, |last| last.id.as_str().to_owned());
        let values = params![patient, link, after.as_str(), limit(0)].to_vec();
        let rows = reading.rows(OF_PATIENT, &values).await?;
        for row in &rows {
            all.push(held(row, journal, link)?);
        }
        if rows.len() < MOST_OF_A_PATIENT {
            return Ok(all);
        }
    }
}

/// A patient's prescriptions, as many as are decided on together.
pub(super) struct Part {
    pub(super) held: Vec<Held>,
    /// Where there are more: how many are not locked.
    pub(super) in_all: Option<u64>,
}

impl OfPatient {
    /// Those at a time, and how many there are.
    pub(super) fn as_statement(self) -> Option<(Select, Select)> {
        match self {
            Self::None => None,
            Self::Open => Some((OPEN, COUNT_OPEN)),
            Self::All => Some((OF_PATIENT, COUNT_OF_PATIENT)),
        }
    }
}

/// The first of a patient's, and how many there are where that is not all of them.
pub(super) async fn part(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    (patient, (which, count)): (PatientId, (Select, Select)),
) -> Result<Part, JournalError> {
    let values = params![patient, link, "", limit(1)].to_vec();
    let mut rows = reading.rows(which, &values).await?;
    let in_all = if rows.len() > MOST_OF_A_PATIENT {
        let row = reading.row(count, params![patient, link, false]).await?;
        Some(row.map(|row| row.get(0)).transpose()?.unwrap_or_default())
    } else {
        None
    };
    rows.truncate(MOST_OF_A_PATIENT);
    let held = rows.iter().map(|row| held(row, journal, link));
    Ok(Part {
        held: held.collect::<Result<_, _>>()?,
        in_all,
    })
}

fn limit(more: usize) -> i64 {
    i64::try_from(MOST_OF_A_PATIENT + more).expect("a part is short")
}

/// All prescriptions that a link keeps of the person with this identity, for the link's own work: a page that shows them asks the policy first.
///
/// # Errors
/// As [`of_patient`].
pub async fn kept_of(
    journal: &Journal,
    link: Link,
    pid: &NationalId,
) -> Result<Vec<Held>, JournalError> {
    let mut reading = journal.reading().await?;
    match patient::find(&mut reading, journal, pid).await? {
        Some(patient) => of_patient(&mut reading, journal, link, patient).await,
        None => Ok(Vec::new()),
    }
}

/// As [`kept_of`], each with the message that brought it.
///
/// # Errors
/// As [`of_patient`]; also where a message's key is not there.
pub async fn kept_with_messages(
    journal: &Journal,
    link: Link,
    pid: &NationalId,
) -> Result<Vec<Held>, JournalError> {
    let mut reading = journal.reading().await?;
    let Some(patient) = patient::find(&mut reading, journal, pid).await? else {
        return Ok(Vec::new());
    };
    let mut all = of_patient(&mut reading, journal, link, patient).await?;
    for held in &mut all {
        held.bytes = inbox::bytes(&mut reading, journal, link, &held.message).await?;
    }
    Ok(all)
}

/// What has happened to a prescription, in order.
///
/// # Errors
/// Where the journal cannot be read, or an event's key is not there.
pub async fn events(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    id: &PrescriptionId,
) -> Result<Vec<Happened>, JournalError> {
    let rows = reading.rows(EVENTS, params![link, id]).await?;
    let happened = |row: &Row| {
        let version = row.get(0)?;
        let sealed = Sealed {
            key: row.get(3)?,
            bytes: row.get(4)?,
        };
        let at = event_row(link, id, version);
        Ok(Happened {
            version,
            at: row.get(1)?,
            message: row.get(2)?,
            event: text(&sealed, journal, place("chain_event", "sealed", &at))?,
        })
    };
    rows.iter().map(happened).collect()
}

/// Open prescriptions whose last day was before `day`, the earliest first, at most `most`.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn expired(
    journal: &Journal,
    link: Link,
    day: Day,
    most: u32,
) -> Result<Vec<PrescriptionId>, JournalError> {
    let values = params![link, day.epoch_days(), most].to_vec();
    let rows = journal.reading().await?.rows(EXPIRED, &values).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// One by its id.
pub(super) async fn one(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    id: &PrescriptionId,
) -> Result<Option<Held>, JournalError> {
    let row = reading.row(ONE, params![link, id]).await?;
    row.map(|row| held(&row, journal, link)).transpose()
}

/// Several by their ids, as far as they are there.
pub(super) async fn several(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    ids: &[Value],
) -> Result<Vec<Held>, JournalError> {
    let rows = reading.rows_in(SEVERAL, params![link], ids).await?;
    rows.iter().map(|row| held(row, journal, link)).collect()
}

/// By what something happened.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<'a> {
    pub(super) link: Link,
    pub(super) message: Option<&'a MessageId>,
    pub(super) line: i64,
    pub(super) now: Timestamp,
}

/// Puts in a new one with its first event.
pub(super) fn add(
    later: &mut Unwritten,
    journal: &Journal,
    by: By<'_>,
    patient: PatientId,
    (message, new): (&MessageId, &NewPrescription),
) -> Result<(), JournalError> {
    let standing = &new.standing;
    let sealed = state(journal, by.link, &new.id, standing)?;
    let values = params![
        by.link,
        &new.id,
        patient,
        message,
        standing.status.as_str(),
        standing.locked,
        standing.reserved,
        standing.expires.epoch_days(),
        standing.closed.then_some(by.now),
        sealed.key,
        sealed.bytes,
    ]
    .to_vec();
    later.prescriptions.push(values);
    happened(later, journal, by, &new.id, (1, &new.event))
}

/// Changes one of those that were read, with its event. One that was not read, or that stands in another version than was
/// decided on, is a conflict; the second when it is written.
pub(super) fn change(
    later: &mut Unwritten,
    journal: &Journal,
    by: By<'_>,
    (read, change): (&[Held], &Change),
) -> Result<(), JournalError> {
    let held = read.iter().find(|held| held.id == change.id);
    let held = held.ok_or(JournalError::Conflict {
        statement: STANDS.name,
    })?;
    let standing = &change.standing;
    let sealed = state(journal, by.link, &change.id, standing)?;
    let values = params![
        by.link,
        &change.id,
        held.patient,
        &held.message,
        change.version,
        standing.status.as_str(),
        standing.locked,
        standing.reserved,
        standing.expires.epoch_days(),
        standing.closed.then_some(by.now),
        sealed.key,
        sealed.bytes,
    ]
    .to_vec();
    later.changes.push(values);
    let (id, version) = (&change.id, change.version + 1);
    happened(later, journal, by, id, (version, &change.event))
}

fn happened(
    later: &mut Unwritten,
    journal: &Journal,
    by: By<'_>,
    id: &PrescriptionId,
    (version, event): (i64, &str),
) -> Result<(), JournalError> {
    let row = event_row(by.link, id, version);
    let sealed = Sealed::seal(
        journal.keys(),
        place("chain_event", "sealed", &row),
        event.as_bytes(),
    );
    let sealed = sealed.ok_or(JournalError::Chance)?;
    let values = params![
        by.link,
        id,
        version,
        by.now,
        by.line,
        by.message,
        sealed.key,
        sealed.bytes
    ]
    .to_vec();
    later.events.push(values);
    Ok(())
}

/// Writes new prescriptions, then changes of any, then what has happened to them.
pub(super) async fn write(writing: &mut Writing, later: &Unwritten) -> Result<(), JournalError> {
    writing.add_all(ADD, &later.prescriptions).await?;
    let changes = &later.changes;
    if writing.add_all(STANDS, changes).await? != changes.len() as u64 {
        return Err(JournalError::Conflict {
            statement: STANDS.name,
        });
    }
    writing.add_all(HAPPENED, &later.events).await?;
    Ok(())
}

fn state(
    journal: &Journal,
    link: Link,
    id: &PrescriptionId,
    standing: &Standing,
) -> Result<Sealed, JournalError> {
    let row = row(link, id.as_str());
    let place = place("chain_prescription", "state", &row);
    Sealed::seal(journal.keys(), place, standing.state.as_bytes()).ok_or(JournalError::Chance)
}

fn held(read: &Row, journal: &Journal, link: Link) -> Result<Held, JournalError> {
    let id: PrescriptionId = read.get(0)?;
    let sealed = Sealed {
        key: read.get(9)?,
        bytes: read.get(10)?,
    };
    let at = row(link, id.as_str());
    Ok(Held {
        patient: read.get(1)?,
        message: read.get(2)?,
        version: read.get(3)?,
        standing: Standing {
            status: read.get(4)?,
            state: text(&sealed, journal, place("chain_prescription", "state", &at))?,
            expires: Day::from_epoch_days(read.get(5)?),
            locked: read.get(6)?,
            reserved: read.get(7)?,
            closed: read.get::<Option<Timestamp>>(8)?.is_some(),
        },
        bytes: None,
        id,
    })
}

fn text(sealed: &Sealed, journal: &Journal, place: Place<'_>) -> Result<String, JournalError> {
    let text = sealed
        .open(journal.keys(), place)
        .and_then(|text| String::from_utf8(text).ok());
    text.ok_or(JournalError::Sealed { key: sealed.key })
}

/// The key of a row as bytes: what is sealed for one link does not open at another.
pub(super) fn row(link: Link, id: &str) -> Vec<u8> {
    [link.word().as_bytes(), b"\0", id.as_bytes()].concat()
}

pub(super) fn event_row(link: Link, id: &PrescriptionId, version: i64) -> Vec<u8> {
    [&row(link, id.as_str()), &b"\0"[..], &version.to_be_bytes()].concat()
}

pub(super) fn place<'a>(table: &'static str, column: &'a str, row: &'a [u8]) -> Place<'a> {
    Place { table, column, row }
}
