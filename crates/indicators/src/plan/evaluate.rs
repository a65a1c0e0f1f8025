use super::{Available, Plan, Requirement};

/// An integer sum and what it is divided by: 1 for counts, 1000 for DDD, 1000 × months for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The sum.
    pub sum: i64,
    /// Its divisor, at least 1.
    pub divisor: i64,
}

impl Amount {
    /// A plain count.
    #[must_use]
    pub fn count(sum: i64) -> Self {
        Self { sum, divisor: 1 }
    }

    /// In whole units; the only place where it becomes a float.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "sums of a nation are far below 2^53"
    )]
    pub fn value(self) -> f64 {
        self.sum as f64 / self.divisor as f64
    }

    /// In whole units, rounded half up.
    #[must_use]
    pub fn rounded(self) -> i64 {
        (2 * self.sum + self.divisor).div_euclid(2 * self.divisor)
    }
}

/// Numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measured {
    /// Above the line.
    pub numerator: Amount,
    /// Below the line.
    pub denominator: Amount,
}

impl Measured {
    /// Numerator ÷ denominator, before the unit's factor; `None` if the denominator is zero.
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        (self.denominator.sum > 0).then(|| self.numerator.value() / self.denominator.value())
    }
}

/// What became of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Counted. Zero is a count.
    Measured(Measured),
    /// The data does not carry what the definition needs.
    Unavailable(Vec<Requirement>),
}

impl Plan {
    /// Indicators from sums.
    ///
    /// `sums[i]` belongs to `terms()[i]`; `months` is the length of the window; the result is in the order of
    /// [`Plan::indicators`]. Sums of parts are added before this, never their outcomes.
    ///
    /// # Panics
    /// If there are not as many sums as terms.
    #[must_use]
    pub fn evaluate(&self, sums: &[i64], months: u32, available: &Available) -> Vec<Outcome> {
        assert_eq!(sums.len(), self.terms.len(), "one sum a term");
        let amount = |term: usize| Amount {
            sum: sums[term],
            divisor: self.terms[term].divisor(months),
        };
        self.indicators
            .iter()
            .map(|indicator| {
                let missing = indicator.requires.missing_in(available);
                if missing.is_empty() {
                    Outcome::Measured(Measured {
                        numerator: amount(indicator.numerator),
                        denominator: amount(indicator.denominator),
                    })
                } else {
                    Outcome::Unavailable(missing)
                }
            })
            .collect()
    }
}
