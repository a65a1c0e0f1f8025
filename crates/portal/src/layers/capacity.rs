//! How much is done at once, and for how long.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::portal::Portal;

/// When somebody who was turned away may come back, in seconds.
const COME_BACK: HeaderValue = HeaderValue::from_static("2");

/// Turns away what there is no room for, and ends what takes too long.
///
/// Turning away costs nearly nothing, so that those who are let in are answered in time; a queue would make all of them
/// wait until none of them does any more.
pub(crate) async fn capacity(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(_room) = portal.room().try_acquire() else {
        return unavailable();
    };
    let longest = portal.config().limits.request;
    tokio::time::timeout(longest, next.run(request))
        .await
        .unwrap_or_else(|_| unavailable())
}

/// Come back in a moment.
pub(crate) fn unavailable() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, COME_BACK)],
    )
        .into_response()
}
