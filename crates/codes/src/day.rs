//! A calendar day.

use std::fmt;
use std::str::FromStr;

use crate::{CodeError, Month};

/// A day of the Gregorian calendar, counted from 1970-01-01, without a time and without a zone.
///
/// This is also the form in which segments store it (`INT32`). Read and written as ISO 8601:
///
/// ```
/// use riktig_codes::{Day, Weekday};
/// let day: Day = "2024-02-29".parse()?;
/// assert_eq!(day.epoch_days(), 19_782);
/// assert_eq!((day + 1).to_string(), "2024-03-01");
/// assert_eq!(day.weekday(), Weekday::Thursday);
/// assert!("2023-02-29".parse::<Day>().is_err());
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// Registries write "missing" as `0001-01-01`. That is a real day here; whoever reads a delivery decides what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the seven days explain themselves")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

const RULE: &str = "write a day as YYYY-MM-DD, for example 2024-01-31";

impl Day {
    /// The day that many days after 1970-01-01 (before it, if negative).
    pub const fn from_epoch_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// The day with this year (1 to 9999), month and day of month, or `None` if the calendar has no such day.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let in_range = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
        (in_range && day <= days_in_month(year, month))
            .then(|| Self(days_from_civil(year, month, day)))
    }

    /// Reads `YYYY-MM-DD` without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        Self::read(text).ok_or_else(|| CodeError::new("a day", text, RULE))
    }

    fn read(text: &[u8]) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0i32, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + i32::from(byte - b'0'))
            })
        };
        let (month, day) = (number(&[m1, m2])?, number(&[d1, d2])?);
        Self::from_ymd(
            number(&[y1, y2, y3, y4])?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// Year, month (1 to 12) and day of month (1 to 31).
    pub fn ymd(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }

    /// The ten bytes `YYYY-MM-DD`, for writing many of them; `None` outside the years 0 to 9999.
    pub fn iso_bytes(self) -> Option<[u8; 10]> {
        let (year, month, day) = self.ymd();
        let year = u16::try_from(year).ok().filter(|year| *year <= 9999)?;
        let two = |number: u8| [b'0' + number / 10, b'0' + number % 10];
        let ([y1, y2], [y3, y4]) = (two((year / 100) as u8), two((year % 100) as u8));
        let ([m1, m2], [d1, d2]) = (two(month), two(day));
        Some([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2])
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The calendar month this day lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month::from_index((year - 1970) * 12 + i32::from(month) - 1)
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (i64::from(self.0) + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

/// Moves by whole days. Stops at the ends of the 32-bit range, some 5.8 million years away.
impl std::ops::Add<i32> for Day {
    type Output = Self;
    fn add(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// Moves back by whole days.
impl std::ops::Sub<i32> for Day {
    type Output = Self;
    fn sub(self, days: i32) -> Self {
        Self(self.0.saturating_sub(days))
    }
}

/// The number of days from `earlier` to `self`; negative if `earlier` is later.
impl std::ops::Sub<Day> for Day {
    type Output = i32;
    fn sub(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl FromStr for Day {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.iso_bytes() {
            Some(text) => f.pad(std::str::from_utf8(&text).expect("digits and hyphens are ASCII")),
            None => {
                let (year, month, day) = self.ymd();
                f.pad(&format!("{year:04}-{month:02}-{day:02}"))
            }
        }
    }
}

pub(crate) fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01. Years are counted from 1 March so that the leap day comes last; an era is 400 years.
fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let march_year = if month <= 2 { year - 1 } else { year };
    let era = march_year.div_euclid(400);
    let year_of_era = march_year.rem_euclid(400);
    let month_from_march = (i32::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i32) -> (i32, u8, u8) {
    // Every date of every delivery comes through here, so the years 0 to a million take the short way.
    match u32::try_from(i64::from(days) + DAYS_BEFORE_1970) {
        Ok(shifted) if shifted < 1 << 28 => civil_of_common_era(shifted),
        _ => civil_of_any_era(days),
    }
}

/// Days from 1 March of year 0 to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_468;

/// Divisions replaced by multiplications, after Neri and Schneider, "Euclidean affine functions and their application to
/// calendar algorithms", Software: Practice and Experience 2023. Takes days since 1 March of year 0.
fn civil_of_common_era(days: u32) -> (i32, u8, u8) {
    let quarter_days = 4 * days + 3;
    let century = quarter_days / 146_097;
    let day_of_century = quarter_days % 146_097 / 4;
    let scaled = 2_939_745 * u64::from(4 * day_of_century + 3);
    let year_of_century = (scaled >> 32) as u32;
    let day_of_year = (scaled as u32) / 2_939_745 / 4;
    let scaled = 2_141 * day_of_year + 197_913;
    let (month_from_march, day) = (scaled >> 16, (scaled & 0xffff) / 2_141);
    let in_next_year = day_of_year >= 306;
    let year = 100 * century + year_of_century + u32::from(in_next_year);
    let month = if in_next_year {
        month_from_march - 12
    } else {
        month_from_march
    };
    (year as i32, month as u8, day as u8 + 1)
}

/// The long way, in 64 bits because any `i32` may come out of a file.
fn civil_of_any_era(days: i32) -> (i32, u8, u8) {
    let shifted = i64::from(days) + DAYS_BEFORE_1970;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_day_of_five_centuries_agrees_with_the_jiff_calendar() {
        let mut expected = jiff::civil::date(1700, 1, 1);
        let first = Day::from_ymd(1700, 1, 1).unwrap();
        for offset in 0..182_622 {
            let day = first + offset;
            assert_eq!(
                day.ymd(),
                (
                    i32::from(expected.year()),
                    expected.month() as u8,
                    expected.day() as u8
                )
            );
            assert_eq!(
                Day::from_ymd(day.ymd().0, day.ymd().1, day.ymd().2),
                Some(day)
            );
            assert_eq!(
                day.weekday() as i8,
                expected.weekday().to_monday_zero_offset()
            );
            expected = expected.tomorrow().unwrap();
        }
    }

    #[test]
    fn days_that_the_calendar_does_not_have_are_refused() {
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-00-10",
            "2024-13-01",
            "2024-04-31",
            "0000-01-01",
            "2024-1-01",
            "2024-01-01 ",
            "20240101",
            "",
            "２０２４-01-01",
            "2024/01/01",
            "+024-01-01",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text} was accepted");
        }
        assert_eq!("0001-01-01".parse::<Day>().unwrap().year(), 1);
        assert_eq!(
            "2000-02-29".parse::<Day>().unwrap().to_string(),
            "2000-02-29"
        );
    }

    proptest! {
        #[test]
        fn a_written_day_reads_back_as_itself(days in -719_162i32..=2_932_896) {
            let day = Day::from_epoch_days(days);
            prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
            prop_assert!(day.month().contains(day));
        }

        #[test]
        fn the_short_and_the_long_way_to_a_date_agree(days in -719_468i32..100_000_000) {
            prop_assert_eq!(civil_from_days(days), civil_of_any_era(days));
            prop_assert_eq!(civil_from_days(days % 400_000), civil_of_any_era(days % 400_000));
        }

        #[test]
        fn any_stored_integer_can_be_shown(days: i32) {
            prop_assert!(!Day::from_epoch_days(days).to_string().is_empty());
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes: Vec<u8>) {
            let _outcome = Day::parse_bytes(&bytes);
        }
    }
}
