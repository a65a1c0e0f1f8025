//! Ending sessions.

use super::{REMOVE, Token};
use crate::id::PersonId;
use crate::store::{Journal, JournalError, params, statements};

statements! {
    /// Of one session at the issuer.
    OF_SID: Change = "DELETE FROM session WHERE sid = $1";
    /// Of a subject at the issuer.
    OF_SUB: Change = "DELETE FROM session WHERE sub = $1";
    /// Of both together.
    OF_BOTH: Change = "DELETE FROM session WHERE sid = $1 AND sub = $2";
    /// Of a person.
    OF_PERSON: Change = "DELETE FROM session WHERE person = $1";
}

/// Ends the session of this token. One that is not there has ended already.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn end(journal: &Journal, token: &Token) -> Result<(), JournalError> {
    let mut writing = journal.writing().await?;
    writing.change(REMOVE, params![token.hash()]).await?;
    writing.commit().await
}

/// Ends all sessions of a person, and tells how many there were.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn end_of_person(journal: &Journal, person: PersonId) -> Result<u64, JournalError> {
    let mut writing = journal.writing().await?;
    let ended = writing.change(OF_PERSON, params![person]).await?;
    writing.commit().await?;
    Ok(ended)
}

/// Ends what the issuer says is over (OpenID Connect Back-Channel Logout, 2.6): the session `sid`, or all sessions of
/// `sub` where it names no session. Tells how many; naming neither ends none.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn end_upon_logout(
    journal: &Journal,
    sub: Option<&str>,
    sid: Option<&str>,
) -> Result<u64, JournalError> {
    let keys = journal.keys();
    // A session that began before the look-up key was changed is found by the older key.
    let subs = sub.map(|sub| keys.lookups("sub", sub)).unwrap_or_default();
    let sids = sid.map(|sid| keys.lookups("sid", sid)).unwrap_or_default();
    let mut writing = journal.writing().await?;
    let mut ended = 0;
    match (sub, sid) {
        (Some(_), Some(_)) => {
            for (sub, sid) in subs.iter().zip(&sids) {
                ended += writing.change(OF_BOTH, params![sid, sub]).await?;
            }
        }
        (None, Some(_)) => {
            for sid in &sids {
                ended += writing.change(OF_SID, params![sid]).await?;
            }
        }
        (Some(_), None) => {
            for sub in &subs {
                ended += writing.change(OF_SUB, params![sub]).await?;
            }
        }
        (None, None) => {}
    }
    writing.commit().await?;
    Ok(ended)
}
