//! How well a model tells units apart, and whether it is right where it does.

use super::fit::Stratum;

/// Chance that a unit with an event has a higher fitted probability than one without, ties counting half. `order` is that of
/// ascending means.
pub(super) fn c_statistic(strata: &[Stratum], means: &[f64], order: &[usize]) -> f64 {
    let (mut without_below, mut above) = (0.0, 0.0);
    for ties in order.chunk_by(|left, right| means[*left] == means[*right]) {
        let (mut events, mut without) = (0.0, 0.0);
        for at in ties {
            events += strata[*at].events;
            without += strata[*at].units - strata[*at].events;
        }
        above += events * (without_below + without / 2.0);
        without_below += without;
    }
    let events: f64 = strata.iter().map(|it| it.events).sum();
    above / (events * without_below)
}

/// Observed and expected events in ten groups of nearly equally many units by fitted risk: a stratum is in the group that its
/// middle unit falls into.
pub(super) fn tenths(strata: &[Stratum], means: &[f64], order: &[usize]) -> Vec<[f64; 2]> {
    let all: f64 = strata.iter().map(|it| it.units).sum();
    let mut groups = vec![[0.0; 2]; 10];
    let mut before = 0.0;
    for at in order {
        let stratum = &strata[*at];
        let middle = (before + stratum.units / 2.0) / all;
        before += stratum.units;
        let group = &mut groups[((middle * 10.0) as usize).min(9)];
        group[0] += stratum.events;
        group[1] += stratum.units * means[*at];
    }
    groups
}
