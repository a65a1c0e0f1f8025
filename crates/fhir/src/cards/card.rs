//! A card and its parts, so shaped that most of what CDS Hooks forbids cannot be written.

use serde::Serialize;
use serde_json::Value;

/// One piece of advice as a client shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The same for the same advice about the same order in the same call.
    pub uuid: String,
    /// In fewer than 140 characters.
    pub summary: String,
    /// GitHub Flavored Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// How much it matters.
    pub indicator: Indicator,
    /// Where it was read.
    pub source: Source,
    /// What can be done at a click.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// There whenever there are suggestions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selection_behavior: Option<SelectionBehavior>,
    /// What a doctor can answer who chooses otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub override_reasons: Vec<OverrideCoding>,
    /// Where more is found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// How much a card matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Indicator {
    /// To know.
    Info,
    /// To consider before going on.
    Warning,
    /// Not to be passed over.
    Critical,
}

/// How many suggestions may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelectionBehavior {
    /// None or one: ours are alternatives.
    AtMostOne,
}

/// Where advice was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// With the edition.
    pub label: String,
    /// The text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Which kind of advice.
    pub topic: TopicCoding,
}

/// A code with its system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicCoding {
    /// The system.
    pub system: String,
    /// The code.
    pub code: String,
}

/// A code that a doctor chooses: it always has words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverrideCoding {
    /// The system.
    pub system: String,
    /// The code.
    pub code: String,
    /// The words.
    pub display: String,
}

/// Something that can be done at a click: all its actions together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// The button.
    pub label: String,
    /// The same for the same suggestion in the same call.
    pub uuid: String,
    /// The only right one. Absent where there is a choice.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_recommended: bool,
    /// What is done.
    pub actions: Vec<Action>,
    /// Whether all actions must be taken together; 3.0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_selection_behavior: Option<&'static str>,
}

/// A change of the client's orders. We delete nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Action {
    /// A new order.
    Create {
        /// In words.
        description: String,
        /// All of it.
        resource: Value,
    },
    /// The draft, changed.
    Update {
        /// In words.
        description: String,
        /// All of it, not only what changed.
        resource: Value,
    },
}

/// A link. Absolute ones only: we launch no app, so there is no context to carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// The address.
    pub url: String,
    /// Always `absolute`.
    #[serde(rename = "type")]
    kind: &'static str,
}

impl Link {
    /// A link to an absolute address.
    #[must_use]
    pub fn absolute(label: String, url: String) -> Self {
        Self {
            label,
            url,
            kind: "absolute",
        }
    }
}
