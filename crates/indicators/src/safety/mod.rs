//! The safety mirror: what came after *not* prescribing (`docs/decisions/0009-safety-mirror.md`).
//!
//! An *episode* begins with a contact for an [`Infection`] where the patient had no contact for it in the
//! [`FOLLOWED_DAYS`] days before. It is *treated* where an antibiotic is linked to a contact of its first day. It is
//! *followed* where everything that could have happened in the days after is delivered. Two things may follow on days 1 to
//! [`FOLLOWED_DAYS`]: a *re-contact* for the infection or what it turns into, and an acute *admission* for the same.

mod coverage;
mod infection;
mod statement;

pub use coverage::Coverage;
pub use infection::Infection;
pub use statement::{Standing, Statement, statement};

/// Days after the first contact in which a return counts, and days before it in which a contact makes it a later one.
pub const FOLLOWED_DAYS: i32 = 30;

/// Episodes that were followed, and those in which the thing happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    /// Episodes whose days are all delivered.
    pub followed: i64,
    /// Of those, episodes with at least one event: never more than `followed`.
    pub events: i64,
}

impl Followed {
    /// Events per followed episode; `None` where none was followed.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.followed > 0).then(|| self.events as f64 / self.followed as f64)
    }
}
