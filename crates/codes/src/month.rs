//! A calendar month.

use std::fmt;
use std::str::FromStr;

use crate::day::days_in_month;
use crate::{CodeError, Day};

/// A calendar month, counted from January 1970. The unit of a segment and of a partial sum.
///
/// ```
/// use riktig_codes::Month;
/// let january: Month = "2024-01".parse()?;
/// assert_eq!(january.prev().to_string(), "2023-12");
/// assert_eq!((january + 13).to_string(), "2025-02");
/// assert_eq!((january + 1).last_day().to_string(), "2024-02-29");
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// Months before year 1 and after year 9999 cannot be written, so arithmetic stops there.
const FIRST: i32 = (1 - 1970) * 12;
const LAST: i32 = (9999 - 1970) * 12 + 11;

impl Month {
    /// The month that many months after January 1970, kept within the years 1 to 9999.
    pub fn from_index(months: i32) -> Self {
        Self(months.clamp(FIRST, LAST))
    }

    /// Months since January 1970.
    pub fn index(self) -> i32 {
        self.0
    }

    /// The month with this year (1 to 9999) and number (1 to 12).
    pub fn from_ym(year: i32, month: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && (1..=12).contains(&month);
        exists.then(|| Self((year - 1970) * 12 + i32::from(month) - 1))
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        1970 + self.0.div_euclid(12)
    }

    /// The number of the month in its year, 1 to 12.
    pub fn number(self) -> u8 {
        self.0.rem_euclid(12) as u8 + 1
    }

    /// The first of the month.
    pub fn first_day(self) -> Day {
        Day::from_ymd(self.year(), self.number(), 1)
            .expect("a month within the years 1 to 9999 has a first day")
    }

    /// The last day of the month.
    pub fn last_day(self) -> Day {
        self.first_day() + i32::from(self.days()) - 1
    }

    /// How many days it has, 28 to 31.
    pub fn days(self) -> u8 {
        days_in_month(self.year(), self.number())
    }

    /// Whether the day lies in this month.
    pub fn contains(self, day: Day) -> bool {
        day.month() == self
    }

    /// The month after.
    pub fn next(self) -> Self {
        self + 1
    }

    /// The month before.
    pub fn prev(self) -> Self {
        self + -1
    }
}

/// Moves by whole months.
impl std::ops::Add<i32> for Month {
    type Output = Self;
    fn add(self, months: i32) -> Self {
        Self::from_index(self.0.saturating_add(months))
    }
}

/// The number of months from `earlier` to `self`.
impl std::ops::Sub<Month> for Month {
    type Output = i32;
    fn sub(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }
}

impl FromStr for Month {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let refusal = || {
            CodeError::new(
                "a month",
                text.as_bytes(),
                "write a month as YYYY-MM, for example 2024-01",
            )
        };
        // The calendar is asked about the first of the month, so that there is one rule for what a year is.
        if text.len() != 7 {
            return Err(refusal());
        }
        Day::parse_bytes(format!("{text}-01").as_bytes())
            .map(Day::month)
            .map_err(|_| refusal())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year(), self.number()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_year_and_a_month_are_a_month() {
        for text in [
            "2024-13",
            "2024-00",
            "2024",
            "2024-1",
            "2024-01-01",
            "",
            "24-01",
            "2024_01",
            "0000-01",
            "20é-01",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn a_written_month_reads_back_and_holds_its_own_days(index in FIRST..=LAST) {
            let month = Month::from_index(index);
            prop_assert_eq!(month.to_string().parse::<Month>().unwrap(), month);
            prop_assert!(month.contains(month.first_day()) && month.contains(month.last_day()));
            prop_assert!(!month.contains(month.first_day() - 1) && !month.contains(month.last_day() + 1));
            prop_assert_eq!(month.last_day() - month.first_day() + 1, i32::from(month.days()));
        }

        #[test]
        fn any_sum_of_months_can_be_shown(index: i32, add: i32) {
            let month = Month::from_index(index) + add;
            prop_assert_eq!(month.to_string().parse::<Month>().unwrap(), month);
        }
    }
}
