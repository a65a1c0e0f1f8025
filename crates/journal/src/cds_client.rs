//! A client (fagsystem, EPJ): a system that may ask for advice, with whose keys, and what becomes of the advice.

use jiff::{SignedDuration, Timestamp};

use crate::cds_showing;
use crate::change::{self, ChangeError};
use crate::id::{ClientId, PersonId};
use crate::policy::{About, Act, ClientFacts};
use crate::store::{Acting, Journal, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// Who may ask at a moment.
    IN_FORCE: Select = "SELECT id, name, issuer, key_set_url, key_set, fhir_server, mode, newer, until_at, proposed_by, \
        proposed_at, confirmed_by, confirmed_at, ended_at, version FROM cds_client \
        WHERE confirmed_at IS NOT NULL AND ended_at IS NULL AND until_at > $1 ORDER BY id";
    /// All, the newest first.
    ALL: Select = "SELECT id, name, issuer, key_set_url, key_set, fhir_server, mode, newer, until_at, proposed_by, \
        proposed_at, confirmed_by, confirmed_at, ended_at, version FROM cds_client ORDER BY proposed_at DESC, id DESC";
    /// One.
    ONE: Select = "SELECT id, name, issuer, key_set_url, key_set, fhir_server, mode, newer, until_at, proposed_by, \
        proposed_at, confirmed_by, confirmed_at, ended_at, version FROM cds_client WHERE id = $1";
    /// Proposed.
    ADD: Change = "INSERT INTO cds_client (id, name, issuer, key_set_url, key_set, fhir_server, mode, newer, until_at, \
        proposed_by, proposed_at, version) VALUES ($1, $2, $3, $4, $5, $6, 'silent', $7, $8, $9, $10, 1)";
    /// The second person.
    CONFIRM: Change = "UPDATE cds_client SET confirmed_by = $2, confirmed_at = $3, version = version + 1 \
        WHERE id = $1 AND confirmed_at IS NULL AND ended_at IS NULL AND until_at > $3";
    /// What a confirmed one takes the place of.
    REPLACE: Change = "UPDATE cds_client SET ended_by = $2, ended_at = $3, version = version + 1 \
        WHERE issuer = (SELECT issuer FROM cds_client WHERE id = $1) AND id <> $1 AND confirmed_at IS NOT NULL AND ended_at IS NULL";
    /// Only measured.
    HUSH: Change = "UPDATE cds_client SET mode = 'silent', version = version + 1 WHERE id = $1 AND mode = 'showing' AND ended_at IS NULL";
    /// It may not ask any more.
    END: Change = "UPDATE cds_client SET ended_by = $2, ended_at = $3, version = version + 1 WHERE id = $1 AND ended_at IS NULL";
}

/// The longest that a client may ask before somebody looks again.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(731 * 24);

/// Longest key set that is written down, in bytes.
const LONGEST_KEY_SET: usize = 64 * 1024;

/// Where a client's keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keys {
    /// At this address: it may change them.
    At(String),
    /// Written down here (JWKS), for a system that publishes none.
    Here(String),
}

/// What becomes of a client's advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is worked out and counted; the client gets no cards.
    Silent,
    /// The client gets it.
    Showing,
}

/// What is proposed, or stands. It is never changed: with other keys, another issuer or another server it is another system, which is
/// proposed, confirmed by another operator and begins silent (decision 0014, point 9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What operators call it.
    pub name: String,
    /// Who signs its calls (`iss`), letter by letter.
    pub issuer: String,
    /// With which keys.
    pub keys: Keys,
    /// The one FHIR server from which its patients' data may be fetched; absent: what it does not send is not known.
    pub fhir_server: Option<String>,
    /// Whether it is answered as CDS Hooks 3.0 has it.
    pub newer: bool,
    /// Until when it may ask, at most [`LONGEST`] from the proposal.
    pub until: Timestamp,
}

/// A client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CdsClient {
    /// Its id.
    pub id: ClientId,
    /// What was proposed.
    pub terms: Terms,
    /// What becomes of its advice. A new one is silent; [`cds_showing`](crate::cds_showing) lets it be shown.
    pub mode: Mode,
    /// By whom.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// By whom it was confirmed.
    pub confirmed_by: Option<PersonId>,
    /// When it was confirmed; absent: it waits, and may not ask.
    pub confirmed_at: Option<Timestamp>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    /// For changes.
    pub version: i64,
}

impl Mode {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Silent => "silent",
            Mode::Showing => "showing",
        }
    }

    /// The mode that this word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Mode::Silent, Mode::Showing]
            .into_iter()
            .find(|mode| mode.word() == word)
    }
}

/// A new id, so that the policy can be asked about it.
///
/// # Errors
/// Where the operating system has no chance left.
pub fn new_id(now: Timestamp) -> Result<ClientId, JournalError> {
    ClientId::draw(now)
}

/// Proposes the client of the permit. It may not ask before another operator has confirmed it.
///
/// # Errors
/// [`ChangeError::Invalid`] for what is no line, no address, or has no end in time.
pub async fn propose(acting: &mut Acting, terms: &Terms) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::ProposeClient])?;
    let now = acting.now();
    let lasts = terms.until.duration_since(now);
    if !lasts.is_positive() || lasts > LONGEST {
        let (field, rule) = ("the time", "it ends in time to come, within two years");
        return Err(ChangeError::Invalid { field, rule });
    }
    let (name, issuer) = (
        change::line("the name", &terms.name)?,
        change::line("the issuer", &terms.issuer)?,
    );
    let (url, set) = match &terms.keys {
        Keys::At(url) => (Some(address("the address of the keys", url)?), None),
        Keys::Here(set) => (None, Some(key_set(set)?)),
    };
    let server = terms.fhir_server.as_deref();
    let server = server
        .map(|server| address("the FHIR server", server))
        .transpose()?;
    let person = acting.permit().person();
    let values = params![
        id,
        name,
        issuer,
        url,
        set,
        server,
        terms.newer,
        terms.until,
        person,
        now
    ];
    acting.change(ADD, values).await?;
    Ok(())
}

/// An address on TLS, or on this machine itself; the network's room checks what it leads to.
fn address(field: &'static str, text: &str) -> Result<String, ChangeError> {
    let text = change::line(field, text)?;
    let local = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
    let safe = text.starts_with("https://") || local.iter().any(|start| text.starts_with(start));
    if safe && !text.contains(['?', '#', '@', ' ', '\\']) {
        return Ok(text);
    }
    let rule = "an address that begins with https://, without query, fragment or password";
    Err(ChangeError::Invalid { field, rule })
}

fn key_set(text: &str) -> Result<String, ChangeError> {
    let (field, rule) = ("the key set", "a JSON Web Key Set of at most 64 kB");
    let text = text.trim();
    if text.starts_with('{') && text.len() <= LONGEST_KEY_SET {
        return Ok(text.to_owned());
    }
    Err(ChangeError::Invalid { field, rule })
}

/// Confirms what another proposed. It takes the place of a client with the same issuer.
///
/// # Errors
/// [`ChangeError::NotThere`] where its time is over already.
pub async fn confirm(acting: &mut Acting) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::ConfirmClient])?;
    let (person, now) = (acting.permit().person(), acting.now());
    acting.change(REPLACE, params![id, person, now]).await?;
    one(acting.change(CONFIRM, params![id, person, now]).await?)
}

/// Only measures the client's advice from now on. One operator is enough, whatever was changed meanwhile: silence is the safe side.
///
/// # Errors
/// [`ChangeError::Conflict`] where it is silent already.
pub async fn hush(acting: &mut Acting) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::KeepClient])?;
    match acting.change(HUSH, params![id]).await? {
        1 => Ok(()),
        _ => Err(conflict(acting, id).await?),
    }
}

/// What stands, where it was changed meanwhile.
pub(crate) async fn conflict(
    acting: &mut Acting,
    id: ClientId,
) -> Result<ChangeError, ChangeError> {
    let row = acting.row(ONE, params![id]).await?;
    let current = client(&row.ok_or(ChangeError::NotThere { of: "this client" })?)?.version;
    Ok(ChangeError::Conflict { current })
}

/// Ends that it may ask, at once.
///
/// # Errors
/// [`ChangeError::NotThere`] where it is ended.
pub async fn end(acting: &mut Acting) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::KeepClient])?;
    let (person, now) = (acting.permit().person(), acting.now());
    one(acting.change(END, params![id, person, now]).await?)
}

fn one(rows: u64) -> Result<(), ChangeError> {
    match rows {
        1 => Ok(()),
        _ => Err(ChangeError::NotThere { of: "this client" }),
    }
}

pub(crate) fn of_permit(acting: &Acting, acts: &[Act]) -> Result<ClientId, ChangeError> {
    match *change::about(acting.permit(), acts)? {
        About::Client(id) => Ok(id),
        _ => Err(change::other(acting.permit())),
    }
}

/// Who may ask at `now`. It is nobody's data: the server reads it before it answers.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn in_force(journal: &Journal, now: Timestamp) -> Result<Vec<CdsClient>, JournalError> {
    let mut reading = journal.reading().await?;
    let rows = reading.rows(IN_FORCE, params![now]).await?;
    rows.iter().map(client).collect()
}

/// All clients, the newest first, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for advice.
pub async fn all(looking: &mut Looking) -> Result<Vec<CdsClient>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeAdvice])?;
    let rows = looking.rows(ALL, params![]).await?;
    Ok(rows.iter().map(client).collect::<Result<_, _>>()?)
}

/// What the policy must know about one.
pub(crate) async fn facts(
    reading: &mut Reading,
    id: ClientId,
    now: Timestamp,
) -> Result<Option<ClientFacts>, JournalError> {
    let row = reading.row(ONE, params![id]).await?;
    let showing = cds_showing::facts(reading, id).await?;
    let found = row.as_ref().map(client).transpose()?;
    Ok(found.map(|client| ClientFacts {
        proposer: client.proposed_by,
        waits: client.confirmed_at.is_none(),
        ended: client.ended_at.is_some(),
        over: client.terms.until <= now,
        shows: client.mode == Mode::Showing,
        showing,
    }))
}

fn client(row: &Row) -> Result<CdsClient, JournalError> {
    let keys = match (row.get(3)?, row.get(4)?) {
        (Some(url), None) => Keys::At(url),
        (None, Some(set)) => Keys::Here(set),
        _ => return Err(row.unreadable(3)),
    };
    let mode: String = row.get(6)?;
    let terms = Terms {
        name: row.get(1)?,
        issuer: row.get(2)?,
        keys,
        fhir_server: row.get(5)?,
        newer: row.get(7)?,
        until: row.get(8)?,
    };
    Ok(CdsClient {
        id: row.get(0)?,
        terms,
        mode: Mode::from_word(&mode).ok_or_else(|| row.unreadable(6))?,
        proposed_by: row.get(9)?,
        proposed_at: row.get(10)?,
        confirmed_by: row.get(11)?,
        confirmed_at: row.get(12)?,
        ended_at: row.get(13)?,
        version: row.get(14)?,
    })
}
