//! Why an order is not prescribed: an OperationOutcome that names the control and its codes, and never what was sent.

use axum::http::StatusCode;
use riktig_eresept::control::{Control, Rejection};
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

/// What the controls of the chain found before anything was signed: Riktig's own code, and the one of list 8221 beside it.
pub(super) fn refused(kind: &str, lang: Lang, found: &[Rejection], base: &str) -> Problem {
    let issue = |it: &Rejection| {
        let element = match field(it.control) {
            _ if [Control::AmountNone, Control::AmountUnlikely].contains(&it.control) => {
                amount_of(kind)
            }
            "diagnosis" => "reasonCode",
            "patient" => "subject",
            "expires" => expires_of(kind),
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

/// Where this resource has packs and repeats.
fn amount_of(kind: &str) -> &'static str {
    match kind {
        "MedicationStatement" => "extension",
        _ => "dispenseRequest",
    }
}

/// Where this resource has its last day.
fn expires_of(kind: &str) -> &'static str {
    match kind {
        "MedicationStatement" => "extension",
        _ => "dispenseRequest.validityPeriod",
    }
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

/// What the receipt says of a prescription that was taken: the code of ours in front of the words, where there is one, and that of list 8221.
pub(super) fn warning((code, words): &(String, String), base: &str) -> Value {
    let own = words
        .split_once(": ")
        .filter(|it| it.0.starts_with("RIKTIG-C"));
    let (own, words) = match own {
        Some((own, words)) => (Some(own), words),
        None => (None, words.as_str()),
    };
    let own = own.map(
        |own| json!({ "system": format!("{base}/fhir/CodeSystem/chain-control"), "code": own }),
    );
    let receipt = json!({ "system": RECEIPT_ERROR, "code": code });
    let codings: Vec<Value> = own.into_iter().chain([receipt]).collect();
    let text = (!words.is_empty()).then_some(words);
    without_null(json!({
        "severity": "warning",
        "code": "business-rule",
        "details": { "coding": codings, "text": text },
    }))
}

/// R4 has no null.
fn without_null(mut issue: Value) -> Value {
    if let Some(details) = issue.get_mut("details").and_then(Value::as_object_mut) {
        details.retain(|_, value| !value.is_null());
    }
    issue
}
