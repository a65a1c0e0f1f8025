//! What may be used once: ids of tokens that strangers send.

use jiff::Timestamp;

use super::token::sha256;
use crate::store::{Journal, JournalError, params, statements};

statements! {
    /// It is there already.
    FIND: Select = "SELECT until_at FROM used_once WHERE id = $1";
    /// The first use.
    ADD: Change = "INSERT INTO used_once (id, until_at) VALUES ($1, $2)";
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
