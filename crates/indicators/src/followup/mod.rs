//! What changed after a course: own change, minus the change of comparable doctors over the same months, with an interval.
//!
//! | step | file |
//! |---|---|
//! | which months are before, which after | [`Schedule`] |
//! | season and trend, from the comparison doctors' own months | `season` |
//! | a doctor's lasting level, without the luck of the year | `level` (Bühlmann–Straub credibility) |
//! | who is comparable | `matching` (nearest in level and size) |
//! | what to expect after, without a course | `expected` (a line through the comparable doctors) |
//! | how sure | `interval` (the doctor is the unit; Student's t) |
//!
//! The unit of everything is the **doctor**: months of one doctor are not independent, doctors nearly are. Formulas, sources and
//! a worked example: `docs/reference/follow-up.md`; why this way: `docs/decisions/0008-follow-up.md`.
//!
//! ```
//! use riktig_indicators::followup::{Doctor, Month, Schedule, Scale, follow_up};
//!
//! // Two years; the course is held on the first day of the second. Everybody falls 5 %, the course doctors 15 %.
//! let schedule = Schedule { after: 12..24, baseline: 0..12 };
//! let doctor = |level: f64, after: f64| Doctor {
//!     setting: 0,
//!     months: (0..24)
//!         .map(|month| {
//!             let factor = if month < 12 { 1.0 } else { after };
//!             // Winters are twice as busy as summers: it cancels.
//!             let season = if month % 12 < 6 { 2.0 } else { 1.0 };
//!             Some(Month { events: level * season * factor, size: 100.0 })
//!         })
//!         .collect(),
//! };
//! let course: Vec<Doctor> = (0..9).map(|it| doctor(20.0 + f64::from(it), 0.85)).collect();
//! let others: Vec<Doctor> = (0..60).map(|it| doctor(15.0 + f64::from(it) * 0.3, 0.95)).collect();
//! let told = follow_up(&course, &others, &schedule, Scale::Rate)?;
//! assert!((told.own_change - (0.85 - 1.0)).abs() < 1e-9);
//! assert!((told.relative.estimate - (0.85 / 0.95 - 1.0)).abs() < 1e-6);
//! # Ok::<(), riktig_indicators::followup::CannotTell>(())
//! ```

mod estimate;
mod expected;
mod interval;
mod level;
mod matching;
mod schedule;
mod season;
mod unmatched;

pub use estimate::{FollowUp, Interval, LeftOut, follow_up};
pub use matching::{LEAST_COMPARABLE, NEAREST};
pub use schedule::{LEAST_MONTHS, Schedule, ScheduleProblem};
pub use unmatched::unmatched;

use thiserror::Error;

/// What a doctor did in one month, in whole units (items, daily doses; contacts, patient-months …).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Month {
    /// The numerator.
    pub events: f64,
    /// The denominator.
    pub size: f64,
}

/// One doctor's months.
#[derive(Debug, Clone, PartialEq)]
pub struct Doctor {
    /// Only doctors with the same number are comparable: general practice, out of hours, nursing home …
    pub setting: u32,
    /// One for each month of the edition; `None` where the month is not known or the doctor was away.
    pub months: Vec<Option<Month>>,
}

/// On which scale changes are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Logarithm: a rate falls by so many per cent.
    Rate,
    /// Log odds: a share stays between 0 and 1.
    Share,
}

impl Scale {
    /// Nearest to 0 and 1 that a share's odds are taken from.
    const EDGE: f64 = 1e-4;

    /// From a rate or share to the scale.
    fn of(self, value: f64) -> f64 {
        match self {
            Scale::Rate => value.max(f64::MIN_POSITIVE).ln(),
            Scale::Share => {
                let value = value.clamp(Self::EDGE, 1.0 - Self::EDGE);
                (value / (1.0 - value)).ln()
            }
        }
    }

    /// And back.
    fn back(self, place: f64) -> f64 {
        match self {
            Scale::Rate => place.clamp(-700.0, 700.0).exp(),
            Scale::Share => 1.0 / (1.0 + (-place).exp()),
        }
    }

    /// How fast [`Scale::back`] grows where it has this value.
    fn slope(self, value: f64) -> f64 {
        match self {
            Scale::Rate => value,
            Scale::Share => value * (1.0 - value),
        }
    }
}

/// Why there is no answer. "Cannot be told" is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CannotTell {
    /// Nobody of the course is left after the rules.
    #[error("no course doctor has enough months before and after with something to count")]
    NobodyLeft,
    /// Too few who can be compared with.
    #[error("{found} comparable doctors, fewer than {LEAST_COMPARABLE}")]
    FewComparable {
        /// Doctors of the same kind of work with enough months and without a course.
        found: usize,
    },
    /// There are enough, and too few of them at the level of any course doctor.
    #[error("fewer than {LEAST_COMPARABLE} comparable doctors at the level before")]
    NobodyNear,
    /// Too few events to tell a change from chance.
    #[error("fewer than {LEAST_EVENTS} events before, or expected after")]
    FewEvents,
    /// Nothing happened after the course: a relative change has no interval.
    #[error("no event at all after the course, or nothing else")]
    NoneLeft,
    /// The comparable doctors give no line to expect from.
    #[error("the comparable doctors differ in no regular way")]
    NoLine,
}

/// Fewest events before and expected after, together for all course doctors ([`crate::comparison::COMPARED_FROM_EXPECTED`]).
pub const LEAST_EVENTS: u32 = 20;

/// A change is called clear below this p-value; a change between it and 0.05 may still be chance. A report asks about many
/// indicators, so the usual 5 % would cry wolf in most of them.
pub const CLEAR: f64 = 0.01;
