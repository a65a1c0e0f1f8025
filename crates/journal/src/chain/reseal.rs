//! A newer key for what is encrypted.

use super::prescription::{event_row, place, row};
use super::{Link, PatientId, PrescriptionId, patient};
use crate::identity::{Place, Sealed};
use crate::store::{
    Change, Journal, JournalError, Row, Select, Value, Writing, params, statements,
};

statements! {
    /// Identities under an older key.
    PATIENTS: Select = "SELECT key, sealed, id FROM chain_patient WHERE key <> $1 ORDER BY id LIMIT 200";
    PATIENT: Change = "UPDATE chain_patient SET key = $1, sealed = $2 WHERE id = $3";
    /// Messages and their answers.
    MESSAGES: Select = "SELECT key, sealed, answer, link, id FROM chain_message WHERE key <> $1 ORDER BY link, id LIMIT 200";
    MESSAGE: Change = "UPDATE chain_message SET key = $1, sealed = $2, answer = $3 WHERE link = $4 AND id = $5";
    /// States.
    PRESCRIPTIONS: Select = "SELECT key, state, link, id FROM chain_prescription WHERE key <> $1 ORDER BY link, id LIMIT 200";
    PRESCRIPTION: Change = "UPDATE chain_prescription SET key = $1, state = $2 WHERE link = $3 AND id = $4";
    /// What has happened.
    EVENTS: Select = "SELECT key, sealed, link, prescription, version FROM chain_event WHERE key <> $1 ORDER BY link, prescription, version LIMIT 200";
    EVENT: Change = "UPDATE chain_event SET key = $1, sealed = $2 WHERE link = $3 AND prescription = $4 AND version = $5";
    /// What goes on.
    OUTBOX: Select = "SELECT key, sealed, answer, link, id FROM chain_outbox WHERE key <> $1 ORDER BY link, id LIMIT 200";
    OUTGOING: Change = "UPDATE chain_outbox SET key = $1, sealed = $2, answer = $3 WHERE link = $4 AND id = $5";
}

/// What is sealed in a row, sealed anew: the values of the change, without the key.
type Anew = fn(&Resealing<'_>, &Row) -> Result<Vec<Value>, JournalError>;

const TABLES: [(Select, Change, Anew); 5] = [
    (PATIENTS, PATIENT, |of, found| of.patient(found)),
    (MESSAGES, MESSAGE, |of, found| {
        of.pair("chain_message", found)
    }),
    (PRESCRIPTIONS, PRESCRIPTION, |of, found| of.state(found)),
    (EVENTS, EVENT, |of, found| of.event(found)),
    (OUTBOX, OUTGOING, |of, found| of.pair("chain_outbox", found)),
];

struct Resealing<'a> {
    journal: &'a Journal,
}

/// Seals everything of the chain with the newest key, 200 rows in a transaction, and tells how many rows were of an older one.
///
/// # Errors
/// [`JournalError::Sealed`] at a row whose key is not there.
pub(crate) async fn reseal(journal: &Journal, newest: u32) -> Result<u64, JournalError> {
    let mut count = 0;
    for (older, change, anew) in TABLES {
        loop {
            let mut writing: Writing = journal.writing().await?;
            let rows = writing.rows(older, params![newest]).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let mut values = vec![Value::from(newest)];
                values.extend(anew(&Resealing { journal }, row)?);
                count += writing.change(change, &values).await?;
            }
            writing.commit().await?;
        }
    }
    Ok(count)
}

impl Resealing<'_> {
    fn patient(&self, found: &Row) -> Result<Vec<Value>, JournalError> {
        let id: PatientId = found.get(2)?;
        let sealed = self.anew(found, 1, patient::place(&id))?;
        Ok(params![sealed, id].to_vec())
    }

    fn state(&self, found: &Row) -> Result<Vec<Value>, JournalError> {
        let (link, id): (Link, String) = (found.get(2)?, found.get(3)?);
        let at = row(link, &id);
        let sealed = self.anew(found, 1, place("chain_prescription", "state", &at))?;
        Ok(params![sealed, link, id].to_vec())
    }

    fn event(&self, found: &Row) -> Result<Vec<Value>, JournalError> {
        let (link, id, version): (Link, PrescriptionId, i64) =
            (found.get(2)?, found.get(3)?, found.get(4)?);
        let at = event_row(link, &id, version);
        let sealed = self.anew(found, 1, place("chain_event", "sealed", &at))?;
        Ok(params![sealed, link, &id, version].to_vec())
    }

    /// A message and its answer, where there is one.
    fn pair(&self, table: &'static str, found: &Row) -> Result<Vec<Value>, JournalError> {
        let (link, id): (Link, String) = (found.get(3)?, found.get(4)?);
        let at = row(link, &id);
        let sealed = self.anew(found, 1, place(table, "sealed", &at))?;
        let answer = match found.get::<Option<Vec<u8>>>(2)? {
            Some(_) => Some(self.anew(found, 2, place(table, "answer", &at))?),
            None => None,
        };
        Ok(params![sealed, answer, link, id].to_vec())
    }

    fn anew(&self, found: &Row, column: usize, place: Place<'_>) -> Result<Vec<u8>, JournalError> {
        let old = Sealed {
            key: found.get(0)?,
            bytes: found.get(column)?,
        };
        let text = old
            .open(self.journal.keys(), place)
            .ok_or(JournalError::Sealed { key: old.key })?;
        let new = Sealed::seal(self.journal.keys(), place, &text).ok_or(JournalError::Chance)?;
        Ok(new.bytes)
    }
}
