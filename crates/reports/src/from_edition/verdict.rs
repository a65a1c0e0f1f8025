//! What the edition says of expected counts, verdicts and the level to reach for, in the model's words.

use riktig_indicators::disclosure::coarse;
use riktig_indicators::verdict::CLEARLY_BEYOND;
use riktig_indicators::{Definition, Measure};
use riktig_lake::edition::{self, Edition, IndicatorId, PrescriberId, VerdictRow};

use super::Parts;
use crate::model::{
    Achievable, Because, Direction, Expected, Indicator, NoExpected, Ratio, Step, Verdict,
};

/// What is expected of the doctor's own contacts.
pub(super) fn expected(
    edition: &Edition,
    prescriber: PrescriberId,
    indicator: IndicatorId,
    row: Option<&VerdictRow>,
) -> Expected {
    let reason = match edition.expected(prescriber, indicator) {
        Ok(told) => {
            return Expected::Measured {
                count: told.expected,
                ratio: row.and_then(|row| ratio(row, edition.limits(prescriber, indicator))),
            };
        }
        Err(reason) => reason,
    };
    let reason = match reason {
        // What is for reference only is in no report.
        edition::NoExpected::NotTold | edition::NoExpected::ReferenceOnly => {
            return Expected::NotTold;
        }
        edition::NoExpected::NoValue => NoExpected::NoFigure,
        edition::NoExpected::NoUnits => NoExpected::NoUnits,
        edition::NoExpected::PopulationOnly => NoExpected::PopulationOnly,
        edition::NoExpected::Amounts => NoExpected::Amounts,
        edition::NoExpected::NoCommonStrata => NoExpected::NothingInCommon,
        edition::NoExpected::TooFewToFit => NoExpected::TooFewInCountry,
    };
    Expected::None { reason }
}

fn ratio(row: &VerdictRow, limits: Option<[f64; 2]>) -> Option<Ratio> {
    let told = row.evidence?.ratio?;
    Some(Ratio {
        value: told.ratio,
        interval: [told.lower, told.upper],
        limits,
    })
}

/// The verdict; where the doctor is asked nothing, none is given.
pub(super) fn verdict(row: Option<&VerdictRow>, asked: Direction) -> (Verdict, Option<Because>) {
    use edition::Verdict as Told;
    let Some(row) = row else {
        return (Verdict::NotTold, None);
    };
    if asked == Direction::Neutral {
        return (Verdict::Neutral, None);
    }
    let verdict = match row.verdict {
        Told::ClearlyBetter => Verdict::ClearlyBetter,
        Told::ProbablyBetter => Verdict::ProbablyBetter,
        Told::AsExpected => Verdict::AsExpected,
        Told::ProbablyWorse => Verdict::ProbablyWorse,
        Told::ClearlyWorse => Verdict::ClearlyWorse,
        Told::TooFewToJudge => Verdict::TooFew,
        Told::NoJudgement => Verdict::Neutral,
        Told::NoExpected => Verdict::NoExpected,
    };
    (verdict, because(row))
}

fn because(row: &VerdictRow) -> Option<Because> {
    use edition::Rule;
    match row.rule {
        Rule::NotComparable => Some(Because::NotComparable),
        Rule::SmallDenominator => Some(Because::SmallDenominator),
        Rule::SmallExpected => Some(Because::SmallExpected),
        Rule::FewDoctors => Some(Because::FewDoctors),
        Rule::Unreliable => Some(Because::Unreliable),
        Rule::Typical => Some(Because::Typical),
        Rule::Probably => row.evidence?.compared.map(why_not_clearly),
        Rule::NoValue | Rule::Neutral | Rule::NotModelled | Rule::Within | Rule::Clearly => None,
    }
}

/// Which of row 11's two questions was answered with no.
fn why_not_clearly(compared: edition::Compared) -> Because {
    if compared.z.abs() > CLEARLY_BEYOND {
        Because::ManyDoctors
    } else {
        Because::UsualSpread
    }
}

/// The level to reach for and what it would take.
///
/// The level keeps the edition's three significant digits (decision 0004), because the decisions were counted against them:
/// 8.1 for 8.12 % would be a level that the count does not reach, or reaches with one to spare.
pub(super) fn achievable(row: Option<&VerdictRow>, part: Parts) -> Option<Achievable> {
    use edition::Effort;
    let goal = row?.goal?;
    let natural = |events: i64| u64::try_from(events).unwrap_or(0);
    Some(Achievable {
        value: coarse(goal.value * part.scale.0),
        step: match goal.effort {
            Some(Effort::Reached) => Step::Reached,
            Some(Effort::Fewer(events)) => Step::Fewer {
                decisions: natural(events),
            },
            Some(Effort::More(events)) => Step::More {
                decisions: natural(events),
            },
            None => Step::OutOfReach,
        },
    })
}

/// Where a value means something else than that of others, nothing is expected of it and nothing asked; the reason is told.
pub(super) fn not_comparable(
    indicator: &mut Indicator,
    prescriber: &edition::Prescriber,
    definition: &Definition,
    months: u32,
) {
    // An old edition gives no verdict, and so no reason for one.
    let is_told = indicator.verdict != Verdict::NotTold;
    if is_told && prescriber.dual_role && is_lowered_by_duty_work(definition) {
        indicator.because = Some(Because::DutyWork);
    }
    let is_not = Some(Because::NotComparable);
    if ![is_not, Some(Because::DutyWork)].contains(&indicator.because) {
        return;
    }
    indicator.achievable = None;
    indicator.expected = Expected::None {
        reason: NoExpected::NotComparable,
    };
    if indicator.because != is_not {
        return;
    }
    let (active, list) = (prescriber.months_active, prescriber.list_months);
    let by_list = definition.denominator.count == Measure::ListPatients;
    if by_list && (active < months || list < months) {
        indicator.because = Some(Because::PartOfPeriod {
            active,
            list,
            months,
        });
    }
}

/// A rate that would have a direction, had unlinked items not been left out above the line only.
fn is_lowered_by_duty_work(definition: &Definition) -> bool {
    definition.direction != riktig_indicators::Direction::Neutral
        && definition.numerator.filter.without_dual_role_unknown
        && !definition.denominator.filter.without_dual_role_unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;
    use edition::{Effort, Goal, Rule};
    use proptest::prelude::*;

    proptest! {
        /// All digits, and none beside them: `8.12`, neither `8.1` nor `8.120000000000001`.
        #[test]
        fn the_level_told_is_the_one_that_the_decisions_were_counted_against(
            units in 1u32..1_000, places in 3usize..7, unit in prop::sample::select(vec![Unit::Percent, Unit::Per1000]),
        ) {
            let decimal = |places: usize| {
                let value = f64::from(units) / 10f64.powi(places as i32);
                format!("{value:.places$}").parse::<f64>().expect("a decimal")
            };
            let row = VerdictRow {
                verdict: edition::Verdict::ClearlyWorse,
                rule: Rule::Clearly,
                evidence: None,
                goal: Some(Goal { ratio: 0.8, value: decimal(places), effort: Some(Effort::Fewer(7)), rank: None }),
            };
            let part = Parts {
                numerator: 1.0,
                denominator: 1.0,
                month_denominator: 1.0,
                grows: false,
                unit,
                scale: unit.scale(),
            };
            let shift = if unit == Unit::Percent { 2 } else { 3 };
            let told = achievable(Some(&row), part).map(|it| it.value);
            prop_assert_eq!(told, Some(decimal(places - shift)));
        }
    }
}
