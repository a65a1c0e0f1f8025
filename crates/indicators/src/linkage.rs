//! How a dispensing is linked to the contact that caused it: `docs/decisions/0001-linkage.md`.
//!
//! Pure: the caller finds the candidates (same patient, same prescriber), the rule chooses among them.
//!
//! ```
//! use riktig_indicators::{CandidateContact, LinkRule};
//! let contact = |day, infection, event| CandidateContact { day, minute: 600, infection, event };
//! let rule = LinkRule::default();
//! // Bronchitis on Monday, blood pressure on Wednesday, penicillin on Thursday: the infection goes before the later.
//! let candidates = [contact(100, true, 1), contact(102, false, 2)];
//! assert_eq!(rule.choose(103, candidates).unwrap().event, 1);
//! // A contact at 18:00 the same day counts, although the pharmacy may have been visited at noon: a registry's
//! // dispensing has no time of day.
//! let evening = CandidateContact { day: 103, minute: 18 * 60, infection: true, event: 3 };
//! assert_eq!(rule.choose(103, [evening]).unwrap().event, 3);
//! // Day 8 is too late.
//! assert!(rule.choose(108, [contact(100, true, 1)]).is_none());
//! ```

/// The rule, with its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinkRule {
    /// Largest number of days from the contact to the dispensing.
    pub window_days: i32,
}

impl LinkRule {
    /// Decision 0001.
    pub const WINDOW_DAYS: i32 = 7;
    /// Windows reported as sensitivity in every edition.
    pub const SENSITIVITY_DAYS: [i32; 3] = [3, 7, 10];
}

impl Default for LinkRule {
    fn default() -> Self {
        Self {
            window_days: Self::WINDOW_DAYS,
        }
    }
}

/// A contact of the same patient with the same prescriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CandidateContact {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Minute of the day; -1 where not delivered.
    pub minute: i32,
    /// At least one diagnosis in the codebook's infection group.
    pub infection: bool,
    /// Event hash, the last tie-break.
    pub event: i64,
}

impl CandidateContact {
    /// The order in which contacts are preferred; the largest wins. Two contacts are never equal in it.
    #[must_use]
    pub fn preference(&self) -> (bool, i32, i32, i64) {
        (self.infection, self.day, self.minute, self.event)
    }
}

impl LinkRule {
    /// Whether a contact on `contact_day` can have caused a dispensing on `dispensed_day`.
    #[must_use]
    pub fn reaches(self, contact_day: i32, dispensed_day: i32) -> bool {
        (0..=i64::from(self.window_days))
            .contains(&(i64::from(dispensed_day) - i64::from(contact_day)))
    }

    /// The contact that a dispensing on `dispensed_day` is linked to, in whatever order the candidates come.
    #[must_use]
    pub fn choose(
        self,
        dispensed_day: i32,
        candidates: impl IntoIterator<Item = CandidateContact>,
    ) -> Option<CandidateContact> {
        candidates
            .into_iter()
            .filter(|contact| self.reaches(contact.day, dispensed_day))
            .max_by_key(CandidateContact::preference)
    }
}
