//! What must go on to others: written with what it follows from, delivered at least once.

use jiff::Timestamp;

use super::prescription::{By, place, row};
use super::unwritten::Unwritten;
use super::{Link, MessageId, Outgoing};
use crate::identity::Sealed;
use crate::store::{Journal, JournalError, Row, Value, Writing, params, statements};

statements! {
    /// A message goes on.
    ADD: Change = "INSERT INTO chain_outbox (link, id, number, to_link, kind, made_at, tries, next_at, settled_at, result, key, sealed, answer) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $6, NULL, NULL, $7, $8, NULL)";
    /// What is to be tried now.
    DUE: Select = "SELECT id, to_link, kind, made_at, tries, key, sealed FROM chain_outbox \
        WHERE link = $1 AND settled_at IS NULL AND next_at <= $2 ORDER BY next_at, number, id LIMIT $3";
    /// One that is not settled.
    ONE: Select = "SELECT id, to_link, kind, made_at, tries, key, sealed FROM chain_outbox WHERE link = $1 AND id = $2 AND settled_at IS NULL";
    /// How much waits, and since when.
    WAITING: Select = "SELECT CAST(COUNT(*) AS BIGINT), MIN(made_at) FROM chain_outbox WHERE link = $1 AND settled_at IS NULL";
    /// The key that it was sealed with.
    KEY: Select = "SELECT key, sealed FROM chain_outbox WHERE link = $1 AND id = $2 AND settled_at IS NULL";
    /// It was answered.
    SETTLED: Change = "UPDATE chain_outbox SET settled_at = $3, result = $4, tries = tries + 1, key = $5, sealed = $6, answer = $7 \
        WHERE link = $1 AND id = $2 AND settled_at IS NULL";
    /// It was not.
    LATER: Change = "UPDATE chain_outbox SET next_at = $3, tries = tries + 1 WHERE link = $1 AND id = $2 AND settled_at IS NULL";
}

/// A message that is to be delivered now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its id.
    pub id: MessageId,
    /// To whom.
    pub to: Link,
    /// Its kind.
    pub kind: String,
    /// Since when it waits.
    pub made: Timestamp,
    /// How often it was tried.
    pub tries: u32,
    /// The message; nothing where its key is not there. The others of the round go out all the same.
    pub bytes: Option<Vec<u8>>,
}

/// What came of trying to deliver a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Which.
    pub id: MessageId,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of trying to deliver a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its receiver has taken it: the answer.
    Taken(Vec<u8>),
    /// Its receiver has refused it, and would again: the answer.
    Refused(Vec<u8>),
    /// There was no answer that settles it: to be tried again then.
    Later(Timestamp),
}

/// What a link must deliver now, what waits longest first.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn due(
    journal: &Journal,
    link: Link,
    now: Timestamp,
    most: u32,
) -> Result<Vec<Due>, JournalError> {
    let rows = journal
        .reading()
        .await?
        .rows(DUE, params![link, now, most])
        .await?;
    rows.iter().map(|row| read(journal, link, row)).collect()
}

fn read(journal: &Journal, link: Link, found: &Row) -> Result<Due, JournalError> {
    let id: MessageId = found.get(0)?;
    let sealed = Sealed {
        key: found.get(5)?,
        bytes: found.get(6)?,
    };
    let at = row(link, id.as_str());
    Ok(Due {
        to: found.get(1)?,
        kind: found.get(2)?,
        made: found.get(3)?,
        tries: found.get(4)?,
        bytes: sealed.open(journal.keys(), place("chain_outbox", "sealed", &at)),
        id,
    })
}

/// One message that a link must still deliver, whether it is its time or not; none where it is settled.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn unsettled(
    journal: &Journal,
    link: Link,
    id: &MessageId,
) -> Result<Option<Due>, JournalError> {
    let row = journal.reading().await?.row(ONE, params![link, id]).await?;
    row.map(|row| read(journal, link, &row)).transpose()
}

/// How many messages of a link wait to be delivered, and since when the oldest does.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn waiting(
    journal: &Journal,
    link: Link,
) -> Result<(u64, Option<Timestamp>), JournalError> {
    let row = journal.reading().await?.row(WAITING, params![link]).await?;
    row.map_or(Ok((0, None)), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Notes what came of deliveries, all or nothing. One that is settled stays as it was settled first. Where this is lost,
/// the message goes out once more, and its receiver answers as before.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn settle(
    journal: &Journal,
    link: Link,
    delivered: &[Delivered],
    now: Timestamp,
) -> Result<(), JournalError> {
    let mut writing = journal.writing().await?;
    for one in delivered {
        let (result, answer) = match &one.outcome {
            Outcome::Taken(answer) => ("taken", answer),
            Outcome::Refused(answer) => ("refused", answer),
            Outcome::Later(then) => {
                writing.change(LATER, params![link, &one.id, *then]).await?;
                continue;
            }
        };
        note(
            &mut writing,
            journal,
            (link, &one.id),
            (result, answer),
            now,
        )
        .await?;
    }
    writing.commit().await
}

/// One key for the row: where there is a newer one, the message is sealed anew with the answer.
async fn note(
    writing: &mut Writing,
    journal: &Journal,
    (link, id): (Link, &MessageId),
    (result, answer): (&str, &[u8]),
    now: Timestamp,
) -> Result<(), JournalError> {
    let Some(found) = writing.row(KEY, params![link, id]).await? else {
        return Ok(());
    };
    let mut message = Sealed {
        key: found.get(0)?,
        bytes: found.get(1)?,
    };
    let at = row(link, id.as_str());
    let answer = Sealed::seal(journal.keys(), place("chain_outbox", "answer", &at), answer)
        .ok_or(JournalError::Chance)?;
    if message.key != answer.key {
        let at = place("chain_outbox", "sealed", &at);
        let bytes = message
            .open(journal.keys(), at)
            .ok_or(JournalError::Sealed { key: message.key })?;
        message = Sealed::seal(journal.keys(), at, &bytes).ok_or(JournalError::Chance)?;
    }
    let values = params![
        link,
        id,
        now,
        result,
        answer.key,
        message.bytes,
        answer.bytes
    ]
    .to_vec();
    writing.change(SETTLED, &values).await?;
    Ok(())
}

/// Puts a message into the outbox. An id that is there makes what it follows from fail.
pub(super) fn add(
    later: &mut Unwritten,
    journal: &Journal,
    by: By<'_>,
    (number, outgoing): (usize, &Outgoing),
) -> Result<(), JournalError> {
    let at = row(by.link, outgoing.id.as_str());
    let sealed = Sealed::seal(
        journal.keys(),
        place("chain_outbox", "sealed", &at),
        &outgoing.bytes,
    );
    let sealed = sealed.ok_or(JournalError::Chance)?;
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let values = params![
        by.link,
        &outgoing.id,
        number,
        outgoing.to,
        outgoing.kind,
        by.now,
        sealed.key,
        sealed.bytes
    ]
    .to_vec();
    later.outgoing.push(values);
    Ok(())
}

/// Writes what goes on.
pub(super) async fn write(writing: &mut Writing, rows: &[Vec<Value>]) -> Result<(), JournalError> {
    writing.add_all(ADD, rows).await?;
    Ok(())
}
