//! The arithmetic of identity numbers, on digits 0 to 9.

use super::NationalIdKind;
use crate::Day;

/// The check digit itself weighs 1.
const FIRST_WEIGHTS: [u16; 11] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0];
const SECOND_WEIGHTS: [u16; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// The kind that the date part has the shape of; `None` if it is no date, raised or not.
pub(super) fn kind(digits: &[u8; 11]) -> Option<NationalIdKind> {
    use NationalIdKind::{
        BirthNumber, DNumber, DNumberInHSeries, FhNumber, HNumberOrDolly, TenorBirthNumber,
        TenorDNumber,
    };
    if digits[0] >= 8 {
        return Some(FhNumber);
    }
    let is_d_number = digits[0] >= 4;
    let day = two(digits, 0) - if is_d_number { 40 } else { 0 };
    let (kind, month) = match (two(digits, 2), is_d_number) {
        (month @ 1..=12, false) => (BirthNumber, month),
        (month @ 1..=12, true) => (DNumber, month),
        (month @ 41..=52, false) => (HNumberOrDolly, month - 40),
        (month @ 41..=52, true) => (DNumberInHSeries, month - 40),
        (month @ 81..=92, false) => (TenorBirthNumber, month - 80),
        (month @ 81..=92, true) => (TenorDNumber, month - 80),
        _ => return None,
    };
    // The century is unknown here, so the leap day exists if it does in any century: year 00 has one in 2000.
    let no_leap_day = day == 29 && month == 2 && !two(digits, 4).is_multiple_of(4);
    (day >= 1 && day <= LAST_DAYS[usize::from(month)] && !no_leap_day).then_some(kind)
}

/// The last day of each month in a leap year, by the month's number.
const LAST_DAYS: [u8; 13] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Local and test series know nothing of the rule of 2032.
pub(super) fn may_follow_the_2032_rule(kind: NationalIdKind) -> bool {
    use NationalIdKind::{BirthNumber, DNumber, TenorBirthNumber, TenorDNumber};
    matches!(
        kind,
        BirthNumber | DNumber | TenorBirthNumber | TenorDNumber
    )
}

/// Whether the date part is a birth date at all.
pub(super) fn carries_a_date(kind: NationalIdKind) -> bool {
    may_follow_the_2032_rule(kind)
}

/// The remainder of the first ten digits: 0 by today's rule, 0 to 3 by that of 2032.
pub(super) fn first_remainder(digits: &[u8; 11]) -> u32 {
    weighted(&FIRST_WEIGHTS, digits) % 11
}

/// The remainder of all eleven digits: always 0.
pub(super) fn second_remainder(digits: &[u8; 11]) -> u32 {
    weighted(&SECOND_WEIGHTS, digits) % 11
}

/// Sets both check digits, which must be 0 so far, by today's rule; `None` where one of them would be 10.
pub(super) fn with_check_digits(mut digits: [u8; 11]) -> Option<[u8; 11]> {
    digits[9] = check_digit(first_remainder(&digits))?;
    digits[10] = check_digit(second_remainder(&digits))?;
    Some(digits)
}

fn check_digit(remainder: u32) -> Option<u8> {
    let digit = (11 - remainder) % 11;
    (digit < 10).then_some(digit as u8)
}

/// At most 45 × 9 + 9, so sixteen bits are plenty and eight lanes fit into one instruction.
fn weighted(weights: &[u16; 11], digits: &[u8; 11]) -> u32 {
    let mut sum = 0;
    for at in 0..11 {
        sum += weights[at] * u16::from(digits[at]);
    }
    u32::from(sum)
}

/// The birth date by the series of individual numbers in use before 2032.
pub(super) fn birth_date(digits: &[u8; 11]) -> Option<Day> {
    let individual = u16::from(digits[6]) * 100 + u16::from(two(digits, 7));
    let year = full_year(two(digits, 4), individual)?;
    let (day, month) = (two(digits, 0) % 40, two(digits, 2) % 40);
    Day::from_ymd(year, month, day)
        .filter(|birth| birth.year() < super::synthetic::FIRST_YEAR_WITHOUT_SERIES)
}

/// The year for two digits and an individual number (individnummer); `None` for series that were never issued.
fn full_year(year: u8, individual: u16) -> Option<i32> {
    let century = match (individual, year) {
        (0..=499, _) => 1900,
        (500..=749, 55..) => 1800,
        (900..=999, 40..) => 1900,
        (500..=999, ..40) => 2000,
        _ => return None,
    };
    Some(century + i32::from(year))
}

fn two(digits: &[u8; 11], at: usize) -> u8 {
    digits[at] * 10 + digits[at + 1]
}
