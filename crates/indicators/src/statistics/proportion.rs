//! Intervals for a share: so many of so many.

use super::domain::{OutOfDomain, share};
use super::interval::{Confidence, Interval};
use super::tail::{beta_quantile, beta_quantile_upper};

/// Wilson's score interval, the interval of every share that Riktig shows.
///
/// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), with p = numerator/denominator, n = denominator, without continuity
/// correction. Wilson, J Am Stat Assoc 1927;22:209–12; recommended by Brown, Cai & DasGupta, Stat Sci 2001;16:101–33.
/// Domain: 0 ≤ numerator ≤ denominator, denominator ≥ 1.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, proportion::wilson};
/// // None of ten is not "certainly none": up to 28 % may lie behind it.
/// let interval = wilson(0, 10, Confidence::P95)?;
/// assert_eq!(interval.lower, 0.0);
/// assert!((interval.upper - 0.2775327998628892).abs() < 1e-12);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the denominator is 0 or smaller than the numerator.
pub fn wilson(
    numerator: u64,
    denominator: u64,
    confidence: Confidence,
) -> Result<Interval, OutOfDomain> {
    let (events, trials) = share(numerator, denominator)?;
    Ok(wilson_real(events, trials, confidence.z()))
}

/// Wilson's limits for `events` of `trials`, which need not be whole (an effective number), and `z` standard deviations.
pub(crate) fn wilson_real(events: f64, trials: f64, z: f64) -> Interval {
    let others = trials - events;
    let squared = z * z;
    let root = (squared * (squared + 4.0 * events * others / trials)).sqrt();
    let middle = 2.0 * events + squared;
    // Both ends as quotients of sums, so that neither loses precision near 0: (middle − root)(middle + root) = 4x²(n+z²)/n.
    let upper = (middle + root) / (2.0 * (trials + squared));
    Interval {
        lower: 2.0 * events * (events / trials) / (middle + root),
        upper: if others <= 0.0 { 1.0 } else { upper },
    }
}

/// The exact interval of Clopper and Pearson: never covers less than it says, often much more.
///
/// Lower: the α/2 quantile of Beta(x, n−x+1), 0 when x = 0; upper: the 1−α/2 quantile of Beta(x+1, n−x), 1 when x = n.
/// Clopper & Pearson, Biometrika 1934;26:404–13. Domain: 0 ≤ numerator ≤ denominator, denominator ≥ 1.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, proportion::clopper_pearson};
/// // "The rule of three": none of n bounds the share near 3/n (here one-sided 97.5 %, so 3.7/n).
/// let interval = clopper_pearson(0, 1_000, Confidence::P95)?;
/// assert!((interval.upper - 0.003682083896865672).abs() < 1e-12);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the denominator is 0 or smaller than the numerator.
pub fn clopper_pearson(
    numerator: u64,
    denominator: u64,
    confidence: Confidence,
) -> Result<Interval, OutOfDomain> {
    let (events, trials) = share(numerator, denominator)?;
    let others = trials - events;
    let tail = confidence.tail();
    let lower = if numerator == 0 {
        0.0
    } else {
        beta_quantile(events, others + 1.0, tail)
    };
    let upper = if numerator == denominator {
        1.0
    } else {
        beta_quantile_upper(events + 1.0, others, tail)
    };
    Ok(Interval { lower, upper })
}

/// The equal-tailed Jeffreys interval: Bayes with the prior Beta(½, ½), with good coverage for small n.
///
/// The α/2 and 1−α/2 quantiles of Beta(x+½, n−x+½); the lower end is 0 when x = 0 and the upper end 1 when x = n, as
/// Brown, Cai & DasGupta advise (Stat Sci 2001;16:101–33). Domain: 0 ≤ numerator ≤ denominator, denominator ≥ 1.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, proportion::jeffreys};
/// // At 0 % the posterior's own lower end would exclude 0, which was just observed.
/// assert_eq!(jeffreys(0, 10, Confidence::P95)?.lower, 0.0);
/// assert!((jeffreys(0, 10, Confidence::P95)?.upper - 0.2171962675).abs() < 1e-9);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the denominator is 0 or smaller than the numerator.
pub fn jeffreys(
    numerator: u64,
    denominator: u64,
    confidence: Confidence,
) -> Result<Interval, OutOfDomain> {
    let (events, trials) = share(numerator, denominator)?;
    let (events, others) = (events + 0.5, trials - events + 0.5);
    let tail = confidence.tail();
    let lower = if numerator == 0 {
        0.0
    } else {
        beta_quantile(events, others, tail)
    };
    let upper = if numerator == denominator {
        1.0
    } else {
        beta_quantile_upper(events, others, tail)
    };
    Ok(Interval { lower, upper })
}
