//! The standard normal distribution.

use libm::erfc;

use super::domain::{OutOfDomain, inside};

/// Newton steps after which the quantile has long converged; a few are the rule.
const MOST_STEPS: usize = 100;

/// Φ(z), the probability of a standard normal value of at most `z`.
///
/// Φ(z) = erfc(−z/√2)/2; small probabilities keep their relative precision.
///
/// ```
/// use riktig_indicators::statistics::normal;
/// assert_eq!(normal::distribution(0.0), 0.5);
/// // Far in the lower tail the answer is small, not zero.
/// assert!((normal::distribution(-30.0) / 4.906713927148187e-198 - 1.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn distribution(z: f64) -> f64 {
    erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// The probability of a standard normal value at least as far from 0 as `z`, on either side: a two-sided p-value.
///
/// ```
/// use riktig_indicators::statistics::normal;
/// assert!((normal::two_sided_p(1.959963984540054) - 0.05).abs() < 1e-15);
/// assert_eq!(normal::two_sided_p(0.0), 1.0);
/// ```
#[must_use]
pub fn two_sided_p(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The z below which a standard normal value lies with probability `p`.
///
/// ```
/// use riktig_indicators::statistics::normal;
/// assert!((normal::quantile(0.975)? - 1.959963984540054).abs() < 1e-12);
/// // 0 and 1 have no finite answer.
/// assert!(normal::quantile(0.0).is_err());
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When `p` is not strictly between 0 and 1.
pub fn quantile(p: f64) -> Result<f64, OutOfDomain> {
    inside("probability", p).map(quantile_inside)
}

/// The quantile of a probability that is known to lie strictly between 0 and 1.
///
/// Newton's method on ln Φ, which is concave, so that it converges from any start.
pub(super) fn quantile_inside(p: f64) -> f64 {
    if p > 0.5 {
        // 1 − p is exact here, and the smaller tail keeps its precision.
        return -quantile_inside(1.0 - p);
    }
    let mut z = -(-2.0 * (2.0 * p).ln()).sqrt();
    for _ in 0..MOST_STEPS {
        let below = distribution(z);
        // Φ ÷ φ without the two underflowing apart.
        let mills = below / density(z);
        let step = mills * (below / p).ln();
        z -= step;
        if step.abs() <= f64::EPSILON * z.abs() || step.abs() < f64::MIN_POSITIVE {
            break;
        }
    }
    z
}

/// φ(z) = e^(−z²/2)/√2π.
fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}
