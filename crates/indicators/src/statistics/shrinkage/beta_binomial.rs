use super::super::domain::{OutOfDomain, share};
use super::super::interval::{Confidence, Interval};
use super::super::tail::{beta_quantile, beta_quantile_upper};
use super::Shrunken;

/// How the true shares of all units are spread: a beta distribution, or a single point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BetaBinomial {
    /// True shares follow Beta(α, β).
    Spread {
        /// α, the events that the mean of all counts for.
        alpha: f64,
        /// β, the others.
        beta: f64,
    },
    /// The units differ no more than chance gives: all have the mean.
    Alike {
        /// The common share.
        mean: f64,
    },
}

/// Estimates how true shares are spread.
///
/// Method of moments with weights nᵢ (Kleinman, J Am Stat Assoc 1973;68:46–54): p̂ = Σxᵢ/N, N = Σnᵢ, S = Σnᵢ(pᵢ−p̂)²;
/// γ = (S − p̂(1−p̂)(I−1)) / (p̂(1−p̂)·(N − Σnᵢ²/N − (I−1))); α+β = 1/γ − 1, α = p̂(α+β). Closed form, so the same input
/// gives the same bytes; less efficient than maximum likelihood when sizes differ a great deal.
/// γ ≤ 0 is [`BetaBinomial::Alike`]. Domain: two units or more, 0 < p̂ < 1, and γ < 1.
///
/// ```
/// use riktig_indicators::statistics::shrinkage::{BetaBinomial, beta_binomial};
/// // Units that agree better than chance would have them leave nothing to tell them apart by.
/// assert_eq!(beta_binomial(&[(5, 10), (5, 10), (5, 10)])?, BetaBinomial::Alike { mean: 0.5 });
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When there are fewer than two units, a share is invalid, all events or none are seen, or the units are so different
/// (each all or nothing) that no beta distribution has that spread; also when every denominator is 1, where chance and
/// difference cannot be told apart.
pub fn beta_binomial(units: &[(u64, u64)]) -> Result<BetaBinomial, OutOfDomain> {
    if units.len() < 2 {
        return Err(OutOfDomain::TooFew {
            what: "shrinkage",
            needed: 2,
            given: units.len(),
        });
    }
    let (mut events, mut trials, mut squares) = (0.0, 0.0, 0.0);
    for &(numerator, denominator) in units {
        let (x, n) = share(numerator, denominator)?;
        events += x;
        trials += n;
        squares += n * n;
    }
    let mean = events / trials;
    let chance = mean * (1.0 - mean);
    if chance == 0.0 {
        return Err(OutOfDomain::NothingToDivideBy(
            "spread of shares that are all 0 or all 1",
        ));
    }
    let seen: f64 = units
        .iter()
        .map(|&(x, n)| n as f64 * (x as f64 / n as f64 - mean).powi(2))
        .sum();
    let freedom = units.len() as f64 - 1.0;
    let scale = trials - squares / trials - freedom;
    if scale <= 0.0 {
        return Err(OutOfDomain::NothingToDivideBy(
            "sum of denominators above 1",
        ));
    }
    let gamma = (seen - chance * freedom) / (chance * scale);
    if gamma <= 0.0 {
        return Ok(BetaBinomial::Alike { mean });
    }
    if gamma >= 1.0 {
        return Err(OutOfDomain::Outside {
            what: "correlation within units",
            value: gamma,
            from: 0.0,
            to: 1.0,
        });
    }
    let strength = 1.0 / gamma - 1.0;
    Ok(BetaBinomial::Spread {
        alpha: mean * strength,
        beta: (1.0 - mean) * strength,
    })
}

impl BetaBinomial {
    /// The mean of the true shares.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Spread { alpha, beta } => alpha / (alpha + beta),
            Self::Alike { mean } => mean,
        }
    }

    /// The variance of the true shares, chance taken out: αβ/((α+β)²(α+β+1)).
    #[must_use]
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Spread { alpha, beta } => {
                let strength = alpha + beta;
                alpha / strength * (beta / strength) / (strength + 1.0)
            }
            Self::Alike { .. } => 0.0,
        }
    }

    /// Shrinks one share: Beta(α+x, β+n−x); value (x+α)/(n+α+β), reliability n/(n+α+β).
    ///
    /// ```
    /// use riktig_indicators::statistics::{Confidence, shrinkage::BetaBinomial};
    /// // Mean 25 %, and a unit counts as much as 12 contacts: 6 of 12 is drawn half of the way back.
    /// let all = BetaBinomial::Spread { alpha: 3.0, beta: 9.0 };
    /// let unit = all.shrink(6, 12, Confidence::P95)?;
    /// assert_eq!((unit.raw, unit.value, unit.reliability), (0.5, 0.375, 0.5));
    /// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
    /// ```
    ///
    /// # Errors
    /// When the denominator is 0 or smaller than the numerator.
    pub fn shrink(
        &self,
        numerator: u64,
        denominator: u64,
        confidence: Confidence,
    ) -> Result<Shrunken, OutOfDomain> {
        let (events, trials) = share(numerator, denominator)?;
        let raw = events / trials;
        Ok(match *self {
            Self::Spread { alpha, beta } => {
                let (seen, others) = (events + alpha, trials - events + beta);
                Shrunken {
                    raw,
                    value: seen / (trials + alpha + beta),
                    reliability: trials / (trials + alpha + beta),
                    interval: Interval {
                        lower: beta_quantile(seen, others, confidence.tail()),
                        upper: beta_quantile_upper(seen, others, confidence.tail()),
                    },
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
