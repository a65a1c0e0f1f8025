//! Test numbers that nobody can have.

use std::ops::Range;

use super::{NationalId, rules};
use crate::{Day, Sex};

/// From this year of birth the number tells neither century nor sex, so no series can be made for it.
pub(super) const FIRST_YEAR_WITHOUT_SERIES: i32 = 2032;

/// All Tenor test numbers (month raised by 80) of one birth date and sex, in a fixed order, without repetition.
///
/// A day has about 200 of them for each sex (100 before 1900, 245 from 1940 to 1999). Nobody can have such a number, so
/// a synthetic nation made of them cannot meet a person by accident. Use the iterator where many people share a day:
///
/// ```
/// use riktig_codes::{Day, Sex, TenorSeries};
/// let birth = Day::from_ymd(1975, 5, 17).unwrap();
/// assert!(TenorSeries::new(birth, Sex::Male).unwrap().count() > 200);
/// ```
#[derive(Debug, Clone)]
pub struct TenorSeries {
    /// Day and month raised, year; the rest is filled in for each number.
    date: [u8; 6],
    /// The individual numbers still to come, halved: first one series of the century, then the other.
    halves: [Range<u16>; 2],
    /// 0 for women, 1 for men: the last digit of an individual number is even or odd.
    parity: u16,
}

impl TenorSeries {
    /// The numbers shaped like a fødselsnummer. `None` if the sex is unknown or the year has no series.
    pub fn new(birth: Day, sex: Sex) -> Option<Self> {
        Self::raised(birth, sex, 0)
    }

    /// The numbers shaped like a D-number: the day is raised by 40, too.
    pub fn d_numbers(birth: Day, sex: Sex) -> Option<Self> {
        Self::raised(birth, sex, 40)
    }

    fn raised(birth: Day, sex: Sex, day_raised_by: u8) -> Option<Self> {
        let (year, month, day) = birth.ymd();
        let halves = match year {
            1855..=1899 => [250..375, 0..0],
            1900..=1939 => [0..250, 0..0],
            1940..=1999 => [0..250, 450..500],
            2000..FIRST_YEAR_WITHOUT_SERIES => [250..500, 0..0],
            _ => return None,
        };
        let parity = match sex {
            Sex::Female => 0,
            Sex::Male => 1,
            Sex::Unknown => return None,
        };
        let (day, month, year) = (day + day_raised_by, month + 80, (year % 100) as u8);
        let date = [
            day / 10,
            day % 10,
            month / 10,
            month % 10,
            year / 10,
            year % 10,
        ];
        Some(Self {
            date,
            halves,
            parity,
        })
    }

    pub(super) fn with_individual_number(&self, individual: u16) -> Option<NationalId> {
        let [d1, d2, m1, m2, y1, y2] = self.date;
        let [i1, i2, i3] =
            [individual / 100, individual / 10 % 10, individual % 10].map(|digit| digit as u8);
        let digits = rules::with_check_digits([d1, d2, m1, m2, y1, y2, i1, i2, i3, 0, 0])?;
        Some(NationalId(digits.map(|digit| b'0' + digit)))
    }
}

impl Iterator for TenorSeries {
    type Item = NationalId;

    fn next(&mut self) -> Option<NationalId> {
        loop {
            let half = self.halves.iter_mut().find_map(Iterator::next)?;
            if let Some(number) = self.with_individual_number(2 * half + self.parity) {
                return Some(number);
            }
        }
    }
}
