//! Standardised rates: what would a rate be if the population were another?

use super::count::{byar, byar_count};
use super::domain::{OutOfDomain, not_negative, positive, real};
use super::interval::{Confidence, Estimate, Interval};

/// One stratum (such as women of 45–64 years) of a directly standardised rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedStratum {
    /// Events.
    pub count: u64,
    /// Exposure: persons or person-years.
    pub exposure: f64,
    /// The stratum's size in the standard population; weights need not add to 1.
    pub weight: f64,
}

/// The directly standardised rate, with Dobson's interval around Byar's limits.
///
/// T = Σwᵢ·Oᵢ/nᵢ ÷ Σwᵢ; v = Σwᵢ²·Oᵢ/nᵢ² ÷ (Σwᵢ)²; with O = ΣOᵢ and Byar's limits (L, U) of O:
/// lower = T + √(v/O)·(L−O), upper = T + √(v/O)·(U−O). Dobson, Kuulasmaa, Eberle & Scherer, Stat Med 1991;10:457–62.
/// Not the normal interval T ± z√v: counts in strata are small and skewed, it would reach below 0 and miss above.
/// Without any event the weight of one event is not known; the largest wᵢ/nᵢ stands in, so that the upper end is
/// too wide rather than too narrow (after Fay & Feuer, Stat Med 1997;16:791–801).
/// Domain: every exposure > 0, weights ≥ 0 with a sum > 0.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, standardised::{WeightedStratum, direct}};
/// // Half of the events in a tenth of the exposure: with equal weights the rate is far above the crude 20/1,000.
/// let young = WeightedStratum { count: 10, exposure: 900.0, weight: 1.0 };
/// let old = WeightedStratum { count: 10, exposure: 100.0, weight: 1.0 };
/// let rate = direct(&[young, old], Confidence::P95)?;
/// assert!((rate.value - 0.05555555555555555).abs() < 1e-15);
/// // A stratum without exposure tells nothing about its rate: that is no rate of zero.
/// let nobody = WeightedStratum { count: 0, exposure: 0.0, weight: 1.0 };
/// assert!(direct(&[young, nobody], Confidence::P95).is_err());
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there is no stratum, an exposure is not above 0, a weight is negative, or all weights are 0.
pub fn direct(strata: &[WeightedStratum], confidence: Confidence) -> Result<Estimate, OutOfDomain> {
    let mut weights = 0.0;
    let (mut sum, mut variance, mut events, mut heaviest) = (0.0, 0.0, 0.0, 0.0_f64);
    for stratum in strata {
        let share = not_negative("weight", stratum.weight)?;
        let each = share / positive("exposure", stratum.exposure)?;
        let count = real(stratum.count)?;
        weights += share;
        events += count;
        sum += each * count;
        variance += each * each * count;
        heaviest = heaviest.max(each);
    }
    let weights = positive("sum of weights", weights)?;
    let value = sum / weights;
    let limits = byar_count(events, confidence.z());
    let step = if events > 0.0 {
        (variance / events).sqrt()
    } else {
        heaviest
    };
    let end = |limit: f64| (value + step / weights * (limit - events)).max(0.0);
    Ok(Estimate {
        value,
        interval: Interval {
            lower: end(limits.lower),
            upper: end(limits.upper),
        },
    })
}

/// The indirectly standardised ratio, observed ÷ expected, with Byar's interval.
///
/// O/E; limits: Byar's limits of O divided by E, taken as known. Breslow & Day 1987, section 2.3.
/// Domain: expected > 0.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, standardised::ratio};
/// // Twice what was expected, and still perhaps nothing: the interval holds 1.
/// let twice = ratio(4, 2.0, Confidence::P95)?;
/// assert_eq!(twice.value, 2.0);
/// assert!(twice.interval.contains(1.0));
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When `expected` is 0, negative or not finite.
pub fn ratio(
    observed: u64,
    expected: f64,
    confidence: Confidence,
) -> Result<Estimate, OutOfDomain> {
    let expected = positive("expected number", expected)?;
    Ok(Estimate {
        value: real(observed)? / expected,
        interval: byar(observed, expected, confidence)?,
    })
}

/// The indirectly standardised rate: [`ratio`] times the rate of the reference population.
///
/// Domain: as [`ratio`]; reference rate ≥ 0.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, standardised::indirect};
/// let rate = indirect(30, 20.0, 0.1, Confidence::P95)?;
/// assert!((rate.value - 0.15).abs() < 1e-15);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// As [`ratio`], and when the reference rate is negative or not finite.
pub fn indirect(
    observed: u64,
    expected: f64,
    reference_rate: f64,
    confidence: Confidence,
) -> Result<Estimate, OutOfDomain> {
    let reference_rate = not_negative("reference rate", reference_rate)?;
    let ratio = ratio(observed, expected, confidence)?;
    Ok(Estimate {
        value: ratio.value * reference_rate,
        interval: ratio.interval.scaled(reference_rate),
    })
}

/// One stratum of an expected number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReferenceStratum {
    /// The doctor's own exposure.
    pub exposure: f64,
    /// Events in the reference population.
    pub reference_count: u64,
    /// Exposure in the reference population.
    pub reference_exposure: f64,
}

/// The number expected from a doctor's own exposure at the reference population's rates: Σ nᵢ·Rᵢ/Nᵢ.
///
/// ```
/// use riktig_indicators::statistics::standardised::{ReferenceStratum, expected};
/// let stratum = ReferenceStratum { exposure: 50.0, reference_count: 3, reference_exposure: 100.0 };
/// assert_eq!(expected(&[stratum])?, 1.5);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When an exposure is negative or a reference exposure is not above 0.
pub fn expected(strata: &[ReferenceStratum]) -> Result<f64, OutOfDomain> {
    let mut sum = 0.0;
    for stratum in strata {
        let exposure = not_negative("exposure", stratum.exposure)?;
        let reference = positive("reference exposure", stratum.reference_exposure)?;
        sum += exposure * (real(stratum.reference_count)? / reference);
    }
    Ok(sum)
}
