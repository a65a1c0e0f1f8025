//! What goes out, and what misbehaves on the way.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use serde_json::Value;

use super::{Answer, Fault, Shared, lock};

pub(super) fn json(status: StatusCode, value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    let kind = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// An error by the words of OAuth 2.0. The description repeats what came in, as some issuers do: nobody may log it.
pub(super) fn refusal(error: &str, description: &str) -> Response<Body> {
    let error = serde_json::json!({ "error": error, "error_description": description });
    json(StatusCode::BAD_REQUEST, &error)
}

pub(super) fn redirect(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = header::HeaderValue::from_str(to).expect("an address fits in a header");
    response.headers_mut().insert(header::LOCATION, to);
    response
}

pub(super) fn page(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    let kind = header::HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Counts the question, and answers it wrongly where the issuer was told so.
pub(super) async fn intercept(state: &Shared, endpoint: &str) -> Option<Response<Body>> {
    let wrong = {
        let mut state = lock(state);
        *state.asked.entry(endpoint.to_owned()).or_default() += 1;
        state.faults.iter().find_map(|fault| match fault {
            Fault::Answer(at, answer) if *at == endpoint => Some(answer.clone()),
            _ => None,
        })
    };
    match wrong? {
        Answer::Status(status, text) => {
            let mut response = Response::new(Body::from(text));
            *response.status_mut() = StatusCode::from_u16(status).expect("a status");
            Some(response)
        }
        Answer::Slow(by) => {
            tokio::time::sleep(by).await;
            None
        }
        Answer::Large(bytes) => Some(Response::new(Body::from("x".repeat(bytes)))),
        Answer::Elsewhere(to) => Some(redirect(to)),
    }
}
