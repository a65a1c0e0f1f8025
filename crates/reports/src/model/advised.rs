//! What became of the advice that a doctor got at the moment of prescribing (decision 0015). Own numbers only.

use serde::{Deserialize, Serialize};

use super::indicator::Words;
use super::value::Figure;

/// The doctor's cards of the period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advised {
    /// Months of the period of which advice was delivered.
    pub months: u32,
    /// Months of the period.
    pub of_months: u32,
    /// Cards were shown in the country of which nobody told for whom: some may have been this doctor's.
    pub some_unnamed: bool,
    /// Cards that are known to have been shown to this doctor. The same decision may have been met by several.
    pub shown: u64,
    /// Cards of which a suggestion was taken.
    pub accepted: u64,
    /// Cards at which the doctor chose otherwise and said so.
    pub overridden: u64,
    /// Accepted, per cent of those answered; a card that was passed over is in neither.
    pub share: Figure,
    /// 95 % interval (Wilson) of the share in per cent; left out where there is none to tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<[f64; 2]>,
    /// Why, most often first.
    pub reasons: Vec<AdviceReason>,
    /// Rules about which the doctor chose otherwise, most often first, at most three. A card may rest on several.
    pub rules: Vec<AdviceRule>,
}

impl Advised {
    /// Cards that were answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.accepted + self.overridden
    }
}

/// A reason for choosing otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceReason {
    /// The guideline's code; left out where no reason of the list was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Cards.
    pub cards: u64,
}

/// A rule that something else was chosen than.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdviceRule {
    /// Its id (`pneumonia/penicillin-v`).
    pub id: String,
    /// What it is about; its id where the guideline no longer has it.
    pub name: Words,
    /// Cards that rest on it and were answered.
    pub answered: u64,
    /// Of those, overridden.
    pub overridden: u64,
}
