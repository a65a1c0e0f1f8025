//! Yes, no, and not known.

use std::ops::Not;

/// The truth of a statement about a patient of whom not everything is known (Kleene's strong three-valued logic).
///
/// A missing fact is never taken for the normal case: it makes a statement [`Unknown`](Truth::Unknown), unless the
/// statement holds, or fails, whatever the fact is.
///
/// ```
/// use riktig_guideline::Truth::{No, Unknown, Yes};
/// assert_eq!(Unknown.and(No), No); // fails whatever the unknown fact is
/// assert_eq!(Unknown.or(Yes), Yes);
/// assert_eq!(Unknown.or(No), Unknown);
/// assert_eq!(!Unknown, Unknown); // and not "not true, so false"
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Does not hold.
    No,
    /// Depends on what is not known.
    Unknown,
    /// Holds.
    Yes,
}

impl Truth {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it may hold: yes, or not known.
    #[must_use]
    pub fn possible(self) -> bool {
        self != Self::No
    }
}

impl Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// A fact that may be missing: what is missing is not known.
impl From<Option<bool>> for Truth {
    fn from(fact: Option<bool>) -> Self {
        fact.map_or(Self::Unknown, Self::from)
    }
}
