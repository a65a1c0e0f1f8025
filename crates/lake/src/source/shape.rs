//! How a foreign field is turned into one of ours.

use std::collections::BTreeMap;

use riktig_codes::{Day, Month};

use crate::delivery::Raw;

/// How a foreign file writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateShape {
    /// `2017-09-01`.
    Iso,
    /// `20170901`.
    Compact,
    /// `01.09.2017` or `01/09/2017`.
    DayMonthYear,
    /// `01SEP2017`.
    DayMonthNameYear,
    /// `2017_09`, `2017-09` or `201709`: a month, taken as its first day.
    Month,
}

impl DateShape {
    /// Names in a description.
    pub const NAMES: [(&'static str, DateShape); 5] = [
        ("YYYY-MM-DD", DateShape::Iso),
        ("YYYYMMDD", DateShape::Compact),
        ("DD.MM.YYYY", DateShape::DayMonthYear),
        ("DDMONYYYY", DateShape::DayMonthNameYear),
        ("YYYY_MM", DateShape::Month),
    ];

    /// Reads a date of this shape.
    ///
    /// ```
    /// use riktig_lake::source::DateShape;
    /// let day = DateShape::DayMonthNameYear.read(b"01SEP2017").unwrap();
    /// assert_eq!(riktig_codes::Day::from_epoch_days(day).to_string(), "2017-09-01");
    /// assert_eq!(DateShape::Month.read(b"2017_09"), Some(day));
    /// assert_eq!(DateShape::Month.read(b"2017_13"), None);
    /// ```
    #[must_use]
    pub fn read(self, text: &[u8]) -> Option<i32> {
        let (year, month, date) = match (self, text) {
            (DateShape::Iso, _) => return Day::parse_bytes(text).ok().map(Day::epoch_days),
            (DateShape::Compact, [y @ .., m1, m2, d1, d2]) => (
                number(y, 4)?,
                number(&[*m1, *m2], 2)?,
                number(&[*d1, *d2], 2)?,
            ),
            (DateShape::DayMonthYear, [d1, d2, b'.' | b'/', m1, m2, b'.' | b'/', y @ ..]) => (
                number(y, 4)?,
                number(&[*m1, *m2], 2)?,
                number(&[*d1, *d2], 2)?,
            ),
            (DateShape::DayMonthNameYear, [d1, d2, m1, m2, m3, y @ ..]) => (
                number(y, 4)?,
                month_of_name([*m1, *m2, *m3])?,
                number(&[*d1, *d2], 2)?,
            ),
            (
                DateShape::Month,
                [y1, y2, y3, y4, b'_' | b'-', m1, m2] | [y1, y2, y3, y4, m1, m2],
            ) => (
                number(&[*y1, *y2, *y3, *y4], 4)?,
                number(&[*m1, *m2], 2)?,
                1,
            ),
            _ => return None,
        };
        Day::from_ymd(year as i32, month as u8, date as u8).map(Day::epoch_days)
    }
}

fn number(digits: &[u8], length: usize) -> Option<u32> {
    if digits.len() != length {
        return None;
    }
    digits.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u32::from(byte - b'0'))
    })
}

fn month_of_name(name: [u8; 3]) -> Option<u32> {
    const NAMES: [&[u8; 3]; 12] = [
        b"JAN", b"FEB", b"MAR", b"APR", b"MAY", b"JUN", b"JUL", b"AUG", b"SEP", b"OCT", b"NOV",
        b"DEC",
    ];
    let name = name.map(|byte| byte.to_ascii_uppercase());
    NAMES
        .iter()
        .position(|known| **known == name)
        .map(|at| at as u32 + 1)
}

/// What to do with the text of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Take it as it stands.
    AsIs,
    /// A date.
    Date(DateShape),
    /// A month, written `YYYY-MM` for us.
    MonthOf(DateShape),
    /// A decimal number with a comma.
    DecimalComma,
    /// Foreign word → our word; other words stay as they are (and will be refused).
    Values(BTreeMap<Vec<u8>, Vec<u8>>),
    /// The first age of a band such as `10_14`, `10-14`, `95+`.
    BandFrom,
    /// The last age of a band; missing for an open one.
    BandTo,
}

impl Shape {
    /// Applies the shape to a field.
    #[must_use]
    pub fn apply<'a>(&'a self, text: &'a [u8]) -> Raw<'a> {
        if text.is_empty() {
            return Raw::Missing;
        }
        let shaped = match self {
            Shape::AsIs => Some(Raw::Text(text)),
            Shape::Date(shape) => shape.read(text).map(Raw::Day),
            Shape::MonthOf(shape) => shape
                .read(text)
                .map(|day| Raw::Whole(i64::from(month_index(day)))),
            Shape::DecimalComma => decimal_comma(text),
            Shape::Values(values) => values.get(text).map(|value| Raw::text(value)),
            Shape::BandFrom => band(text).map(|(from, _)| Raw::Whole(from)),
            Shape::BandTo => band(text).map(|(_, to)| to.map_or(Raw::Missing, Raw::Whole)),
        };
        shaped.unwrap_or(Raw::Text(text))
    }
}

fn month_index(day: i32) -> i32 {
    let month: Month = Day::from_epoch_days(day).month();
    month.index()
}

fn decimal_comma<'a>(text: &[u8]) -> Option<Raw<'a>> {
    if text.contains(&b'.') {
        return None;
    }
    let point: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b',' { b'.' } else { *byte })
        .collect();
    Raw::Text(&point).milli().ok().flatten().map(Raw::Milli)
}

fn band(text: &[u8]) -> Option<(i64, Option<i64>)> {
    let whole = |digits: &[u8]| Raw::text(digits).whole().ok().flatten();
    if let Some(from) = text.strip_suffix(b"+") {
        return Some((whole(from)?, None));
    }
    let at = text.iter().position(|byte| matches!(byte, b'_' | b'-'))?;
    Some((whole(&text[..at])?, Some(whole(&text[at + 1..])?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_dates_and_commas_are_read_or_left_for_the_check_to_refuse() {
        assert_eq!(Shape::BandFrom.apply(b"10_14"), Raw::Whole(10));
        assert_eq!(Shape::BandTo.apply(b"95+"), Raw::Missing);
        assert_eq!(Shape::BandTo.apply(b"ALL"), Raw::Text(b"ALL"));
        assert_eq!(Shape::DecimalComma.apply(b"1,5"), Raw::Milli(1_500));
        assert_eq!(Shape::DecimalComma.apply(b"1.5"), Raw::Text(b"1.5"));
        assert_eq!(
            Shape::Date(DateShape::DayMonthYear).apply(b"31.12.2023"),
            Raw::Day(19_722)
        );
        assert_eq!(
            Shape::Date(DateShape::Compact).apply(b"20231231"),
            Raw::Day(19_722)
        );
        assert_eq!(
            Shape::Date(DateShape::Compact).apply(b"20231301"),
            Raw::Text(b"20231301")
        );
    }
}
