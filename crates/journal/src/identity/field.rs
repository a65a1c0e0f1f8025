//! What must be readable of a person again: encrypted fields, one a row.

use super::{Place, Sealed};
use crate::chain;
use crate::id::PersonId;
use crate::store::{Acting, Journal, JournalError, Looking, params, statements};

statements! {
    /// A field of a person.
    FIND: Select = "SELECT key, sealed FROM identity WHERE person = $1 AND field = $2";
    /// It is there no more.
    REMOVE: Change = "DELETE FROM identity WHERE person = $1 AND field = $2";
    /// A field.
    ADD: Change = "INSERT INTO identity (person, field, key, sealed) VALUES ($1, $2, $3, $4)";
    /// Fields of older keys.
    OLDER: Select = "SELECT person, field, key, sealed FROM identity WHERE key <> $1 AND (person, field) > ($2, $3) ORDER BY person, field LIMIT 500";
    /// Sealed anew.
    RESEAL: Change = "UPDATE identity SET key = $3, sealed = $4 WHERE person = $1 AND field = $2";
}

/// What of a person is kept readable. Nothing else is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name, as it stands on a course certificate.
    Name,
    /// Where notices go.
    Email,
}

impl Field {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Email => "email",
        }
    }
}

/// Keeps a field of a person, in place of the one before.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn keep(
    acting: &mut Acting,
    journal: &Journal,
    person: PersonId,
    field: Field,
    text: &str,
) -> Result<(), JournalError> {
    let sealed = Sealed::seal(
        journal.keys(),
        place(&person, field.word()),
        text.as_bytes(),
    );
    let sealed = sealed.ok_or(JournalError::Chance)?;
    acting.change(REMOVE, params![person, field.word()]).await?;
    let values = params![person, field.word(), sealed.key, sealed.bytes].to_vec();
    acting.change(ADD, &values).await?;
    Ok(())
}

/// A field of a person, if it is kept.
///
/// # Errors
/// [`JournalError::Sealed`] where its key is not among the journal's keys, or it was moved here from another row.
pub async fn reveal(
    looking: &mut Looking,
    journal: &Journal,
    person: PersonId,
    field: Field,
) -> Result<Option<String>, JournalError> {
    let Some(row) = looking.row(FIND, params![person, field.word()]).await? else {
        return Ok(None);
    };
    let sealed = Sealed {
        key: row.get(0)?,
        bytes: row.get(1)?,
    };
    let text = sealed.open(journal.keys(), place(&person, field.word()));
    let text = text.and_then(|text| String::from_utf8(text).ok());
    text.map(Some)
        .ok_or(JournalError::Sealed { key: sealed.key })
}

/// Seals every field, and what the prescription chain holds, with the newest key and tells how many were of an older one. After it, and after the last session
/// and back-up of its time, an older key can be taken out of the file of keys.
///
/// # Errors
/// [`JournalError::Sealed`] at a field whose key is not there: nothing has changed since the last 500.
pub async fn reseal(journal: &Journal) -> Result<u64, JournalError> {
    let (newest, mut after, mut count) = (
        journal.keys().newest_field().0,
        (Vec::new(), String::new()),
        0,
    );
    loop {
        let mut writing = journal.writing().await?;
        let rows = writing
            .rows(OLDER, params![newest, after.0.clone(), after.1.clone()])
            .await?;
        let Some(last) = rows.last() else {
            drop(writing);
            return Ok(count + chain::reseal(journal, newest).await?);
        };
        after = (last.get(0)?, last.get(1)?);
        for row in rows {
            let (person, field): (PersonId, String) = (row.get(0)?, row.get(1)?);
            let old = Sealed {
                key: row.get(2)?,
                bytes: row.get(3)?,
            };
            let text = old.open(journal.keys(), place(&person, &field));
            let text = text.ok_or(JournalError::Sealed { key: old.key })?;
            let new = Sealed::seal(journal.keys(), place(&person, &field), &text)
                .ok_or(JournalError::Chance)?;
            let values = params![person, field, new.key, new.bytes].to_vec();
            count += writing.change(RESEAL, &values).await?;
        }
        writing.commit().await?;
    }
}

pub(super) fn place<'a>(person: &'a PersonId, field: &'a str) -> Place<'a> {
    Place {
        table: "identity",
        column: field,
        row: person.as_bytes(),
    }
}
