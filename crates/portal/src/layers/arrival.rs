//! What is sent arrives before a place is taken: whoever sends slowly holds nobody's.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::capacity::unavailable;
use crate::portal::Portal;

/// Longest pause inside of a form that is sent.
const PAUSE: Duration = Duration::from_secs(2);

/// Lets a request on when all of its body is here, and then with that. A body takes at most `limits.request_seconds`, no pause
/// in it more than two seconds, and `limits.body_bytes`; of bodies under way there are at most four times
/// `limits.requests_at_once`, so that what they hold is bounded, too.
pub(crate) async fn arrival(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Response {
    let limits = portal.config().limits;
    let (parts, body) = request.into_parts();
    // What says itself that it is too large is refused further in, unread.
    if body.is_end_stream() || declared(&parts.headers).is_some_and(|long| long > limits.body_bytes)
    {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let arrived = {
        let Ok(_place) = portal.arriving().try_acquire() else {
            return unavailable();
        };
        tokio::time::timeout(limits.request, read(body, limits.body_bytes)).await
    };
    match arrived.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT)) {
        Ok(body) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(status) => status.into_response(),
    }
}

pub(crate) fn declared(headers: &HeaderMap) -> Option<usize> {
    let long = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?;
    long.parse().ok()
}

/// The whole body, of at most so many bytes and without long pauses.
pub(crate) async fn read(mut body: Body, most: usize) -> Result<Bytes, StatusCode> {
    let mut held = Vec::new();
    loop {
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        let frame = tokio::time::timeout(PAUSE, frame).await;
        let Some(frame) = frame.map_err(|_| StatusCode::REQUEST_TIMEOUT)? else {
            return Ok(held.into());
        };
        let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
        // Trailers say nothing to us.
        let data = frame.into_data().unwrap_or_default();
        if held.len() + data.len() > most {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        held.extend_from_slice(&data);
    }
}
