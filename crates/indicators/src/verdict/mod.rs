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
//! | from which numbers? | [`Evidence`], made by [`judge`] for all doctors of an indicator |
//! | where do doctors with like patients lie? | [`Peers`], [`Dots`] |
//! | beyond which ratio would this doctor be clearly apart? | [`limits`] |
//! | would one decision count twice? | [`overlap`] |
//! | what do good doctors reach with patients like these? | [`benchmark_ratio`], [`benchmark_value`] |

mod benchmark;
mod decide;
mod evidence;
mod judge;
mod limits;
mod overlap;
mod peers;
mod rule;

pub use benchmark::{benchmark_ratio, benchmark_value, worth_of_effort};
pub use decide::{
    CLEARLY_BEYOND, Case, FALSE_DISCOVERY, LEAST_DOCTORS, LEAST_RELIABILITY, PROBABLY_BEYOND,
    decide,
};
pub use evidence::{Compared, Evidence, StandardisedRatio};
pub use judge::{Subject, judge};
pub use limits::limits;
pub use overlap::overlap;
pub use peers::{Dots, Fifth, Peers};
pub use rule::{Rule, Verdict};
