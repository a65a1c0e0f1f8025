//! Whether it runs, and whether it can answer; and the private port of the metrics.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use riktig_journal::session;

use crate::layers::error_pages::AsItIs;
use crate::login;
use crate::portal::Portal;

/// `GET /health/live`: the process answers.
pub(crate) async fn live() -> Response {
    told(StatusCode::OK, "live\n")
}

/// `GET /health/ready`: the journal answers, and an edition is open.
pub(crate) async fn ready(State(portal): State<Portal>) -> Response {
    if let Err(error) = portal.journal().ping().await {
        tracing::warn!(cause = %error, "not ready: the journal does not answer");
        return told(
            StatusCode::SERVICE_UNAVAILABLE,
            "the journal does not answer\n",
        );
    }
    if portal.shelf().newest().is_none() {
        return told(StatusCode::SERVICE_UNAVAILABLE, "no edition is open\n");
    }
    told(StatusCode::OK, "ready\n")
}

/// An answer for a machine.
fn told(status: StatusCode, text: &'static str) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let mut response = (status, kind, text).into_response();
    response.extensions_mut().insert(AsItIs);
    response
}

impl Portal {
    /// What the private port answers: `/metrics`, and the health again for probes that reach only there.
    pub fn private_router(&self) -> Router {
        Router::new()
            .route("/metrics", get(metrics))
            .route("/health/live", get(live))
            .route("/health/ready", get(ready))
            .with_state(self.clone())
    }
}

async fn metrics(State(portal): State<Portal>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    let sessions = session::in_force(portal.journal(), login::limits(&portal), portal.now()).await;
    if let Err(error) = &sessions {
        tracing::warn!(cause = %error, "sessions cannot be counted: the journal does not answer");
    }
    (kind, portal.metrics().told(sessions.ok())).into_response()
}
