//! "What would it take" is exact, whatever the numbers.

mod sample;

use proptest::prelude::*;
use riktig_reports::goal::{Goal, goal};
use riktig_reports::model::{Counts, Direction, Figure, Indicator, Scale};

fn indicator(numerator: u32, denominator: u32, benchmark: f64, direction: Direction) -> Indicator {
    let mut indicator = sample::all().swap_remove(0).1.indicators.swap_remove(0);
    indicator.direction = direction;
    indicator.own = Figure::of(
        Counts {
            numerator: numerator.into(),
            denominator: denominator.into(),
        },
        Scale::PERCENT,
    );
    indicator.benchmark = Figure::of_group(benchmark, Scale::PERCENT);
    indicator
}

proptest! {
    #[test]
    fn so_many_fewer_reach_the_benchmark_and_one_less_does_not(
        denominator in 30u32..2_000, share in 0.0f64..=1.0, peers in 1u32..5_000, best in 0.0f64..=1.0,
    ) {
        let numerator = (f64::from(denominator) * share).floor() as u32;
        // A benchmark is a ratio of whole numbers too.
        let benchmark = (f64::from(peers) * best).floor() / f64::from(peers);
        let reached = |decisions: u64| (f64::from(numerator) - decisions as f64) / f64::from(denominator) <= benchmark + 1e-9;
        match goal(&indicator(numerator, denominator, benchmark, Direction::Lower)) {
            Goal::Reached { .. } => prop_assert!(reached(0)),
            Goal::Fewer { decisions, .. } => {
                prop_assert!(reached(decisions));
                prop_assert!(!reached(decisions - 1) || decisions == 1);
                prop_assert!(decisions <= u64::from(numerator));
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn so_many_more_reach_the_benchmark_and_never_more_than_there_are(
        denominator in 30u32..2_000, share in 0.0f64..=1.0, peers in 1u32..5_000, best in 0.0f64..=1.0,
    ) {
        let numerator = (f64::from(denominator) * share).floor() as u32;
        let benchmark = (f64::from(peers) * best).floor() / f64::from(peers);
        match goal(&indicator(numerator, denominator, benchmark, Direction::Higher)) {
            Goal::Reached { .. } => prop_assert!(f64::from(numerator) / f64::from(denominator) >= benchmark - 1e-9),
            Goal::More { decisions, .. } => prop_assert!(u64::from(numerator) + decisions <= u64::from(denominator)),
            other => prop_assert!(false, "{other:?}"),
        }
    }
}

#[test]
fn twelve_of_forty_are_four_from_eight_of_forty() {
    let goal = goal(&indicator(12, 40, 0.2, Direction::Lower));
    assert!(matches!(goal, Goal::Fewer { decisions: 4, .. }), "{goal:?}");
}

#[test]
fn too_few_to_compare_get_no_goal() {
    assert_eq!(goal(&indicator(3, 20, 0.1, Direction::Lower)), Goal::TooFew);
    assert_eq!(goal(&indicator(3, 7, 0.1, Direction::Lower)), Goal::TooFew);
}
