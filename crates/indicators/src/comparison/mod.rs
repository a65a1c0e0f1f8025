//! One doctor beside others: spread, standing, the achievable benchmark, and what it would take.
//!
//! Everything here is crude: it compares what was measured. What was to be *expected* of a doctor's own patients, and the
//! verdict, are [`casemix`](crate::casemix) and [`verdict`](crate::verdict).
//!
//! | question | answered by |
//! |---|---|
//! | may this value be shown, may it be compared? | [`Standing`] |
//! | how do the peers spread? | [`Spread`] |
//! | what do the best quarter of a group measure? | [`Spread::achievable_benchmark`]; a doctor's own goal is [`benchmark_value`](crate::verdict::benchmark_value) |
//! | what would it take? | [`effort`] |

mod effort;
mod spread;
mod standing;

pub use effort::{Effort, effort};
pub use spread::Spread;
pub use standing::{
    COMPARED_FROM_DENOMINATOR, COMPARED_FROM_EXPECTED, Figure, Kind, SHOWN_FROM, Standing,
};
