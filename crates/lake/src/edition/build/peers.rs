//! Prescribers held against each other.

use riktig_indicators::Direction;

use super::tables::lower_is_better;
use crate::edition::{Position, ScopeFigures, ScopeValue, Suppression};

/// A prescriber with enough of a denominator to be compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer {
    row: u32,
    numerator: i64,
    denominator: i64,
    /// In whole units, before the definition's multiplier.
    ratio: f64,
}

/// The least denominator, in whole units (contacts, items, patients): below it one event moves the value by more than a tenth.
const LEAST_DENOMINATOR: i64 = 10;
/// Fewer prescribers than this could be told apart.
const LEAST_PRESCRIBERS: usize = 5;

impl Peer {
    pub(super) fn new(
        row: u32,
        numerator: i64,
        denominator: i64,
        above: i64,
        below: i64,
    ) -> Option<Peer> {
        let enough = denominator >= LEAST_DENOMINATOR * below;
        let ratio = (numerator as f64 / above as f64) / (denominator as f64 / below as f64);
        enough.then_some(Peer {
            row,
            numerator,
            denominator,
            ratio,
        })
    }
}

/// A group's figures, or why they are kept back.
pub(super) fn compare(peers: &[Peer], direction: Direction) -> ScopeValue {
    let numerator: i64 = peers.iter().map(|peer| peer.numerator).sum();
    let denominator: i64 = peers.iter().map(|peer| peer.denominator).sum();
    let most = peers.iter().map(|peer| peer.numerator).max().unwrap_or(0);
    if peers.len() < LEAST_PRESCRIBERS {
        return ScopeValue::Suppressed(Suppression::FewerThanFivePrescribers);
    }
    if most * 2 > numerator {
        return ScopeValue::Suppressed(Suppression::OnePrescriberDominates);
    }
    let mut sorted: Vec<&Peer> = peers.iter().collect();
    sorted.sort_by(|left, right| left.ratio.total_cmp(&right.ratio));
    let ratios: Vec<f64> = sorted.iter().map(|peer| peer.ratio).collect();
    ScopeValue::Measured(ScopeFigures {
        prescribers: peers.len() as u32,
        numerator,
        denominator,
        deciles: std::array::from_fn(|at| quantile(&ratios, at + 1, 10)),
        quartiles: std::array::from_fn(|at| quantile(&ratios, at + 1, 4)),
        benchmark: lower_is_better(direction).map(|lower| best_quarter(&ratios, lower)),
    })
}

/// The mean of the best quarter of peers, each weighing the same.
fn best_quarter(sorted: &[f64], lower: bool) -> f64 {
    let count = sorted.len().div_ceil(4);
    let best = if lower {
        &sorted[..count]
    } else {
        &sorted[sorted.len() - count..]
    };
    best.iter().sum::<f64>() / count as f64
}

/// Linear interpolation between sorted values, inclusive ("type 7").
fn quantile(sorted: &[f64], part: usize, of: usize) -> f64 {
    let steps = (sorted.len() - 1) * part;
    let (below, rest) = (steps / of, steps % of);
    let low = sorted[below];
    match sorted.get(below + 1) {
        Some(high) if rest > 0 => low + (high - low) * (rest as f64 / of as f64),
        _ => low,
    }
}

/// Where each peer stands; nobody does among fewer than five.
pub(super) fn positions(peers: &[Peer]) -> Vec<(u32, Position)> {
    if peers.len() < LEAST_PRESCRIBERS {
        return Vec::new();
    }
    let mut ratios: Vec<f64> = peers.iter().map(|peer| peer.ratio).collect();
    ratios.sort_by(f64::total_cmp);
    let position = |peer: &Peer| {
        let lower = ratios.partition_point(|ratio| *ratio < peer.ratio);
        let equal = ratios[lower..].partition_point(|ratio| *ratio <= peer.ratio);
        let percentile = 100.0 * (lower as f64 + equal as f64 / 2.0) / ratios.len() as f64;
        (
            peer.row,
            Position {
                percentile,
                of: ratios.len() as u32,
            },
        )
    };
    peers.iter().map(position).collect()
}
