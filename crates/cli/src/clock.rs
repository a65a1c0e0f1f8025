//! The clock of the process: the one place that asks the machine what time it is.

use jiff::Timestamp;

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "somebody must know the time; everybody else is told"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
