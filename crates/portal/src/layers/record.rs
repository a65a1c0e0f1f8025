//! The request's id, its line in the log and its count in the metrics.
//!
//! A line names the route by its template, never by its path: paths hold ids, queries hold whatever people type.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::failure::Failure;
use crate::portal::Portal;

/// The header in which the id goes back, so that a person can tell it to whoever helps.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// What a request is called in logs and in the journal.
#[derive(Debug, Clone)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives the request its id and tells how it ended.
pub(crate) async fn record(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let id = RequestId(portal.next_request().into());
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());
    let under_way = portal.metrics().begin();
    let mut response = next.run(request).await;
    drop(under_way);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    let route = route.as_deref().unwrap_or("none");
    let status = response.status().as_u16();
    let took = began.elapsed();
    portal
        .metrics()
        .request(method.as_str(), route, status, took);
    let milliseconds = took.as_secs_f64() * 1000.0;
    let failure = response.extensions().get::<Arc<Failure>>();
    match failure.and_then(|failure| failure.cause()) {
        Some(cause) => tracing::error!(
            request = id.as_str(),
            method = method.as_str(),
            route,
            status,
            milliseconds,
            cause = chain(cause),
            "a request failed"
        ),
        None => tracing::info!(
            request = id.as_str(),
            method = method.as_str(),
            route,
            status,
            milliseconds,
            "a request was answered"
        ),
    }
    response
}

/// An error and its causes in one line; errors of this house hold no personal data.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
