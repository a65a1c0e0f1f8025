//! `POST /login/ended`: the issuer says that a session is over (OpenID Connect Back-Channel Logout 1.0).

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_helseid::LogoutError;
use riktig_journal::session::end_upon_logout;
use serde::Deserialize;

use super::Way;
use crate::failure::Failure;
use crate::layers::error_pages::AsItIs;
use crate::portal::Portal;

/// What the issuer sends.
#[derive(Deserialize)]
pub(crate) struct Message {
    logout_token: String,
}

pub(crate) async fn ended(
    State(portal): State<Portal>,
    Form(message): Form<Message>,
) -> Result<Response, Failure> {
    let Way::HelseId { client, .. } = portal.login() else {
        return Err(Failure::NotFound);
    };
    let token = match client
        .logout_token(&message.logout_token, portal.now())
        .await
    {
        Ok(token) => token,
        Err(error) => {
            tracing::warn!(cause = %error, "a logout token was refused");
            let status = match error {
                LogoutError::Token(_) | LogoutError::Replayed => StatusCode::BAD_REQUEST,
                LogoutError::Issuer(_) | LogoutError::Replay(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            return Ok(told(status));
        }
    };
    let sub = token.sub.as_ref().map(|sub| sub.reveal());
    let sid = token.sid.as_ref().map(|sid| sid.reveal());
    let sessions = end_upon_logout(portal.journal(), sub, sid).await?;
    tracing::info!(sessions, "the issuer ended sessions");
    Ok(told(StatusCode::OK))
}

/// An answer for a machine.
fn told(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(AsItIs);
    response
}
