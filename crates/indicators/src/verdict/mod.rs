//! One doctor beside what was to be *expected* of their own patients: the verdict, and the achievable benchmark.
//!
//! The rule is a table (`docs/reference/verdict.md`): [`decide`] goes through its rows from the top and the first that
//! fits is the answer. What the rows look at is [`Evidence`]; every number of it is stored in the edition, so that anybody
//! can go through the table by hand, and `riktig verify` does.
//!
//! | question | answered by |
//! |---|---|
//! | better or worse than expected, or cannot it be told? | [`Verdict`] |
//! | which row of the table said so? | [`Rule`] |
//! | from which numbers? | [`Evidence`] |

mod decide;
mod evidence;
mod rule;

pub use decide::{
    CLEARLY_BEYOND, Case, FALSE_DISCOVERY, LEAST_DOCTORS, LEAST_RELIABILITY, PROBABLY_BEYOND,
    decide,
};
pub use evidence::{Compared, Evidence, StandardisedRatio};
pub use rule::{Rule, Verdict};
