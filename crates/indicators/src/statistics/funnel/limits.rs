//! Exact limits, interpolated between whole numbers so that the funnel is a smooth line (Spiegelhalter 2005, A.1.1).

use super::super::interval::{Confidence, Interval};
use super::super::tail;

/// Limits of a share with this denominator when the true share is `target`.
pub(super) fn binomial(denominator: u64, target: f64, confidence: Confidence) -> Interval {
    let below = |count: f64| tail::binomial_tails(count, denominator as f64, target).lower;
    let size = denominator as f64;
    Interval {
        lower: interpolated(size, confidence.tail(), &below) / size,
        upper: interpolated(size, 1.0 - confidence.tail(), &below) / size,
    }
}

/// Limits of a count with this expected number.
pub(super) fn poisson(expected: f64, confidence: Confidence) -> Interval {
    let below = |count: f64| tail::poisson_tails(count, expected).lower;
    // Twice as far as the normal limit, and never below what a tiny expected number reaches.
    let most = (expected + 20.0 * expected.sqrt() + 60.0).ceil();
    Interval {
        lower: interpolated(most, confidence.tail(), &below),
        upper: interpolated(most, 1.0 - confidence.tail(), &below),
    }
}

/// r − (F(r)−p)/(F(r)−F(r−1)), r being the smallest whole number with F(r) ≥ p; never below 0.
fn interpolated(most: f64, p: f64, at_most: &impl Fn(f64) -> f64) -> f64 {
    let (mut below, mut reached) = (-1.0, most);
    while reached - below > 1.0 {
        let middle = f64::midpoint(below, reached).floor();
        if at_most(middle) >= p {
            reached = middle;
        } else {
            below = middle;
        }
    }
    let under = if reached == 0.0 {
        0.0
    } else {
        at_most(reached - 1.0)
    };
    let here = at_most(reached);
    (reached - (here - p) / (here - under)).max(0.0)
}
