//! Prescribers held against each other, by the rules of `indicators::comparison` and `indicators::disclosure`.

use riktig_indicators::comparison::{
    COMPARED_FROM_DENOMINATOR, COMPARED_FROM_EXPECTED, Kind, SHOWN_FROM, Spread,
};
use riktig_indicators::disclosure::{
    self, LEAST_DOCTORS, LEAST_PEERS_FOR_DECILES, LEAST_PEERS_FOR_QUARTILES, coarse, group_sum,
};
use riktig_indicators::{Amount, Direction, Measured};

use super::complement::Cell;
use crate::edition::{Position, ScopeFigures, ScopeValue, Suppression};

/// A prescriber with enough of a denominator to be compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer {
    /// Row in the edition.
    pub(super) row: u32,
    pub(super) measured: Measured,
    /// In whole units, before the definition's multiplier.
    pub(super) ratio: f64,
}

/// The least denominator, in the units of the sum, that is compared: 30 for a share; for a rate what lets 20 events be
/// expected at the rate of everybody together. `i64::MAX` where nothing happened to anybody, so that nothing is expected.
///
/// This is [`riktig_indicators::comparison::Standing`] solved for the denominator, in integers.
pub(super) fn least_denominator(kind: Kind, everybody: Measured) -> i64 {
    let shown = SHOWN_FROM * everybody.denominator.divisor;
    match kind {
        Kind::Share => COMPARED_FROM_DENOMINATOR * everybody.denominator.divisor,
        Kind::Rate if everybody.numerator.sum <= 0 => i64::MAX,
        Kind::Rate => {
            let events =
                i128::from(COMPARED_FROM_EXPECTED) * i128::from(everybody.numerator.divisor);
            let above = events * i128::from(everybody.denominator.sum);
            let by = i128::from(everybody.numerator.sum);
            i64::try_from((above + by - 1) / by)
                .unwrap_or(i64::MAX)
                .max(shown)
        }
    }
}

/// The sum of everybody.
pub(super) fn pooled(everybody: impl Iterator<Item = Measured>) -> Option<Measured> {
    let add = |left: Amount, right: Amount| Amount {
        sum: left.sum + right.sum,
        divisor: left.divisor,
    };
    everybody.reduce(|left, right| Measured {
        numerator: add(left.numerator, right.numerator),
        denominator: add(left.denominator, right.denominator),
    })
}

/// A group's figures, or why they are kept back.
pub(super) fn compare(peers: &[Peer], kind: Kind, direction: Direction) -> ScopeValue {
    let members: Vec<Measured> = peers.iter().map(|peer| peer.measured).collect();
    let sum = match group_sum(&members, kind == Kind::Share) {
        Ok(sum) => sum,
        Err(reason) => return ScopeValue::Suppressed(suppression(reason)),
    };
    let spread = Spread::of(peers.iter().map(|peer| peer.ratio).collect());
    let from = |least: usize| (spread.peers() >= least).then_some(&spread);
    let quartered = from(LEAST_PEERS_FOR_QUARTILES);
    ScopeValue::Measured(ScopeFigures {
        prescribers: peers.len() as u32,
        numerator: sum.numerator.sum,
        denominator: sum.denominator.sum,
        deciles: from(LEAST_PEERS_FOR_DECILES)
            .and_then(Spread::deciles)
            .map(|all| all.map(coarse)),
        quartiles: quartered
            .and_then(Spread::quartiles)
            .map(|all| all.map(coarse)),
        benchmark: quartered
            .and_then(|spread| spread.achievable_benchmark(direction))
            .map(coarse),
    })
}

/// What a group rests on, and whether it is told.
pub(super) fn cell(peers: &[Peer], shown: bool) -> Cell {
    let sum = |pick: fn(&Measured) -> i64| peers.iter().map(|peer| pick(&peer.measured)).sum();
    Cell {
        doctors: peers.len() as i64,
        numerator: sum(|it| it.numerator.sum),
        denominator: sum(|it| it.denominator.sum),
        shown,
    }
}

pub(super) fn suppression(reason: disclosure::Suppression) -> Suppression {
    match reason {
        disclosure::Suppression::FewerThanFiveDoctors => Suppression::FewerThanFivePrescribers,
        disclosure::Suppression::OneDoctorDominates => Suppression::OnePrescriberDominates,
        disclosure::Suppression::SmallCell => Suppression::SmallCell,
        disclosure::Suppression::Withheld => Suppression::Complement,
    }
}

/// Where each peer stands; nobody does in a group whose mean may not be shown for want of members.
pub(super) fn positions(peers: &[Peer]) -> Vec<(u32, Position)> {
    if peers.len() < LEAST_DOCTORS {
        return Vec::new();
    }
    let spread = Spread::of(peers.iter().map(|peer| peer.ratio).collect());
    let position = |peer: &Peer| {
        let percentile = spread.percentile_of(peer.ratio)?;
        Some((
            peer.row,
            Position {
                percentile,
                of: spread.peers() as u32,
            },
        ))
    };
    peers.iter().filter_map(position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use riktig_indicators::comparison::Standing;

    fn measured(numerator: i64, denominator: i64, divisor: i64) -> Measured {
        Measured {
            numerator: Amount::count(numerator),
            denominator: Amount {
                sum: denominator,
                divisor,
            },
        }
    }

    #[test]
    fn among_few_peers_no_quantile_is_told_and_among_many_none_is_a_doctors_own_counts() {
        let peer = |row: u32| {
            let measured = measured(17 + i64::from(row), 199, 1);
            let ratio = measured.ratio().expect("divisible");
            Peer {
                row,
                measured,
                ratio,
            }
        };
        let of = |size: u32| {
            let peers: Vec<Peer> = (0..size).map(peer).collect();
            match compare(&peers, Kind::Share, Direction::Lower) {
                ScopeValue::Measured(figures) => figures,
                other => panic!("{other:?}"),
            }
        };
        let told = |size| {
            let it = of(size);
            [
                it.deciles.is_some(),
                it.quartiles.is_some(),
                it.benchmark.is_some(),
            ]
        };
        assert_eq!(told(9), [false, false, false]);
        assert_eq!(told(10), [false, true, true]);
        assert_eq!(told(21), [false, true, true]);
        assert_eq!(told(22), [true, true, true]);
        // The lowest decile of 31 is the fourth doctor's 20/199 = 0.1005025125…
        assert_eq!(of(31).deciles.map(|it| it[0]), Some(0.101));
    }

    proptest! {
        #[test]
        fn the_least_denominator_says_what_standing_says(events in 1..5000i64, people in 1..900_000i64, own in 0..900_000i64) {
            let all = measured(events, people, 12);
            let pooled = all.ratio();
            for kind in [Kind::Share, Kind::Rate] {
                let compared = Standing::of(measured(0, own, 12), kind, pooled) == Standing::Compared;
                let least = least_denominator(kind, all);
                // Within one unit of the limit the float may round either way.
                prop_assert!((own >= least) == compared || (own - least).abs() <= 1, "{own} {least} {compared}");
            }
        }
    }
}
