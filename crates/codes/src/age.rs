//! Age in completed years, and bands of it.

use std::fmt;
use std::str::FromStr;

use crate::{CodeError, Day};

/// Age in completed years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Age(u8);

impl Age {
    /// Nobody documented has lived longer than 122 years; a delivery that says so has a wrong date.
    pub const MAX: u8 = 130;

    /// An age of 0 to 130 years.
    pub fn from_years(years: u8) -> Option<Self> {
        (years <= Self::MAX).then_some(Self(years))
    }

    /// The age on a day. `None` before birth and beyond 130 years.
    ///
    /// Whoever is born on 29 February has their birthday on 1 March in other years:
    ///
    /// ```
    /// use riktig_codes::{Age, Day};
    /// let birth: Day = "2004-02-29".parse()?;
    /// let age_on = |day: &str| Age::at(birth, day.parse().unwrap()).unwrap().years();
    /// assert_eq!((age_on("2023-02-28"), age_on("2023-03-01"), age_on("2024-02-29")), (18, 19, 20));
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    pub fn at(birth: Day, on: Day) -> Option<Self> {
        if on < birth {
            return None;
        }
        let ((birth_year, birth_month, birth_day), (year, month, day)) = (birth.ymd(), on.ymd());
        let had_birthday = (month, day) >= (birth_month, birth_day);
        u8::try_from(year - birth_year - i32::from(!had_birthday))
            .ok()
            .and_then(Self::from_years)
    }

    /// Completed years.
    pub fn years(self) -> u8 {
        self.0
    }
}

impl FromStr for Age {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let years = if plain {
            text.parse().ok().and_then(Self::from_years)
        } else {
            None
        };
        years.ok_or_else(|| {
            CodeError::new(
                "an age",
                text.as_bytes(),
                "write completed years from 0 to 130",
            )
        })
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A band of ages, both ends included; open above if it has no last year. Written `10-19` and `80+`.
///
/// ```
/// use riktig_codes::{Age, AgeBand};
/// let band: AgeBand = "15-65".parse()?;
/// assert!(band.contains(Age::from_years(65).unwrap()));
/// assert!("65-15".parse::<AgeBand>().is_err());
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeBand {
    from: u8,
    to: Option<u8>,
}

impl AgeBand {
    /// The bands of case-mix comparison, which cover every age once.
    pub const CASE_MIX: [Self; 7] = [
        Self {
            from: 0,
            to: Some(4),
        },
        Self {
            from: 5,
            to: Some(9),
        },
        Self {
            from: 10,
            to: Some(19),
        },
        Self {
            from: 20,
            to: Some(44),
        },
        Self {
            from: 45,
            to: Some(64),
        },
        Self {
            from: 65,
            to: Some(79),
        },
        Self { from: 80, to: None },
    ];

    /// A band from one age to another, both included, or open above.
    pub fn new(from: Age, to: Option<Age>) -> Option<Self> {
        to.is_none_or(|to| from <= to).then_some(Self {
            from: from.0,
            to: to.map(|age| age.0),
        })
    }

    /// The youngest age.
    pub fn from(self) -> Age {
        Age(self.from)
    }

    /// The oldest age, if the band has one.
    pub fn to(self) -> Option<Age> {
        self.to.map(Age)
    }

    /// Whether the age lies in the band.
    pub fn contains(self, age: Age) -> bool {
        age.0 >= self.from && self.to.is_none_or(|to| age.0 <= to)
    }
}

impl FromStr for AgeBand {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let rule = "write a band of ages as 10-19, or 80+ if it is open above";
        let refusal = || CodeError::new("a band of ages", text.as_bytes(), rule);
        let (from, to) = match text.strip_suffix('+') {
            Some(from) => (from, None),
            None => text
                .split_once('-')
                .map(|(from, to)| (from, Some(to)))
                .ok_or_else(refusal)?,
        };
        let to = to.map(Age::from_str).transpose().map_err(|_| refusal())?;
        Self::new(from.parse().map_err(|_| refusal())?, to).ok_or_else(refusal)
    }
}

impl fmt::Display for AgeBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => f.pad(&format!("{}-{to}", self.from)),
            None => f.pad(&format!("{}+", self.from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_case_mix_bands_hold_every_age_exactly_once() {
        for years in 0..=Age::MAX {
            let age = Age::from_years(years).unwrap();
            assert_eq!(
                AgeBand::CASE_MIX
                    .iter()
                    .filter(|band| band.contains(age))
                    .count(),
                1,
                "{years}"
            );
        }
    }

    #[test]
    fn an_unborn_and_an_impossibly_old_person_have_no_age() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(Age::at(day("2024-01-02"), day("2024-01-01")), None);
        assert_eq!(Age::at(day("0001-01-01"), day("2024-01-01")), None);
        assert_eq!(
            Age::at(day("2024-01-02"), day("2024-01-02")),
            Age::from_years(0)
        );
    }

    #[test]
    fn what_is_no_band_is_refused() {
        for text in [
            "", "-", "+", "10", "10-", "-10", "10-9", "131+", "0-131", "10-19-20", "+10", "1 - 2",
            "+1-2",
        ] {
            assert!(text.parse::<AgeBand>().is_err(), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn age_grows_by_one_exactly_on_the_birthday(birth in -20_000i32..20_000, later in 0i32..40_000) {
            let (birth, on) = (Day::from_epoch_days(birth), Day::from_epoch_days(birth) + later);
            let (today, yesterday) = (Age::at(birth, on).unwrap(), Age::at(birth, on - 1));
            let (_, month, day) = birth.ymd();
            let leap_child = (month, day) == (2, 29);
            let (_, on_month, on_day) = on.ymd();
            let birthday = (on_month, on_day) == (month, day)
                || leap_child && (on_month, on_day) == (3, 1) && Day::from_ymd(on.year(), 2, 29).is_none();
            let grew = yesterday.is_none_or(|yesterday| yesterday != today);
            prop_assert_eq!(grew, birthday);
        }

        #[test]
        fn a_written_band_reads_back(from in 0u8..=130, width in proptest::option::of(0u8..50)) {
            let to = width.and_then(|width| Age::from_years(from.saturating_add(width)));
            let band = AgeBand::new(Age::from_years(from).unwrap(), to).unwrap();
            prop_assert_eq!(band.to_string().parse::<AgeBand>().unwrap(), band);
        }
    }
}
