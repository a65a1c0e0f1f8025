//! `GET /login/callback`: the browser is back from the issuer.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use riktig_helseid::{Callback, ClaimRefusal, Client, Login, LoginError, OAuthError, Pending};
use riktig_journal::session::take_pending;

use super::session::{self, NoSession, Proven};
use super::{Way, return_to};
use crate::cookie::{self, Life};
use crate::failure::Failure;
use crate::metrics::LoginResult;
use crate::pages::login::{LoginFailed, LoginProblem};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// As long as the journal remembers a login under way.
const SECONDS: u32 = 15 * 60;

fn name(https: bool) -> &'static str {
    if https {
        "__Host-riktig-login"
    } else {
        "riktig-login"
    }
}

/// Binds a login to the browser that began it: nobody can be made to finish somebody else's.
pub(super) fn bind(state: &str, https: bool) -> HeaderValue {
    cookie::set(name(https), state, Life::Seconds(SECONDS), https)
}

pub(crate) async fn callback(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Response, Failure> {
    let Way::HelseId { client, .. } = portal.login() else {
        return Err(Failure::NotFound);
    };
    let https = portal.is_https();
    let finished = match finish(&portal, client, &headers, &callback).await? {
        Ok(login) => enter(&portal, &visit, &headers, login).await?,
        Err(problem) => Err(problem),
    };
    let over = (
        header::SET_COOKIE,
        cookie::set(name(https), "", Life::Ended, https),
    );
    match finished {
        Ok(mut cookies) => {
            portal.metrics().login(LoginResult::Succeeded);
            let to = return_to::remembered(&headers, https);
            let to = HeaderValue::try_from(to).map_err(Failure::internal)?;
            cookies.extend([
                over,
                (header::SET_COOKIE, return_to::forget(https)),
                (header::LOCATION, to),
            ]);
            Ok((StatusCode::SEE_OTHER, AppendHeaders(cookies)).into_response())
        }
        Err(problem) => {
            portal.metrics().login(counted(problem));
            let reference = visit.request().as_str().to_owned();
            let page = LoginFailed::page(shell, problem, reference);
            Ok((AppendHeaders([over]), page).into_response())
        }
    }
}

/// Who the issuer says it is.
async fn finish(
    portal: &Portal,
    client: &Client,
    headers: &HeaderMap,
    callback: &Callback,
) -> Result<Result<Login, LoginProblem>, Failure> {
    let now = portal.now();
    let Some(state) = cookie::value(headers, name(portal.is_https())) else {
        return Ok(Err(LoginProblem::Expired));
    };
    let Some(kept) = take_pending(portal.journal(), state, now).await? else {
        return Ok(Err(LoginProblem::Expired));
    };
    let pending: Pending = serde_json::from_slice(&kept).map_err(Failure::internal)?;
    Ok(client
        .finish(pending, callback, now)
        .await
        .map_err(|error| {
            tracing::warn!(cause = %error, "a login did not succeed");
            problem(&error)
        }))
}

/// A session for them.
async fn enter(
    portal: &Portal,
    visit: &Visit,
    headers: &HeaderMap,
    login: Login,
) -> Result<Result<session::Cookies, LoginProblem>, Failure> {
    let proven = Proven {
        pid: &login.pid,
        hpr: login.hpr,
        organisation: login.organisation_child.or(login.organisation_parent),
        sub: login.sub.reveal().to_owned(),
        sid: login.sid.map(|sid| sid.reveal().to_owned()),
        id_token: login.id_token.reveal().to_owned(),
    };
    let came_with = session::token(headers, portal.is_https());
    let asked = visit.asked(portal.now());
    match session::begin(portal, proven, came_with.as_ref(), asked).await {
        Ok(cookies) => Ok(Ok(cookies)),
        Err(NoSession::NothingHere) => Ok(Err(LoginProblem::NoAccess)),
        Err(error @ NoSession::Contradicts) => {
            tracing::error!(cause = %error, "a login did not succeed");
            Ok(Err(LoginProblem::NoAccess))
        }
        Err(NoSession::Journal(error)) => Err(error.into()),
    }
}

/// What the person can do about it.
fn problem(error: &LoginError) -> LoginProblem {
    match error {
        LoginError::Ended(OAuthError::AccessDenied | OAuthError::LoginRequired) => {
            LoginProblem::Stopped
        }
        LoginError::TooLate | LoginError::State => LoginProblem::Expired,
        LoginError::Person(ClaimRefusal::Level) => LoginProblem::TooWeak,
        LoginError::Person(_) => LoginProblem::NoAccess,
        LoginError::Issuer(_)
        | LoginError::OtherIssuer
        | LoginError::Ended(_)
        | LoginError::NoCode
        | LoginError::NotBound
        | LoginError::Token(_) => LoginProblem::Unavailable,
    }
}

fn counted(problem: LoginProblem) -> LoginResult {
    match problem {
        LoginProblem::Stopped | LoginProblem::Expired => LoginResult::Stopped,
        LoginProblem::TooWeak | LoginProblem::NoAccess => LoginResult::Refused,
        LoginProblem::Unavailable => LoginResult::Unavailable,
    }
}
