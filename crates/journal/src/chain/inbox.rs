//! Messages that a link has taken.

use std::collections::BTreeMap;

use jiff::Timestamp;
use riktig_codes::{HprNumber, OrganisationNumber};

use super::prescription::{place, row};
use super::{Link, MessageId, PatientId};
use crate::identity::Sealed;
use crate::store::{Journal, JournalError, Reading, Row, Value, params, statements};

statements! {
    /// The bytes of one.
    BYTES: Select = "SELECT key, sealed FROM chain_message WHERE link = $1 AND id = $2";
    /// The bytes of several.
    BYTES_OF_SEVERAL: Select = "SELECT key, sealed, id FROM chain_message WHERE link = $1 AND id IN ($2)";
    /// Those that came after another, in the order of moment and id.
    AFTER: Select = "SELECT id, kind, hpr, organisation, patient, at, result FROM chain_message \
        WHERE link = $1 AND (at, id) > ($2, $3) ORDER BY at, id LIMIT $4";
}

/// Messages that are listed at a time.
pub const MESSAGES_ON_A_PAGE: usize = 200;

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: MessageId,
    /// Its kind.
    pub kind: String,
    /// Who signed it.
    pub hpr: Option<HprNumber>,
    /// For which organisation.
    pub organisation: Option<OrganisationNumber>,
    /// About whom.
    pub patient: Option<PatientId>,
    /// When it came.
    pub at: Timestamp,
    /// What came of it.
    pub result: String,
}

/// The bytes of a message that was taken, as they came.
///
/// # Errors
/// Where the journal cannot be read, or its key is not there.
pub async fn bytes(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    id: &MessageId,
) -> Result<Option<Vec<u8>>, JournalError> {
    let Some(found) = reading.row(BYTES, params![link, id]).await? else {
        return Ok(None);
    };
    opened(journal, link, id, &found).map(Some)
}

/// The bytes of several messages, as far as they were taken.
pub(super) async fn bytes_of_several(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    ids: &[Value],
) -> Result<BTreeMap<MessageId, Vec<u8>>, JournalError> {
    let rows = reading
        .rows_in(BYTES_OF_SEVERAL, params![link], ids)
        .await?;
    let bytes = |found: &Row| {
        let id: MessageId = found.get(2)?;
        let bytes = opened(journal, link, &id, found)?;
        Ok((id, bytes))
    };
    rows.iter().map(bytes).collect()
}

fn opened(
    journal: &Journal,
    link: Link,
    id: &MessageId,
    found: &Row,
) -> Result<Vec<u8>, JournalError> {
    let sealed = Sealed {
        key: found.get(0)?,
        bytes: found.get(1)?,
    };
    let at = row(link, id.as_str());
    let bytes = sealed.open(journal.keys(), place("chain_message", "sealed", &at));
    bytes.ok_or(JournalError::Sealed { key: sealed.key })
}

/// Messages that a link took after one that was listed last, or from the first, in the order in which they came; at most
/// [`MESSAGES_ON_A_PAGE`].
///
/// # Errors
/// Where the journal cannot be read.
pub async fn after(
    reading: &mut Reading,
    link: Link,
    last: Option<&Received>,
) -> Result<Vec<Received>, JournalError> {
    let (at, id) = last.map_or((i64::MIN, ""), |last| {
        (last.at.as_microsecond(), last.id.as_str())
    });
    let most = i64::try_from(MESSAGES_ON_A_PAGE).expect("a page is short");
    let rows = reading.rows(AFTER, params![link, at, id, most]).await?;
    let received = |row: &Row| {
        Ok(Received {
            id: row.get(0)?,
            kind: row.get(1)?,
            hpr: row.get(2)?,
            organisation: row.get(3)?,
            patient: row.get(4)?,
            at: row.get(5)?,
            result: row.get(6)?,
        })
    };
    rows.iter().map(received).collect()
}
