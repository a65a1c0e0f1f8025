//! Sessions: who is logged in, until when; and logins under way.
//!
//! A session is a secret of 256 bits that the browser holds; the journal holds its SHA-256 only, so that who reads the
//! database cannot be anybody. It ends by being ended, by lying idle, and at its last moment whatever happens. Times and
//! tables: `docs/reference/journal.md`.

mod logout;
mod once;
mod pending;
#[cfg(test)]
mod tests;
mod token;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::{HprNumber, OrganisationNumber};
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::identity::{Place, Sealed};
use crate::store::{Journal, JournalError, Row, params, statements};

#[cfg(test)]
pub(crate) use logout::STATEMENTS as OF_LOGOUT;
pub use logout::{end, end_of_person, end_upon_logout};
#[cfg(test)]
pub(crate) use once::STATEMENTS as OF_ONCE;
pub(crate) use once::note as note_used;
pub use once::{Used, use_once, was_used};
#[cfg(test)]
pub(crate) use pending::STATEMENTS as OF_PENDING;
pub use pending::{PENDING_FOR, keep_pending, take_pending};
pub use token::Token;

statements! {
    /// By the hash of its token.
    FIND: Select = "SELECT person, hpr, organisation, began_at, seen_at, ends_at, key, sealed FROM session WHERE token = $1";
    /// A new one.
    ADD: Change = "INSERT INTO session (token, person, hpr, organisation, sub, sid, key, sealed, began_at, seen_at, ends_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)";
    /// How many hold.
    IN_FORCE: Select = "SELECT CAST(COUNT(*) AS BIGINT) FROM session WHERE ends_at > $1 AND began_at > $2 AND seen_at > $3";
    /// It was used; never back in time.
    SEEN: Change = "UPDATE session SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
    /// It is over.
    REMOVE: Change = "DELETE FROM session WHERE token = $1";
}

/// A use is noted when the last one noted is this long ago: reading a page seldom writes.
const NOTED_AFTER: SignedDuration = SignedDuration::from_secs(60);
/// A session that began this much later than the clock says is not taken: the clock has been set back.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(5);
/// Table, for what is sealed in it.
const TABLE: &str = "session";

/// How long a session lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Unused for this long, it is over. The use is noted each minute, so that it may be a minute shorter.
    pub idle: SignedDuration,
    /// Used or not, it is over after this long.
    pub absolute: SignedDuration,
}

/// What a login brings into its session.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Who.
    pub person: PersonId,
    /// The HPR number of the login.
    pub hpr: Option<HprNumber>,
    /// The organisation that they are logged in for.
    pub organisation: Option<OrganisationNumber>,
    /// Subject at the issuer: by it the issuer ends the session.
    pub sub: String,
    /// Session at the issuer: by it, too.
    pub sid: Option<String>,
    /// The identity token: logging out at the issuer shows it. Kept encrypted.
    pub id_token: String,
}

/// A session that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// The HPR number of the login.
    pub hpr: Option<HprNumber>,
    /// The organisation that they are logged in for.
    pub organisation: Option<OrganisationNumber>,
    /// When they logged in.
    pub began: Timestamp,
    /// When it ends at the latest.
    pub ends: Timestamp,
    sealed: Sealed,
    row: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct Secrets {
    id_token: String,
}

/// Begins a session at a login, and ends the one that the browser came with: a token that was known before the login is
/// worth nothing after it.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn begin(
    journal: &Journal,
    new: NewSession,
    came_with: Option<&Token>,
    limits: Limits,
    now: Timestamp,
) -> Result<Token, JournalError> {
    let token = Token::draw()?;
    let (row, keys) = (token.hash(), journal.keys());
    let secrets = serde_json::to_vec(&Secrets {
        id_token: new.id_token,
    });
    let secrets = secrets.expect("a text can be written as JSON");
    let sealed = Sealed::seal(keys, place(&row), &secrets).ok_or(JournalError::Chance)?;
    let sid = new.sid.map(|sid| keys.lookup("sid", &sid));
    let mut writing = journal.writing().await?;
    if let Some(old) = came_with {
        writing.change(REMOVE, params![old.hash()]).await?;
    }
    let values = params![
        row,
        new.person,
        new.hpr,
        new.organisation,
        keys.lookup("sub", &new.sub),
        sid,
        sealed.key,
        sealed.bytes,
        now,
        now.saturating_add(limits.absolute)
            .expect("a duration only"),
    ]
    .to_vec();
    writing.change(ADD, &values).await?;
    writing.commit().await?;
    Ok(token)
}

/// The session of this token, if it holds at `now`; notes that it was used.
///
/// A use that cannot be noted at the moment (a full disk, a writer that does not finish) is no reason to show nobody
/// their page: the session then ends sooner.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn find(
    journal: &Journal,
    token: &Token,
    limits: Limits,
    now: Timestamp,
) -> Result<Option<Session>, JournalError> {
    let row = token.hash();
    let mut reading = journal.reading().await?;
    let Some(found) = reading.row(FIND, params![row]).await? else {
        return Ok(None);
    };
    drop(reading);
    let (session, seen) = session(&found, row)?;
    if !holds(&session, seen, limits, now) {
        return Ok(None);
    }
    if now.duration_since(seen) >= NOTED_AFTER {
        note(journal, row, now).await?;
    }
    Ok(Some(session))
}

/// How many sessions hold at `now`: a number for monitoring, nobody's data.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn in_force(
    journal: &Journal,
    limits: Limits,
    now: Timestamp,
) -> Result<u64, JournalError> {
    let before = |duration| now.saturating_sub(duration).expect("a duration only");
    let values = params![now, before(limits.absolute), before(limits.idle)];
    let row = journal.reading().await?.row(IN_FORCE, values).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

async fn note(journal: &Journal, row: [u8; 32], now: Timestamp) -> Result<(), JournalError> {
    let noted = async {
        let mut writing = journal.writing().await?;
        writing.change(SEEN, params![row, now]).await?;
        writing.commit().await
    };
    match noted.await {
        Err(error @ (JournalError::Busy | JournalError::Full)) => {
            tracing::warn!(cause = %error, "the use of a session was not noted");
            Ok(())
        }
        other => other,
    }
}

/// Whether it holds. A clock that was set back never lengthens the idle time that has been noted, and a session of the
/// future is not taken.
fn holds(session: &Session, seen: Timestamp, limits: Limits, now: Timestamp) -> bool {
    session.began.duration_since(now) <= CLOCK_SLACK
        && now < session.ends
        && now.duration_since(session.began) < limits.absolute
        && now.duration_since(seen) < limits.idle
}

fn session(row: &Row, token: [u8; 32]) -> Result<(Session, Timestamp), JournalError> {
    let session = Session {
        person: row.get(0)?,
        hpr: row.get(1)?,
        organisation: row.get(2)?,
        began: row.get(3)?,
        ends: row.get(5)?,
        sealed: Sealed {
            key: row.get(6)?,
            bytes: row.get(7)?,
        },
        row: token,
    };
    Ok((session, row.get(4)?))
}

impl Session {
    /// The identity token of the login. Nothing, where its key has been taken out of use: logging out at the issuer then
    /// asks there.
    pub fn id_token(&self, journal: &Journal) -> Option<String> {
        let secrets = self.sealed.open(journal.keys(), place(&self.row))?;
        let secrets: Secrets = serde_json::from_slice(&secrets).ok()?;
        Some(secrets.id_token)
    }
}

fn place(row: &[u8; 32]) -> Place<'_> {
    Place {
        table: TABLE,
        column: "sealed",
        row,
    }
}
