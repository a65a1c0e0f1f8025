use super::Factor;

/// What is to be expected of one prescriber's numerator, given their own units.
///
/// All figures are in whole units of the numerator (items, contacts, persons), before the definition's factor (per cent, per
/// 1,000).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Expected {
    /// Σ of the fitted probabilities or means over the prescriber's own units.
    pub expected: f64,
    /// Variance of the observed count around `expected` if the model is right and units are independent: Σ p(1−p) for a share,
    /// Σ μ for a rate. Over-dispersion is not in it.
    pub variance: f64,
    /// What the country's plain rate would give for as many units: the expectation without regard to who was met.
    pub crude: f64,
    /// How `expected − crude` comes about, by factor in the order of [`Factor::ALL`]; they add up to it. 0 for a factor that
    /// the model does not have.
    pub by_factor: [f64; Factor::ALL.len()],
    /// Whether the prescriber is one of those that the model was fitted on, over whom expected and observed events agree.
    pub fitted: bool,
}

impl Expected {
    /// Adds `units` times what is expected of one unit.
    #[inline]
    pub fn add(&mut self, units: f64, one: &Expected) {
        self.expected += units * one.expected;
        self.variance += units * one.variance;
        self.crude += units * one.crude;
        for (sum, part) in self.by_factor.iter_mut().zip(one.by_factor) {
            *sum += units * part;
        }
    }

    /// How much a factor moves the expectation away from the country's plain rate.
    #[must_use]
    pub fn moved_by(&self, factor: Factor) -> f64 {
        self.by_factor[factor as usize]
    }
}
