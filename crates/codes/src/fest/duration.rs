//! How long a prescription is valid.

use std::fmt;
use std::str::FromStr;

use crate::{CodeError, Day};

/// The validity of a prescription as an ISO 8601 duration of years, months and days: `P10D`, `P1Y`.
///
/// Antibiotics (J01) are valid for ten days unless the prescriber chooses reimbursement, which may give a year. That is
/// the longest honest distance between a contact and the dispensing it led to.
///
/// ```
/// use riktig_codes::fest::Validity;
/// let ten_days: Validity = "P10D".parse()?;
/// assert_eq!(ten_days.last_day("2024-02-25".parse()?).to_string(), "2024-03-06");
/// // A year is a calendar year: the leap day changes the number of days, not the date.
/// let year: Validity = "P1Y".parse()?;
/// assert_eq!(year.last_day("2024-01-15".parse()?).to_string(), "2025-01-15");
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Validity {
    months: u16,
    days: u16,
}

impl Validity {
    /// The last day on which a prescription written on that day is valid.
    pub fn last_day(self, prescribed: Day) -> Day {
        let (_, _, day) = prescribed.ymd();
        let month = prescribed.month() + i32::from(self.months);
        let same_day = month.first_day() + i32::from(day.min(month.days())) - 1;
        same_day + i32::from(self.days)
    }
}

impl FromStr for Validity {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let rule = "write an ISO 8601 duration of years, months, weeks and days, like P10D or P1Y";
        read(text).ok_or_else(|| CodeError::new("a validity", text.as_bytes(), rule))
    }
}

fn read(text: &str) -> Option<Validity> {
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let (mut months, mut days) = (0u16, 0u16);
    let mut allowed = "YMWD";
    while !rest.is_empty() {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u16 = rest.get(..length)?.parse().ok()?;
        let unit = rest[length..].chars().next()?;
        allowed = allowed.split_once(unit)?.1; // each unit once, in order
        match unit {
            'Y' => months = months.checked_add(number.checked_mul(12)?)?,
            'M' => months = months.checked_add(number)?,
            'W' => days = days.checked_add(number.checked_mul(7)?)?,
            _ => days = days.checked_add(number)?,
        }
        rest = &rest[length + 1..];
    }
    Some(Validity { months, days })
}

impl fmt::Display for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (years, months) = (self.months / 12, self.months % 12);
        f.write_str("P")?;
        for (number, unit) in [(years, 'Y'), (months, 'M'), (self.days, 'D')] {
            if number > 0 || unit == 'D' && self.months == 0 {
                write!(f, "{number}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_day_of_a_shorter_month_is_taken() {
        let month: Validity = "P1M".parse().unwrap();
        assert_eq!(
            month.last_day("2024-01-31".parse().unwrap()).to_string(),
            "2024-02-29"
        );
    }

    #[test]
    fn what_is_no_validity_is_refused() {
        for text in [
            "", "P", "10D", "P10", "PT5H", "P1D1Y", "P1Y1Y", "P-1D", "P99999D", "P1.5Y", "P1å",
        ] {
            assert!(text.parse::<Validity>().is_err(), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn a_written_validity_reads_back(months in 0u16..500, days in 0u16..500) {
            let validity = Validity { months, days };
            prop_assert_eq!(validity.to_string().parse::<Validity>().unwrap(), validity);
        }

        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in ".*") {
            let _outcome = text.parse::<Validity>();
        }
    }
}
