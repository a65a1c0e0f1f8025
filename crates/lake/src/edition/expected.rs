//! Expected from own contacts, and the models that expect it (decision 0005).

use riktig_indicators::casemix::Factor;
use serde::{Deserialize, Serialize};

use super::prescriber::IndicatorId;

pub use riktig_indicators::casemix::{Expected, LevelRole, NoExpected};

/// What the models of an edition say. Empty in an edition that was built before they were.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseMix {
    /// Prescriber-major, then indicator; of the current window.
    pub expected: Vec<Result<Expected, NoExpected>>,
    /// Sorted by indicator, then the intercept, then factor and level in the order of the model.
    pub coefficients: Vec<Coefficient>,
}

/// One row of `coefficients.parquet`: a level of a factor, as fitted on the country.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// Of which indicator's model.
    pub indicator: IndicatorId,
    /// `None`: the intercept.
    pub factor: Option<Factor>,
    /// The level: a diagnosis group's id or `other`, `none`, `unlinked`; an age band (`20-44`); `female`, `male`; a setting's
    /// word; `e_consultation`, `other`; a month 1–12; `unknown` wherever it is not known.
    pub level: String,
    /// What became of the level.
    pub role: LevelRole,
    /// Logarithm of the odds ratio (share) or of the rate ratio (rate) against the reference.
    pub coefficient: f64,
    /// Its standard error; `None` for the reference, an aliased level and the calibrated intercept of a model without one.
    pub standard_error: Option<f64>,
    /// Units of the denominator in whole units, of the prescribers that the model was fitted on.
    pub units: f64,
    /// Events of the numerator among them.
    pub events: i64,
    /// Events that the model expects there; equal to `events` for every level with a coefficient of its own.
    pub expected: f64,
}

/// What a model is and how well it fits, in `edition.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelRecord {
    /// The indicator's id.
    pub indicator: String,
    /// `logistic` or `poisson`; absent where there is no model.
    pub family: Option<String>,
    /// Why there is none: the word of [`NoExpected`].
    pub none: Option<String>,
    /// Factors, by their words.
    pub factors: Vec<String>,
    /// Prescribers that the model was fitted on.
    pub prescribers: u32,
    /// Their units.
    pub units: f64,
    /// Their events.
    pub events: i64,
    /// Strata with units.
    pub strata: u32,
    /// Coefficients found, the intercept among them.
    pub parameters: u32,
    /// Newton steps until nothing changed.
    pub steps: u32,
    /// Deviance of the strata around the model.
    pub deviance: f64,
    /// Deviance of the strata around the country's plain rate.
    pub null_deviance: f64,
    /// Chance that a unit with an event has a higher fitted probability than one without; `None` for a rate.
    pub c_statistic: Option<f64>,
    /// Ten groups of equally many units by fitted risk, lowest first: observed and expected events.
    pub calibration: Vec<[f64; 2]>,
}
