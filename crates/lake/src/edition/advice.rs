//! Advice at the moment of prescribing: what was shown, taken, and met with another choice (decision 0015).

use serde::{Deserialize, Serialize};

use super::Edition;
use super::prescriber::PrescriberId;
use super::scope::Suppression;
pub use crate::store::AdviceOutcome;

/// What deliveries of advice the edition rests on, in `edition.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceCoverage {
    /// The months of the period of which advice was delivered, `YYYY-MM`. Of any other month nothing is known.
    pub months: Vec<String>,
    /// Cards in those months.
    pub cards: u64,
    /// Of those: the system that asked did not tell for whom. They stand in no table.
    pub without_prescriber: u64,
}

/// Both tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdviceTables {
    /// By prescriber; sorted.
    pub own: Vec<AdviceRow>,
    /// Of everybody, for the guideline's editors; sorted.
    pub rules: Vec<AdviceRuleRow>,
}

/// One prescriber's cards of a kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AdviceRow {
    /// Whose.
    pub prescriber: PrescriberId,
    /// The rule they rest on; `None`: every card, each once. A card that rests on two rules stands under both, so rules
    /// do not add up to the cards.
    pub rule: Option<String>,
    /// What they said, as the guideline's code.
    pub kind: String,
    /// What became of them.
    pub outcome: AdviceOutcome,
    /// Why something else was chosen; `None` where none of the list was given.
    pub reason: Option<String>,
    /// How many.
    pub cards: i64,
}

/// How one version of a rule was met in the whole country, as far as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdviceRuleRow {
    /// The rule.
    pub rule: String,
    /// The version of the text that it stood in; `None` where the delivery named none.
    pub version: Option<String>,
    /// What was told of it.
    pub told: AdviceTold,
}

/// Sums of at least five doctors, in multiples of five, or why not (decisions 0004 and 0007).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdviceTold {
    /// May be told.
    Measured {
        /// Cards that were shown.
        shown: i64,
        /// What was answered; `None`: too few to be told.
        answered: Option<AdviceAnswers>,
    },
    /// Kept back.
    Suppressed(Suppression),
}

/// What was answered, by everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdviceAnswers {
    /// Taken or overridden. A card that nobody told of is neither.
    pub answered: i64,
    /// Overridden.
    pub overridden: i64,
    /// Of those overridden, by reason; `None` for those whose reason is kept back or was not given. Empty where no
    /// reason can be told.
    pub reasons: Vec<(Option<String>, i64)>,
}

impl Edition {
    /// What the edition knows of advice; `None` where none was delivered, which is not the same as that none was shown.
    #[must_use]
    pub fn advice_coverage(&self) -> Option<&AdviceCoverage> {
        self.content.meta.advice.as_ref()
    }

    /// A prescriber's cards: all of them first, then by rule.
    #[must_use]
    pub fn advice(&self, prescriber: PrescriberId) -> &[AdviceRow] {
        let rows = &self.content.advice.own;
        let first = rows.partition_point(|row| row.prescriber < prescriber);
        let end = rows.partition_point(|row| row.prescriber <= prescriber);
        &rows[first..end]
    }

    /// How each version of each rule was met, for those who answer for the guideline.
    #[must_use]
    pub fn advice_rules(&self) -> &[AdviceRuleRow] {
        &self.content.advice.rules
    }
}
