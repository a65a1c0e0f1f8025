use super::super::domain::{OutOfDomain, exposure, positive, real};
use super::super::interval::{Confidence, Interval};
use super::super::tail::{gamma_quantile, gamma_quantile_upper};
use super::Shrunken;

/// How the true rates of all units are spread: a gamma distribution, or a single point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GammaPoisson {
    /// True rates follow Gamma(shape, rate).
    Spread {
        /// The events that the mean of all counts for.
        shape: f64,
        /// The exposure that it counts for.
        exposure: f64,
    },
    /// The units differ no more than chance gives: all have the mean.
    Alike {
        /// The common rate.
        mean: f64,
    },
}

/// Estimates how true rates (or observed-to-expected ratios) are spread.
///
/// Method of moments: m = Σxᵢ/E, E = ΣEᵢ, S = ΣEᵢ(rᵢ−m)²; τ² = (S − m(I−1)) / (E − ΣEᵢ²/E); shape = m²/τ²,
/// exposure = m/τ². Marshall's global estimator (J R Stat Soc C 1991;40:283–94) with the unbiased divisor of Bühlmann and
/// Straub. τ² ≤ 0 is [`GammaPoisson::Alike`]. Domain: two units or more, every exposure > 0, at least one event.
///
/// ```
/// use riktig_indicators::statistics::shrinkage::{GammaPoisson, gamma_poisson};
/// assert_eq!(gamma_poisson(&[(10, 5.0), (20, 10.0)])?, GammaPoisson::Alike { mean: 2.0 });
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there are fewer than two units, an exposure is not above 0, or no unit has any event.
pub fn gamma_poisson(units: &[(u64, f64)]) -> Result<GammaPoisson, OutOfDomain> {
    if units.len() < 2 {
        return Err(OutOfDomain::TooFew {
            what: "shrinkage",
            needed: 2,
            given: units.len(),
        });
    }
    let (mut events, mut exposures, mut squares) = (0.0, 0.0, 0.0);
    for &(count, exposure) in units {
        let exposure = self::exposure("exposure", exposure)?;
        events += real(count)?;
        exposures += exposure;
        squares += exposure * exposure;
    }
    let mean = positive("number of events", events)? / exposures;
    let seen: f64 = units
        .iter()
        .map(|&(count, exposure)| exposure * (count as f64 / exposure - mean).powi(2))
        .sum();
    let excess = seen - mean * (units.len() as f64 - 1.0);
    if excess <= 0.0 {
        return Ok(GammaPoisson::Alike { mean });
    }
    let between = excess / (exposures - squares / exposures);
    Ok(GammaPoisson::Spread {
        shape: mean * mean / between,
        exposure: mean / between,
    })
}

impl GammaPoisson {
    /// The mean of the true rates.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Spread { shape, exposure } => shape / exposure,
            Self::Alike { mean } => mean,
        }
    }

    /// The variance of the true rates, chance taken out: shape/exposure².
    #[must_use]
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Spread { shape, exposure } => shape / exposure / exposure,
            Self::Alike { .. } => 0.0,
        }
    }

    /// Shrinks one rate: Gamma(shape+x, exposure+E); value (x+shape)/(E+exposure), reliability E/(E+exposure).
    ///
    /// ```
    /// use riktig_indicators::statistics::{Confidence, shrinkage::GammaPoisson};
    /// let all = GammaPoisson::Spread { shape: 10.0, exposure: 10.0 };
    /// // No event where ten were expected is not a rate of 0.
    /// let unit = all.shrink(0, 10.0, Confidence::P95)?;
    /// assert_eq!((unit.raw, unit.value, unit.reliability), (0.0, 0.5, 0.5));
    /// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
    /// ```
    ///
    /// # Errors
    /// When the exposure is not above 0.
    pub fn shrink(
        &self,
        count: u64,
        exposure: f64,
        confidence: Confidence,
    ) -> Result<Shrunken, OutOfDomain> {
        let (events, own) = (real(count)?, self::exposure("exposure", exposure)?);
        let raw = events / own;
        Ok(match *self {
            Self::Spread { shape, exposure } => {
                let (seen, size) = (events + shape, own + exposure);
                let limits = Interval {
                    lower: gamma_quantile(seen, confidence.tail()),
                    upper: gamma_quantile_upper(seen, confidence.tail()),
                };
                Shrunken {
                    raw,
                    value: seen / size,
                    reliability: own / size,
                    interval: limits.divided(size),
                }
            }
            Self::Alike { mean } => Shrunken {
                raw,
                value: mean,
                reliability: 0.0,
                interval: Interval {
                    lower: mean,
                    upper: mean,
                },
            },
        })
    }
}
