use super::super::domain::{OutOfDomain, within};
use super::Measured;
use crate::comparison::Spread;

/// The share of z-scores that is drawn in at each end before over-dispersion is estimated: Spiegelhalter's 10 %.
pub const WINSORISED: f64 = 0.1;

/// What to do with more spread than chance gives. The number is the share winsorised at each end ([`WINSORISED`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Adjustment {
    /// Nothing: limits show chance alone.
    None,
    /// Every unit's variance is φ times what chance gives.
    Multiplicative(f64),
    /// Every unit's true value differs from the target with variance τ², whatever its size.
    Additive(f64),
}

/// Over-dispersion of a set of units.
///
/// The naive zᵢ = (yᵢ−θ)/sᵢ are winsorised: those beyond the q and 1−q quantiles (type 7) are set to these. Then
/// φ = Σz²/I, at least 1, and τ² = (I·φ̂ − (I−1)) / (Σw − Σw²/Σw) with w = 1/s², at least 0. Spiegelhalter, Qual Saf
/// Health Care 2005;14:347–51 and Stat Med 2005;24:1185–202, appendix A.3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// What was asked for.
    pub adjustment: Adjustment,
    /// φ, at least 1 (1: no more spread than chance gives). Estimated with any adjustment.
    pub phi: f64,
    /// τ², at least 0, in the square of the value's unit. 0 with fewer than two units.
    pub tau_squared: f64,
}

impl Dispersion {
    pub(super) fn of(
        units: &[Measured],
        target: f64,
        adjustment: Adjustment,
    ) -> Result<Self, OutOfDomain> {
        if units.is_empty() {
            return Err(OutOfDomain::TooFew {
                what: "a funnel",
                needed: 1,
                given: 0,
            });
        }
        let share = match adjustment {
            Adjustment::None => WINSORISED,
            Adjustment::Multiplicative(share) | Adjustment::Additive(share) => {
                within("winsorised share", share, 0.0, 0.5)?
            }
        };
        let scores = units
            .iter()
            .map(|unit| (unit.value - target) / unit.standard_error);
        let squares: f64 = winsorised(scores.collect(), share)
            .iter()
            .map(|z| z * z)
            .sum();
        let size = units.len() as f64;
        Ok(Self {
            adjustment,
            phi: (squares / size).max(1.0),
            tau_squared: between(units, squares),
        })
    }

    /// The standard deviation of a unit around the target, with the adjustment.
    #[must_use]
    pub fn standard_deviation(&self, standard_error: f64) -> f64 {
        match self.adjustment {
            Adjustment::None => standard_error,
            Adjustment::Multiplicative(_) => self.phi.sqrt() * standard_error,
            Adjustment::Additive(_) => (standard_error * standard_error + self.tau_squared).sqrt(),
        }
    }
}

fn winsorised(scores: Vec<f64>, share: f64) -> Vec<f64> {
    let spread = Spread::of(scores.clone());
    match (spread.quantile(share), spread.quantile(1.0 - share)) {
        (Some(low), Some(high)) => scores.iter().map(|z| z.max(low).min(high)).collect(),
        _ => scores,
    }
}

/// DerSimonian and Laird's moment estimate on the winsorised sum of squares.
fn between(units: &[Measured], squares: f64) -> f64 {
    let weight = |unit: &Measured| unit.standard_error.powi(-2);
    let sum: f64 = units.iter().map(weight).sum();
    let sum_of_squares: f64 = units.iter().map(|unit| weight(unit).powi(2)).sum();
    let scale = sum - sum_of_squares / sum;
    let excess = squares - (units.len() as f64 - 1.0);
    if units.len() < 2 || excess <= 0.0 || scale <= 0.0 {
        return 0.0;
    }
    excess / scale
}
