//! How large a nation, how long, and which seed.

use riktig_codes::Month;
use thiserror::Error;

/// What to simulate. Everything that is `None` follows from the number of inhabitants.
///
/// ```
/// use riktig_nation::NationSpec;
/// let demo = NationSpec::demo();
/// assert_eq!((demo.counties(), demo.municipalities(), demo.gps()), (2, 20, 110));
/// let norway = NationSpec { inhabitants: 5_600_000, ..demo };
/// assert_eq!((norway.counties(), norway.municipalities()), (15, 357));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationSpec {
    /// People alive on the first day; 2,000 to 6,000,000.
    pub inhabitants: u32,
    /// First month delivered.
    pub from: Month,
    /// Number of months, 1 to 120.
    pub months: u32,
    /// Same seed, same bytes.
    pub seed: u64,
    /// Number of counties (fylker).
    pub counties: Option<u32>,
    /// Number of municipalities (kommuner).
    pub municipalities: Option<u32>,
    /// Number of general practitioners with a list (fastleger).
    pub gps: Option<u32>,
    /// Number of course groups (etterutdanningsgrupper).
    pub course_groups: Option<u32>,
    /// Number of out-of-hours services (legevakter).
    pub out_of_hours_services: Option<u32>,
    /// Faults of real deliveries: repeated and corrected sendings, cancellations, dirty rows, a week of bills as
    /// claim messages. Without them a month's two files hold the month, each row once, as a benchmark wants it.
    pub faults: bool,
    /// Thousandths of the prescriptions after a contact that carry the contact's diagnosis and say whether they were to wait,
    /// 0 to 1000. At 0 few carry a diagnosis (reimbursement), and dispensings have no column `waiting`.
    pub coded_milli: u32,
}

/// Why a nation cannot be made.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SpecError {
    /// Too small for two doctors, or too large for the identity numbers of a birth date.
    #[error("cannot simulate {0} inhabitants; choose 2,000 to 6,000,000")]
    Inhabitants(u32),
    /// No month, or more than ten years.
    #[error("cannot simulate {0} months; choose 1 to 120")]
    Months(u32),
    /// More than every prescription.
    #[error("cannot code {0} of 1000 prescriptions; choose 0 to 1000")]
    Coded(u32),
    /// A part of the nation has more members than what it is divided from.
    #[error("cannot place {count} {what} in {within} {container}")]
    Parts {
        /// What was asked for.
        what: &'static str,
        /// How many.
        count: u32,
        /// What they must fit in.
        container: &'static str,
        /// How many of those there are.
        within: u32,
    },
}

/// The demonstration nation: every scale below is a power law through it and Norway.
const DEMO: f64 = 120_000.0;

impl NationSpec {
    /// The small country of `riktig demo`: 120,000 people, 2 counties, 20 municipalities, 110 GPs in
    /// 12 course groups, 2 out-of-hours services, 2023 and 2024.
    #[must_use]
    pub fn demo() -> Self {
        NationSpec {
            inhabitants: 120_000,
            from: Month::from_index((2023 - 1970) * 12),
            months: 24,
            seed: 2023,
            counties: None,
            municipalities: None,
            gps: None,
            course_groups: None,
            out_of_hours_services: None,
            faults: true,
            coded_milli: 0,
        }
    }

    /// Counties: 2 in the demo, 15 in Norway.
    #[must_use]
    pub fn counties(&self) -> u32 {
        self.counties
            .unwrap_or_else(|| scaled(2.0, self.inhabitants, 0.524).min(15))
            .min(self.municipalities())
    }

    /// Municipalities: 20 in the demo, 357 in Norway.
    #[must_use]
    pub fn municipalities(&self) -> u32 {
        self.municipalities
            .unwrap_or_else(|| scaled(20.0, self.inhabitants, 0.75).min(357))
    }

    /// General practitioners: one for each 1,091 inhabitants; lists without a doctor come on top.
    #[must_use]
    pub fn gps(&self) -> u32 {
        self.gps
            .unwrap_or_else(|| scaled(110.0, self.inhabitants, 1.0).max(2))
    }

    /// Course groups, of about nine members.
    #[must_use]
    pub fn course_groups(&self) -> u32 {
        self.course_groups
            .unwrap_or_else(|| (f64::from(self.gps()) * 12.0 / 110.0).round().max(1.0) as u32)
    }

    /// Out-of-hours services, one for each 60,000 inhabitants.
    #[must_use]
    pub fn out_of_hours_services(&self) -> u32 {
        self.out_of_hours_services
            .unwrap_or_else(|| scaled(2.0, self.inhabitants, 1.0))
            .clamp(1, self.municipalities())
    }

    /// The last month delivered.
    #[must_use]
    pub fn last_month(&self) -> Month {
        self.from + (self.months as i32 - 1)
    }

    /// The first month in which the course has its effect: the middle of the period.
    pub(crate) fn course_month(&self) -> u32 {
        self.months / 2
    }

    pub(crate) fn check(&self) -> Result<(), SpecError> {
        if !(2_000..=6_000_000).contains(&self.inhabitants) {
            return Err(SpecError::Inhabitants(self.inhabitants));
        }
        if !(1..=120).contains(&self.months) {
            return Err(SpecError::Months(self.months));
        }
        if self.coded_milli > 1000 {
            return Err(SpecError::Coded(self.coded_milli));
        }
        let parts = [
            (
                "municipalities",
                self.municipalities(),
                "groups of 100 inhabitants",
                self.inhabitants / 100,
            ),
            (
                "counties",
                self.counties.unwrap_or(1),
                "municipalities",
                self.municipalities(),
            ),
            (
                "general practitioners",
                self.gps(),
                "groups of 200 inhabitants",
                self.inhabitants / 200,
            ),
            (
                "course groups",
                self.course_groups(),
                "general practitioners",
                self.gps(),
            ),
        ];
        for (what, count, container, within) in parts {
            if count == 0 || count > within {
                return Err(SpecError::Parts {
                    what,
                    count,
                    container,
                    within,
                });
            }
        }
        Ok(())
    }
}

fn scaled(at_demo: f64, inhabitants: u32, power: f64) -> u32 {
    let ratio = crate::chance::ln(f64::from(inhabitants) / DEMO);
    (at_demo * crate::chance::exp(power * ratio))
        .round()
        .max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_from_a_valley_to_norway_has_its_parts() {
        for inhabitants in [2_000, 12_000, 120_000, 1_000_000, 5_600_000] {
            let spec = NationSpec {
                inhabitants,
                ..NationSpec::demo()
            };
            assert_eq!(spec.check(), Ok(()), "{inhabitants}");
        }
        let norway = NationSpec {
            inhabitants: 5_600_000,
            ..NationSpec::demo()
        };
        assert_eq!(norway.gps(), 5_133);
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        let spec = NationSpec {
            inhabitants: 100,
            ..NationSpec::demo()
        };
        assert_eq!(
            spec.check().unwrap_err().to_string(),
            "cannot simulate 100 inhabitants; choose 2,000 to 6,000,000"
        );
        let crowded = NationSpec {
            counties: Some(50),
            ..NationSpec::demo()
        };
        assert!(
            crowded
                .check()
                .unwrap_err()
                .to_string()
                .contains("50 counties in 20 municipalities")
        );
    }
}
