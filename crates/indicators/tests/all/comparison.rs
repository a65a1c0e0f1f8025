//! Properties of the comparison with peers.

use proptest::prelude::*;
use riktig_indicators::comparison::{Effort, Kind, Spread, Standing, effort};
use riktig_indicators::disclosure::coarse;
use riktig_indicators::{Amount, Direction, Measured};

fn values() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(
        prop::sample::select(vec![0.0, 0.05, 0.1, 0.1, 0.25, 0.3, 0.7, 1.0]),
        1..40,
    )
}

fn measured(numerator: i64, denominator: i64) -> Measured {
    Measured {
        numerator: Amount::count(numerator),
        denominator: Amount::count(denominator),
    }
}

#[test]
fn quantiles_are_those_of_numpy_and_r() {
    // numpy.quantile([1, 2, 4, 8, 16], [0, .1, .25, .5, .9, 1]) and quantile(c(1, 2, 4, 8, 16), type = 7).
    let spread = Spread::of(vec![16.0, 1.0, 8.0, 2.0, 4.0]);
    for (share, expected) in [
        (0.0, 1.0),
        (0.1, 1.4),
        (0.25, 2.0),
        (0.5, 4.0),
        (0.9, 12.8),
        (1.0, 16.0),
    ] {
        let found = spread.quantile(share).unwrap();
        assert!((found - expected).abs() < 1e-12, "{share}: {found}");
    }
    assert_eq!(Spread::of(vec![3.0]).deciles(), Some([3.0; 9]));
    assert_eq!(Spread::of(vec![f64::NAN]).quartiles(), None);
}

#[test]
fn the_middle_rank_of_the_lowest_of_ten_is_five() {
    let spread = Spread::of((0..10).map(f64::from).collect());
    assert_eq!(spread.percentile_of(0.0), Some(5.0));
    assert_eq!(spread.percentile_of(9.0), Some(95.0));
}

#[test]
fn a_share_is_shown_from_ten_and_compared_from_thirty() {
    let standing = |denominator| Standing::of(measured(3, denominator), Kind::Share, None);
    assert_eq!(standing(9), Standing::TooFew);
    assert_eq!(
        (standing(10), standing(29)),
        (Standing::Shown, Standing::Shown)
    );
    assert_eq!(standing(30), Standing::Compared);
}

#[test]
fn a_rate_is_compared_from_twenty_expected_events_and_a_mean_list_counts_in_whole_patients() {
    let list = |patient_months: i64| Measured {
        numerator: Amount::count(0),
        denominator: Amount {
            sum: patient_months * 1000,
            divisor: 12_000,
        },
    };
    let standing = |patient_months| Standing::of(list(patient_months), Kind::Rate, Some(0.25));
    assert_eq!(standing(9 * 12), Standing::TooFew);
    assert_eq!(standing(79 * 12), Standing::Shown);
    assert_eq!(standing(80 * 12), Standing::Compared);
}

proptest! {
    #[test]
    fn quantiles_rise_and_stay_within_the_peers(values in values()) {
        let spread = Spread::of(values.clone());
        let deciles = spread.deciles().unwrap();
        prop_assert!(deciles.is_sorted());
        let (least, most) = (spread.quantile(0.0).unwrap(), spread.quantile(1.0).unwrap());
        prop_assert!(values.iter().all(|value| (least..=most).contains(value)));
        prop_assert!(deciles.iter().all(|decile| (least..=most).contains(decile)));
    }

    #[test]
    fn the_ranks_of_all_peers_have_the_middle_as_their_mean(values in values()) {
        let spread = Spread::of(values.clone());
        let ranks: f64 = values.iter().map(|value| spread.percentile_of(*value).unwrap()).sum();
        prop_assert!((ranks / values.len() as f64 - 50.0).abs() < 1e-9);
    }

    #[test]
    fn at_least_a_quarter_of_the_peers_are_at_the_benchmark_or_better(values in values()) {
        let spread = Spread::of(values.clone());
        let quarter = values.len() / 4;
        let lower = spread.achievable_benchmark(Direction::Lower).unwrap();
        prop_assert!(values.iter().filter(|value| **value <= lower).count() >= quarter);
        let higher = spread.achievable_benchmark(Direction::Higher).unwrap();
        prop_assert!(values.iter().filter(|value| **value >= higher).count() >= quarter);
    }

    #[test]
    fn the_effort_reaches_the_benchmark_and_one_decision_less_does_not(
        numerator in 0i64..200, extra in 1i64..200, of in 0i64..50, in_all in 50i64..200,
    ) {
        let own = measured(numerator, numerator + extra);
        // The edition's benchmarks have three digits.
        let benchmark = coarse(of as f64 / in_all as f64);
        let reached = |numerator: i64| numerator as f64 / (own.denominator.sum as f64) <= benchmark + 1e-12;
        match effort(own, benchmark, Direction::Lower).unwrap() {
            Effort::Reached => prop_assert!(reached(numerator)),
            Effort::Fewer(fewer) => {
                prop_assert!(reached(numerator - fewer) && !reached(numerator - fewer + 1));
            }
            Effort::More(_) => prop_assert!(false, "lower is better"),
        }
    }

    /// The oracle tries one decision after the other, in whole numbers.
    #[test]
    fn the_effort_of_rates_is_what_trying_one_decision_after_the_other_finds(
        events in 0i64..400, months in 1i64..900, thousandths in 0i64..2000, lower in any::<bool>(),
    ) {
        // A list in thousandths of patient-months, and a goal with three digits after the point.
        let own = Measured {
            numerator: Amount::count(events),
            denominator: Amount { sum: months * 1000, divisor: 12_000 },
        };
        let benchmark = thousandths as f64 / 1000.0;
        let reached = |events: i64| {
            // events / (months / 12) against thousandths / 1000
            let (own, goal) = (events * 12 * 1000, thousandths * months);
            if lower { own <= goal } else { own >= goal }
        };
        let tried = (0..).find(|changed| reached(if lower { events - changed } else { events + changed }));
        let tried = tried.expect("no event at all, or enough of them, reaches any goal");
        let direction = if lower { Direction::Lower } else { Direction::Higher };
        let expected = match tried {
            0 => Effort::Reached,
            fewer if lower => Effort::Fewer(fewer),
            more => Effort::More(more),
        };
        prop_assert_eq!(effort(own, benchmark, direction), Some(expected));
    }
}
