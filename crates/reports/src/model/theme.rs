//! What an indicator is about, for plans and talks.

use serde::{Deserialize, Serialize};

/// The kind of decision a number is made of. Read off the definition, never off the doctor's value.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Whether to treat at all: a share of contacts, or dispensings for so many contacts.
    Decision,
    /// Which drug: a share of dispensings or patients treated.
    #[default]
    Choice,
    /// For how long: a share with a limited course.
    Length,
    /// How much altogether: against a list of patients.
    Volume,
    /// Whether the reason is written down: a share of dispensings with a diagnosis.
    Record,
}

/// An open question for a talk among colleagues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What it asks about; `None` for the question that every talk ends with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub theme: Option<Theme>,
    /// The indicator it starts from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub indicator: Option<String>,
}
