//! Strata of what indicators count, for expected numbers (decision 0005): added in the same pass as the sums.
//!
//! A month keeps one entry for each prescriber, [`Cell`] and set of terms. Which indicators a set of terms means, and who is
//! whose peer, is known when the window is: [`Kernel::casemix`](super::Kernel::casemix).

mod asked;
mod entries;
mod national;
mod persons;
mod units;
mod window;

pub(crate) use asked::Asked;
pub(crate) use entries::{Collector, Entries, Row};
pub(crate) use persons::{PersonCounts, PersonStrata};
pub use window::{CaseMixSums, Fitted, MonthStrata};
