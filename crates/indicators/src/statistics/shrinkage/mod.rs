//! Empirical-Bayes shrinkage: each value drawn towards all, the more the less it rests on.

mod beta_binomial;
mod gamma_poisson;

pub use beta_binomial::{BetaBinomial, beta_binomial};
pub use gamma_poisson::{GammaPoisson, gamma_poisson};

use super::interval::Interval;

/// One unit's shrunken value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunken {
    /// What the unit itself shows.
    pub raw: f64,
    /// The posterior mean: reliability·raw + (1−reliability)·mean of all.
    pub value: f64,
    /// How much of the difference between units of this size is real, 0 to 1; at least 0.7 before one says something
    /// about a single doctor.
    pub reliability: f64,
    /// The equal-tailed posterior interval.
    pub interval: Interval,
}
