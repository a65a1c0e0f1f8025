//! Which numbers meet the reader first.

use std::cmp::Reverse;

use crate::model::{
    Basis, Direction, GroupNumber, Indicator, Question, Report, Role, Step, Theme, Verdict,
};

/// The least and the most that a first screen holds.
pub const HEADLINES: std::ops::RangeInclusive<usize> = 3..=5;
/// What is shown where all of it can be: four are read in ten seconds.
const COMFORTABLE: usize = 4;
/// Indicators that a plan is suggested for.
const EFFORT: usize = 2;

/// Decision, choice of drug, the clearest single diagnosis, what drives resistance, length, volume: the order in which
/// a general practitioner can act on them.
const PRACTICE: [&str; 8] = [
    "SKIL-AB3",
    "SKIL-AB4",
    "P-BRONCH",
    "RAK-RDR",
    "RAK-PENV",
    "P-CYST-3D",
    "RAK-VOL",
    "SKIL-AB1",
];
const OUT_OF_HOURS: [&str; 4] = ["P-OOH-PENV", "P-BRONCH", "RAK-PENV", "RAK-RDR"];
/// Where nobody knows diagnoses or role.
const ANY: [&str; 4] = ["EN-VOL", "EN-BROAD", "RAK-RDR", "RAK-VOL"];

/// Two indicators that tell a reader nearly the same.
struct Twins {
    pair: [&'static str; 2],
    /// Set where both are never shown first; else both may be, where nothing else would fill the screen.
    never: bool,
}

const TWINS: [Twins; 4] = [
    // Two shares of the same dispensings: little is in neither group, so one rises as the other falls.
    Twins {
        pair: ["WHO-AWARE-ACCESS", "WHO-AWARE-WATCH"],
        never: true,
    },
    // Respiratory infection in the practice, and in the practice and on duty.
    Twins {
        pair: ["SKIL-AB3", "P-RTI-RATE"],
        never: true,
    },
    // Bronchitis treated with antibiotics, by the project's and by the Swedish definition.
    Twins {
        pair: ["P-BRONCH", "SE-Inf24"],
        never: true,
    },
    // Penicillin V in respiratory infection, by the contact's diagnosis and by the drugs dispensed.
    Twins {
        pair: ["SKIL-AB4", "RAK-PENV"],
        never: false,
    },
];

/// The numbers that a group's page begins with, by their place in `numbers`: the order of general practice, what can be drawn
/// before what cannot, and no two that say nearly the same.
#[must_use]
pub fn group_headlines(numbers: &[GroupNumber]) -> Vec<usize> {
    let place = |id: &str| numbers.iter().position(|it| it.indicator.id == id);
    let mut order: Vec<usize> = PRACTICE.iter().filter_map(|id| place(id)).collect();
    order.extend(
        (0..numbers.len()).filter(|at| numbers[*at].indicator.direction != Direction::Neutral),
    );
    order.sort_by_key(|at| numbers[*at].dots.is_err());
    let mut chosen: Vec<usize> = Vec::with_capacity(COMFORTABLE);
    for at in order {
        let id = |at: usize| numbers[at].indicator.id.as_str();
        let repeats = |other: &usize| *other == at || are_twins(id(*other), id(at));
        if chosen.len() < COMFORTABLE && !chosen.iter().any(repeats) {
            chosen.push(at);
        }
    }
    chosen
}

/// Whether two indicators tell a reader nearly the same.
pub(crate) fn are_twins(one: &str, other: &str) -> bool {
    one != other
        && TWINS
            .iter()
            .any(|twins| twins.pair.contains(&one) && twins.pair.contains(&other))
}

/// At most five indicator ids for the first screen, fewer where fewer have a figure of the doctor's own.
///
/// Where the edition tells verdicts, the seats are given in this order, and what says nearly the same as a number that is
/// seated already gets none:
///
/// 1. where this doctor's effort would count most (`effort`, at most two): the decisions that can be changed, not the
///    number that looks worst;
/// 2. the first number of the role that may be compared: the decision to treat;
/// 3. one that is better than expected and worth keeping, a clear one before a probable one;
/// 4. the role's order, until four are seated.
///
/// Without verdicts, and to fill a thin report, setting decides the order and data decide who is in: first what may be
/// compared, then what may be shown, then bare counts.
#[must_use]
pub fn headlines(roles: &[Role], indicators: &[Indicator], effort: &[String]) -> Vec<String> {
    let order = preference(roles);
    let candidates = candidates(&order, indicators);
    let ranked = || {
        candidates
            .iter()
            .filter(|(rank, _, it)| *rank < order.len() && it.basis() == Basis::Compared)
            .map(|(_, _, it)| *it)
    };
    let mut chosen: Vec<&Indicator> = Vec::with_capacity(*HEADLINES.end());
    for id in effort {
        let found = candidates.iter().find(|(_, _, it)| it.id == *id);
        if let Some((_, _, indicator)) = found {
            choose(&mut chosen, indicator, |_| true);
        }
    }
    if indicators.iter().any(|it| it.verdict != Verdict::NotTold) {
        if let Some(first) = ranked().next() {
            choose(&mut chosen, first, |_| true);
        }
        let keep = [Verdict::ClearlyBetter, Verdict::ProbablyBetter]
            .into_iter()
            .find_map(|verdict| {
                let useful = |it: &&Indicator| !is_last(&it.id) && !is_foreign(&it.id);
                let of = candidates.iter().map(|(_, _, it)| *it);
                of.filter(useful).find(|it| it.verdict == verdict)
            });
        if let Some(keep) = keep {
            choose(&mut chosen, keep, |_| true);
        }
    }
    for indicator in ranked() {
        if chosen.len() < COMFORTABLE {
            choose(&mut chosen, indicator, |_| true);
        }
    }
    fill(&mut chosen, &candidates);
    chosen.into_iter().map(|it| it.id.clone()).collect()
}

/// Indicators with something of the doctor's own, by the role's order; with their rank in it and their place among all.
fn candidates<'i>(
    order: &[&'static str],
    indicators: &'i [Indicator],
) -> Vec<(usize, usize, &'i Indicator)> {
    let mut candidates: Vec<(usize, usize, &Indicator)> = indicators
        .iter()
        .enumerate()
        .filter(|(_, indicator)| indicator.basis() > Basis::None)
        .map(|(place, indicator)| {
            let rank = order
                .iter()
                .position(|id| *id == indicator.id)
                .unwrap_or(order.len());
            (rank, place, indicator)
        })
        .collect();
    // What has a direction tells more than what is only for information.
    candidates.sort_by_key(|(rank, place, indicator)| {
        (*rank, indicator.direction == Direction::Neutral, *place)
    });
    candidates
}

/// A thin report is filled up to the least number, with what tells most; near repetition comes last.
fn fill<'i>(chosen: &mut Vec<&'i Indicator>, candidates: &[(usize, usize, &'i Indicator)]) {
    let of = |basis: Basis| {
        candidates
            .iter()
            .map(|(_, _, indicator)| *indicator)
            .filter(move |indicator| indicator.basis() == basis)
    };
    for strict in [true, false] {
        let rest = of(Basis::Compared)
            .filter(|indicator| indicator.direction != Direction::Neutral)
            .chain(of(Basis::Shown))
            .chain(of(Basis::CountsOnly))
            .chain(of(Basis::Compared));
        for indicator in rest {
            if chosen.len() < *HEADLINES.start() {
                choose(chosen, indicator, |twins| strict || twins.never);
            }
        }
    }
}

/// The same decisions by a second definition, and the one that the page asks with where the doctor has both.
const SECOND: [(&str, &str); 3] = [
    ("P-RTI-RATE", "SKIL-AB3"),
    ("SE-Inf24", "P-BRONCH"),
    ("EN-STARPU", "RAK-VOL"),
];

/// The at most two indicators where effort would count most, of those that the edition puts first: a second definition gives
/// way to the first, near repetition and what says little of a choice are left out.
pub(crate) fn effort_of(first: &[String], indicators: &[Indicator]) -> Vec<String> {
    let of = |id: &str| {
        indicators.iter().find(|it| it.id == id).filter(|it| {
            it.basis() == Basis::Compared
                && it
                    .achievable
                    .is_some_and(|goal| matches!(goal.step, Step::Fewer { .. } | Step::More { .. }))
        })
    };
    let mut chosen: Vec<&Indicator> = Vec::with_capacity(EFFORT);
    for id in first {
        let nearer = SECOND.iter().find(|(second, _)| second == id);
        let nearer = nearer.and_then(|(_, nearer)| of(nearer));
        let Some(indicator) = nearer.or_else(|| of(id)) else {
            continue;
        };
        let useful = !weighed_abroad(&indicator.id);
        if chosen.len() < EFFORT && useful && indicator.direction != Direction::Neutral {
            choose(&mut chosen, indicator, |_| true);
        }
    }
    chosen.into_iter().map(|it| it.id.clone()).collect()
}

/// Three open questions: two about what the first numbers are about, each of another kind, and how the group goes on.
#[must_use]
pub fn discussion(report: &Report) -> Vec<Question> {
    let first = report
        .effort_indicators()
        .chain(report.headline_indicators())
        .filter(|indicator| indicator.direction != Direction::Neutral);
    questions(first.map(|indicator| (indicator.theme, indicator.id.as_str())))
}

/// Three open questions from topics in the order in which they matter: two of different kinds, and how the group goes on.
pub(crate) fn questions<'a>(topics: impl Iterator<Item = (Theme, &'a str)>) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::with_capacity(3);
    for (theme, id) in topics {
        let theme = Some(theme);
        if questions.len() < 2 && questions.iter().all(|other| other.theme != theme) {
            questions.push(Question {
                theme,
                indicator: Some(id.to_owned()),
            });
        }
    }
    // Where the numbers give fewer topics, the two that every group has.
    for theme in [Theme::Decision, Theme::Choice] {
        if questions.len() < 2 && questions.iter().all(|other| other.theme != Some(theme)) {
            questions.push(Question {
                theme: Some(theme),
                indicator: None,
            });
        }
    }
    questions.push(Question {
        theme: None,
        indicator: None,
    });
    questions
}

/// Adds what is not there yet and has no twin there; only the twins that `counts` lets through are looked at.
fn choose<'i>(
    chosen: &mut Vec<&'i Indicator>,
    indicator: &'i Indicator,
    counts: impl Fn(&Twins) -> bool,
) {
    let repeats = |other: &&Indicator| {
        other.id == indicator.id
            || TWINS.iter().any(|twins| {
                counts(twins)
                    && twins.pair.contains(&other.id.as_str())
                    && twins.pair.contains(&indicator.id.as_str())
            })
    };
    if !chosen.iter().any(repeats) {
        chosen.push(indicator);
    }
}

/// What a chart is most use for after the headlines: volume, then decisions by diagnosis, length and choice of drug.
const CHARTS: [&str; 12] = [
    "RAK-VOL",
    "P-BRONCH",
    "SE-Inf24",
    "P-CYST-3D",
    "SE-Inf07",
    "RAK-RDR",
    "RAK-PENV",
    "WHO-AWARE-ACCESS",
    "SE-Inf11",
    "SE-Inf04",
    "SE-Inf15",
    "SKIL-AB1",
];
/// Says little of a choice: England's weights, a ratio that pack sizes decide, how prescriptions are filled in, and a second look at
/// what a headline says already.
const CHARTS_LAST: [&str; 4] = ["EN-STARPU", "P-DDD-ITEM", "P-DX", "P-RTI-RATE"];

/// Rates against a list weighed by another country's use: nobody here can tell what one decision does to them.
fn weighed_abroad(id: &str) -> bool {
    id == "EN-STARPU"
}

fn is_last(id: &str) -> bool {
    CHARTS_LAST.contains(&id)
}

/// Defined by another country's programme, by the first part of the id. Such an indicator is shown, but takes no place from
/// one that is made for here, unless it has been given one by name.
fn is_foreign(id: &str) -> bool {
    const FOREIGN: [&str; 6] = ["EN-", "SE-", "DK-", "US-", "UK-", "CA-"];
    !CHARTS.contains(&id) && FOREIGN.iter().any(|start| id.starts_with(start))
}

/// The indicators that may have a chart of their own, most useful first: the headlines, then what may be compared, then what
/// may be shown. Bare counts have no place on an axis. A practice of a foreign source keeps the order of its definitions.
pub(crate) fn chart_order(report: &Report) -> Vec<&Indicator> {
    let practice = report.prescriber.roles == [Role::Practice];
    let rank = |id: &str| match CHARTS.iter().position(|known| *known == id) {
        _ if practice => 0,
        known => known.unwrap_or(CHARTS.len()),
    };
    let last = |id: &str| !practice && (is_last(id) || is_foreign(id));
    let headline = |id: &str| report.headlines.iter().position(|known| known == id);
    let mut order: Vec<&Indicator> = report
        .indicators
        .iter()
        .filter(|indicator| indicator.basis() > Basis::CountsOnly)
        .collect();
    // The sort is stable: what ranks alike keeps its order.
    order.sort_by_key(|indicator| {
        let id = indicator.id.as_str();
        match headline(id) {
            Some(place) => (0, Reverse(Basis::Compared), place),
            None => (1 + u8::from(last(id)), Reverse(indicator.basis()), rank(id)),
        }
    });
    // Of two that tell the same, the first is drawn and the other stands in the table.
    let mut seen: Vec<&Indicator> = Vec::with_capacity(order.len());
    for indicator in order {
        choose(&mut seen, indicator, |twins| twins.never);
    }
    seen
}

fn preference(roles: &[Role]) -> Vec<&'static str> {
    let mut order: Vec<&'static str> = Vec::new();
    let practice = roles
        .iter()
        .any(|role| matches!(role, Role::GeneralPractitioner | Role::Locum));
    let duty = roles.contains(&Role::OutOfHours);
    if practice {
        order.extend(&PRACTICE[..3]);
    }
    if duty {
        order.extend(OUT_OF_HOURS);
    }
    order.extend(PRACTICE);
    if !practice && !duty {
        order.splice(0..0, ANY);
    }
    let mut seen = std::collections::BTreeSet::new();
    order.retain(|id| seen.insert(*id));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_indicator_is_both_useful_and_last() {
        assert!(CHARTS_LAST.iter().all(|id| !CHARTS.contains(id)));
    }
}
