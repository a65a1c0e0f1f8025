//! Logins under way: what must be remembered between sending somebody to the issuer and their return.

use jiff::{SignedDuration, Timestamp};

use super::token::sha256;
use crate::identity::{Place, Sealed};
use crate::store::{Journal, JournalError, params, statements};

statements! {
    /// One that began.
    ADD: Change = "INSERT INTO pending_login (state, key, sealed, began_at) VALUES ($1, $2, $3, $4)";
    /// The one with this state.
    FIND: Select = "SELECT key, sealed, began_at FROM pending_login WHERE state = $1";
    /// It is used up.
    REMOVE: Change = "DELETE FROM pending_login WHERE state = $1";
    /// Nobody came back.
    REMOVE_OLD: Change = "DELETE FROM pending_login WHERE began_at <= $1";
}

/// Who has not come back from the issuer within this time begins anew.
pub const PENDING_FOR: SignedDuration = SignedDuration::from_mins(10);

/// Remembers a login until its callback, encrypted; those that nobody came back from are forgotten at the same time.
///
/// # Errors
/// [`JournalError::Conflict`] where this state is under way already; where the journal cannot be written.
pub async fn keep_pending(
    journal: &Journal,
    state: &str,
    login: &[u8],
    now: Timestamp,
) -> Result<(), JournalError> {
    let row = sha256(state.as_bytes());
    let sealed = Sealed::seal(journal.keys(), place(&row), login).ok_or(JournalError::Chance)?;
    let mut writing = journal.writing().await?;
    writing.change(REMOVE_OLD, params![before(now)]).await?;
    let values = params![row, sealed.key, sealed.bytes, now].to_vec();
    writing.change(ADD, &values).await?;
    writing.commit().await
}

/// Gives back what was remembered, once: whoever comes second with the same state finds nothing, nor does who comes after
/// [`PENDING_FOR`].
///
/// # Errors
/// Where the journal cannot be read or written.
pub async fn take_pending(
    journal: &Journal,
    state: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, JournalError> {
    let row = sha256(state.as_bytes());
    let mut writing = journal.writing().await?;
    let Some(found) = writing.row(FIND, params![row]).await? else {
        return Ok(None);
    };
    writing.change(REMOVE, params![row]).await?;
    writing.commit().await?;
    let sealed = Sealed {
        key: found.get(0)?,
        bytes: found.get(1)?,
    };
    let began: Timestamp = found.get(2)?;
    if began <= before(now) {
        return Ok(None);
    }
    Ok(sealed.open(journal.keys(), place(&row)))
}

fn before(now: Timestamp) -> Timestamp {
    now.saturating_sub(PENDING_FOR).expect("a duration only")
}

fn place(row: &[u8; 32]) -> Place<'_> {
    Place {
        table: "pending_login",
        column: "sealed",
        row,
    }
}
