//! A person: whoever has logged in, or was proposed for something.

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};

use crate::change::{self, ChangeError};
use crate::id::PersonId;
use crate::identity::Keys;
use crate::policy::{About, Act, Actor, Facts, Who, decide};
use crate::store::{Acting, Asked, Journal, JournalError, Looking, Reading, params, statements};
use crate::{appointment, dispute, fetch, goal, mailing, share, waiver};

statements! {
    /// By the hash of the login's identity.
    BY_PID: Select = "SELECT id FROM person WHERE pid = $1";
    /// HPR number and choices.
    PROFILE: Select = "SELECT hpr, language, first_login_at, last_login_at, version, seen_hpr FROM person WHERE id = $1";
    /// Somebody new.
    ADD: Change = "INSERT INTO person (id, pid, hpr, language, known_at, first_login_at, last_login_at, version) \
        VALUES ($1, $2, $3, NULL, $4, NULL, NULL, 1)";
    /// A login: what it says holds, also when it says nothing about an HPR number.
    LOGGED_IN: Change = "UPDATE person SET pid = $2, hpr = $3, seen_hpr = COALESCE($3, seen_hpr), \
        last_login_at = $4, first_login_at = COALESCE(first_login_at, $4) WHERE id = $1";
    /// As a patient of the prescription chain they are found by the same hash.
    AS_PATIENT: Change = "UPDATE chain_patient SET pid = $2 WHERE pid = $1";
    /// Who has an HPR number, somebody else.
    HPR_OF_ANOTHER: Select = "SELECT 1 FROM person WHERE hpr = $1 AND id <> $2";
    /// No choices.
    FORGET: Change = "UPDATE person SET language = NULL, version = version + 1 WHERE id = $1";
    /// The language chosen.
    CHOOSE: Change = "UPDATE person SET language = $2, version = version + 1 WHERE id = $1 AND version = $3";
}

/// What a login says about the person.
#[derive(Debug, Clone, Copy)]
pub struct LogIn<'a> {
    /// The national identity number; only its keyed hash is kept.
    pub pid: &'a NationalId,
    /// The HPR number, if the login carries one.
    pub hpr: Option<HprNumber>,
    /// The organisation, if the login is for one.
    pub organisation: Option<OrganisationNumber>,
}

/// A person's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// HPR number of the last login.
    pub hpr: Option<HprNumber>,
    /// `nb`, `nn` or `en`, if chosen.
    pub language: Option<String>,
    /// The first login; absent for one who was proposed and has not come yet.
    pub first_login: Option<Timestamp>,
    /// The last login.
    pub last_login: Option<Timestamp>,
    /// For changes.
    pub version: i64,
}

/// Languages of the portal.
const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// Field of the identity hash.
const PID: &str = "pid";

/// Notes a login: makes the person at the first one, and holds what the login says about the HPR number from now on.
///
/// # Errors
/// [`ChangeError::Invalid`] where another person has this HPR number: the register or the login is wrong, and nobody is
/// let in on it.
pub async fn log_in(
    journal: &Journal,
    login: LogIn<'_>,
    asked: impl Into<Asked>,
) -> Result<PersonId, ChangeError> {
    let mut deciding = journal.deciding(asked).await?;
    let now = deciding.now();
    let known = find(&mut deciding, journal.keys(), login.pid).await?;
    let id = known.map_or_else(|| PersonId::draw(now), Ok)?;
    let actor = Actor {
        who: Who::Person(id),
        hpr: login.hpr,
        seen_hpr: login.hpr,
        organisation: login.organisation,
        standings: Vec::new(),
    };
    let permit = decide(&actor, Act::LogIn, About::Oneself, &Facts::default(), now);
    let permit = permit.expect("whoever is logged in may log in about themselves");
    let mut acting = deciding.act(permit).await?;
    let pid = journal.keys().lookup(PID, &digits(login.pid));
    if let Some(hpr) = login.hpr
        && acting
            .row(HPR_OF_ANOTHER, params![hpr, id])
            .await?
            .is_some()
    {
        let (field, rule) = ("an HPR number", "another person has logged in with it");
        return Err(ChangeError::Invalid { field, rule });
    }
    if known.is_none() {
        acting.change(ADD, params![id, pid, login.hpr, now]).await?;
    }
    acting
        .change(LOGGED_IN, params![id, pid, login.hpr, now])
        .await?;
    for older in journal
        .keys()
        .lookups(PID, &digits(login.pid))
        .iter()
        .skip(1)
    {
        acting.change(AS_PATIENT, params![older, pid]).await?;
    }
    acting.done().await?;
    Ok(id)
}

/// The person with this identity number, or the id under which [`prepare`] will put them.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn id_of(
    journal: &Journal,
    pid: &NationalId,
    now: Timestamp,
) -> Result<PersonId, JournalError> {
    let known = find(&mut journal.reading().await?, journal.keys(), pid).await?;
    known.map_or_else(|| PersonId::draw(now), Ok)
}

/// Puts somebody who has not logged in yet into the journal, so that they can be appointed.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless it is to appoint a person; [`ChangeError::NotThere`] where the identity number
/// belongs to another person than the permit.
pub async fn prepare(
    journal: &Journal,
    acting: &mut Acting,
    pid: &NationalId,
) -> Result<PersonId, ChangeError> {
    let acts = [Act::ProposeAppointment, Act::AppointFirstOperators];
    let About::Person(id) = *change::about(acting.permit(), &acts)? else {
        return Err(change::other(acting.permit()));
    };
    match find(acting, journal.keys(), pid).await? {
        Some(known) if known == id => {}
        Some(_) => return Err(ChangeError::NotThere { of: "this person" }),
        None => {
            let hash = journal.keys().lookup(PID, &digits(pid));
            let values = params![id, hash, None::<HprNumber>, acting.now()].to_vec();
            acting.change(ADD, &values).await?;
        }
    }
    Ok(id)
}

/// Who asks: a person whose session holds, with the appointments of the moment.
///
/// # Errors
/// Where the journal cannot be read. Somebody erased since is `None`.
pub async fn actor(
    journal: &Journal,
    person: PersonId,
    organisation: Option<OrganisationNumber>,
) -> Result<Option<Actor>, JournalError> {
    let mut reading = journal.reading().await?;
    let Some(row) = reading.row(PROFILE, params![person]).await? else {
        return Ok(None);
    };
    let hpr = row.get(0)?;
    Ok(Some(Actor {
        who: Who::Person(person),
        hpr,
        seen_hpr: row.get(5)?,
        organisation,
        standings: appointment::standings(&mut reading, person, hpr).await?,
    }))
}

/// The same actor with the appointments of this transaction.
pub(crate) async fn refreshed(reading: &mut Reading, actor: &Actor) -> Result<Actor, JournalError> {
    let mut fresh = actor.clone();
    if let (Some(person), false) = (actor.person(), actor.standings.is_empty()) {
        fresh.standings = appointment::standings(reading, person, actor.hpr).await?;
    }
    Ok(fresh)
}

/// The asker's own profile.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless it is about oneself.
pub async fn profile(looking: &mut Looking) -> Result<Profile, ChangeError> {
    let About::Oneself = looking.permit().about() else {
        return Err(change::other(looking.permit()));
    };
    let person = looking.permit().person();
    let row = looking.row(PROFILE, params![person]).await?;
    let row = row.ok_or(ChangeError::NotThere { of: "this person" })?;
    Ok(Profile {
        hpr: row.get(0)?,
        language: row.get(1)?,
        first_login: row.get(2)?,
        last_login: row.get(3)?,
        version: row.get(4)?,
    })
}

/// Chooses one's own language; `None` goes back to the portal's.
///
/// # Errors
/// [`ChangeError::Conflict`] where the profile was changed meanwhile.
pub async fn choose_language(
    acting: &mut Acting,
    language: Option<&str>,
    version: i64,
) -> Result<(), ChangeError> {
    change::about(acting.permit(), &[Act::KeepOwnProfile])?;
    if language.is_some_and(|language| !LANGUAGES.contains(&language)) {
        let (field, rule) = ("a language", "nb, nn or en");
        return Err(ChangeError::Invalid { field, rule });
    }
    let person = acting.permit().person();
    let changed = acting
        .change(CHOOSE, params![person, language, version])
        .await?;
    if changed == 1 {
        return Ok(());
    }
    let row = acting.row(PROFILE, params![person]).await?;
    let row = row.ok_or(ChangeError::NotThere { of: "this person" })?;
    Err(ChangeError::Conflict {
        current: row.get(4)?,
    })
}

/// Erases what the asker wrote and what the portal noted of their reading: goals with all versions, disputes, shares (which
/// closes them), fetches, waivers, notices received, the language. What others must be able to show stays until its own
/// limit of age: membership, attendance and test results, appointments, and the log. Whoever wants to be gone altogether asks
/// [`erasure::erase_oneself`](crate::erasure::erase_oneself).
///
/// # Errors
/// Where the journal cannot be written.
pub async fn erase(acting: &mut Acting) -> Result<(), ChangeError> {
    change::about(acting.permit(), &[Act::EraseOwnData])?;
    let (person, hpr) = (acting.permit().person(), acting.permit().hpr());
    acting.change(FORGET, params![person]).await?;
    if let Some(hpr) = hpr {
        goal::erase(acting, hpr).await?;
        dispute::erase(acting, hpr).await?;
        share::erase(acting, hpr).await?;
        fetch::erase(acting, hpr).await?;
        waiver::erase(acting, hpr).await?;
        mailing::erase(acting, hpr).await?;
    }
    Ok(())
}

/// By any of the keys' hashes, the present key's first.
async fn find(
    reading: &mut Reading,
    keys: &Keys,
    pid: &NationalId,
) -> Result<Option<PersonId>, JournalError> {
    for hash in keys.lookups(PID, &digits(pid)) {
        if let Some(row) = reading.row(BY_PID, params![hash]).await? {
            return row.get(0).map(Some);
        }
    }
    Ok(None)
}

fn digits(pid: &NationalId) -> String {
    String::from_utf8_lossy(pid.reveal_digits()).into_owned()
}
