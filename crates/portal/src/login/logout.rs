//! `POST /logout`: ends the session, here and at the issuer.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use riktig_helseid::Secret;
use riktig_journal::session as sessions;

use super::{Way, session};
use crate::failure::Failure;
use crate::portal::Portal;

pub(crate) async fn logout(
    State(portal): State<Portal>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let https = portal.is_https();
    let mut to = HeaderValue::from_static("/");
    if let Some(token) = session::token(&headers, https) {
        let journal = portal.journal();
        let found = sessions::find(journal, &token, session::limits(&portal), portal.now()).await?;
        sessions::end(journal, &token).await?;
        let id_token = found.and_then(|session| session.id_token(journal));
        if let (Way::HelseId { client, .. }, Some(id_token)) = (portal.login(), id_token) {
            // Nothing is waiting for us to come back, so the state says nothing.
            let state = Secret::new("out");
            let there = client.end_session_url(&Secret::new(id_token), &state);
            let there = there.and_then(|url| HeaderValue::try_from(url.as_str()).ok());
            to = there.unwrap_or(to);
        }
    }
    let answer = AppendHeaders([
        (header::SET_COOKIE, session::ended(https)),
        (header::LOCATION, to),
        (
            header::HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\""),
        ),
    ]);
    Ok((StatusCode::SEE_OTHER, answer).into_response())
}
