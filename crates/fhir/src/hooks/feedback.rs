//! What became of a card.

use riktig_guideline::OverrideReason;
use serde_json::Value;

use crate::once::json_once;
use crate::outcome::Refusal;
use crate::resource::View;

/// What a doctor did with one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The card's uuid.
    pub card: String,
    /// What was done.
    pub kind: FeedbackKind,
    /// When, as the client writes it.
    pub at: Option<String>,
}

/// What a doctor does with a card. Of a card that is ignored nothing is told, and nothing follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedbackKind {
    /// Suggestions were taken.
    Accepted {
        /// Their uuids.
        suggestions: Vec<String>,
    },
    /// The doctor chose otherwise.
    Overridden {
        /// The coded reason; `None`: none was given, or one that is not of our list.
        reason: Option<OverrideReason>,
        /// Whether a comment was written. The comment itself may name the patient: it is neither kept nor counted.
        commented: bool,
    },
}

impl Feedback {
    /// More entries in one call are refused.
    pub const MOST: usize = 100;

    /// Reads the body of `POST {base}/cds-services/{id}/feedback`.
    ///
    /// # Errors
    /// What keeps it from being understood. An entry that cannot be read is an error for the whole call: nothing is counted in part.
    pub fn read(body: &[u8]) -> Result<Vec<Self>, Refusal> {
        let value: Value = json_once(body).map_err(|_| Refusal::NotJson)?;
        if !value.is_object() {
            return Err(Refusal::NotAnObject);
        }
        let entries: Vec<View<'_>> = View::of(&value).each("feedback").collect();
        if entries.is_empty() || entries.len() > Self::MOST {
            let kind = "a list of 1 to 100 entries";
            return Err(Refusal::Field {
                field: "feedback",
                kind,
            });
        }
        entries.into_iter().map(Self::entry).collect()
    }

    fn entry(entry: View<'_>) -> Result<Self, Refusal> {
        let missing = |field, kind| Refusal::Field { field, kind };
        let card = entry
            .text("card")
            .filter(|it| it.len() <= 64)
            .ok_or(missing("feedback.card", "the uuid of a card"))?;
        let kind = match entry.text("outcome") {
            Some("accepted") => {
                let suggestions: Vec<String> = entry
                    .each("acceptedSuggestions")
                    .filter_map(|it| it.text("id").map(str::to_owned))
                    .collect();
                if suggestions.is_empty() {
                    let field = "feedback.acceptedSuggestions";
                    return Err(missing(
                        field,
                        "a list with the id of each accepted suggestion",
                    ));
                }
                FeedbackKind::Accepted { suggestions }
            }
            Some("overridden") => {
                let given = entry.at("overrideReason");
                let code = given.at("reason").text("code");
                FeedbackKind::Overridden {
                    reason: code.and_then(OverrideReason::parse),
                    commented: given.text("userComment").is_some(),
                }
            }
            _ => return Err(missing("feedback.outcome", "accepted or overridden")),
        };
        Ok(Self {
            card: card.to_owned(),
            kind,
            at: entry.text("outcomeTimestamp").map(str::to_owned),
        })
    }
}
