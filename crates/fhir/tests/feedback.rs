//! What became of a card, as clients tell it.

use riktig_fhir::{Feedback, FeedbackKind, Refusal};
use riktig_guideline::OverrideReason;
use serde_json::{Value, json};

fn read(entries: Value) -> Result<Vec<Feedback>, Refusal> {
    Feedback::read(json!({ "feedback": entries }).to_string().as_bytes())
}

#[test]
fn an_accepted_suggestion_is_read_as_the_sandbox_sends_it() {
    let feedback = read(json!([{
        "card": "c1", "outcome": "accepted", "acceptedSuggestions": [{ "id": "s1" }],
        "outcomeTimestamp": "2026-01-10T10:05:31Z"
    }]));
    let kind = FeedbackKind::Accepted {
        suggestions: vec!["s1".to_owned()],
    };
    assert_eq!(feedback.unwrap()[0].kind, kind);
}

#[test]
fn an_override_keeps_its_coded_reason_and_never_its_comment() {
    let feedback = read(json!([{
        "card": "c1", "outcome": "overridden",
        "overrideReason": {
            "reason": { "code": "culture-result", "system": "https://riktig.example.no/fhir/CodeSystem/override-reason" },
            "userComment": "Kari Nordmann said so"
        }
    }]));
    let feedback = feedback.unwrap();
    let kind = FeedbackKind::Overridden {
        reason: Some(OverrideReason::CultureResult),
        commented: true,
    };
    assert_eq!(feedback[0].kind, kind);
    assert!(!format!("{feedback:?}").contains("Kari"));
}

#[test]
fn an_override_without_a_reason_of_ours_counts_as_one_without_a_reason() {
    for reason in [
        json!(null),
        json!({}),
        json!({ "reason": { "code": "because", "system": "x" } }),
    ] {
        let feedback =
            read(json!([{ "card": "c1", "outcome": "overridden", "overrideReason": reason }]));
        assert_eq!(
            feedback.unwrap()[0].kind,
            FeedbackKind::Overridden {
                reason: None,
                commented: false
            }
        );
    }
}

#[test]
fn feedback_that_cannot_be_read_is_refused_whole() {
    let good = json!({ "card": "c1", "outcome": "overridden" });
    for bad in [
        json!({ "outcome": "overridden" }),
        json!({ "card": "c1" }),
        json!({ "card": "c1", "outcome": "ignored" }),
        json!({ "card": "c1", "outcome": "accepted" }),
        json!("c1"),
    ] {
        assert!(read(json!([good, bad])).is_err(), "{bad}");
    }
    assert!(read(json!([])).is_err());
    assert!(read(json!(vec![good; 101])).is_err());
    assert_eq!(Feedback::read(b"[]"), Err(Refusal::NotAnObject));
    assert_eq!(Feedback::read(b"{"), Err(Refusal::NotJson));
}
