//! What creatinine is normal, where no rate can be reckoned from it.

use riktig_codes::Sex;

use crate::context::AgeInMonths;

/// Below which age in months, and the upper limit in µmol/l of girls and of boys.
const CHILDREN: [(u16, f64, f64); 7] = [
    (1, 81.0, 81.0),
    (6, 32.0, 32.0),
    (2 * 12, 48.0, 48.0),
    (6 * 12, 53.0, 53.0),
    (11 * 12, 70.0, 76.0),
    (15 * 12, 70.0, 90.0),
    (18 * 12, 86.0, 106.0),
];
const WOMEN: f64 = 90.0;
const MEN: f64 = 105.0;
const PREGNANT: f64 = 77.0;

/// The highest creatinine in µmol/l that is normal in whoever this may be: the lowest of the limits where age or sex is not known.
///
/// Sources: adults, the Nordic Reference Interval Project 2000 (Scand J Clin Lab Invest 2004;64:271–84); children, the table of
/// Norwegian laboratories (<https://labhandbok.no/labhaandbok/kreatinin-2/>), of which the first fortnight stands here for the first
/// month; pregnancy, above 77 µmol/l is outside of what is normal: Wiles K et al., Serum Creatinine in Pregnancy, Kidney Int Rep
/// 2019;4:408–419. That above its limit is "plainly high" is a tolerance of our own.
///
/// ```
/// use riktig_codes::Sex;
/// use riktig_guideline::{AgeInMonths, scores::highest_normal_creatinine};
/// let years = |years: u16| Some(AgeInMonths(years * 12));
/// assert_eq!(highest_normal_creatinine(years(40), Sex::Male, false), 105.0);
/// assert_eq!(highest_normal_creatinine(years(30), Sex::Female, true), 77.0);
/// // Nobody knows how old: it may be an infant.
/// assert_eq!(highest_normal_creatinine(None, Sex::Male, false), 32.0);
/// ```
#[must_use]
pub fn highest_normal_creatinine(age: Option<AgeInMonths>, sex: Sex, may_be_pregnant: bool) -> f64 {
    let of = |girl: f64, boy: f64| if sex == Sex::Male { boy } else { girl };
    let lowest = || CHILDREN.iter().map(|it| it.1).fold(WOMEN, f64::min);
    let highest = age.map_or_else(lowest, |age| {
        let child = CHILDREN.iter().find(|(below, _, _)| age.0 < *below);
        child.map_or_else(|| of(WOMEN, MEN), |(_, girl, boy)| of(*girl, *boy))
    });
    if may_be_pregnant {
        highest.min(PREGNANT)
    } else {
        highest
    }
}
