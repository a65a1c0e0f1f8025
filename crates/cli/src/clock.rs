//! The clock of the process: the one place that asks the machine what time it is.

use jiff::Timestamp;
use riktig_codes::Day;

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "somebody must know the time; everybody else is told"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Today in Norway.
pub(crate) fn today() -> Day {
    riktig_portal::day_in_norway(now())
}
