//! One field of a delivery row on its way in: text from CSV and XML, typed from Parquet, never checked.

use riktig_codes::Day;

/// A delivered value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Raw<'a> {
    /// Nothing, or an empty field.
    #[default]
    Missing,
    /// UTF-8 text.
    Text(&'a [u8]),
    /// A whole number.
    Whole(i64),
    /// Days since 1970-01-01.
    Day(i32),
    /// Day and minute of the day.
    Minute(i32, u16),
    /// Thousandths.
    Milli(i64),
}

/// A value that is not of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Numbers above this are slips of the pen; it keeps every sum of a lake far inside 64 bits.
const LARGEST: i64 = 1_000_000_000;

impl<'a> Raw<'a> {
    /// Text, empty meaning missing.
    #[must_use]
    pub fn text(bytes: &'a [u8]) -> Self {
        if bytes.is_empty() {
            Raw::Missing
        } else {
            Raw::Text(bytes)
        }
    }

    /// Whether nothing was delivered.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Raw::Missing)
    }

    /// The text; typed numbers are written into `buffer` first.
    #[must_use]
    pub fn bytes<'b>(&self, buffer: &'b mut Vec<u8>) -> &'b [u8]
    where
        'a: 'b,
    {
        use super::Field;
        buffer.clear();
        match *self {
            Raw::Text(text) => return text,
            Raw::Missing => {}
            Raw::Whole(number) => Field::Whole(number).write_to(buffer),
            Raw::Day(day) => Field::Day(day).write_to(buffer),
            Raw::Minute(day, minute) => Field::Minute(day, minute).write_to(buffer),
            Raw::Milli(milli) => Field::Milli(milli).write_to(buffer),
        }
        buffer
    }

    /// A whole number between -10⁹ and 10⁹.
    ///
    /// # Errors
    /// When the field holds something else.
    pub fn whole(&self) -> Result<Option<i64>, Unreadable> {
        let number = match *self {
            Raw::Missing => return Ok(None),
            Raw::Whole(number) => number,
            Raw::Milli(milli) if milli % 1000 == 0 => milli / 1000,
            Raw::Text(text) => read_whole(text)?,
            _ => return Err(Unreadable),
        };
        if number.abs() > LARGEST {
            Err(Unreadable)
        } else {
            Ok(Some(number))
        }
    }

    /// A decimal number in thousandths; more than three decimals are refused unless they are zeros.
    ///
    /// # Errors
    /// When the field holds something else.
    pub fn milli(&self) -> Result<Option<i64>, Unreadable> {
        let milli = match *self {
            Raw::Missing => return Ok(None),
            Raw::Milli(milli) => milli,
            Raw::Whole(number) => number.checked_mul(1000).ok_or(Unreadable)?,
            Raw::Text(text) => read_milli(text)?,
            _ => return Err(Unreadable),
        };
        if milli.abs() > LARGEST * 1000 {
            Err(Unreadable)
        } else {
            Ok(Some(milli))
        }
    }

    /// A date. `0001-01-01` means missing (LMR).
    ///
    /// # Errors
    /// When the field holds something else or the date does not exist.
    pub fn day(&self) -> Result<Option<i32>, Unreadable> {
        match *self {
            Raw::Missing => Ok(None),
            Raw::Day(day) => Ok(Some(day).filter(|day| *day != FIRST_DAY)),
            Raw::Minute(day, _) => Ok(Some(day)),
            Raw::Text(b"0001-01-01") => Ok(None),
            Raw::Text(text) => Day::parse_bytes(text)
                .map(|day| Some(day.epoch_days()))
                .map_err(|_| Unreadable),
            _ => Err(Unreadable),
        }
    }

    /// A date and time, `YYYY-MM-DDTHH:MM`, seconds allowed and dropped.
    ///
    /// # Errors
    /// When the field holds something else.
    pub fn minute(&self) -> Result<Option<(i32, u16)>, Unreadable> {
        match *self {
            Raw::Missing => Ok(None),
            Raw::Minute(day, minute) => Ok(Some((day, minute))),
            Raw::Text(text) => read_minute(text).map(Some),
            _ => Err(Unreadable),
        }
    }
}

/// 0001-01-01.
const FIRST_DAY: i32 = -719_162;

fn read_whole(text: &[u8]) -> Result<i64, Unreadable> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 12 {
        return Err(Unreadable);
    }
    let mut number = 0i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return Err(Unreadable);
        }
        number = number * 10 + i64::from(byte - b'0');
    }
    Ok(if negative { -number } else { number })
}

fn read_milli(text: &[u8]) -> Result<i64, Unreadable> {
    let point = text
        .iter()
        .position(|byte| *byte == b'.')
        .unwrap_or(text.len());
    let (whole, fraction) = text.split_at(point);
    let negative = whole.first() == Some(&b'-');
    let mut milli = read_whole(whole)?.abs() * 1000;
    if let Some(digits) = fraction.get(1..) {
        let mut unit = 100;
        if digits.is_empty() {
            return Err(Unreadable);
        }
        for byte in digits {
            if !byte.is_ascii_digit() || (unit == 0 && *byte != b'0') {
                return Err(Unreadable);
            }
            milli += i64::from(byte - b'0') * unit;
            unit /= 10;
        }
    }
    Ok(if negative { -milli } else { milli })
}

fn read_minute(text: &[u8]) -> Result<(i32, u16), Unreadable> {
    let (date, clock) = text.split_at_checked(10).ok_or(Unreadable)?;
    let day = Day::parse_bytes(date).map_err(|_| Unreadable)?.epoch_days();
    let [b'T' | b' ', h1, h2, b':', m1, m2, rest @ ..] = clock else {
        return Err(Unreadable);
    };
    let two = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit())
            .then(|| u16::from(tens - b'0') * 10 + u16::from(ones - b'0'))
    };
    let hour = two(*h1, *h2).filter(|hour| *hour < 24).ok_or(Unreadable)?;
    let minute = two(*m1, *m2)
        .filter(|minute| *minute < 60)
        .ok_or(Unreadable)?;
    // Seconds, fractions and a zone may follow; a registry's local time is taken as it stands.
    if !matches!(rest.first(), None | Some(b':' | b'Z' | b'+')) {
        return Err(Unreadable);
    }
    Ok((day, hour * 60 + minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        let milli = |text: &'static str| Raw::text(text.as_bytes()).milli();
        assert_eq!(milli("1.5"), Ok(Some(1_500)));
        assert_eq!(milli("-0.005"), Ok(Some(-5)));
        assert_eq!(milli("2.0000"), Ok(Some(2_000)));
        assert_eq!(milli(""), Ok(None));
        for wrong in ["1.2345", "1,5", "1.", ".", "1e3", " 1", "99999999999"] {
            assert_eq!(milli(wrong), Err(Unreadable), "{wrong}");
        }
    }

    #[test]
    fn a_mask_date_is_missing_and_a_date_that_does_not_exist_is_an_error() {
        assert_eq!(Raw::Text(b"0001-01-01").day(), Ok(None));
        assert_eq!(Raw::Day(FIRST_DAY).day(), Ok(None));
        assert_eq!(Raw::Text(b"2023-02-29").day(), Err(Unreadable));
        assert_eq!(
            Raw::Text(b"2014-03-17T13:20:00").minute(),
            Ok(Some((16_146, 800)))
        );
        assert_eq!(Raw::Text(b"2014-03-17T24:20").minute(), Err(Unreadable));
    }
}
