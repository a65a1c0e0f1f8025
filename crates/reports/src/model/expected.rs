//! What was to be expected of the doctor's own contacts, and what may be said about the difference.

use serde::{Deserialize, Serialize};

/// The number that doctors of the whole country would have had with this doctor's contacts.
///
/// ```
/// use riktig_reports::model::Expected;
/// // An edition made before expected counts existed does not tell; nothing is guessed.
/// assert_eq!(Expected::default(), Expected::NotTold);
/// assert_eq!(Expected::NotTold.count(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Expected {
    /// The edition has no expected counts at all.
    #[default]
    NotTold,
    /// There is none for this indicator or this doctor.
    None {
        /// Why.
        reason: NoExpected,
    },
    /// Told, but from too little to hold the own count against it.
    TooFew {
        /// In the units of the numerator.
        count: f64,
    },
    /// Told.
    Measured {
        /// In the units of the numerator: 22 of the doctor's 141 contacts.
        count: f64,
        /// Observed over expected: 1 is exactly as expected.
        ratio: f64,
        /// 95 % interval of the ratio.
        interval: [f64; 2],
        /// Where the ratio of a doctor without a true difference lies in 998 of 1,000 cases, over-dispersion included.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        limits: Option<[f64; 2]>,
    },
}

impl Expected {
    /// The expected count, where there is one.
    #[must_use]
    pub fn count(&self) -> Option<f64> {
        match self {
            Expected::Measured { count, .. } | Expected::TooFew { count } => Some(*count),
            Expected::NotTold | Expected::None { .. } => None,
        }
    }
}

/// Why there is no expected count. Each has its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoExpected {
    /// The own figure is not known either.
    NoFigure,
    /// The source has neither diagnoses nor patients: nothing to expect from.
    NoContacts,
    /// The measure is not one that the model is made for.
    NotModelled,
    /// The country has too few events for a model.
    TooFewInCountry,
}

/// What is said about the own count beside the expected one (`docs/reference/verdict.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The edition has no verdicts.
    #[default]
    NotTold,
    /// Nothing to judge: there is no expected count.
    NoExpected,
    /// No direction is better.
    Neutral,
    /// Too few to judge.
    TooFew,
    /// On the better side, beyond chance.
    ClearlyBetter,
    /// On the better side; may still be chance.
    ProbablyBetter,
    /// No more apart than chance makes.
    AsExpected,
    /// On the other side; may still be chance.
    ProbablyWorse,
    /// On the other side, beyond chance.
    ClearlyWorse,
}

impl Verdict {
    /// The five judgements from least to most favourable, as a place from 0 to 4.
    #[must_use]
    pub fn place(self) -> Option<u8> {
        match self {
            Verdict::ClearlyWorse => Some(0),
            Verdict::ProbablyWorse => Some(1),
            Verdict::AsExpected => Some(2),
            Verdict::ProbablyBetter => Some(3),
            Verdict::ClearlyBetter => Some(4),
            Verdict::NotTold | Verdict::NoExpected | Verdict::Neutral | Verdict::TooFew => None,
        }
    }

    /// Its word in JSON and CSV.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::NotTold => "not-told",
            Verdict::NoExpected => "no-expected",
            Verdict::Neutral => "neutral",
            Verdict::TooFew => "too-few",
            Verdict::ClearlyBetter => "clearly-better",
            Verdict::ProbablyBetter => "probably-better",
            Verdict::AsExpected => "as-expected",
            Verdict::ProbablyWorse => "probably-worse",
            Verdict::ClearlyWorse => "clearly-worse",
        }
    }
}
