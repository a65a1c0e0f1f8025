//! The guard against regression to the mean: an extreme value comes back by itself.

use super::domain::{OutOfDomain, not_negative, positive};
use super::interval::{Confidence, Interval};

/// How the true values of all doctors are spread, as a normal distribution on the scale of the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Population {
    /// The mean of the true values.
    pub mean: f64,
    /// Their variance, chance taken out (τ²; see [`super::funnel`]).
    pub variance: f64,
}

/// What the next value of an unchanged doctor would be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The value to be expected without any change.
    pub expected: f64,
    /// The standard deviation of the next value around it.
    pub standard_deviation: f64,
}

impl Prediction {
    /// Where the next value lies with this confidence when nothing has changed.
    #[must_use]
    pub fn interval(&self, confidence: Confidence) -> Interval {
        let reach = confidence.z() * self.standard_deviation;
        Interval {
            lower: self.expected - reach,
            upper: self.expected + reach,
        }
    }

    /// How many standard deviations `after` lies above what was to be expected: the test for a change.
    #[must_use]
    pub fn z(&self, after: f64) -> f64 {
        (after - self.expected) / self.standard_deviation
    }
}

/// Predicts the next value from the value before, drawn towards the mean of all.
///
/// With y₁ ~ N(θ, s₁²) and θ ~ N(μ, τ²): θ | y₁ ~ N(μ + B(y₁−μ), B·s₁²), B = τ²/(τ²+s₁²); so without a change
/// y₂ ~ N(μ + B(y₁−μ), B·s₁² + s₂²). Jones & Spiegelhalter, Stat Med 2009;28:1645–67.
/// Domain: `error_after` > 0; `error_before`, variance ≥ 0; with both 0 the value before is the mean.
///
/// ```
/// use riktig_indicators::statistics::regression_to_mean::{Population, predict};
/// // 40 % before, among doctors of 25 % ± 5: with as much chance as real difference half of the excess goes away unaided.
/// let all = Population { mean: 0.25, variance: 0.0025 };
/// let next = predict(0.40, 0.05, 0.05, all)?;
/// assert!((next.expected - 0.325).abs() < 1e-12);
/// // So 32 % afterwards is no success at all.
/// assert!(next.z(0.32).abs() < 0.1);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When a standard error or the variance is negative or not finite, or `error_after` is 0.
pub fn predict(
    before: f64,
    error_before: f64,
    error_after: f64,
    population: Population,
) -> Result<Prediction, OutOfDomain> {
    let chance = not_negative("standard error before", error_before)?.powi(2);
    let own = positive("standard error after", error_after)?.powi(2);
    let between = not_negative("variance between doctors", population.variance)?;
    let kept = if between == 0.0 {
        0.0
    } else {
        between / (between + chance)
    };
    Ok(Prediction {
        expected: population.mean + kept * (before - population.mean),
        standard_deviation: (kept * chance + own).sqrt(),
    })
}
