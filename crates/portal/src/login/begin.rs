//! `GET /login`: the way in.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use riktig_helseid::{Ask, Client};
use riktig_journal::session::keep_pending;
use serde::Deserialize;

use super::{Way, callback, return_to};
use crate::failure::Failure;
use crate::metrics::LoginResult;
use crate::pages::demo::DemoLogin;
use crate::pages::login::{LoginFailed, LoginProblem};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Where to go back to.
#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    to: String,
}

pub(crate) async fn begin(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(wish): Query<Wish>,
    _: HeaderMap,
) -> Result<Response, Failure> {
    let remember = return_to::remember(&wish.to, portal.is_https());
    let reference = visit.request().as_str().to_owned();
    let failed = |problem| LoginFailed::page(shell.clone(), problem, reference).into_response();
    let client = match portal.login() {
        Way::HelseId { client, .. } => client,
        Way::Demo(people) => {
            let personas = people.iter().map(|one| one.persona.clone()).collect();
            let page = DemoLogin::page(shell, personas);
            return Ok((AppendHeaders([(header::SET_COOKIE, remember)]), page).into_response());
        }
        Way::Nobody => return Ok(failed(LoginProblem::Unavailable)),
    };
    match away(&portal, client, &shell).await? {
        Some((to, pending)) => {
            let cookies = AppendHeaders([
                (header::SET_COOKIE, remember),
                (header::SET_COOKIE, pending),
                (header::LOCATION, to),
            ]);
            Ok((StatusCode::SEE_OTHER, cookies).into_response())
        }
        None => {
            portal.metrics().login(LoginResult::Unavailable);
            Ok(failed(LoginProblem::Unavailable))
        }
    }
}

/// Pushes the request and remembers the login; `None` where the issuer cannot be used.
async fn away(
    portal: &Portal,
    client: &Client,
    shell: &Shell,
) -> Result<Option<(HeaderValue, HeaderValue)>, Failure> {
    let now = portal.now();
    let ask = Ask {
        ui_locales: Some(shell.lang.tag().to_owned()),
        ..Ask::default()
    };
    let (url, pending) = match client.begin_with(&ask, now).await {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(cause = %error, "a login could not begin");
            return Ok(None);
        }
    };
    let state = pending.state().reveal().to_owned();
    let kept = serde_json::to_vec(&pending).map_err(Failure::internal)?;
    keep_pending(portal.journal(), &state, &kept, now).await?;
    let to = HeaderValue::try_from(url.as_str()).map_err(Failure::internal)?;
    Ok(Some((to, callback::bind(&state, portal.is_https()))))
}
