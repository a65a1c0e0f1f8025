//! Numbers that cannot be right: a weight of another patient, a rate with a minus before it.
//!
//! The limits are our own, wide enough for whoever may stand in the consulting room, so that what lies beyond is an error of writing
//! or of unit.

use std::ops::RangeInclusive;

use crate::context::{AgeInMonths, Kilograms};
use crate::finding::{FindingId, FindingKind};

/// A number of the record that is not believed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Implausible {
    /// Body weight, at any age or at the patient's.
    Weight,
    /// Estimated glomerular filtration rate.
    KidneyFunction,
    /// Creatinine.
    Creatinine,
    /// Body temperature.
    Temperature,
    /// A finding that is a number.
    Finding(FindingId),
}

/// Glomerular filtration rate in ml/min/1.73 m².
pub(crate) const EGFR: RangeInclusive<f64> = 0.0..=300.0;
/// Body temperature of the living in °C.
pub(crate) const TEMPERATURE: RangeInclusive<f64> = 25.0..=45.0;

/// From which age in months on, least and most in kilograms.
const WEIGHTS: [(u16, f64, f64); 7] = [
    (0, 0.3, 8.0),
    (1, 0.5, 20.0),
    (12, 3.0, 30.0),
    (2 * 12, 5.0, 60.0),
    (5 * 12, 8.0, 120.0),
    (10 * 12, 12.0, 300.0),
    (18 * 12, 15.0, 400.0),
];

impl Implausible {
    /// Whether a glomerular filtration rate in ml/min/1.73 m² can be right: from 0 to 300.
    #[must_use]
    pub fn believes_egfr(rate: f64) -> bool {
        EGFR.contains(&rate)
    }

    /// Whether a body temperature in °C can be right: from 25 to 45.
    #[must_use]
    pub fn believes_temperature(celsius: f64) -> bool {
        TEMPERATURE.contains(&celsius)
    }
}

impl Kilograms {
    /// Whether somebody of this age may weigh so much. Of unknown age: anybody.
    ///
    /// ```
    /// use riktig_guideline::{AgeInMonths, Kilograms};
    /// let may_weigh = |months, kg| Kilograms::new(kg).unwrap().is_believed_at(Some(AgeInMonths(months)));
    /// assert!(may_weigh(0, 0.7) && may_weigh(10 * 12, 80.0));
    /// assert!(!may_weigh(0, 80.0) && !may_weigh(10 * 12, 3.0));
    /// ```
    #[must_use]
    pub fn is_believed_at(self, age: Option<AgeInMonths>) -> bool {
        age.is_none_or(|age| Self::believed_at(age).contains(&self.get()))
    }

    /// Least and most that somebody of this age may weigh.
    #[must_use]
    pub fn believed_at(age: AgeInMonths) -> RangeInclusive<f64> {
        let mut reached = WEIGHTS.iter().rev().filter(|(from, _, _)| *from <= age.0);
        let (_, least, most) = reached.next().expect("the first row begins at birth");
        *least..=*most
    }
}

impl FindingKind {
    /// The numbers that can be right; of what is answered with yes or no, any.
    #[must_use]
    pub fn believed(&self) -> RangeInclusive<f64> {
        let most = match self {
            Self::Number { unit } => match unit.as_str() {
                "days" => 3650.0,
                "mg/l" => 1000.0,
                "cm" => 100.0,
                "points" => 10.0,
                _ => f64::MAX,
            },
            Self::YesNo => f64::MAX,
        };
        0.0..=most
    }
}
