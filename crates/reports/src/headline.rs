//! Which numbers meet the reader first.

use std::cmp::Reverse;

use crate::model::{Basis, Direction, Indicator, Report, Role};

/// The least and the most that a first screen holds.
pub const HEADLINES: std::ops::RangeInclusive<usize> = 3..=5;
/// What is shown where all of it can be: four are read in ten seconds.
const COMFORTABLE: usize = 4;

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

/// Three to five indicator ids for the first screen, fewer where fewer have a figure of the doctor's own.
///
/// Setting decides the order; data decide who is in: first what may be compared, then what may be shown, then bare counts.
/// Nothing is picked because it looks bad.
#[must_use]
pub fn headlines(roles: &[Role], indicators: &[Indicator]) -> Vec<String> {
    let order = preference(roles);
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
    let of = |basis: Basis| {
        candidates
            .iter()
            .filter(move |(_, _, indicator)| indicator.basis() == basis)
    };
    let mut chosen: Vec<&Indicator> = Vec::with_capacity(COMFORTABLE);
    for (rank, _, indicator) in of(Basis::Compared) {
        if *rank < order.len() && chosen.len() < COMFORTABLE {
            choose(&mut chosen, indicator, |_| true);
        }
    }
    // A thin report is filled up to the least number, with what tells most; near repetition comes last.
    let directed =
        |(_, _, indicator): &&(usize, usize, &Indicator)| indicator.direction != Direction::Neutral;
    for strict in [true, false] {
        let rest = of(Basis::Compared)
            .filter(directed)
            .chain(of(Basis::Shown))
            .chain(of(Basis::CountsOnly))
            .chain(of(Basis::Compared));
        for (_, _, indicator) in rest {
            if chosen.len() < *HEADLINES.start() {
                choose(&mut chosen, indicator, |twins| strict || twins.never);
            }
        }
    }
    chosen
        .into_iter()
        .map(|indicator| indicator.id.clone())
        .collect()
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

/// The indicators that may have a chart of their own, most useful first: the headlines, then what may be compared, then what
/// may be shown. Bare counts have no place on an axis. A practice of a foreign source keeps the order of its definitions.
pub(crate) fn chart_order(report: &Report) -> Vec<&Indicator> {
    let practice = report.prescriber.roles == [Role::Practice];
    let rank = |id: &str| match CHARTS.iter().position(|known| *known == id) {
        _ if practice => 0,
        known => known.unwrap_or(CHARTS.len()),
    };
    let last = |id: &str| !practice && CHARTS_LAST.contains(&id);
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
    order
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
