//! Why an order is not prescribed: an OperationOutcome that names the control and its codes, and never what was sent.

use axum::http::StatusCode;
use riktig_eresept::control::Rejection;
use riktig_reports::Lang;
use serde_json::{Value, json};

use crate::hooks::Problem;
use crate::pages::chain::prescribe::{field, words};

/// The list of faults in an application receipt (Volven 8221).
const RECEIPT_ERROR: &str = "urn:oid:2.16.578.1.12.4.1.1.8221";

/// 422 with these issues.
pub(super) fn unprocessable(issues: Vec<Value>) -> Problem {
    let body = json!({ "resourceType": "OperationOutcome", "issue": issues });
    Problem::Told(StatusCode::UNPROCESSABLE_ENTITY, body)
}

/// Something that every order has, or that it cannot have.
pub(super) fn lacking(words: &str) -> Problem {
    unprocessable(vec![
        json!({ "severity": "error", "code": "required", "diagnostics": words }),
    ])
}

/// Elements that say something and cannot be understood.
pub(super) fn unread(kind: &str, elements: &[&'static str]) -> Problem {
    let issue = |element: &&'static str| {
        json!({
            "severity": "error",
            "code": "not-supported",
            "diagnostics": format!("{element} cannot be understood: nothing is prescribed while it stands there"),
            "expression": [format!("{kind}.{element}")],
        })
    };
    unprocessable(elements.iter().map(issue).collect())
}

/// What the controls of the chain found before anything was signed: Riktig's own code, and the one of list 8221 beside it.
pub(super) fn refused(kind: &str, lang: Lang, found: &[Rejection], base: &str) -> Problem {
    let issue = |it: &Rejection| {
        let element = match field(it.control) {
            "diagnosis" => "reasonCode",
            "patient" => "subject",
            "expires" => "dispenseRequest",
            _ => "medication",
        };
        json!({
            "severity": "error",
            "code": "business-rule",
            "details": {
                "coding": [
                    { "system": format!("{base}/fhir/CodeSystem/chain-control"), "code": it.code },
                    { "system": RECEIPT_ERROR, "code": it.receipt_code },
                ],
                "text": words(lang, it),
            },
            "expression": [format!("{kind}.{element}")],
        })
    };
    unprocessable(found.iter().map(issue).collect())
}

/// What the intermediary's receipt says, in its own words.
pub(super) fn refused_there(errors: &[(String, String)]) -> Problem {
    let issue = |(code, words): &(String, String)| {
        json!({
            "severity": "error",
            "code": "business-rule",
            "details": {
                "coding": [{ "system": RECEIPT_ERROR, "code": code }],
                "text": (!words.is_empty()).then_some(words),
            },
        })
    };
    let issues = errors.iter().map(issue).map(without_null).collect();
    unprocessable(issues)
}

/// R4 has no null.
fn without_null(mut issue: Value) -> Value {
    if let Some(details) = issue.get_mut("details").and_then(Value::as_object_mut) {
        details.retain(|_, value| !value.is_null());
    }
    issue
}
