use super::{Evidence, Rule, Verdict};
use crate::casemix::Family;
use crate::comparison::{COMPARED_FROM_DENOMINATOR, COMPARED_FROM_EXPECTED};
use crate::definition::Direction;

/// Standard errors of the 95 % limits: Φ⁻¹(0.975).
pub const PROBABLY_BEYOND: f64 = 1.959_963_984_540_054;
/// Standard errors of the 99.8 % limits: Φ⁻¹(0.999).
pub const CLEARLY_BEYOND: f64 = 3.090_232_306_167_814;
/// Highest false-discovery rate of "clearly".
pub const FALSE_DISCOVERY: f64 = 0.05;
/// Least reliability of a value that is judged.
pub const LEAST_RELIABILITY: f64 = 0.7;
/// Fewest compared doctors among whom ordinary differences are estimated: with fewer, a tenth at each end is nobody.
pub const LEAST_DOCTORS: u32 = 10;

/// What is put before the decision table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Case {
    /// Rows that look at no number: [`Rule::NoValue`], [`Rule::Neutral`] and [`Rule::NotModelled`].
    Settled(Rule),
    /// A doctor with an expected count.
    Numbers {
        /// Which way is better.
        direction: Direction,
        /// Which least size applies.
        family: Family,
        /// The numbers.
        evidence: Evidence,
    },
}

/// Goes through the decision table: the first row that fits, and what it says.
///
/// Pure arithmetic on stored numbers: the same for the build, for `riktig verify` and for somebody with paper.
///
/// ```
/// use riktig_indicators::Direction;
/// use riktig_indicators::casemix::Family;
/// use riktig_indicators::verdict::{Case, Compared, Evidence, Rule, StandardisedRatio, Verdict, decide};
/// let of = |z: f64, q: f64| Case::Numbers {
///     direction: Direction::Lower,
///     family: Family::Share,
///     evidence: Evidence {
///         observed: 60.0, denominator: 120.0, expected: 30.0, variance: 22.5,
///         ratio: Some(StandardisedRatio { ratio: 2.0, lower: 1.64, upper: 2.36 }),
///         doctors: Some(400),
///         compared: Some(Compared {
///             typical: 0.97, tau_squared: 0.09, z, reliability: 0.78, q, shrunken: 1.78,
///         }),
///     },
/// };
/// assert_eq!(decide(&of(3.2, 0.04)), (Rule::Clearly, Verdict::ClearlyWorse));
/// // Far out, but so many are looked at that somebody had to be: no longer clear.
/// assert_eq!(decide(&of(3.2, 0.06)), (Rule::Probably, Verdict::ProbablyWorse));
/// assert_eq!(decide(&of(1.9, 0.30)), (Rule::Within, Verdict::AsExpected));
/// ```
#[must_use]
pub fn decide(case: &Case) -> (Rule, Verdict) {
    match case {
        Case::Settled(rule) => (*rule, rule.verdict(false)),
        Case::Numbers {
            direction,
            family,
            evidence,
        } => {
            let rule = rule(*direction, *family, evidence);
            (rule, rule.verdict(is_favourable(*direction, evidence)))
        }
    }
}

fn rule(direction: Direction, family: Family, evidence: &Evidence) -> Rule {
    if direction == Direction::Neutral {
        return Rule::Neutral;
    }
    if let Some(rule) = too_small(family, evidence) {
        return rule;
    }
    let (Some(ratio), Some(doctors)) = (evidence.ratio, evidence.doctors) else {
        return Rule::NotComparable;
    };
    let Some(compared) = evidence.compared.filter(|_| doctors >= LEAST_DOCTORS) else {
        return Rule::FewDoctors;
    };
    if compared.reliability < LEAST_RELIABILITY {
        return Rule::Unreliable;
    }
    if compared.z.abs() <= PROBABLY_BEYOND {
        return Rule::Within;
    }
    let further_out = if compared.z > 0.0 {
        ratio.ratio > compared.typical
    } else {
        ratio.ratio < compared.typical
    };
    if !further_out {
        return Rule::Typical;
    }
    if compared.z.abs() > CLEARLY_BEYOND && compared.q <= FALSE_DISCOVERY {
        Rule::Clearly
    } else {
        Rule::Probably
    }
}

/// Whether the doctor is too small to be compared, by the rows that look at the doctor's own counts only.
#[expect(clippy::cast_precision_loss, reason = "constants of two digits")]
pub(super) fn too_small(family: Family, evidence: &Evidence) -> Option<Rule> {
    let least = match family {
        Family::Share => 0.0,
        Family::Rate => COMPARED_FROM_EXPECTED as f64,
    };
    if evidence.denominator < COMPARED_FROM_DENOMINATOR as f64 {
        Some(Rule::SmallDenominator)
    } else if evidence.expected < least || evidence.expected <= 0.0 || evidence.variance <= 0.0 {
        Some(Rule::SmallExpected)
    } else {
        None
    }
}

fn is_favourable(direction: Direction, evidence: &Evidence) -> bool {
    let more = evidence.compared.is_some_and(|it| it.z > 0.0);
    match direction {
        Direction::Lower => !more,
        Direction::Higher => more,
        Direction::Neutral => false,
    }
}
