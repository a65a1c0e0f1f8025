//! The clock of the process: the one place that asks the machine what time it is.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::Day;

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "somebody must know the time; everybody else is told"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// How far the demo's clock is from the machine's. Nothing but the demo and rehearsed roles asks for it.
static DEMO_IS_AWAY: OnceLock<SignedDuration> = OnceLock::new();

/// Lets the demo, or a role that rehearses, begin at another moment; only the first call counts.
pub(crate) fn begin_demo_at(moment: Timestamp) {
    DEMO_IS_AWAY.get_or_init(|| moment.duration_since(now()));
}

/// This moment in the demo.
pub(crate) fn demo_now() -> Timestamp {
    let away = DEMO_IS_AWAY.get().copied().unwrap_or_default();
    // Beyond the calendar's ends there is no moment to tell.
    now().checked_add(away).unwrap_or_else(|_| now())
}

/// Today in Norway.
pub(crate) fn today() -> Day {
    riktig_portal::day_in_norway(now())
}

/// Today in Norway, in the demo.
pub(crate) fn demo_today() -> Day {
    riktig_portal::day_in_norway(demo_now())
}
