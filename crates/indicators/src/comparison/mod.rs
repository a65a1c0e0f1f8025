//! One doctor beside others: spread, standing, the achievable benchmark, and what it would take.
//!
//! Everything here is crude: it compares what was measured. What was to be *expected* of a doctor's own patients,
//! intervals and verdicts are a layer of their own on top of these types, beside this module, not inside it.
//!
//! | question | answered by |
//! |---|---|
//! | may this value be shown, may it be compared? | [`Standing`] |
//! | how do the peers spread? | [`Spread`] |
//! | what do good peers reach? | [`Spread::achievable_benchmark`] |
//! | what would it take? | [`effort`] |

mod effort;
mod spread;
mod standing;

pub use effort::{Effort, effort};
pub use spread::Spread;
pub use standing::{
    COMPARED_FROM_DENOMINATOR, COMPARED_FROM_EXPECTED, Figure, Kind, SHOWN_FROM, Standing,
};
