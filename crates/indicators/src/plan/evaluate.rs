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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::CodeFacts;
    use crate::shipped::shipped;

    fn evaluate(id: &str, numerator: i64, denominator: i64, months: u32) -> Measured {
        let definition: Vec<_> = shipped().into_iter().filter(|it| it.id == id).collect();
        let plan = Plan::compile(&definition, &CodeFacts::default()).unwrap();
        let planned = &plan.indicators()[0];
        let mut sums = vec![0; plan.terms().len()];
        sums[planned.numerator] = numerator;
        sums[planned.denominator] = denominator;
        match plan
            .evaluate(&sums, months, &Available::everything())
            .remove(0)
        {
            Outcome::Measured(measured) => measured,
            Outcome::Unavailable(missing) => panic!("{missing:?}"),
        }
    }

    #[test]
    fn a_list_during_half_of_the_window_is_half_a_list() {
        // Six months of 1000 patients, in thousandths of patient-months.
        let measured = evaluate("RAK-VOL", 150, 6 * 1000 * 1000, 12);
        assert_eq!(measured.denominator.value(), 500.0);
        assert_eq!(measured.ratio(), Some(0.3));
    }

    #[test]
    fn daily_doses_are_summed_in_thousandths_and_shown_in_whole_ones() {
        let measured = evaluate("P-DDD-ITEM", 15_333, 3, 1);
        assert_eq!(
            (measured.numerator.value(), measured.numerator.rounded()),
            (15.333, 15)
        );
        assert_eq!(measured.ratio(), Some(5.111));
    }

    #[test]
    fn nothing_to_divide_by_is_measured_and_has_no_ratio() {
        assert_eq!(evaluate("RAK-PENV", 0, 0, 12).ratio(), None);
    }

    #[test]
    fn amounts_round_half_up() {
        let rounded = |sum, divisor| Amount { sum, divisor }.rounded();
        assert_eq!(
            [
                rounded(5, 10),
                rounded(4, 10),
                rounded(15, 10),
                rounded(0, 7)
            ],
            [1, 0, 2, 0]
        );
    }
}
