//! The arithmetic of identity numbers, on digits 0 to 9.

use super::NationalIdKind;
use crate::Day;
use crate::day::days_in_month;

const FIRST_WEIGHTS: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND_WEIGHTS: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// The kind that the date part has the shape of; `None` if it is no date, raised or not.
pub(super) fn kind(digits: &[u8; 11]) -> Option<NationalIdKind> {
    if digits[0] >= 8 {
        return Some(NationalIdKind::FhNumber);
    }
    let is_d_number = digits[0] >= 4;
    let day = two(digits, 0) - if is_d_number { 40 } else { 0 };
    let month = two(digits, 2);
    let year = two(digits, 4);
    let (kind, month) = match (month, is_d_number) {
        (1..=12, false) => (NationalIdKind::BirthNumber, month),
        (1..=12, true) => (NationalIdKind::DNumber, month),
        (41..=52, false) => (NationalIdKind::HNumberOrDolly, month - 40),
        (41..=52, true) => (NationalIdKind::DNumberInHSeries, month - 40),
        (81..=92, false) => (NationalIdKind::TenorBirthNumber, month - 80),
        (81..=92, true) => (NationalIdKind::TenorDNumber, month - 80),
        _ => return None,
    };
    // The century is unknown here, so the leap day exists if it does in any century: year 00 has one in 2000.
    let last_day = days_in_month(2000 + i32::from(year), month);
    (1..=last_day).contains(&day).then_some(kind)
}

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
    (weighted(&FIRST_WEIGHTS, digits) + u32::from(digits[9])) % 11
}

/// The remainder of all eleven digits: always 0.
pub(super) fn second_remainder(digits: &[u8; 11]) -> u32 {
    (weighted(&SECOND_WEIGHTS, digits) + u32::from(digits[10])) % 11
}

/// Sets both check digits by today's rule; `None` where one of them would be 10, which is not issued.
pub(super) fn with_check_digits(mut digits: [u8; 11]) -> Option<[u8; 11]> {
    digits[9] = check_digit(weighted(&FIRST_WEIGHTS, &digits))?;
    digits[10] = check_digit(weighted(&SECOND_WEIGHTS, &digits))?;
    Some(digits)
}

fn check_digit(sum: u32) -> Option<u8> {
    let digit = (11 - sum % 11) % 11;
    (digit < 10).then_some(digit as u8)
}

fn weighted(weights: &[u32], digits: &[u8; 11]) -> u32 {
    weights
        .iter()
        .zip(digits)
        .map(|(weight, digit)| weight * u32::from(*digit))
        .sum()
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
