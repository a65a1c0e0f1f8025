//! Intervals for a count and for a rate: so many events in so much exposure.
//!
//! `exposure` is what the rate is per: patients, person-years, bed-days, or the expected number, in which case the rate
//! is an observed-to-expected ratio. Exposure 1 gives the interval of the count itself.

use super::domain::{OutOfDomain, positive, real};
use super::interval::{Confidence, Interval};
use super::tail::{gamma_quantile, gamma_quantile_upper};

/// Byar's interval for a Poisson count or rate: nearly exact, in closed form.
///
/// Lower: O·(1 − 1/9O − z/3√O)³, 0 when O = 0; upper: (O+1)·(1 − 1/9(O+1) + z/3√(O+1))³; both divided by the exposure.
/// Breslow & Day, Statistical Methods in Cancer Research II (IARC 1987), section 2.3. A lower end that the formula puts
/// below 0 (O = 1 beyond 99.2 % confidence) is 0. Domain: exposure > 0.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, count::byar};
/// // Ten events may well have been five or eighteen.
/// let interval = byar(10, 1.0, Confidence::P95)?;
/// assert!((interval.lower - 4.79).abs() < 0.01 && (interval.upper - 18.39).abs() < 0.01);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the exposure is 0, negative or not finite.
pub fn byar(count: u64, exposure: f64, confidence: Confidence) -> Result<Interval, OutOfDomain> {
    let exposure = positive("exposure", exposure)?;
    let events = real(count)?;
    Ok(byar_count(events, confidence.z()).divided(exposure))
}

/// Byar's limits of a count, for `z` standard deviations.
pub(super) fn byar_count(events: f64, z: f64) -> Interval {
    let cube = |count: f64, z: f64| {
        let base = 1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt());
        count * base.max(0.0).powi(3)
    };
    Interval {
        lower: if events == 0.0 { 0.0 } else { cube(events, -z) },
        upper: cube(events + 1.0, z),
    }
}

/// The exact (Garwood) interval for a Poisson count or rate: never covers less than it says.
///
/// Lower: the α/2 quantile of Gamma(O, 1), 0 when O = 0; upper: the 1−α/2 quantile of Gamma(O+1, 1); both divided by the
/// exposure. The same as χ²/2 with 2O and 2(O+1) degrees of freedom. Garwood, Biometrika 1936;28:437–42; Ulm, Am J
/// Epidemiol 1990;131:373–5. Domain: exposure > 0.
///
/// ```
/// use riktig_indicators::statistics::{Confidence, count::poisson_exact};
/// // No event at all still leaves room for 3.69.
/// let interval = poisson_exact(0, 1.0, Confidence::P95)?;
/// assert_eq!(interval.lower, 0.0);
/// assert!((interval.upper - 3.6888794541139363).abs() < 1e-12);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the exposure is 0, negative or not finite.
pub fn poisson_exact(
    count: u64,
    exposure: f64,
    confidence: Confidence,
) -> Result<Interval, OutOfDomain> {
    let exposure = positive("exposure", exposure)?;
    let events = real(count)?;
    let tail = confidence.tail();
    let lower = if count == 0 {
        0.0
    } else {
        gamma_quantile(events, tail)
    };
    let limits = Interval {
        lower,
        upper: gamma_quantile_upper(events + 1.0, tail),
    };
    Ok(limits.divided(exposure))
}
