//! What a machine is told when something goes wrong: a status and an OperationOutcome.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riktig_fhir::Refusal;
use riktig_helseid::HookRefusal;
use serde_json::{Value, json};

/// Why a call got no answer. What it says names places and remedies, never what was sent.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The call itself.
    Refused(Refusal),
    /// Who calls.
    Caller(HookRefusal),
    /// Anything else: a status, FHIR's code for the issue, and a sentence.
    Other(StatusCode, &'static str, &'static str),
    /// A status and the OperationOutcome that tells it.
    Told(StatusCode, Value),
}

impl Problem {
    /// No such service, or nothing by that name.
    pub(crate) const NOT_FOUND: Problem = Problem::Other(
        StatusCode::NOT_FOUND,
        "not-found",
        "there is nothing here by that name",
    );
    /// The journal does not answer: nobody can tell who may ask, and which rules are off.
    pub(super) const NOT_NOW: Problem = Problem::Other(
        StatusCode::SERVICE_UNAVAILABLE,
        "transient",
        "no advice can be given at the moment: try again in a few seconds",
    );
    /// Something else than JSON.
    pub(super) const NOT_JSON: Problem = Problem::Other(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "not-supported",
        "the body is not declared as JSON: send Content-Type: application/json",
    );
    /// Too much.
    pub(super) const TOO_LARGE: Problem = Problem::Other(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too-long",
        "the body is larger than hooks.body_bytes: send the prefetch that discovery asks for, and no more",
    );

    /// The words for a status that a layer below has answered with.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        let (code, words) = match status {
            StatusCode::NOT_FOUND => return Self::NOT_FOUND,
            StatusCode::PAYLOAD_TOO_LARGE => return Self::TOO_LARGE,
            StatusCode::METHOD_NOT_ALLOWED => {
                ("not-supported", "this method is not served here: see Allow")
            }
            StatusCode::MISDIRECTED_REQUEST => (
                "processing",
                "the request is for another host than this one",
            ),
            StatusCode::REQUEST_TIMEOUT => (
                "timeout",
                "the body did not come in time: send it without long pauses",
            ),
            StatusCode::TOO_MANY_REQUESTS => (
                "throttled",
                "more calls in a minute than are answered: see Retry-After",
            ),
            StatusCode::SERVICE_UNAVAILABLE => (
                "transient",
                "more calls at once than are answered: see Retry-After",
            ),
            other if other.is_client_error() => ("invalid", "the request cannot be understood"),
            _ => ("exception", "a fault of ours: the request id tells which"),
        };
        Problem::Other(status, code, words)
    }

    fn status(&self) -> StatusCode {
        let of = |status| StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match self {
            Problem::Refused(refusal) => of(refusal.status()),
            Problem::Caller(refusal) => of(refusal.status()),
            Problem::Other(status, ..) | Problem::Told(status, _) => *status,
        }
    }

    pub(super) fn body(&self) -> Value {
        match self {
            Problem::Refused(refusal) => refusal.outcome(),
            Problem::Caller(refusal) => {
                let code = match refusal.status() {
                    403 => "forbidden",
                    503 => "transient",
                    _ => "login",
                };
                outcome(code, &refusal.to_string())
            }
            Problem::Other(_, code, words) => outcome(code, words),
            Problem::Told(_, body) => body.clone(),
        }
    }
}

fn outcome(code: &str, diagnostics: &str) -> Value {
    json!({
        "resourceType": "OperationOutcome",
        "issue": [{ "severity": "error", "code": code, "diagnostics": diagnostics }],
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal)
    }
}

impl From<HookRefusal> for Problem {
    fn from(refusal: HookRefusal) -> Self {
        Problem::Caller(refusal)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = json_response(status, &self.body());
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

/// JSON with a status.
pub(super) fn json_response(status: StatusCode, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, kind, body.to_string()).into_response()
}
