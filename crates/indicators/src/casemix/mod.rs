//! Expected from own contacts: what a prescriber's numerator would be if every contact, dispensing, patient or list
//! patient had met the country's practice (indirect standardisation, decision 0005).
//!
//! For each indicator the country's events are fitted on strata of what numerator *and* denominator both know: see
//! [`Design::of`]. A share is fitted by logistic regression, a rate by Poisson regression with the denominator as offset, main
//! effects only. A prescriber's expected count is the sum of the fitted probabilities (or means) over their own units.

mod design;
mod expectation;
mod factor;
mod fit;
mod model;
mod quality;
mod solve;
mod strata;

pub use design::{Design, Family, NoExpected};
pub use expectation::Expected;
pub use factor::Factor;
pub use fit::{LEAST_EVENTS, LEAST_EVENTS_OF_A_LEVEL, LEAST_UNITS_OF_A_LEVEL, Stratum, fit};
pub use model::{FittedLevel, LevelRole, Model, Quality};
pub use strata::{Cell, DiagnosisLevel, Levels, Strata, list_cells};
