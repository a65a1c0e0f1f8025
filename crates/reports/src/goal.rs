//! What it would take: the smallest whole number of different decisions that reaches the achievable benchmark.

use crate::model::{Basis, Direction, Figure, Indicator, Step, Verdict};

/// What stands between a doctor's own figure and the benchmark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Neutral indicator: no goal, no judgement.
    Neutral,
    /// The own figure is missing.
    NoFigure,
    /// Too few to hold against anybody.
    TooFew,
    /// No benchmark can be shown.
    NoBenchmark,
    /// Whole decisions cannot reach the benchmark.
    OutOfReach,
    /// Own figure is at the benchmark or beyond.
    Reached {
        /// In the indicator's unit.
        benchmark: f64,
    },
    /// So many fewer.
    Fewer {
        /// Whole decisions.
        decisions: u64,
        /// In the indicator's unit.
        benchmark: f64,
    },
    /// So many more.
    More {
        /// Whole decisions.
        decisions: u64,
        /// In the indicator's unit.
        benchmark: f64,
    },
}

/// The goal of one indicator. The denominator is held fixed: the question is what else could have been done in the same contacts.
///
/// Where the edition tells what was expected, the level and the number of decisions are the edition's own
/// ([`Indicator::achievable`]); else they are worked out from the printed boundary of the best quarter.
///
/// ```
/// # use riktig_reports::goal::{goal, Goal};
/// # use riktig_reports::model::*;
/// # let (words, phrase) = (Words::default(), Phrase::default());
/// # let nobody = Comparator::unknown();
/// # let mut indicator = Indicator { id: "X".into(), version: "1".into(), name: words.clone(), why: words, note: None,
/// #   counted: phrase.clone(), among: phrase, unit: Unit::Percent, direction: Direction::Lower, setting: Setting::Any,
/// #   compared_from: Some(30.0), counted_over: None,
/// #   course_group: None, practice: None, similar: None, expected: Expected::NotTold, verdict: Verdict::NotTold, because: None,
/// #   achievable: None, dots: None, theme: Theme::Decision,
/// #   target: None, own: Figure::of(Counts { numerator: 12.0, denominator: 40.0 }, Scale::PERCENT),
/// #   previous: Figure::Missing { reason: Missing::NoPeriod }, municipality: nobody.clone(), county: nobody.clone(),
/// #   country: nobody, benchmark: Figure::of_group(0.20, Scale::PERCENT), spread: None, percentile: None, months: vec![] };
/// // 12 of 40 is 30 %; 8 of 40 is the benchmark's 20 %.
/// assert_eq!(goal(&indicator), Goal::Fewer { decisions: 4, benchmark: 20.0 });
/// indicator.direction = Direction::Neutral;
/// assert_eq!(goal(&indicator), Goal::Neutral);
/// ```
#[must_use]
pub fn goal(indicator: &Indicator) -> Goal {
    match indicator.basis() {
        Basis::None => return Goal::NoFigure,
        Basis::CountsOnly => return Goal::TooFew,
        Basis::Shown | Basis::Compared if indicator.direction == Direction::Neutral => {
            return Goal::Neutral;
        }
        Basis::Shown => return Goal::TooFew,
        Basis::Compared => {}
    }
    if indicator.verdict != Verdict::NotTold {
        return told(indicator);
    }
    let (Some(counts), Some(boundary)) = (indicator.own.counts(), indicator.benchmark.value())
    else {
        return Goal::NoBenchmark;
    };
    // The level is known to the page's precision: what prints as the benchmark has reached it.
    let benchmark = indicator.unit.rounded(boundary);
    let scale = indicator.unit.scale().0;
    let lower = match indicator.direction {
        Direction::Lower => true,
        Direction::Higher => false,
        Direction::Neutral => return Goal::Neutral,
    };
    let there = |decisions: u64| {
        let changed = decisions as f64;
        let numerator = counts.numerator + if lower { -changed } else { changed };
        let value = indicator
            .unit
            .rounded(numerator / counts.denominator * scale);
        if lower {
            value <= benchmark
        } else {
            value >= benchmark
        }
    };
    let apart = benchmark / scale * counts.denominator - counts.numerator;
    match (fewest(if lower { -apart } else { apart }, there), lower) {
        (0, _) => Goal::Reached { benchmark },
        (decisions, true) => Goal::Fewer {
            decisions,
            benchmark,
        },
        (decisions, false) => Goal::More {
            decisions,
            benchmark,
        },
    }
}

/// What the edition has worked out against the level of patients like the doctor's own.
fn told(indicator: &Indicator) -> Goal {
    let Some(achievable) = indicator.achievable else {
        return Goal::NoBenchmark;
    };
    let benchmark = achievable.value;
    match achievable.step {
        Step::Reached => Goal::Reached { benchmark },
        Step::Fewer { decisions } => Goal::Fewer {
            decisions,
            benchmark,
        },
        Step::More { decisions } => Goal::More {
            decisions,
            benchmark,
        },
        Step::OutOfReach => Goal::OutOfReach,
    }
}

/// The fewest decisions that are `there`, found from a guess that is off by rounding only.
fn fewest(guess: f64, there: impl Fn(u64) -> bool) -> u64 {
    let mut decisions = whole(guess.ceil());
    while decisions > 0 && there(decisions - 1) {
        decisions -= 1;
    }
    while !there(decisions) {
        decisions += 1;
    }
    decisions
}

/// Negative is "already there".
fn whole(decisions: f64) -> u64 {
    decisions.max(0.0) as u64
}

/// True where most peers are at the benchmark: there is no better quarter then.
#[must_use]
pub fn alike(indicator: &Indicator) -> bool {
    let (Some(spread), Verdict::NotTold) = (&indicator.spread, indicator.verdict) else {
        return false;
    };
    let read = spread.deciles.map(|value| indicator.unit.rounded(value));
    indicator.benchmark.value().is_some() && read.iter().all(|value| *value == read[0])
}

/// True where the benchmark itself is told.
#[must_use]
pub fn has_benchmark(indicator: &Indicator) -> bool {
    indicator.direction != Direction::Neutral
        && matches!(
            indicator.goal_level(),
            Figure::Measured { .. } | Figure::Zero { .. }
        )
}
