//! What may be used once: ids of tokens that strangers send.

use jiff::Timestamp;

use super::token::sha256;
use crate::store::{Journal, JournalError, Writing, params, statements};

statements! {
    /// It is there already.
    FIND: Select = "SELECT until_at FROM used_once WHERE id = $1";
    /// The first use.
    ADD: Change = "INSERT INTO used_once (id, until_at) VALUES ($1, $2)";
    /// Each that is not there yet.
    ADD_NEW: Change = "INSERT INTO used_once (id, until_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    /// Refused for its age by now.
    REMOVE_OLD: Change = "DELETE FROM used_once WHERE until_at < $1";
}

/// Whether this is the first use of an id of its kind (a logout token's `jti`, a proof's). It is remembered until the
/// moment from which its age alone has it refused, by all servers on the same journal.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn use_once(
    journal: &Journal,
    kind: &str,
    id: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<bool, JournalError> {
    let row = sha256(&[kind.as_bytes(), b"\0", id.as_bytes()].concat());
    let mut writing = journal.writing().await?;
    writing.change(REMOVE_OLD, params![now]).await?;
    if writing.row(FIND, params![row]).await?.is_some() {
        return Ok(false);
    }
    writing.change(ADD, params![row, until]).await?;
    writing.commit().await?;
    Ok(true)
}

/// Something that was used, to be noted with other things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Its digest.
    pub mark: [u8; 32],
    /// Until when it must be remembered.
    pub until: Timestamp,
}

/// Whether something was used, as far as it is noted.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn was_used(journal: &Journal, mark: [u8; 32]) -> Result<bool, JournalError> {
    let mut reading = journal.reading().await?;
    Ok(reading.row(FIND, params![mark]).await?.is_some())
}

/// Notes what was used, forgets what is too old, and tells how many were noted before: used twice at once, by several servers.
pub(crate) async fn note(
    writing: &mut Writing,
    used: &[Used],
    now: Timestamp,
) -> Result<u64, JournalError> {
    if used.is_empty() {
        return Ok(0);
    }
    writing.change(REMOVE_OLD, params![now]).await?;
    let rows: Vec<_> = used
        .iter()
        .map(|it| params![it.mark, it.until].to_vec())
        .collect();
    let added = writing.add_all(ADD_NEW, &rows).await?;
    Ok((used.len() as u64).saturating_sub(added))
}
