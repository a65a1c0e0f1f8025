use std::ops::Range;

use riktig_codes::{Day, Month};
use thiserror::Error;

/// Fewest months after the course: less is one wave of infections.
pub const LEAST_MONTHS: usize = 3;

/// Which of an edition's months stand before the course and which after; indices from the edition's first month.
///
/// Every month after has its twin twelve months earlier, before the course, so that season cancels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Months after the course that are followed.
    pub after: Range<usize>,
    /// Every whole month before the course: what the level of a doctor is known from.
    pub baseline: Range<usize>,
}

/// Why a course cannot be followed in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScheduleProblem {
    /// No month of the edition lies after it.
    #[error("the course of {course} is held after the edition's last month, {last}")]
    NotYet {
        /// The day.
        course: Day,
        /// Last month.
        last: Month,
    },
    /// Some, but too few.
    #[error(
        "the edition holds {months} whole months after the course of {course}; {LEAST_MONTHS} are needed"
    )]
    TooEarly {
        /// The day.
        course: Day,
        /// Whole months after it.
        months: usize,
    },
    /// The months a year before are not there.
    #[error(
        "the edition begins in {first}: it does not hold the months a year before those after the course of {course}"
    )]
    NoYearBefore {
        /// The day.
        course: Day,
        /// First month.
        first: Month,
    },
}

impl Schedule {
    /// The whole months after `course` that have their twin in an edition of `count` months from `first`; at most `wanted`, at
    /// most a year (the twin of a later month lies after the course itself).
    ///
    /// A course in the middle of a month makes that month neither before nor after.
    ///
    /// # Errors
    /// In words for the one who asked.
    ///
    /// ```
    /// use riktig_indicators::followup::Schedule;
    /// let (first, course) = ("2023-01".parse()?, "2024-06-12".parse()?);
    /// let schedule = Schedule::of(course, first, 24, None)?;
    /// assert_eq!((schedule.baseline, schedule.after), (0..17, 18..24)); // July to December 2024
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        course: Day,
        first: Month,
        count: usize,
        wanted: Option<usize>,
    ) -> Result<Schedule, ScheduleProblem> {
        let from_first = |month: Month| month.index() - first.index();
        let held = from_first(course.month());
        let whole = held + i32::from(course != course.month().first_day());
        let last = first + (i32::try_from(count).unwrap_or(i32::MAX) - 1);
        let index = |at: i32| usize::try_from(at.max(0)).unwrap_or(0);
        if index(whole) >= count && whole >= 0 {
            return Err(ScheduleProblem::NotYet { course, last });
        }
        if whole < 12 {
            return Err(ScheduleProblem::NoYearBefore { course, first });
        }
        let end = count.min(index(whole) + wanted.unwrap_or(12).min(12));
        let months = end - index(whole);
        if months < LEAST_MONTHS {
            return Err(ScheduleProblem::TooEarly { course, months });
        }
        Ok(Schedule {
            after: index(whole)..end,
            baseline: 0..index(held),
        })
    }

    /// The twins of the months after: the same calendar months a year before.
    #[must_use]
    pub fn before(&self) -> Range<usize> {
        self.after.start - 12..self.after.end - 12
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(course: &str, wanted: Option<usize>) -> Result<Schedule, ScheduleProblem> {
        Schedule::of(
            course.parse().unwrap(),
            "2023-01".parse().unwrap(),
            24,
            wanted,
        )
    }

    #[test]
    fn a_course_on_the_first_of_the_year_is_followed_for_the_year() {
        let schedule = of("2024-01-01", None).unwrap();
        assert_eq!(
            (schedule.baseline.clone(), schedule.after.clone()),
            (0..12, 12..24)
        );
        assert_eq!(schedule.before(), 0..12);
        assert_eq!(of("2024-01-01", Some(6)).unwrap().after, 12..18);
    }

    #[test]
    fn a_course_outside_of_the_edition_is_told_in_words() {
        assert!(
            of("2025-01-01", None)
                .unwrap_err()
                .to_string()
                .contains("after the edition's last month")
        );
        assert!(
            of("2023-11-30", None)
                .unwrap_err()
                .to_string()
                .contains("does not hold the months a year before")
        );
        assert!(
            of("2020-11-30", None)
                .unwrap_err()
                .to_string()
                .contains("does not hold the months a year before")
        );
        assert!(
            of("2024-10-02", None)
                .unwrap_err()
                .to_string()
                .contains("2 whole months")
        );
        assert!(
            of("2024-12-15", None)
                .unwrap_err()
                .to_string()
                .contains("after the edition's last month")
        );
    }
}
