//! What lies in the journal about a message or a prescription, for whoever runs a link and looks after it: a bench, a
//! rehearsal, a count after a failure.
//!
//! Nobody's rights are asked and no line is written: no page that shows a person something may be made of this.

use super::{Happened, Held, Link, MessageId, PrescriptionId, Received, inbox, prescription};
use crate::store::{Journal, JournalError};

/// A prescription with all that has happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// How it stands, without the message that brought it.
    pub held: Held,
    /// What has happened, in order.
    pub events: Vec<Happened>,
}

/// A prescription that a link keeps; none where it keeps none of this id.
///
/// # Errors
/// Where the journal cannot be read, or a key is not there.
pub async fn trace(
    journal: &Journal,
    link: Link,
    id: &PrescriptionId,
) -> Result<Option<Trace>, JournalError> {
    let mut reading = journal.reading().await?;
    let Some(held) = prescription::one(&mut reading, journal, link, id).await? else {
        return Ok(None);
    };
    let events = prescription::events(&mut reading, journal, link, id).await?;
    Ok(Some(Trace { held, events }))
}

/// Messages that a link took, as [`super::after`] lists them.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn taken(
    journal: &Journal,
    link: Link,
    last: Option<&Received>,
) -> Result<Vec<Received>, JournalError> {
    inbox::after(&mut journal.reading().await?, link, last).await
}

/// The bytes of a message that a link took.
///
/// # Errors
/// Where the journal cannot be read, or its key is not there.
pub async fn taken_bytes(
    journal: &Journal,
    link: Link,
    id: &MessageId,
) -> Result<Option<Vec<u8>>, JournalError> {
    inbox::bytes(&mut journal.reading().await?, journal, link, id).await
}
