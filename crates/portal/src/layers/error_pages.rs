//! An answer without a page gets one.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::record::RequestId;
use crate::failure::Failure;
use crate::pages::error::ErrorPage;
use crate::route;
use crate::shell::{Shell, Surroundings};

/// Makes a page of every refusal that has none: ours, axum's and those of the layers below.
pub(crate) async fn error_pages(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(mut shell) = Shell::from_request_parts(&mut parts, &()).await;
    let id = parts.extensions.get::<RequestId>().cloned();
    let wants_page = parts.method != axum::http::Method::HEAD;
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    if !is_refusal || is_page(&response) {
        return response;
    }
    if let Some(around) = response.extensions().get::<Surroundings>() {
        shell.reader.clone_from(&around.reader);
        shell.demo = around.demo;
    }
    if matches!(
        response.extensions().get::<Arc<Failure>>().map(Arc::as_ref),
        Some(Failure::LoggedOut)
    ) {
        return match shell.answers_a_form {
            true => to_login(&route::page_above(&shell.here)),
            false => to_login(&shell.here),
        };
    }
    let reference = id.map(|id| id.as_str().to_owned()).unwrap_or_default();
    let mut page = ErrorPage::page(shell, shown(status), reference).into_response();
    *page.status_mut() = status;
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page.extensions_mut().extend(response.extensions().clone());
    if wants_page {
        page
    } else {
        page.map(|_| axum::body::Body::empty())
    }
}

/// Whether the handler made the page itself.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
        || response.extensions().get::<AsItIs>().is_some()
}

/// Marks an answer for a machine: a refusal that stays as it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsItIs;

/// The status whose words fit.
fn shown(status: StatusCode) -> StatusCode {
    match status {
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::MISDIRECTED_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => StatusCode::BAD_REQUEST,
        other => other,
    }
}

/// The way in, and back to where the person wanted to go.
fn to_login(here: &str) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("to", here);
    let to = format!("/login?{}", query.finish());
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/login"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}
