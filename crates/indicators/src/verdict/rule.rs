/// A doctor's value against what was to be expected of the same patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Better than expected; chance and ordinary differences between doctors do not explain it.
    ClearlyBetter,
    /// Better than expected; it may be chance.
    ProbablyBetter,
    /// Within what ordinary differences between doctors, and chance, give.
    AsExpected,
    /// Worse than expected; it may be chance.
    ProbablyWorse,
    /// Worse than expected; chance and ordinary differences between doctors do not explain it.
    ClearlyWorse,
    /// The numbers are too small, or too alike, to tell.
    TooFewToJudge,
    /// No way is better: the indicator gives context only.
    NoJudgement,
    /// Nothing was to be expected, so nothing is judged; the [`Rule`] says why.
    NoExpected,
}

impl Verdict {
    /// Every verdict; the index is the code in the `verdict` column.
    pub const ALL: [Self; 8] = [
        Self::ClearlyBetter,
        Self::ProbablyBetter,
        Self::AsExpected,
        Self::ProbablyWorse,
        Self::ClearlyWorse,
        Self::TooFewToJudge,
        Self::NoJudgement,
        Self::NoExpected,
    ];

    /// Probably or clearly worse.
    #[must_use]
    pub fn is_worse(self) -> bool {
        matches!(self, Self::ProbablyWorse | Self::ClearlyWorse)
    }

    /// Probably or clearly better.
    #[must_use]
    pub fn is_better(self) -> bool {
        matches!(self, Self::ProbablyBetter | Self::ClearlyBetter)
    }
}

/// The row of the decision table that gave the answer. Rows are tried in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// There is no value, or nothing to divide by.
    NoValue,
    /// The indicator has no direction.
    Neutral,
    /// Nothing was to be expected: the edition's model, or its lack of one, says why
    /// ([`NoExpected`](crate::casemix::NoExpected)).
    NotModelled,
    /// Fewer than 30 in the denominator.
    SmallDenominator,
    /// A rate with fewer than 20 expected, or a count that the model leaves no room to vary.
    SmallExpected,
    /// The value means something else than that of others: other work, or a rate that duty work lowers (decision 0003).
    NotComparable,
    /// Fewer than ten doctors to compare: how much doctors ordinarily differ cannot be estimated.
    FewDoctors,
    /// Less than 0.7 of how this value differs from the expected would be found again: the rest is chance.
    Unreliable,
    /// Within the 95 % limits.
    Within,
    /// Beyond the limits, and yet no further out than the typical doctor: the expected fits nobody here.
    Typical,
    /// Beyond the 99.8 % limits and found among all doctors with a false-discovery rate of at most 5 %.
    Clearly,
    /// Beyond the 95 % limits, not clearly.
    Probably,
}

impl Rule {
    /// Every row in its order; the index is the code in the `rule` column.
    pub const ALL: [Self; 12] = [
        Self::NoValue,
        Self::Neutral,
        Self::NotModelled,
        Self::SmallDenominator,
        Self::SmallExpected,
        Self::NotComparable,
        Self::FewDoctors,
        Self::Unreliable,
        Self::Within,
        Self::Typical,
        Self::Clearly,
        Self::Probably,
    ];

    /// What a row says of a doctor whose value lies on the favourable side of the expected, or on the other.
    ///
    /// ```
    /// use riktig_indicators::verdict::{Rule, Verdict};
    /// assert_eq!(Rule::Clearly.verdict(false), Verdict::ClearlyWorse);
    /// assert_eq!(Rule::Probably.verdict(true), Verdict::ProbablyBetter);
    /// // On which side a value lies says nothing where it cannot be told whether it lies there at all.
    /// assert_eq!(Rule::Unreliable.verdict(true), Rule::Unreliable.verdict(false));
    /// ```
    #[must_use]
    pub fn verdict(self, favourable: bool) -> Verdict {
        match self {
            Self::Neutral => Verdict::NoJudgement,
            Self::NoValue | Self::NotModelled | Self::NotComparable => Verdict::NoExpected,
            Self::SmallDenominator | Self::SmallExpected | Self::FewDoctors | Self::Unreliable => {
                Verdict::TooFewToJudge
            }
            Self::Within | Self::Typical => Verdict::AsExpected,
            Self::Clearly if favourable => Verdict::ClearlyBetter,
            Self::Clearly => Verdict::ClearlyWorse,
            Self::Probably if favourable => Verdict::ProbablyBetter,
            Self::Probably => Verdict::ProbablyWorse,
        }
    }
}
