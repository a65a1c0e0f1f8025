//! One field of a delivery row on its way out.

/// A value as a registry would write it. Cheap to make and to write: no allocation per row.
///
/// A writer that plants errors puts [`Field::Text`] where a date or a number belongs; CSV takes it,
/// Parquet (whose columns have types) answers with an error.
///
/// ```
/// use riktig_lake::delivery::Field;
/// let mut out = Vec::new();
/// Field::Day(19_783).write_to(&mut out);
/// assert_eq!(out, b"2024-03-01");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field<'a> {
    /// Nothing was registered: an empty CSV field, a null in Parquet.
    #[default]
    Missing,
    /// Text as it stands.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// A date: days since 1970-01-01.
    Day(i32),
    /// A date and a time of day: days since 1970-01-01, minutes since midnight.
    Minute(i32, u16),
    /// A decimal number in thousandths: `1500` is written `1.5`.
    Milli(i64),
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Field::Text(text)
    }
}

impl Field<'_> {
    /// Appends the field as delivery text, without quoting.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        match *self {
            Field::Missing => {}
            Field::Text(text) => out.extend_from_slice(text.as_bytes()),
            Field::Whole(number) => write_whole(out, number),
            Field::Day(day) => write_day(out, day),
            Field::Minute(day, minute) => {
                write_day(out, day);
                out.push(b'T');
                write_two(out, u32::from(minute) / 60);
                out.push(b':');
                write_two(out, u32::from(minute) % 60);
            }
            Field::Milli(milli) => write_milli(out, milli),
        }
    }
}

fn write_two(out: &mut Vec<u8>, number: u32) {
    out.push(b'0' + (number / 10 % 10) as u8);
    out.push(b'0' + (number % 10) as u8);
}

fn write_whole(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

fn write_milli(out: &mut Vec<u8>, milli: i64) {
    if milli < 0 {
        out.push(b'-');
    }
    let size = milli.unsigned_abs();
    write_whole(out, (size / 1000) as i64);
    let fraction = (size % 1000) as u32;
    if fraction == 0 {
        return;
    }
    out.push(b'.');
    let digits = [fraction / 100, fraction / 10 % 10, fraction % 10];
    let last = digits
        .iter()
        .rposition(|digit| *digit != 0)
        .map_or(0, |at| at + 1);
    out.extend(digits[..last].iter().map(|digit| b'0' + *digit as u8));
}

fn write_day(out: &mut Vec<u8>, day: i32) {
    let (year, month, date) = civil_from_day(day);
    let year = year.clamp(0, 9999) as u32;
    write_two(out, year / 100);
    write_two(out, year % 100);
    out.push(b'-');
    write_two(out, month);
    out.push(b'-');
    write_two(out, date);
}

/// Year, month (1–12) and day of month of a day number (days since 1970-01-01, proleptic Gregorian).
///
/// Howard Hinnant's `civil_from_days`; kept beside the writer because it runs once a row.
pub(crate) fn civil_from_day(day: i32) -> (i32, u32, u32) {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let date = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: Field<'_>) -> String {
        let mut out = Vec::new();
        field.write_to(&mut out);
        String::from_utf8(out).expect("fields are text")
    }

    #[test]
    fn fields_are_written_as_the_delivery_format_says() {
        assert_eq!(text(Field::Missing), "");
        assert_eq!(text(Field::Whole(-12)), "-12");
        assert_eq!(text(Field::Milli(1_500)), "1.5");
        assert_eq!(text(Field::Milli(-1_005)), "-1.005");
        assert_eq!(text(Field::Milli(2_000)), "2");
        assert_eq!(text(Field::Day(0)), "1970-01-01");
        assert_eq!(text(Field::Day(-1)), "1969-12-31");
        assert_eq!(text(Field::Minute(19_782, 23 * 60 + 5)), "2024-02-29T23:05");
    }

    #[test]
    fn every_day_of_eight_centuries_survives_the_round_trip() {
        for day in -200_000..100_000 {
            let (year, month, date) = civil_from_day(day);
            let again = riktig_codes::Day::from_ymd(year, month as u8, date as u8);
            assert_eq!(again.map(riktig_codes::Day::epoch_days), Some(day));
        }
    }
}
