//! Which numbers meet the reader first.

use crate::model::{Basis, Direction, Indicator, Role};

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
    let known = |(rank, _, _): &&(usize, usize, &Indicator)| *rank < order.len();
    let mut chosen: Vec<&Indicator> = of(Basis::Compared)
        .filter(known)
        .take(COMFORTABLE)
        .map(|(_, _, one)| *one)
        .collect();
    // A thin report is filled up to the least number, with what tells most.
    let directed =
        |(_, _, indicator): &&(usize, usize, &Indicator)| indicator.direction != Direction::Neutral;
    let rest = of(Basis::Compared)
        .filter(directed)
        .chain(of(Basis::Shown))
        .chain(of(Basis::CountsOnly))
        .chain(of(Basis::Compared));
    for (_, _, indicator) in rest {
        if chosen.len() >= *HEADLINES.start() {
            break;
        }
        if !chosen.iter().any(|other| other.id == indicator.id) {
            chosen.push(indicator);
        }
    }
    chosen
        .into_iter()
        .map(|indicator| indicator.id.clone())
        .collect()
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
