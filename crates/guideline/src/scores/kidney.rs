//! Kidney function from creatinine.

use riktig_codes::Sex;

use super::Between;
use crate::context::{AgeInMonths, Kilograms};

/// Creatinine in serum, by a method traceable to isotope-dilution mass spectrometry, between 5 and 3,000 µmol/l.
///
/// ```
/// use riktig_guideline::scores::Creatinine;
/// let one = Creatinine::from_milligrams_per_decilitre(1.0).unwrap();
/// assert!((one.micromoles_per_litre() - 88.4).abs() < 1e-9);
/// // The same number in the other unit is another patient, and 0.9 µmol/l is nobody's.
/// assert_eq!(Creatinine::from_micromoles_per_litre(0.9), None);
/// assert_eq!(Creatinine::from_milligrams_per_decilitre(f64::NAN), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Creatinine(f64);

/// 1 mg/dl in µmol/l.
const MICROMOLES_PER_MILLIGRAM: f64 = 88.4;

impl Creatinine {
    /// From µmol/l, as Norwegian laboratories report it. `None` outside what is believed.
    #[must_use]
    pub fn from_micromoles_per_litre(micromoles: f64) -> Option<Self> {
        (5.0..=3000.0)
            .contains(&micromoles)
            .then_some(Self(micromoles))
    }

    /// From mg/dl. `None` outside what is believed.
    #[must_use]
    pub fn from_milligrams_per_decilitre(milligrams: f64) -> Option<Self> {
        Self::from_micromoles_per_litre(milligrams * MICROMOLES_PER_MILLIGRAM)
    }

    /// In µmol/l.
    #[must_use]
    pub fn micromoles_per_litre(self) -> f64 {
        self.0
    }

    /// In mg/dl.
    #[must_use]
    pub fn milligrams_per_decilitre(self) -> f64 {
        self.0 / MICROMOLES_PER_MILLIGRAM
    }
}

/// What differs between the two CKD-EPI equations, for one sex.
struct CkdEpi {
    factor: f64,
    kappa: f64,
    alpha: f64,
    beta: f64,
    each_year: f64,
}

impl CkdEpi {
    fn rate(&self, creatinine: Creatinine, years: u16) -> f64 {
        let ratio = creatinine.milligrams_per_decilitre() / self.kappa;
        self.factor
            * ratio.min(1.0).powf(self.alpha)
            * ratio.max(1.0).powf(self.beta)
            * self.each_year.powi(i32::from(years))
    }
}

/// For the sex, or, where it is not known, between the two. `None` below 18 years.
fn of_adult(age: AgeInMonths, sex: Sex, of: impl Fn(Sex) -> f64) -> Option<Between<f64>> {
    if age.years() < 18 {
        return None;
    }
    let (male, female) = (of(Sex::Male), of(Sex::Female));
    let (least, most) = match sex {
        Sex::Male => (male, male),
        Sex::Female => (female, female),
        Sex::Unknown => (male.min(female), male.max(female)),
    };
    Some(Between { least, most })
}

/// Estimated glomerular filtration rate in ml/min/1.73 m² of an adult, CKD-EPI 2009 without the factor for skin colour; the
/// equation that Norwegian laboratories used when this was written. `None` below 18 years.
///
/// Source: Levey AS et al., A new equation to estimate glomerular filtration rate, Ann Intern Med 2009;150:604–612.
///
/// ```
/// use riktig_codes::Sex;
/// use riktig_guideline::{AgeInMonths, scores::{Creatinine, ckd_epi_2009}};
/// let creatinine = Creatinine::from_micromoles_per_litre(88.4).unwrap();
/// let woman = ckd_epi_2009(creatinine, AgeInMonths(60 * 12), Sex::Female).unwrap();
/// assert!((woman.known().unwrap() - 61.2).abs() < 0.1);
/// // Where the sex is not known, it lies between a woman's and a man's.
/// let either = ckd_epi_2009(creatinine, AgeInMonths(60 * 12), Sex::Unknown).unwrap();
/// assert!(either.known().is_none() && either.least < either.most);
/// ```
#[must_use]
pub fn ckd_epi_2009(creatinine: Creatinine, age: AgeInMonths, sex: Sex) -> Option<Between<f64>> {
    of_adult(age, sex, |sex| {
        let female = sex == Sex::Female;
        let equation = CkdEpi {
            factor: if female { 141.0 * 1.018 } else { 141.0 },
            kappa: if female { 0.7 } else { 0.9 },
            alpha: if female { -0.329 } else { -0.411 },
            beta: -1.209,
            each_year: 0.993,
        };
        equation.rate(creatinine, age.years())
    })
}

/// Estimated glomerular filtration rate in ml/min/1.73 m² of an adult, CKD-EPI 2021. `None` below 18 years.
///
/// Source: Inker LA et al., New creatinine- and cystatin C-based equations to estimate GFR without race, N Engl J Med
/// 2021;385:1737–1749.
///
/// ```
/// use riktig_codes::Sex;
/// use riktig_guideline::{AgeInMonths, scores::{Creatinine, ckd_epi_2021}};
/// let creatinine = Creatinine::from_milligrams_per_decilitre(0.9).unwrap();
/// let woman = ckd_epi_2021(creatinine, AgeInMonths(55 * 12), Sex::Female).unwrap();
/// assert!((woman.known().unwrap() - 75.5).abs() < 0.5);
/// assert_eq!(ckd_epi_2021(creatinine, AgeInMonths(17 * 12), Sex::Female), None); // a child: Schwartz
/// ```
#[must_use]
pub fn ckd_epi_2021(creatinine: Creatinine, age: AgeInMonths, sex: Sex) -> Option<Between<f64>> {
    of_adult(age, sex, |sex| {
        let female = sex == Sex::Female;
        let equation = CkdEpi {
            factor: if female { 142.0 * 1.012 } else { 142.0 },
            kappa: if female { 0.7 } else { 0.9 },
            alpha: if female { -0.241 } else { -0.302 },
            beta: -1.200,
            each_year: 0.9938,
        };
        equation.rate(creatinine, age.years())
    })
}

/// Creatinine clearance in ml/min of an adult, which many summaries of product characteristics ask for: not per 1.73 m², so it is no
/// eGFR. `None` below 18 years.
///
/// Source: Cockcroft DW, Gault MH, Prediction of creatinine clearance from serum creatinine, Nephron 1976;16:31–41.
///
/// ```
/// use riktig_codes::Sex;
/// use riktig_guideline::{AgeInMonths, Kilograms, scores::{Creatinine, clearance_cockcroft_gault}};
/// let creatinine = Creatinine::from_milligrams_per_decilitre(1.0).unwrap();
/// let of = |sex| clearance_cockcroft_gault(creatinine, AgeInMonths(68 * 12), sex, Kilograms::new(72.0).unwrap()).unwrap();
/// assert!((of(Sex::Male).known().unwrap() - 72.0).abs() < 1e-9);
/// assert!((of(Sex::Female).known().unwrap() - 61.2).abs() < 1e-9); // 15 % less
/// ```
#[must_use]
pub fn clearance_cockcroft_gault(
    creatinine: Creatinine,
    age: AgeInMonths,
    sex: Sex,
    weight: Kilograms,
) -> Option<Between<f64>> {
    of_adult(age, sex, |sex| {
        let years = f64::from(age.years());
        let male = (140.0 - years).max(0.0) * weight.get()
            / (72.0 * creatinine.milligrams_per_decilitre());
        if sex == Sex::Female {
            male * 0.85
        } else {
            male
        }
    })
}

/// Estimated glomerular filtration rate in ml/min/1.73 m² of a child from 1 to 17 years, the bedside equation. `None` outside those
/// ages and for a height outside 40 to 220 cm.
///
/// Source: Schwartz GJ et al., New equations to estimate GFR in children with CKD, J Am Soc Nephrol 2009;20:629–637.
///
/// ```
/// use riktig_guideline::{AgeInMonths, scores::{Creatinine, schwartz_bedside}};
/// let creatinine = Creatinine::from_milligrams_per_decilitre(0.5).unwrap();
/// assert!((schwartz_bedside(creatinine, AgeInMonths(8 * 12), 125.0).unwrap() - 103.25).abs() < 1e-9);
/// assert_eq!(schwartz_bedside(creatinine, AgeInMonths(8 * 12), 1.25), None); // metres
/// ```
#[must_use]
pub fn schwartz_bedside(creatinine: Creatinine, age: AgeInMonths, height_cm: f64) -> Option<f64> {
    let child = (1..18).contains(&age.years()) && (40.0..=220.0).contains(&height_cm);
    child.then(|| 0.413 * height_cm / creatinine.milligrams_per_decilitre())
}
