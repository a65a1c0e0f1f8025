//! Intervals for the difference of two shares.

use super::domain::{OutOfDomain, real, share};
use super::interval::{Confidence, Estimate, Interval};
use super::proportion::wilson;

/// Newcombe's hybrid score interval for the difference of two *independent* shares: first minus second.
///
/// With Wilson intervals (l₁, u₁), (l₂, u₂) without continuity correction:
/// lower = d − √((p₁−l₁)² + (u₂−p₂)²), upper = d + √((u₁−p₁)² + (p₂−l₂)²).
/// Newcombe, Stat Med 1998;17:873–90, method 10. Domain: as [`wilson`], for both. The two groups share no person; for two
/// answers of the same persons see [`newcombe_paired`].
///
/// ```
/// use riktig_indicators::statistics::{Confidence, difference::newcombe};
/// // 56/70 against 48/80: Newcombe's own first example, 0.0524 to 0.3339.
/// let difference = newcombe((56, 70), (48, 80), Confidence::P95)?;
/// assert!((difference.value - 0.2).abs() < 1e-12);
/// assert!((difference.interval.lower - 0.0524).abs() < 5e-5);
/// assert!((difference.interval.upper - 0.3339).abs() < 5e-5);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When a denominator is 0 or smaller than its numerator.
pub fn newcombe(
    first: (u64, u64),
    second: (u64, u64),
    confidence: Confidence,
) -> Result<Estimate, OutOfDomain> {
    let one = Scored::of(first, confidence)?;
    let two = Scored::of(second, confidence)?;
    Ok(hybrid(&one, &two, 0.0))
}

/// Persons asked twice, by their two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairs {
    /// Event both times.
    pub both: u64,
    /// Event the first time only.
    pub first_only: u64,
    /// Event the second time only.
    pub second_only: u64,
    /// Event neither time.
    pub neither: u64,
}

/// Newcombe's score interval for the difference of two *paired* shares: first minus second.
///
/// As [`newcombe`], less the term 2φ(p₁−l₁)(u₂−p₂) (below) and 2φ(u₁−p₁)(p₂−l₂) (above) under the root, φ being the
/// correlation of the two answers, with its numerator lowered by n/2 (not below 0) when positive, and 0 when a margin is
/// empty. Newcombe, Stat Med 1998;17:2635–50, method 10. Domain: at least one person.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, difference::{Pairs, newcombe_paired}};
/// // Everybody answers the same both times: the difference is 0, yet not known to be exactly 0.
/// let same = Pairs { both: 0, first_only: 0, second_only: 0, neither: 20 };
/// let difference = newcombe_paired(same, Confidence::P95)?;
/// assert_eq!(difference.value, 0.0);
/// assert!(difference.interval.lower < -0.1 && difference.interval.upper > 0.1);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there is nobody.
pub fn newcombe_paired(pairs: Pairs, confidence: Confidence) -> Result<Estimate, OutOfDomain> {
    let persons = pairs.both + pairs.first_only + pairs.second_only + pairs.neither;
    let one = Scored::of((pairs.both + pairs.first_only, persons), confidence)?;
    let two = Scored::of((pairs.both + pairs.second_only, persons), confidence)?;
    Ok(hybrid(&one, &two, correlation(pairs)?))
}

/// A share with its Wilson limits.
struct Scored {
    value: f64,
    limits: Interval,
}

impl Scored {
    fn of(
        (numerator, denominator): (u64, u64),
        confidence: Confidence,
    ) -> Result<Self, OutOfDomain> {
        let (events, trials) = share(numerator, denominator)?;
        Ok(Self {
            value: events / trials,
            limits: wilson(numerator, denominator, confidence)?,
        })
    }

    fn below(&self) -> f64 {
        self.value - self.limits.lower
    }

    fn above(&self) -> f64 {
        self.limits.upper - self.value
    }
}

fn hybrid(one: &Scored, two: &Scored, correlation: f64) -> Estimate {
    let reach = |own: f64, other: f64| {
        let squared = own * own - 2.0 * correlation * own * other + other * other;
        squared.max(0.0).sqrt()
    };
    let value = one.value - two.value;
    Estimate {
        value,
        interval: Interval {
            lower: value - reach(one.below(), two.above()),
            upper: value + reach(one.above(), two.below()),
        },
    }
}

/// φ of the fourfold table, corrected as method 10 asks.
fn correlation(pairs: Pairs) -> Result<f64, OutOfDomain> {
    let [a, b, c, d] = [
        real(pairs.both)?,
        real(pairs.first_only)?,
        real(pairs.second_only)?,
        real(pairs.neither)?,
    ];
    let margins = (a + b) * (c + d) * (a + c) * (b + d);
    if margins == 0.0 {
        return Ok(0.0);
    }
    let agreement = a * d - b * c;
    let corrected = if agreement > 0.0 {
        (agreement - (a + b + c + d) / 2.0).max(0.0)
    } else {
        agreement
    };
    Ok(corrected / margins.sqrt())
}
