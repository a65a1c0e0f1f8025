//! A run of whole months: the period of a delivery or of an edition.

use std::fmt;
use std::str::FromStr;

use crate::{CodeError, Day, Month};

/// Whole months from the first to the last, both included.
///
/// ```
/// use riktig_codes::MonthRange;
/// let year: MonthRange = "2024-01..2024-12".parse()?;
/// assert_eq!(year.len(), 12);
/// assert_eq!(year.year_before().to_string(), "2023-01..2023-12");
/// // One month is a range too, and is written as a month.
/// let march: MonthRange = "2024-03".parse()?;
/// assert_eq!((march.len(), march.to_string().as_str()), (1, "2024-03"));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthRange {
    first: Month,
    last: Month,
}

impl MonthRange {
    /// From `first` to `last`, both included; `None` if `last` comes before `first`.
    pub fn new(first: Month, last: Month) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The `months` months that end with `last`; `None` for zero months.
    pub fn ending(last: Month, months: u32) -> Option<Self> {
        let back = i32::try_from(months)
            .ok()?
            .checked_sub(1)
            .filter(|back| *back >= 0)?;
        Self::new(last + -back, last)
    }

    /// The first month.
    pub fn first(self) -> Month {
        self.first
    }

    /// The last month, included.
    pub fn last(self) -> Month {
        self.last
    }

    /// The first day of the first month.
    pub fn first_day(self) -> Day {
        self.first.first_day()
    }

    /// The last day of the last month.
    pub fn last_day(self) -> Day {
        self.last.last_day()
    }

    /// The number of months, at least 1.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a range of months is never empty"
    )]
    pub fn len(self) -> usize {
        usize::try_from(self.last - self.first).expect("the last month is not before the first") + 1
    }

    /// Whether the month lies in the range.
    pub fn contains(self, month: Month) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// Whether the day lies in the range.
    pub fn contains_day(self, day: Day) -> bool {
        self.contains(day.month())
    }

    /// Whether the two ranges share a month.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The same months twelve months earlier: "your own previous year".
    pub fn year_before(self) -> Self {
        Self {
            first: self.first + -12,
            last: self.last + -12,
        }
    }

    /// The months in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Month> + ExactSizeIterator {
        let first = self.first;
        (0..self.len()).map(move |offset| first + offset as i32)
    }
}

impl From<Month> for MonthRange {
    fn from(month: Month) -> Self {
        Self {
            first: month,
            last: month,
        }
    }
}

impl FromStr for MonthRange {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let rule = "write a period as 2024-01..2024-12 (both months included, the earlier first) or as one month, 2024-01";
        let refusal = || CodeError::new("a period", text.as_bytes(), rule);
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let first = first.parse().map_err(|_| refusal())?;
        let last = last.parse().map_err(|_| refusal())?;
        Self::new(first, last).ok_or_else(refusal)
    }
}

impl fmt::Display for MonthRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            self.first.fmt(f)
        } else {
            f.pad(&format!("{}..{}", self.first, self.last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_period_that_ends_before_it_starts_is_refused() {
        for text in [
            "2024-12..2024-01",
            "..2024-01",
            "2024-01..",
            "2024-01...2024-02",
            "2024-01-2024-02",
            "",
        ] {
            assert!(text.parse::<MonthRange>().is_err(), "{text} was accepted");
        }
        let message = "2024-12..2024-01"
            .parse::<MonthRange>()
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("2024-12..2024-01") && message.contains("the earlier first"),
            "{message}"
        );
    }

    #[test]
    fn the_last_twelve_months_end_with_the_month_given() {
        let last: Month = "2024-06".parse().unwrap();
        assert_eq!(
            MonthRange::ending(last, 12).unwrap().to_string(),
            "2023-07..2024-06"
        );
        assert_eq!(MonthRange::ending(last, 1).unwrap().to_string(), "2024-06");
        assert_eq!(MonthRange::ending(last, 0), None);
    }

    proptest! {
        #[test]
        fn a_range_holds_exactly_the_months_it_iterates(start in 0i32..1200, length in 0i32..60, probe in -10i32..1300) {
            let range = MonthRange::new(Month::from_index(start), Month::from_index(start + length)).unwrap();
            let probe = Month::from_index(probe);
            prop_assert_eq!(range.iter().any(|month| month == probe), range.contains(probe));
            prop_assert_eq!(range.overlaps(probe.into()), range.contains(probe));
            prop_assert_eq!(range.iter().count(), range.len());
            prop_assert_eq!(range.to_string().parse::<MonthRange>().unwrap(), range);
        }
    }
}
