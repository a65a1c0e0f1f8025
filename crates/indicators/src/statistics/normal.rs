//! The standard normal distribution.

use super::domain::{OutOfDomain, within};
use statrs::function::erf;

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
    erf::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// The probability of a standard normal value at least as far from 0 as `z`, on either side: a two-sided p-value.
///
/// ```
/// use riktig_indicators::statistics::normal;
/// assert!((normal::two_sided_p(1.959963984540054) - 0.05).abs() < 1e-9);
/// assert_eq!(normal::two_sided_p(0.0), 1.0);
/// ```
#[must_use]
pub fn two_sided_p(z: f64) -> f64 {
    erf::erfc(z.abs() / std::f64::consts::SQRT_2)
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
    within(
        "probability",
        p,
        f64::MIN_POSITIVE,
        1.0 - f64::EPSILON / 2.0,
    )
    .map(quantile_inside)
}

/// The quantile of a probability that is known to lie strictly between 0 and 1.
pub(super) fn quantile_inside(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * p)
}
