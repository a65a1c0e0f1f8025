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
    /// Told.
    Measured {
        /// In the units of the numerator: 22 of the doctor's 141 contacts.
        count: f64,
        /// Observed over expected; `None` where nothing is expected.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        ratio: Option<Ratio>,
    },
}

/// Observed over expected: 1 is exactly as expected.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// Observed over expected.
    pub value: f64,
    /// 95 % interval, for chance alone.
    pub interval: [f64; 2],
    /// Where 998 of 1,000 doctors lie who differ by chance and by what is ordinary between doctors; `None` where too few are
    /// compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limits: Option<[f64; 2]>,
}

impl Expected {
    /// The expected count, where there is one.
    #[must_use]
    pub fn count(&self) -> Option<f64> {
        match self {
            Expected::Measured { count, .. } => Some(*count),
            Expected::NotTold | Expected::None { .. } => None,
        }
    }

    /// Observed over expected, where it is told.
    #[must_use]
    pub fn ratio(&self) -> Option<Ratio> {
        match self {
            Expected::Measured { ratio, .. } => *ratio,
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
    /// The doctor had none of what it is held against.
    NoUnits,
    /// It describes a population: residents are nobody's own contacts.
    PopulationOnly,
    /// The numerator is an amount (daily doses), not a count of events.
    Amounts,
    /// What is counted and what it is held against have nothing in common that could be told apart.
    NothingInCommon,
    /// The country has too few events for a model.
    TooFewInCountry,
    /// The value means something else than that of others; the verdict says why.
    NotComparable,
}

/// What is said about the own count beside the expected one (`docs/reference/verdict.md`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
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
    /// On the better side, beyond chance and what is usual between doctors.
    ClearlyBetter,
    /// On the better side; may still be usual between doctors.
    ProbablyBetter,
    /// No more apart than chance, and what is usual between doctors, make.
    AsExpected,
    /// On the other side; may still be usual between doctors.
    ProbablyWorse,
    /// On the other side, beyond chance and what is usual between doctors.
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

/// The row of the decision table behind a verdict that asks for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The value means something else than that of others.
    NotComparable,
    /// A number per list patient of a doctor who was at work, or had the list, in a part of the period only.
    PartOfPeriod {
        /// Months with a trace of work.
        active: u32,
        /// Months with the list.
        list: u32,
        /// Months of the period.
        months: u32,
    },
    /// A rate that duty work lowers by an unknown amount: unlinked items of a doctor with a list and duty work are left out.
    DutyWork,
    /// Too few of the doctor's own.
    SmallDenominator,
    /// Too few were expected.
    SmallExpected,
    /// Too few doctors to judge against.
    FewDoctors,
    /// Too much of the difference is chance.
    Unreliable,
    /// Apart from the expected, as most doctors are.
    Typical,
    /// Of a "probably": more than chance alone makes, and no more than is seen between doctors with such patients.
    UsualSpread,
    /// Of a "probably": further out than all but a few, and among so many doctors a few are (false discovery).
    ManyDoctors,
}

/// What the best quarter of all doctors reach, worked out for this doctor's own patients.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Achievable {
    /// In the indicator's unit, with every digit that `step` was worked out against (three significant ones).
    pub value: f64,
    /// What it would take.
    pub step: Step,
}

/// The smallest whole number of different decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Step {
    /// There already.
    Reached,
    /// So many fewer.
    Fewer {
        /// Whole decisions.
        decisions: u64,
    },
    /// So many more.
    More {
        /// Whole decisions.
        decisions: u64,
    },
    /// Whole decisions cannot reach it.
    OutOfReach,
}
