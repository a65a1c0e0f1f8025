//! Whom prescriptions are for: a keyed hash to find them by, the identity itself encrypted.

use std::collections::BTreeMap;

use riktig_codes::{Age, Day, MaybeMasked, NationalId};

use jiff::Timestamp;

use crate::id::PersonId;
use crate::identity::{Keys, Place, Sealed};
use crate::store::{Journal, JournalError, Reading, Value, Writing, params, statements};

use super::unwritten::Unwritten;

pub use crate::id::PatientId;

statements! {
    /// By the hash of the identity.
    BY_PID: Select = "SELECT id FROM chain_patient WHERE pid = $1";
    /// By the hashes of several.
    BY_PIDS: Select = "SELECT pid, id FROM chain_patient WHERE pid IN ($1)";
    /// Somebody new.
    ADD: Change = "INSERT INTO chain_patient (id, pid, key, sealed, known_at) VALUES ($1, $2, $3, $4, $5)";
    /// The hash under the newest key.
    REHASH: Change = "UPDATE chain_patient SET pid = $2 WHERE pid = $1";
    /// The same of a person of the portal: what they have chosen is found by it.
    REHASH_PERSON: Change = "UPDATE person SET pid = $2 WHERE pid = $1";
    /// The identity itself.
    SEALED: Select = "SELECT key, sealed FROM chain_patient WHERE id = $1";
    /// Somebody, to try keys with.
    ANYBODY: Select = "SELECT id, pid, key, sealed FROM chain_patient ORDER BY id LIMIT 1";
    /// The patient whom a person of the portal is.
    OF_PERSON: Select = "SELECT c.id FROM person p JOIN chain_patient c ON c.pid = p.pid WHERE p.id = $1";
}

/// What the hash is of: the same as of a login, so that a person of the portal is found among the patients.
pub(super) const PID: &str = "pid";

/// The patient with this identity, if any message was about them.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn patient_with(
    journal: &Journal,
    pid: &NationalId,
) -> Result<Option<PatientId>, JournalError> {
    find(&mut journal.reading().await?, journal, pid).await
}

/// The patient with this identity; of somebody whom no message was about an id that nobody has. Asking for either is the same: one
/// question to the policy and one line in the log.
///
/// # Errors
/// Where the journal cannot be read, or the operating system gives no chance for an id.
pub async fn patient_or_nobody(
    journal: &Journal,
    pid: &NationalId,
    now: Timestamp,
) -> Result<PatientId, JournalError> {
    let nobody = PatientId::draw(now)?;
    Ok(patient_with(journal, pid).await?.unwrap_or(nobody))
}

/// The patient whom a person of the portal is, if any message was about them.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn patient_of_person(
    reading: &mut Reading,
    person: PersonId,
) -> Result<Option<PatientId>, JournalError> {
    let row = reading.row(OF_PERSON, params![person]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub(super) async fn find(
    reading: &mut Reading,
    journal: &Journal,
    pid: &NationalId,
) -> Result<Option<PatientId>, JournalError> {
    for hash in journal.keys().lookups(PID, digits(pid)) {
        if let Some(row) = reading.row(BY_PID, params![hash]).await? {
            return row.get(0).map(Some);
        }
    }
    Ok(None)
}

/// Whether a patient can be opened with these keys and has the hash of one of them; yes where there is none.
pub(crate) async fn a_patient_is_found(
    reading: &mut Reading,
    keys: &Keys,
) -> Result<bool, JournalError> {
    let Some(row) = reading.row(ANYBODY, params![]).await? else {
        return Ok(true);
    };
    let (id, hash): (PatientId, [u8; 32]) = (row.get(0)?, row.get(1)?);
    let sealed = Sealed {
        key: row.get(2)?,
        bytes: row.get(3)?,
    };
    let digits = sealed.open(keys, place(&id));
    let digits = digits.and_then(|digits| String::from_utf8(digits).ok());
    Ok(digits.is_some_and(|digits| keys.lookups(PID, &digits).contains(&hash)))
}

/// A patient's age on a day; absent where nobody is there or no date of birth can be read from the number.
pub(crate) async fn age(
    reading: &mut Reading,
    journal: &Journal,
    id: PatientId,
    day: Day,
) -> Result<Option<Age>, JournalError> {
    let Some(row) = reading.row(SEALED, params![id]).await? else {
        return Ok(None);
    };
    let sealed = Sealed {
        key: row.get(0)?,
        bytes: row.get(1)?,
    };
    let digits = sealed
        .open(journal.keys(), place(&id))
        .ok_or(JournalError::Sealed { key: sealed.key })?;
    let birth = match NationalId::parse_bytes(&digits) {
        Ok(MaybeMasked::Known(pid)) => pid.birth_date(),
        _ => None,
    };
    Ok(birth.and_then(|birth| Age::at(birth, day)))
}

/// The patients with these hashes of their identities, as far as they are there.
pub(super) async fn find_all(
    reading: &mut Reading,
    hashes: &[Value],
) -> Result<BTreeMap<[u8; 32], PatientId>, JournalError> {
    let rows = reading.rows_in(BY_PIDS, params![], hashes).await?;
    rows.iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

/// The patient who was looked up before, or somebody new; either with the hash of the newest key.
pub(super) async fn know(
    (writing, later): (&mut Writing, &mut Unwritten),
    journal: &Journal,
    (pid, known): (&NationalId, Option<PatientId>),
    now: Timestamp,
) -> Result<PatientId, JournalError> {
    rehash(writing, journal, pid).await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let id = PatientId::draw(now)?;
    let sealed = Sealed::seal(journal.keys(), place(&id), digits(pid).as_bytes());
    let sealed = sealed.ok_or(JournalError::Chance)?;
    let pid = journal.keys().lookup(PID, digits(pid));
    let values = params![id, pid, sealed.key, sealed.bytes, now].to_vec();
    later.patients.push(values);
    Ok(id)
}

/// Writes new patients.
pub(super) async fn write(writing: &mut Writing, rows: &[Vec<Value>]) -> Result<(), JournalError> {
    writing.add_all(ADD, rows).await?;
    Ok(())
}

/// Brings the hash of a patient to the newest key, as a login does: so that who logs in is found among the patients.
async fn rehash(
    writing: &mut Writing,
    journal: &Journal,
    pid: &NationalId,
) -> Result<(), JournalError> {
    let hashes = journal.keys().lookups(PID, digits(pid));
    let (newest, older) = hashes.split_first().expect("there is a key for look-up");
    for old in older {
        writing.change(REHASH, params![old, newest]).await?;
        writing.change(REHASH_PERSON, params![old, newest]).await?;
    }
    Ok(())
}

pub(super) fn place(id: &PatientId) -> Place<'_> {
    Place {
        table: "chain_patient",
        column: "sealed",
        row: id.as_bytes(),
    }
}

pub(super) fn digits(pid: &NationalId) -> &str {
    std::str::from_utf8(pid.reveal_digits()).expect("digits are ASCII")
}
