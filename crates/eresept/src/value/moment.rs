//! A date with a time of day.

use std::fmt;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use riktig_codes::Day;

/// A date and a time of day as a message has it (`xs:dateTime`), with or without a difference from UTC.
///
/// ```
/// use riktig_eresept::Moment;
/// let generated = Moment::parse("2019-07-17T08:55:28.9878893+02:00").expect("a date and time");
/// assert_eq!(generated.day().to_string(), "2019-07-17");
/// assert_eq!(generated.to_string(), "2019-07-17T08:55:28.9878893+02:00");
/// // Without a difference from UTC nobody can tell which moment it was, only what the clock on the wall showed.
/// assert_eq!(Moment::parse("2019-07-05T13:37:50").expect("a date and time").unix_seconds(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    day: Day,
    second_of_day: u32,
    nanosecond: u32,
    /// Minutes that the clock is before UTC.
    offset: Option<i16>,
}

const SECONDS_OF_A_DAY: i64 = 86_400;

/// Norway's clock by its rule (directive 2000/84/EC), so that no table of time zones is needed.
static NORWAY: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule that a test reads")
});

impl Moment {
    /// A moment by the clock of UTC.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let day = i32::try_from(seconds.div_euclid(SECONDS_OF_A_DAY)).ok()?;
        let day = Day::from_epoch_days(day);
        day.iso_bytes()?;
        Some(Self {
            day,
            second_of_day: u32::try_from(seconds.rem_euclid(SECONDS_OF_A_DAY)).ok()?,
            nanosecond: 0,
            offset: Some(0),
        })
    }

    /// Reads `YYYY-MM-DDThh:mm:ss`, with decimals of the second and with `Z` or a difference such as `+02:00` at will.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.trim().split_once('T')?;
        let day = day.parse().ok()?;
        let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone_at);
        let (clock, decimals) = match clock.split_once('.') {
            Some((clock, decimals)) => (clock, nanoseconds(decimals)?),
            None => (clock, 0),
        };
        let [hour, minute, second] = pairs(clock, 3)?.try_into().ok()?;
        (hour < 24 && minute < 60 && second < 60).then_some(())?;
        Some(Self {
            day,
            second_of_day: hour * 3600 + minute * 60 + second,
            nanosecond: decimals,
            offset: offset(zone)?,
        })
    }

    /// The day that the writer's calendar showed.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The day that it was in Norway; without a difference from UTC, the day that is written.
    ///
    /// ```
    /// use riktig_eresept::Moment;
    /// let day = |text| Moment::parse(text).expect("a date and time").day_in_norway().to_string();
    /// assert_eq!(day("2026-01-12T23:30:00Z"), "2026-01-13");
    /// assert_eq!(day("2026-07-12T22:30:00Z"), "2026-07-13");
    /// assert_eq!(day("2026-01-12T22:30:00Z"), "2026-01-12");
    /// ```
    pub fn day_in_norway(&self) -> Day {
        let moment = self
            .unix_seconds()
            .and_then(|it| Timestamp::from_second(it).ok());
        let date = moment.map(|it| it.to_zoned(NORWAY.clone()).date());
        let day = date.and_then(|date| {
            let [month, day] = [date.month(), date.day()].map(i8::unsigned_abs);
            Day::from_ymd(i32::from(date.year()), month, day)
        });
        day.unwrap_or(self.day)
    }

    /// Seconds since 1970-01-01 in UTC; none without a difference from UTC.
    pub fn unix_seconds(&self) -> Option<i64> {
        let local =
            i64::from(self.day.epoch_days()) * SECONDS_OF_A_DAY + i64::from(self.second_of_day);
        Some(local - i64::from(self.offset?) * 60)
    }
}

/// `12:34:56` as so many numbers of two digits.
fn pairs(text: &str, count: usize) -> Option<Vec<u32>> {
    let parts: Vec<u32> = text
        .split(':')
        .map(|part| {
            (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse().ok())?
        })
        .collect::<Option<_>>()?;
    (parts.len() == count).then_some(parts)
}

/// Decimals of a second; what is finer than a nanosecond is not kept.
fn nanoseconds(decimals: &str) -> Option<u32> {
    let right = !decimals.is_empty() && decimals.bytes().all(|byte| byte.is_ascii_digit());
    right.then(|| format!("{decimals:0<9}")[..9].parse().ok())?
}

/// `Z`, `+02:00` or nothing.
fn offset(zone: &str) -> Option<Option<i16>> {
    let sign = match zone.as_bytes().first() {
        None => return Some(None),
        Some(b'Z') => return (zone.len() == 1).then_some(Some(0)),
        Some(b'-') => -1,
        Some(_) => 1,
    };
    let [hours, minutes] = pairs(&zone[1..], 2)?.try_into().ok()?;
    (hours <= 14 && minutes < 60).then_some(())?;
    Some(Some(sign * i16::try_from(hours * 60 + minutes).ok()?))
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (
            self.second_of_day / 3600,
            self.second_of_day / 60 % 60,
            self.second_of_day % 60,
        );
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}", self.day)?;
        if self.nanosecond > 0 {
            let decimals = format!("{:09}", self.nanosecond);
            write!(f, ".{}", decimals.trim_end_matches('0'))?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        }
    }
}
