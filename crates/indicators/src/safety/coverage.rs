use std::collections::BTreeSet;

use riktig_codes::{Day, Month};

use super::FOLLOWED_DAYS;
use crate::linkage::LinkRule;

/// The months that were delivered, which decide what can be followed.
///
/// ```
/// use riktig_codes::{Day, Month};
/// use riktig_indicators::safety::Coverage;
/// let year: Vec<Month> = "2024-01..2024-12".parse::<riktig_codes::MonthRange>()?.iter().collect();
/// let coverage = Coverage::new(year.clone(), year, []);
/// let day = |text: &str| text.parse::<Day>().unwrap().epoch_days();
/// assert!(coverage.recontact(day("2024-01-31")) && !coverage.recontact(day("2024-01-30"))); // 31 December is unknown
/// assert!(coverage.recontact(day("2024-12-01")) && !coverage.recontact(day("2024-12-02"))); // 1 January is unknown
/// assert!(!coverage.admission(day("2024-06-15"))); // not delivered is not zero
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    contacts: BTreeSet<Month>,
    dispensings: BTreeSet<Month>,
    admissions: BTreeSet<Month>,
}

impl Coverage {
    /// Months with contacts, with dispensings, with admissions.
    pub fn new(
        contacts: impl IntoIterator<Item = Month>,
        dispensings: impl IntoIterator<Item = Month>,
        admissions: impl IntoIterator<Item = Month>,
    ) -> Coverage {
        Coverage {
            contacts: contacts.into_iter().collect(),
            dispensings: dispensings.into_iter().collect(),
            admissions: admissions.into_iter().collect(),
        }
    }

    /// Whether re-contacts after an episode of this day are known: contacts of the days before (was it the first?) and
    /// after, and dispensings of the days in which an antibiotic may still be linked (was it treated?).
    #[must_use]
    pub fn recontact(&self, day: i32) -> bool {
        holds(&self.contacts, day - FOLLOWED_DAYS, day + FOLLOWED_DAYS)
            && holds(&self.dispensings, day, day + LinkRule::WINDOW_DAYS)
    }

    /// Whether admissions after an episode of this day are known too.
    #[must_use]
    pub fn admission(&self, day: i32) -> bool {
        self.recontact(day) && holds(&self.admissions, day + 1, day + FOLLOWED_DAYS)
    }
}

/// Whether every month that a run of days touches is there.
fn holds(months: &BTreeSet<Month>, from: i32, to: i32) -> bool {
    let last = Day::from_epoch_days(to).month();
    let mut month = Day::from_epoch_days(from).month();
    while month <= last {
        if !months.contains(&month) {
            return false;
        }
        month = month.next();
    }
    true
}
