//! Worked values as they are printed in the papers that the methods come from.

use riktig_indicators::statistics::control_chart::p_chart;
use riktig_indicators::statistics::count::{byar, poisson_exact};
use riktig_indicators::statistics::difference::newcombe;
use riktig_indicators::statistics::false_discovery::benjamini_hochberg;
use riktig_indicators::statistics::proportion::{clopper_pearson, wilson};
use riktig_indicators::statistics::run_chart::run_chart;
use riktig_indicators::statistics::{Confidence, Interval};

#[track_caller]
fn printed(interval: Interval, lower: f64, upper: f64, half_of_last_digit: f64) {
    let near = |own: f64, theirs: f64| (own - theirs).abs() <= half_of_last_digit * 1.000_001;
    assert!(
        near(interval.lower, lower) && near(interval.upper, upper),
        "{interval:?}, printed {lower} to {upper}"
    );
}

#[test]
fn single_shares_are_those_of_newcombe_1998_table_1() {
    // Stat Med 1998;17:857–72, table I, methods 3 (score) and 5 (Clopper–Pearson).
    let rows = [
        ((81, 263), (0.2553, 0.3662), (0.2527, 0.3676)),
        ((15, 148), (0.0624, 0.1605), (0.0578, 0.1617)),
        ((0, 20), (0.0, 0.1611), (0.0, 0.1684)),
        ((1, 29), (0.0061, 0.1718), (0.0009, 0.1776)),
    ];
    for ((x, n), score, exact) in rows {
        printed(
            wilson(x, n, Confidence::P95).unwrap(),
            score.0,
            score.1,
            5e-5,
        );
        printed(
            clopper_pearson(x, n, Confidence::P95).unwrap(),
            exact.0,
            exact.1,
            5e-5,
        );
    }
}

#[test]
fn differences_are_those_of_newcombe_1998_table_2() {
    // Stat Med 1998;17:873–90, table II, method 10.
    let rows = [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ];
    for (first, second, lower, upper) in rows {
        let difference = newcombe(first, second, Confidence::P95).unwrap();
        printed(difference.interval, lower, upper, 5e-5);
    }
}

#[test]
fn poisson_limits_are_those_of_garwoods_table() {
    // Biometrika 1936;28:437–42, as tabled for 95 % in Ulm, Am J Epidemiol 1990;131:373–5.
    let rows = [
        (0, 0.0, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
        (50, 37.111, 65.919),
        (100, 81.364, 121.627),
    ];
    for (count, lower, upper) in rows {
        printed(
            poisson_exact(count, 1.0, Confidence::P95).unwrap(),
            lower,
            upper,
            1e-3,
        );
        // Byar's closed form is within a hundredth or two of it from five events on (Breslow & Day 1987, 2.3).
        if count >= 5 {
            printed(
                byar(count, 1.0, Confidence::P95).unwrap(),
                lower,
                upper,
                0.02,
            );
        }
    }
}

#[test]
fn four_hypotheses_of_benjamini_and_hochberg_1995_are_rejected() {
    // J R Stat Soc B 1995;57:289–300, section 3.2: fifteen comparisons of treatments of myocardial infarction.
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0,
    ];
    let adjusted = benjamini_hochberg(&p).unwrap();
    assert_eq!(adjusted.iter().filter(|q| **q <= 0.05).count(), 4);
    // Bonferroni would have rejected three.
    assert_eq!(p.iter().filter(|p| **p * 15.0 <= 0.05).count(), 3);
}

#[test]
fn limits_of_runs_are_those_of_anhojs_table() {
    // PLoS One 2014;9:e113825, table 1: useful observations, longest run, fewest crossings.
    for (useful, run, crossings) in [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8)] {
        let values: Vec<_> = (0..useful).map(|i| Some(f64::from(i % 2))).collect();
        let chart = run_chart(&values, None).unwrap();
        let limits = (chart.useful, chart.longest_run_limit, chart.crossings_limit);
        assert_eq!(limits, (useful as usize, run, crossings));
    }
}

#[test]
fn the_orange_juice_cans_of_montgomery_have_his_control_limits() {
    // Introduction to Statistical Quality Control, example 7.1: 347 nonconforming cans in 30 samples of 50:
    // centre 0.2313, limits 0.0524 and 0.4102.
    let mut samples = vec![Some((12, 50)); 17];
    samples.extend(vec![Some((11, 50)); 13]);
    let chart = p_chart(&samples, None).unwrap();
    assert!((chart.centre - 0.2313).abs() < 5e-5);
    // His own limits are worked from the rounded centre.
    printed(chart.points[0].unwrap().limits, 0.0524, 0.4102, 2e-4);
}
