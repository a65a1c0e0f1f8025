//! Pneumonia: how ill.

use super::{Between, points};
use crate::context::AgeInMonths;

/// CRB-65, 0 to 4, for adults with pneumonia outside hospital.
///
/// Source: Lim WS et al., Defining community acquired pneumonia severity on presentation to hospital, Thorax 2003;58:377–382.
///
/// ```
/// use riktig_guideline::{AgeInMonths, scores::{Crb65, Risk}};
/// let patient = Crb65 { confusion: Some(false), respiratory_rate: Some(30), systolic: Some(120), diastolic: Some(80),
///     age: Some(AgeInMonths(65 * 12)) };
/// assert_eq!(patient.score().known(), Some(2)); // both limits belong to the point
/// // One low pressure is enough, whatever the other is; a pressure that nobody took leaves two possibilities.
/// assert_eq!(Crb65 { diastolic: Some(60), systolic: None, ..patient }.score().known(), Some(3));
/// assert_eq!(Crb65 { diastolic: None, ..patient }.score().known(), None);
/// assert_eq!(Crb65 { diastolic: None, ..patient }.risk(), None); // 2 is moderate and 3 is high
/// assert_eq!(patient.risk(), Some(Risk::Moderate));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Crb65 {
    /// New confusion.
    pub confusion: Option<bool>,
    /// Breaths a minute.
    pub respiratory_rate: Option<u16>,
    /// Systolic blood pressure in mmHg.
    pub systolic: Option<u16>,
    /// Diastolic blood pressure in mmHg.
    pub diastolic: Option<u16>,
    /// Age.
    pub age: Option<AgeInMonths>,
}

/// Risk of death within 30 days, as the paper groups the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// 0 points.
    Low,
    /// 1 or 2.
    Moderate,
    /// 3 or 4.
    High,
}

impl Crb65 {
    /// The score.
    #[must_use]
    pub fn score(self) -> Between<i8> {
        points([
            (self.confusion, 1),
            (self.respiratory_rate.map(|rate| rate >= 30), 1),
            (self.low_pressure(), 1),
            (self.age.map(|age| age.years() >= 65), 1),
        ])
    }

    /// The group of risk, if what is missing cannot change it.
    #[must_use]
    pub fn risk(self) -> Option<Risk> {
        let group = |score: i8| match score {
            ..=0 => Risk::Low,
            1..=2 => Risk::Moderate,
            3.. => Risk::High,
        };
        let score = self.score();
        (group(score.least) == group(score.most)).then(|| group(score.least))
    }

    fn low_pressure(self) -> Option<bool> {
        let systolic = self.systolic.map(|pressure| pressure < 90);
        let diastolic = self.diastolic.map(|pressure| pressure <= 60);
        match (systolic, diastolic) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }
}
