use super::Evidence;
use crate::casemix::Family;
use crate::comparison::Spread;
use crate::definition::Direction;
use crate::disclosure::{LEAST_PEERS_FOR_QUARTILES, coarse};

/// The achievable benchmark of an indicator: what the best quarter of all compared doctors reach, as observed ÷ expected of
/// the events that count ([`counted`]), each doctor's ratio drawn towards 1 by what is chance in it (`shrunken`).
///
/// After Kiefe's achievable benchmark of care (JAMA 2001;285:2871), with two changes: shrunken ratios, so that no small
/// practice's lucky year sets the goal, and a ratio to the expected instead of a rate, so that nobody's goal is set by
/// somebody else's easier patients. Three significant digits (decision 0004). `None` for an indicator without direction and
/// among fewer than ten compared doctors.
///
/// Where doctors do not differ beyond chance (τ² = 0) every shrunken ratio is 1 and the benchmark is what is expected.
#[must_use]
pub fn benchmark_ratio(direction: Direction, family: Family, doctors: &[Evidence]) -> Option<f64> {
    let ratios = doctors.iter().filter_map(|it| {
        let shrunken = it.compared?.shrunken * it.expected;
        let (events, expected) = counted(direction, family, it, shrunken.max(0.0))?;
        (expected > 0.0).then(|| events / expected)
    });
    let spread = Spread::of(ratios.collect());
    let best = if is_fewer_better(direction, family) {
        0.25
    } else {
        0.75
    };
    (spread.peers() >= LEAST_PEERS_FOR_QUARTILES && direction != Direction::Neutral)
        .then(|| spread.quantile(best).map(coarse))
        .flatten()
}

/// The benchmark for one doctor's own patients: numerator ÷ denominator, before the unit's factor; three digits.
///
/// ```
/// use riktig_indicators::casemix::Family;
/// use riktig_indicators::Direction;
/// use riktig_indicators::verdict::{Evidence, benchmark_value};
/// let own = Evidence {
///     observed: 24.0, denominator: 100.0, expected: 20.0, variance: 16.0, ratio: None, doctors: None, compared: None,
/// };
/// // The best quarter have four fifths of the expected: 16 of these 100.
/// assert_eq!(benchmark_value(0.8, Direction::Lower, Family::Share, &own), Some(0.16));
/// // Where higher is better, the best quarter have four fifths of the expected 80 *without*: 64, so 36 with.
/// assert_eq!(benchmark_value(0.8, Direction::Higher, Family::Share, &own), Some(0.36));
/// ```
#[must_use]
pub fn benchmark_value(
    ratio: f64,
    direction: Direction,
    family: Family,
    own: &Evidence,
) -> Option<f64> {
    let (_, expected) = counted(direction, family, own, own.observed)?;
    if own.denominator <= 0.0 {
        return None;
    }
    let counted = ratio * expected;
    let events = match (direction, family) {
        (Direction::Higher, Family::Share) => own.denominator - counted,
        (Direction::Lower, Family::Share) => counted.min(own.denominator),
        _ => counted,
    };
    Some(coarse(events.max(0.0) / own.denominator))
}

/// Events further than the benchmark, times reliability: how much of them is this doctor's and not chance. 0 where the
/// benchmark is reached; `None` for a doctor who is not compared. What the order of effort goes by.
#[must_use]
pub fn worth_of_effort(
    ratio: f64,
    direction: Direction,
    family: Family,
    own: &Evidence,
) -> Option<f64> {
    let reliability = own.compared?.reliability;
    let (events, expected) = counted(direction, family, own, own.observed)?;
    let excess = if is_fewer_better(direction, family) {
        events - ratio * expected
    } else {
        ratio * expected - events
    };
    Some(excess.max(0.0) * reliability)
}

/// Of which events there should be fewer (for a rate where higher is better: more): so many of them, and so many expected.
/// In a share where higher is better these are the others of the denominator, so that no goal is beyond 100 %.
fn counted(
    direction: Direction,
    family: Family,
    own: &Evidence,
    observed: f64,
) -> Option<(f64, f64)> {
    match (direction, family) {
        (Direction::Neutral, _) => None,
        (Direction::Higher, Family::Share) => Some((
            (own.denominator - observed).max(0.0),
            own.denominator - own.expected,
        )),
        (Direction::Lower, _) | (Direction::Higher, Family::Rate) => Some((observed, own.expected)),
    }
}

/// Only a rate where higher is better asks for more.
fn is_fewer_better(direction: Direction, family: Family) -> bool {
    (direction, family) != (Direction::Higher, Family::Rate)
}
