//! From somebody who has shown who they are to a session of ours.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};
use riktig_journal::chain;
use riktig_journal::person::{self, LogIn};
use riktig_journal::policy::{About, Act, Actor};
use riktig_journal::session::{self, Limits, NewSession, Token};
use riktig_journal::{AskError, Asked, ChangeError, JournalError};
use riktig_reports::Lang;

use crate::cookie::{self, Life};
use crate::language;
use crate::portal::Portal;

/// The cookie of the session. Over https its name keeps other hosts and paths from setting it.
fn name(https: bool) -> &'static str {
    if https { "__Host-riktig" } else { "riktig" }
}

/// The token that a browser sends.
pub(crate) fn token(headers: &HeaderMap, https: bool) -> Option<Token> {
    cookie::value(headers, name(https)).and_then(Token::parse)
}

/// How long a session lasts, as configured.
pub(crate) fn limits(portal: &Portal) -> Limits {
    let session = portal.config().session;
    let of = |duration| {
        SignedDuration::try_from(duration).expect("a session is limited to a day at most")
    };
    Limits {
        idle: of(session.idle),
        absolute: of(session.longest),
    }
}

/// Who has shown who they are.
pub(super) struct Proven<'a> {
    pub(super) pid: &'a NationalId,
    pub(super) hpr: Option<HprNumber>,
    pub(super) organisation: Option<OrganisationNumber>,
    pub(super) sub: String,
    pub(super) sid: Option<String>,
    pub(super) id_token: String,
}

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoSession {
    /// Neither an HPR number nor an appointment, and no prescription concerns them: there is nothing here for this person.
    #[error("cannot begin a session: no HPR number, no appointment and no prescription")]
    NothingHere,
    /// Another person has logged in with this HPR number.
    #[error("cannot begin a session: the login contradicts an earlier one")]
    Contradicts,
    /// The journal does not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// The cookies of a login: the session's, and the language's where the person has one kept.
pub(super) type Cookies = Vec<(HeaderName, HeaderValue)>;

/// Notes the login and begins a session in the place of the one that the browser came with. Gives the cookies.
pub(super) async fn begin(
    portal: &Portal,
    proven: Proven<'_>,
    came_with: Option<&Token>,
    asked: Asked,
) -> Result<Cookies, NoSession> {
    let (journal, now) = (portal.journal(), asked.now);
    let login = LogIn {
        pid: proven.pid,
        hpr: proven.hpr,
        organisation: proven.organisation,
    };
    let person = person::log_in(journal, login, asked).await;
    let person = person.map_err(|error| match error {
        ChangeError::Journal(error) => NoSession::Journal(error),
        _ => NoSession::Contradicts,
    })?;
    let actor = person::actor(journal, person, proven.organisation).await?;
    let something_here = |actor: &Actor| actor.hpr().is_some() || actor.roles(now).next().is_some();
    let actor = actor.ok_or(NoSession::NothingHere)?;
    if !something_here(&actor) && !chain::concerned(journal, person).await? {
        return Err(NoSession::NothingHere);
    }
    let language = language_of(portal, &actor, now).await?;
    let new = NewSession {
        person,
        hpr: proven.hpr,
        organisation: proven.organisation,
        sub: proven.sub,
        sid: proven.sid,
        id_token: proven.id_token,
    };
    let token = session::begin(journal, new, came_with, limits(portal), now).await?;
    let https = portal.is_https();
    let session = cookie::set(name(https), &token.reveal(), Life::Session, https);
    let mut cookies = vec![(header::SET_COOKIE, session)];
    cookies.extend(language.map(|it| (header::SET_COOKIE, language::kept(it, https))));
    Ok(cookies)
}

/// The language that the person has kept. What the browser was set to before gives way to it: the person said so, on
/// whichever machine.
async fn language_of(
    portal: &Portal,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<Lang>, JournalError> {
    let asked = portal
        .journal()
        .ask_to_look(actor, Act::ReadOwnLog, About::Oneself, now);
    let mut looking = match asked.await {
        Ok(looking) => looking,
        Err(AskError::Journal(error)) => return Err(error),
        // Whoever has just logged in may; a choice that cannot be read is none.
        Err(AskError::Refused(_)) => return Ok(None),
    };
    match person::profile(&mut looking).await {
        Ok(profile) => Ok(profile.language.and_then(|tag| tag.parse().ok())),
        Err(ChangeError::Journal(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Takes the cookie away.
pub(crate) fn ended(https: bool) -> HeaderValue {
    cookie::set(name(https), "", Life::Ended, https)
}
