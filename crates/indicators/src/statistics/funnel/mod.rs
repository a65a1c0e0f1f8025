//! Funnel limits: where values of units without any true difference would lie, by their size.
//!
//! Spiegelhalter, Stat Med 2005;24:1185–202 (funnel plots), and Qual Saf Health Care 2005;14:347–51 (over-dispersion).

mod dispersion;
mod limits;

pub use dispersion::{Adjustment, Dispersion, WINSORISED};

use super::domain::{OutOfDomain, exposure, inside, is_inside, positive, real, share, within};
use super::interval::{Confidence, Interval};

/// A value on the funnel with its standard error *at the target*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The value.
    pub value: f64,
    /// Its standard error if its true value were the target.
    pub standard_error: f64,
}

/// One unit on the funnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The unit's value.
    pub value: f64,
    /// Standard deviations from the target, by chance alone (before over-dispersion).
    pub z: f64,
    /// Standard deviations from the target, with the over-dispersion that all units share.
    pub adjusted_z: f64,
    /// 95 % limits for a unit of this size.
    pub warning: Interval,
    /// 99.8 % limits for a unit of this size.
    pub alarm: Interval,
}

/// A funnel: target, over-dispersion and every unit's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The value that all units are compared with.
    pub target: f64,
    /// How much more the units differ than chance gives.
    pub dispersion: Dispersion,
    /// The units in the order of the input.
    pub units: Vec<Placed>,
}

/// A funnel of shares: numerator and denominator of each unit.
///
/// θ = `target`, or Σ numerators/Σ denominators when `None`; standard error √(θ(1−θ)/n); z = (y−θ)/s.
/// With [`Adjustment::None`] the limits are exact binomial, interpolated between whole numbers (appendix A.1.1); with
/// over-dispersion they are normal: θ ± z·√φ·s or θ ± z·√(s²+τ²), cut at 0 and 1.
/// Domain: every share valid, 0 < θ < 1.
///
/// ```
/// use riktig_indicators::statistics::funnel::{Adjustment, proportions};
/// // 12 of 40 where all have 25 %: well inside. A small unit may be at 50 % and still be chance.
/// let funnel = proportions(&[(12, 40), (2, 4)], Some(0.25), Adjustment::None)?;
/// assert!(funnel.units.iter().all(|unit| unit.alarm.contains(unit.value)));
/// // With every unit at 0 there is no spread that chance could give: that cannot be told, it is not "no difference".
/// assert!(proportions(&[(0, 40), (0, 4)], None, Adjustment::None).is_err());
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there is no unit, a share is invalid, or the target is not strictly between 0 and 1.
pub fn proportions(
    units: &[(u64, u64)],
    target: Option<f64>,
    adjustment: Adjustment,
) -> Result<Funnel, OutOfDomain> {
    let (mut events, mut trials) = (0.0, 0.0);
    for &(numerator, denominator) in units {
        let (numerator, denominator) = share(numerator, denominator)?;
        events += numerator;
        trials += denominator;
    }
    let target = match target {
        Some(target) => inside("target", target)?,
        None => pooled(
            events,
            positive("sum of denominators", trials)?,
            "between 0 and 1, both excluded",
            is_inside,
        )?,
    };
    let measured = |&(numerator, denominator): &(u64, u64)| Measured {
        value: numerator as f64 / denominator as f64,
        standard_error: (target * (1.0 - target) / denominator as f64).sqrt(),
    };
    let measured: Vec<Measured> = units.iter().map(measured).collect();
    let exact = |index: usize, confidence| limits::binomial(units[index].1, target, confidence);
    place(&measured, target, adjustment, 1.0, exact)
}

/// A funnel of rates: count and exposure of each unit.
///
/// θ = `target`, or Σ counts/Σ exposures when `None`; standard error √(θ/exposure). Limits as for [`proportions`], exact
/// Poisson with [`Adjustment::None`], cut at 0. Domain: exposures > 0, θ > 0.
///
/// ```
/// use riktig_indicators::statistics::funnel::{Adjustment, rates};
/// let funnel = rates(&[(30, 100.0), (60, 100.0)], None, Adjustment::None)?;
/// assert_eq!(funnel.target, 0.45);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there is no unit, an exposure is not above 0, or the target is not above 0.
pub fn rates(
    units: &[(u64, f64)],
    target: Option<f64>,
    adjustment: Adjustment,
) -> Result<Funnel, OutOfDomain> {
    let (mut events, mut exposures) = (0.0, 0.0);
    for &(count, exposure) in units {
        events += real(count)?;
        exposures += self::exposure("exposure", exposure)?;
    }
    let target = match target {
        Some(target) => positive("target", target)?,
        None => pooled(
            events,
            positive("sum of exposures", exposures)?,
            "above 0",
            |it| it > 0.0,
        )?,
    };
    for &(_, size) in units {
        exposure("expected number", target * size)?;
    }
    let measured = |&(count, exposure): &(u64, f64)| Measured {
        value: count as f64 / exposure,
        standard_error: (target / exposure).sqrt(),
    };
    let measured: Vec<Measured> = units.iter().map(measured).collect();
    let exact = |index: usize, confidence| {
        let exposure: f64 = units[index].1;
        limits::poisson(target * exposure, confidence).divided(exposure)
    };
    place(&measured, target, adjustment, f64::INFINITY, exact)
}

/// A funnel of standardised ratios: observed and expected of each unit, around `target` (usually 1).
///
/// The same as [`rates`] with the expected number as exposure, and its own default: 1, not the pooled ratio.
/// Domain: expected > 0, θ > 0.
///
/// ```
/// use riktig_indicators::statistics::funnel::{Adjustment, ratios};
/// // Three where one was expected is three times as many, and chance.
/// let funnel = ratios(&[(3, 1.0)], None, Adjustment::None)?;
/// assert!(funnel.units[0].alarm.contains(3.0));
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// As [`rates`].
pub fn ratios(
    units: &[(u64, f64)],
    target: Option<f64>,
    adjustment: Adjustment,
) -> Result<Funnel, OutOfDomain> {
    rates(units, Some(target.unwrap_or(1.0)), adjustment)
}

/// A funnel of any values with standard errors, such as ratios whose variance comes from a model.
///
/// Limits are normal, also with [`Adjustment::None`], and not cut. Domain: standard errors > 0.
///
/// ```
/// use riktig_indicators::statistics::funnel::{Adjustment, Measured, WINSORISED, measured};
/// // Ten units, four times as spread (in standard errors) as chance would have them.
/// let units: Vec<Measured> = (0..10)
///     .map(|i| Measured { value: if i % 2 == 0 { 4.0 } else { -4.0 }, standard_error: 1.0 })
///     .collect();
/// let funnel = measured(&units, 0.0, Adjustment::Multiplicative(WINSORISED))?;
/// // Against chance all are alarming; against how units differ anyway, none is.
/// assert_eq!((funnel.units[0].z, funnel.units[0].adjusted_z), (4.0, 1.0));
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there is no unit, a value is not finite or a standard error not above 0.
pub fn measured(
    units: &[Measured],
    target: f64,
    adjustment: Adjustment,
) -> Result<Funnel, OutOfDomain> {
    within("target", target, f64::MIN, f64::MAX)?;
    for unit in units {
        within("value", unit.value, f64::MIN, f64::MAX)?;
        positive("standard error", unit.standard_error)?;
    }
    let dispersion = Dispersion::of(units, target, adjustment)?;
    let places = units.iter().map(|unit| {
        let reach = dispersion.standard_deviation(unit.standard_error);
        placed(unit, target, reach, |confidence| {
            normal(target, reach, confidence)
        })
    });
    let units = places.collect();
    Ok(Funnel {
        target,
        dispersion,
        units,
    })
}

/// The value of all units together, where chance gives a spread around it.
fn pooled(
    events: f64,
    size: f64,
    within: &'static str,
    has_spread: impl Fn(f64) -> bool,
) -> Result<f64, OutOfDomain> {
    let value = events / size;
    if has_spread(value) {
        Ok(value)
    } else {
        Err(OutOfDomain::PooledTarget { value, within })
    }
}

/// Places the units; limits are exact without adjustment and normal, cut to 0 and `most`, with one.
fn place(
    measured: &[Measured],
    target: f64,
    adjustment: Adjustment,
    most: f64,
    exact: impl Fn(usize, Confidence) -> Interval,
) -> Result<Funnel, OutOfDomain> {
    let dispersion = Dispersion::of(measured, target, adjustment)?;
    let units = measured.iter().enumerate().map(|(index, unit)| {
        let reach = dispersion.standard_deviation(unit.standard_error);
        placed(unit, target, reach, |confidence| match adjustment {
            Adjustment::None => exact(index, confidence),
            _ => cut(normal(target, reach, confidence), most),
        })
    });
    let units = units.collect();
    Ok(Funnel {
        target,
        dispersion,
        units,
    })
}

fn placed(
    unit: &Measured,
    target: f64,
    reach: f64,
    limits: impl Fn(Confidence) -> Interval,
) -> Placed {
    Placed {
        value: unit.value,
        z: (unit.value - target) / unit.standard_error,
        adjusted_z: (unit.value - target) / reach,
        warning: limits(Confidence::P95),
        alarm: limits(Confidence::P998),
    }
}

fn normal(target: f64, reach: f64, confidence: Confidence) -> Interval {
    let away = confidence.z() * reach;
    Interval {
        lower: target - away,
        upper: target + away,
    }
}

fn cut(limits: Interval, most: f64) -> Interval {
    Interval {
        lower: limits.lower.max(0.0),
        upper: limits.upper.min(most),
    }
}
