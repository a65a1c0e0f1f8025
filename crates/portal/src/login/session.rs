//! From somebody who has shown who they are to a session of ours.

use axum::http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};
use riktig_journal::person::{self, LogIn};
use riktig_journal::session::{self, Limits, NewSession, Token};
use riktig_journal::{Asked, ChangeError, JournalError};

use crate::cookie::{self, Life};
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
    /// Neither an HPR number nor an appointment: there is nothing here for this person.
    #[error("cannot begin a session: no HPR number and no appointment")]
    NothingHere,
    /// Another person has logged in with this HPR number.
    #[error("cannot begin a session: the login contradicts an earlier one")]
    Contradicts,
    /// The journal does not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Notes the login and begins a session in the place of the one that the browser came with. Gives the cookie.
pub(super) async fn begin(
    portal: &Portal,
    proven: Proven<'_>,
    came_with: Option<&Token>,
    asked: Asked,
) -> Result<HeaderValue, NoSession> {
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
    let something_here =
        actor.is_some_and(|actor| actor.hpr().is_some() || actor.roles(now).next().is_some());
    if !something_here {
        return Err(NoSession::NothingHere);
    }
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
    Ok(cookie::set(
        name(https),
        &token.reveal(),
        Life::Session,
        https,
    ))
}

/// Takes the cookie away.
pub(super) fn ended(https: bool) -> HeaderValue {
    cookie::set(name(https), "", Life::Ended, https)
}
