use super::strata::Levels;
use super::{Expected, Factor, Family};

/// What became of a level in the fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelRole {
    /// Has a coefficient of its own.
    Fitted,
    /// The level with most units: its coefficient is 0 and the others are held against it.
    Reference,
    /// Too few units, or too few with or without an event: it shares a coefficient with the factor's other such levels, or,
    /// where those are too few together, with the reference.
    Pooled,
    /// Told by the other factors already: no coefficient of its own can be found, and it is 0.
    Aliased,
    /// Has events and no units, as dispensings to persons of unknown age beside a list whose ages are known: its events are
    /// spread over everybody in proportion.
    WithoutUnits,
}

impl LevelRole {
    /// Every role; the index is the code in the edition's table.
    pub const ALL: [LevelRole; 5] = [
        LevelRole::Fitted,
        LevelRole::Reference,
        LevelRole::Pooled,
        LevelRole::Aliased,
        LevelRole::WithoutUnits,
    ];
}

/// A level as it was fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedLevel {
    /// Of which factor.
    pub factor: Factor,
    /// Its number, see [`Strata::word`](super::Strata::word).
    pub level: u8,
    /// What became of it.
    pub role: LevelRole,
    /// Logarithm of the odds ratio (share) or rate ratio (rate) against the reference.
    pub coefficient: f64,
    /// Its standard error, where it was estimated.
    pub standard_error: Option<f64>,
    /// Units there, or, where levels share a coefficient, of all of them.
    pub units: f64,
    /// Events of the same.
    pub events: f64,
    /// Events that the model expects of the same.
    pub expected: f64,
}

/// How well a model fits the country.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quality {
    /// Units of the country.
    pub units: f64,
    /// Events of the country.
    pub events: f64,
    /// Strata with units.
    pub strata: usize,
    /// Coefficients found, the intercept among them.
    pub parameters: usize,
    /// Newton steps.
    pub steps: usize,
    /// Deviance of the strata around the model.
    pub deviance: f64,
    /// Deviance of the strata around the country's plain share or rate.
    pub null_deviance: f64,
    /// Chance that a unit with an event has a higher fitted probability than one without, ties counting half; `None` for a rate.
    pub c_statistic: Option<f64>,
    /// Ten groups of nearly equally many units by fitted risk, lowest first: observed and expected events.
    pub calibration: Vec<[f64; 2]>,
}

/// A fitted model.
///
/// `intercept + Σ coefficients` is the logarithm of the odds (share) or of the rate (rate) of a stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Share or rate.
    pub family: Family,
    /// The intercept, calibrated so that the country's expected events are its observed ones.
    pub intercept: f64,
    /// Its standard error.
    pub intercept_error: Option<f64>,
    /// Every level that has units or events, by factor and number.
    pub levels: Vec<FittedLevel>,
    /// How well it fits.
    pub quality: Quality,
    /// The country's plain share or rate.
    pub plain: f64,
    /// The plain share or rate on the scale of the coefficients.
    pub(super) base: f64,
    /// By factor and level: how far a unit there is from the base. A level the country never met is at the factor's mean.
    pub(super) away: [Vec<f64>; Factor::ALL.len()],
}

impl Model {
    /// The fitted share or rate of a stratum, and the mean slope from the country's plain one to it.
    #[inline]
    fn mean_and_slope(&self, away: f64) -> (f64, f64) {
        let mean = self.family.mean(self.base + away);
        let slope = if away.abs() < 1e-6 {
            self.family.slope(mean)
        } else {
            (mean - self.plain) / away
        };
        (mean, slope)
    }

    /// The fitted share or rate of a stratum.
    #[must_use]
    pub fn mean(&self, levels: &Levels) -> f64 {
        let away: f64 = self.away_of(levels).iter().sum();
        self.family.mean(self.base + away)
    }

    #[inline]
    fn away_of(&self, levels: &Levels) -> [f64; Factor::ALL.len()] {
        std::array::from_fn(|factor| {
            let away = &self.away[factor];
            away.get(usize::from(levels[factor]))
                .copied()
                .unwrap_or(0.0)
        })
    }

    /// Adds what is expected of `units` in a stratum.
    #[inline]
    pub fn add(&self, levels: &Levels, units: f64, to: &mut Expected) {
        to.add(units, &self.of_one(levels));
    }

    /// What is expected of one unit in a stratum: for sums over many prescribers, asked once.
    ///
    /// The part of each factor is its part of the way from the country's plain share to the stratum's on the scale of the
    /// coefficients, times the mean slope of that way (Aumann–Shapley along the straight path), so that parts add up to
    /// `expected − crude`, and over the country each factor's parts add up to zero.
    #[must_use]
    pub fn of_one(&self, levels: &Levels) -> Expected {
        let parts = self.away_of(levels);
        let (mean, slope) = self.mean_and_slope(parts.iter().sum());
        Expected {
            expected: mean,
            variance: self.family.variance(mean),
            crude: self.plain,
            by_factor: parts.map(|part| slope * part),
            fitted: false,
        }
    }
}

impl Family {
    /// The share or rate of a linear predictor.
    #[inline]
    pub(super) fn mean(self, predictor: f64) -> f64 {
        match self {
            Family::Share => 1.0 / (1.0 + (-predictor).exp()),
            Family::Rate => predictor.exp(),
        }
    }

    /// The linear predictor of a share or rate.
    pub(super) fn link(self, mean: f64) -> f64 {
        match self {
            Family::Share => (mean / (1.0 - mean)).ln(),
            Family::Rate => mean.ln(),
        }
    }

    /// Variance of one unit's events; for canonical links also the slope of the mean.
    #[inline]
    pub(super) fn variance(self, mean: f64) -> f64 {
        match self {
            Family::Share => mean * (1.0 - mean),
            Family::Rate => mean,
        }
    }

    #[inline]
    fn slope(self, mean: f64) -> f64 {
        self.variance(mean)
    }

    /// Deviance of one stratum.
    pub(super) fn deviance(self, units: f64, events: f64, mean: f64) -> f64 {
        let part = |observed: f64, expected: f64| {
            if observed > 0.0 {
                observed * (observed / expected).ln()
            } else {
                0.0
            }
        };
        let expected = units * mean;
        2.0 * match self {
            Family::Share => part(events, expected) + part(units - events, units * (1.0 - mean)),
            Family::Rate => part(events, expected) - (events - expected),
        }
    }
}
