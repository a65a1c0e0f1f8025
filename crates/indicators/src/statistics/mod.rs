//! The statistics behind every comparison: pure functions, each with its formula, source and domain.
//!
//! | question | answered by |
//! |---|---|
//! | how sure is a share? | [`proportion`]: Wilson, Clopper–Pearson, Jeffreys |
//! | how sure is a count or a rate? | [`count`]: Byar, exact Poisson |
//! | how sure is a difference of two shares? | [`difference`]: Newcombe, unpaired and paired |
//! | what would it be with another population? | [`standardised`]: direct and indirect |
//! | where does a value lie among others? | [`rank`]: deciles, percentile rank |
//! | is a value outside of what chance gives? | [`funnel`]: limits, over-dispersion, z-scores |
//! | how far out is a count, by its exact tail? | [`mid_p`]: Poisson, binomial with a given variance |
//! | what is the value most likely, knowing the others? | [`shrinkage`]: beta-binomial, gamma-Poisson, reliability |
//! | has something changed over time? | [`run_chart`], [`control_chart`], [`cusum`] |
//! | would an extreme value have come back by itself? | [`regression_to_mean`] |
//! | how many of many findings are false? | [`false_discovery`] |
//!
//! Counts are whole numbers (`u64`, exact in `f64` up to 2⁵³), exposures and expected numbers are `f64`. What is out of a
//! method's domain is an [`OutOfDomain`], never NaN. erfc and ln Γ are those of `libm`; what
//! is built on them, and why no crate's incomplete beta and gamma functions would do, stands in the private module `tail`.
//! Every function can be tried from a shell: `riktig stats` (`docs/reference/stats.md`).

pub mod control_chart;
pub mod count;
pub mod cusum;
pub mod difference;
mod domain;
pub mod false_discovery;
pub mod funnel;
mod interval;
pub mod mid_p;
pub mod normal;
pub mod proportion;
pub mod rank;
pub mod regression_to_mean;
pub mod run_chart;
pub mod shrinkage;
pub mod standardised;
mod tail;

pub use domain::OutOfDomain;
pub use interval::{Confidence, Estimate, Interval};
