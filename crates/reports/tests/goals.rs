//! "What would it take" is exact, whatever the numbers.

mod sample;

use proptest::prelude::*;
use riktig_indicators::comparison::{Effort, effort};
use riktig_indicators::disclosure::coarse;
use riktig_indicators::{Amount, Measured};
use riktig_reports::goal::{Goal, goal};
use riktig_reports::model::{
    Achievable, Counts, Direction, Figure, Indicator, Report, Scale, Spread, Step, Unit, Verdict,
};
use riktig_reports::{Lang, proposal, render_html};

/// A report that works its goals out from the printed benchmark.
fn plain() -> Report {
    let mut samples = sample::all().into_iter();
    let (_, report) = samples
        .find(|(name, _)| *name == "old-edition")
        .expect("a sample of that name");
    report
}

fn indicator(numerator: u32, denominator: u32, benchmark: f64, direction: Direction) -> Indicator {
    let mut indicator = plain().indicators.swap_remove(0);
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

/// The same in an edition that has worked out a level and the decisions for it, as an edition does.
fn judged(numerator: u32, denominator: u32, level: f64, direction: Direction) -> Indicator {
    let mut one = indicator(numerator, denominator, 0.5, direction);
    let better = match direction {
        Direction::Lower => riktig_indicators::Direction::Lower,
        Direction::Higher => riktig_indicators::Direction::Higher,
        Direction::Neutral => riktig_indicators::Direction::Neutral,
    };
    let own = Measured {
        numerator: Amount::count(numerator.into()),
        denominator: Amount::count(denominator.into()),
    };
    one.verdict = Verdict::ClearlyWorse;
    one.achievable = Some(Achievable {
        value: coarse(level * 100.0),
        step: match effort(own, level, better).expect("a share of whole contacts") {
            Effort::Reached => Step::Reached,
            Effort::Fewer(decisions) => Step::Fewer {
                decisions: decisions as u64,
            },
            Effort::More(decisions) => Step::More {
                decisions: decisions as u64,
            },
        },
    });
    one
}

/// The number of decisions and the level that a sentence says, the level as so many units of so many decimals.
fn said(sentence: &str, lang: Lang) -> (u64, u64, u32) {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let (before, level) = ["given ", "gitt "]
        .iter()
        .find_map(|word| sentence.split_once(word))
        .expect("what it would have given");
    let decisions = digits(before.split(' ').next().expect("a number first"));
    let level = level.split(' ').next().expect("a level");
    let point = if lang == Lang::En { '.' } else { ',' };
    let places = level
        .split_once(point)
        .map_or(0, |(_, it)| digits(it).len());
    let number = |text: String| text.parse::<u64>().expect("a number");
    (number(decisions), number(digits(level)), places as u32)
}

const LANGS: [Lang; 3] = [Lang::Nb, Lang::Nn, Lang::En];

proptest! {
    /// Whoever divides with the sentence's own numbers finds that they agree, and that one decision less would not do.
    #[test]
    fn the_decisions_of_a_sentence_are_the_fewest_that_reach_the_level_it_says(
        denominator in 30u32..3_000, share in 0.0f64..=1.0, level in 0.0f64..=1.0, fine in 0i32..3, higher: bool,
    ) {
        let numerator = (f64::from(denominator) * share).floor() as u32;
        let level = coarse(level / 10f64.powi(fine));
        let direction = if higher { Direction::Higher } else { Direction::Lower };
        let one = judged(numerator, denominator, level, direction);
        let is_step = matches!(goal(&one), Goal::Fewer { .. } | Goal::More { .. });
        for lang in LANGS.iter().filter(|_| is_step) {
            let sentence = proposal(&one, *lang).takes;
            let (decisions, units, places) = said(&sentence, *lang);
            // Whole numbers only: numerator ÷ denominator × 100 against the level as it is printed.
            let reached = |decisions: u64| {
                let had = u64::from(numerator);
                let changed = if higher { had + decisions } else { had - decisions };
                let (own, told) = (changed * 100 * 10u64.pow(places), units * u64::from(denominator));
                if higher { own >= told } else { own <= told }
            };
            prop_assert!(reached(decisions), "{sentence} {numerator} of {denominator}");
            prop_assert!(!reached(decisions - 1), "{sentence} {numerator} of {denominator}");
        }
    }

    #[test]
    fn so_many_fewer_reach_the_benchmark_and_one_less_does_not(
        denominator in 30u32..2_000, share in 0.0f64..=1.0, peers in 1u32..5_000, best in 0.0f64..=1.0,
    ) {
        let numerator = (f64::from(denominator) * share).floor() as u32;
        // A benchmark is a ratio of whole numbers too.
        let benchmark = (f64::from(peers) * best).floor() / f64::from(peers);
        // Reached is what prints as the benchmark or lower.
        let printed = |ratio: f64| Unit::Percent.rounded(ratio * 100.0);
        let reached = |decisions: u64| printed((f64::from(numerator) - decisions as f64) / f64::from(denominator)) <= printed(benchmark);
        match goal(&indicator(numerator, denominator, benchmark, Direction::Lower)) {
            Goal::Reached { .. } => prop_assert!(reached(0)),
            Goal::Fewer { decisions, .. } => {
                prop_assert!(reached(decisions));
                prop_assert!(!reached(decisions - 1));
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
            Goal::Reached { .. } => prop_assert!(f64::from(numerator) / f64::from(denominator) >= benchmark - 1e-3),
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
fn a_level_of_59_5_is_not_said_to_be_60() {
    // 131 of 220 are 59.545 %, and 132 would be 60 %.
    let one = judged(108, 220, 0.595, Direction::Higher);
    let told = LANGS.map(|lang| proposal(&one, lang).takes);
    let level = ["59,5\u{a0}%", "59,5\u{a0}%", "59.5%"];
    for (sentence, level) in told.iter().zip(level) {
        assert!(sentence.starts_with("23 "), "{sentence}");
        assert!(sentence.contains(&format!(" {level} ")), "{sentence}");
    }
    // Where an old edition tells the boundary of the best quarter, it is said as exactly.
    let old = proposal(&indicator(108, 220, 0.595, Direction::Higher), Lang::En).takes;
    assert!(old.starts_with("23 ") && old.contains(" 59.5% "), "{old}");
}

#[test]
fn too_few_to_compare_get_no_goal() {
    assert_eq!(goal(&indicator(3, 20, 0.1, Direction::Lower)), Goal::TooFew);
    assert_eq!(goal(&indicator(3, 7, 0.1, Direction::Lower)), Goal::TooFew);
}

/// The page of a doctor with one indicator of interest, in English.
fn page(numerator: u32, denominator: u32, benchmark: f64, deciles: [f64; 9]) -> String {
    let mut report = plain();
    let mut one = indicator(numerator, denominator, benchmark, Direction::Lower);
    one.spread = Some(Spread {
        deciles,
        prescribers: 40,
    });
    report.headlines = vec![one.id.clone()];
    report.indicators = vec![one];
    render_html(&report, Lang::En)
}

#[test]
fn six_fewer_of_nine_are_said_to_give_the_benchmark_or_lower_not_the_benchmark() {
    // 3 of 37 is 8.1 %, 4 of 37 is 10.8 %.
    let html = page(
        9,
        37,
        0.093,
        [9.0, 9.3, 12.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0],
    );
    assert!(html.contains(" would have given 9.3% or lower, as in the best 25%."));
}

#[test]
fn where_all_doctors_are_alike_nobody_is_praised_for_being_among_the_best() {
    let html = page(8, 40, 0.2, [20.0; 9]);
    assert!(html.contains("Most doctors have 20.0% here"), "no best 25%");
    assert!(!html.contains("Keep it up"));
}

#[test]
fn the_best_quarter_is_a_boundary_and_nothing_its_doctors_achieve_together() {
    let html = page(9, 37, 0.093, [20.0; 9]);
    assert!(html.contains("a quarter of the country&#39;s doctors are there or better"));
    assert!(!html.contains("together"));
}
