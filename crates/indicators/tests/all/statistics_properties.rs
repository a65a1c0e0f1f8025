//! What must hold of the statistics for any input.

use proptest::prelude::*;

use riktig_indicators::statistics::count::{byar, poisson_exact};
use riktig_indicators::statistics::difference::newcombe;
use riktig_indicators::statistics::false_discovery::{benjamini_hochberg, benjamini_yekutieli};
use riktig_indicators::statistics::funnel::{Adjustment, WINSORISED, proportions, rates};
use riktig_indicators::statistics::proportion::{clopper_pearson, jeffreys, wilson};
use riktig_indicators::statistics::run_chart::run_chart;
use riktig_indicators::statistics::shrinkage::{beta_binomial, gamma_poisson};
use riktig_indicators::statistics::standardised::{WeightedStratum, direct};
use riktig_indicators::statistics::{Confidence, Interval, OutOfDomain, normal};

type OfShare = fn(u64, u64, Confidence) -> Result<Interval, OutOfDomain>;
const OF_SHARES: [OfShare; 3] = [wilson, clopper_pearson, jeffreys];

/// So many of so many, small numbers as likely as large.
fn share() -> impl Strategy<Value = (u64, u64)> {
    (0_u32..=23, any::<u64>(), any::<u64>()).prop_map(|(size, n, x)| {
        let n = 1 + n % (1 << size);
        (x % (n + 1), n)
    })
}

fn confidence() -> impl Strategy<Value = Confidence> {
    (0.01_f64..0.9999).prop_map(|level| Confidence::new(level).unwrap())
}

proptest! {
    #[test]
    fn an_interval_of_a_share_holds_it_and_stays_between_0_and_1((x, n) in share(), level in confidence()) {
        for interval in OF_SHARES {
            let found = interval(x, n, level).unwrap();
            prop_assert!(0.0 <= found.lower && found.upper <= 1.0, "{found:?}");
            // Jeffreys and Wilson at low confidence are drawn to one half, so that only usual levels hold the share.
            if level >= Confidence::new(0.5).unwrap() {
                prop_assert!(found.contains(x as f64 / n as f64), "{found:?}");
            }
        }
    }

    #[test]
    fn events_and_others_mirror_each_other((x, n) in share(), level in confidence()) {
        for interval in OF_SHARES {
            let (own, other) = (interval(x, n, level).unwrap(), interval(n - x, n, level).unwrap());
            prop_assert!((own.lower - (1.0 - other.upper)).abs() < 1e-13);
            prop_assert!((own.upper - (1.0 - other.lower)).abs() < 1e-13);
        }
    }

    #[test]
    fn one_event_more_moves_both_ends_up((x, n) in share(), level in confidence()) {
        prop_assume!(x < n);
        for interval in OF_SHARES {
            let (less, more) = (interval(x, n, level).unwrap(), interval(x + 1, n, level).unwrap());
            prop_assert!(less.lower <= more.lower && less.upper <= more.upper);
        }
    }

    #[test]
    fn more_confidence_is_a_wider_interval((x, n) in share(), count in 0_u64..1_000_000) {
        let within = |inner: Interval, outer: Interval| outer.lower <= inner.lower && inner.upper <= outer.upper;
        for interval in OF_SHARES {
            prop_assert!(within(interval(x, n, Confidence::P95).unwrap(), interval(x, n, Confidence::P998).unwrap()));
        }
        for interval in [byar, poisson_exact] {
            let inner = interval(count, 2.5, Confidence::P95).unwrap();
            prop_assert!(within(inner, interval(count, 2.5, Confidence::P998).unwrap()));
            prop_assert!(inner.contains(count as f64 / 2.5));
        }
    }

    #[test]
    fn a_difference_turned_round_is_its_own_negative(one in share(), two in share(), level in confidence()) {
        let (there, back) = (newcombe(one, two, level).unwrap(), newcombe(two, one, level).unwrap());
        prop_assert!((there.interval.lower + back.interval.upper).abs() < 1e-12);
        prop_assert!(-1.0 - 1e-12 <= there.interval.lower && there.interval.upper <= 1.0 + 1e-12);
    }

    #[test]
    fn a_standardised_rate_lies_between_its_strata(strata in prop::collection::vec((0_u64..500, 1.0_f64..1e5, 0.1_f64..100.0), 1..12)) {
        let strata: Vec<WeightedStratum> = strata
            .into_iter()
            .map(|(count, exposure, weight)| WeightedStratum { count, exposure, weight })
            .collect();
        let rate = |it: &WeightedStratum| it.count as f64 / it.exposure;
        let least = strata.iter().map(rate).fold(f64::INFINITY, f64::min);
        let most = strata.iter().map(rate).fold(0.0, f64::max);
        let found = direct(&strata, Confidence::P95).unwrap();
        prop_assert!(least * (1.0 - 1e-12) <= found.value && found.value <= most * (1.0 + 1e-12));
        prop_assert!(found.interval.contains(found.value) && found.interval.lower >= 0.0);
    }

    #[test]
    fn shrinkage_lies_between_the_own_value_and_the_mean(units in prop::collection::vec(share(), 2..30)) {
        if let Ok(all) = beta_binomial(&units) {
            for (x, n) in units {
                let unit = all.shrink(x, n, Confidence::P95).unwrap();
                let (low, high) = (unit.raw.min(all.mean()), unit.raw.max(all.mean()));
                prop_assert!(low - 1e-12 <= unit.value && unit.value <= high + 1e-12);
                prop_assert!((0.0..=1.0).contains(&unit.reliability));
                prop_assert!(unit.interval.lower.is_finite() && unit.interval.upper <= 1.0);
            }
        }
    }

    #[test]
    fn a_shrunken_rate_is_more_reliable_with_more_exposure(counts in prop::collection::vec(0_u64..2000, 2..30)) {
        let units: Vec<(u64, f64)> = counts.iter().enumerate().map(|(i, x)| (*x, 1.0 + i as f64)).collect();
        if let Ok(all) = gamma_poisson(&units) {
            let of = |(x, e): &(u64, f64)| all.shrink(*x, *e, Confidence::P95).unwrap();
            for pair in units.windows(2) {
                prop_assert!(of(&pair[0]).reliability <= of(&pair[1]).reliability);
            }
        }
    }

    #[test]
    fn over_dispersion_only_widens_a_funnel(units in prop::collection::vec(share(), 2..40)) {
        let draw = |adjustment| proportions(&units, Some(0.3), adjustment).unwrap();
        let plain = draw(Adjustment::None);
        for adjusted in [draw(Adjustment::Multiplicative(WINSORISED)), draw(Adjustment::Additive(WINSORISED))] {
            for (one, other) in plain.units.iter().zip(&adjusted.units) {
                prop_assert!(other.adjusted_z.abs() <= one.z.abs() * (1.0 + 1e-12));
                prop_assert!(other.alarm.lower <= 0.3 && 0.3 <= other.alarm.upper);
            }
        }
    }

    #[test]
    fn a_unit_on_the_target_is_never_outside_of_exact_limits(expected in 0.01_f64..1e6) {
        let funnel = rates(&[(1, expected)], Some(1.0), Adjustment::None).unwrap();
        let limits = funnel.units[0].alarm;
        prop_assert!(limits.lower <= 1.0 && limits.upper >= 1.0 && limits.upper.is_finite());
    }

    #[test]
    fn adjusted_p_values_keep_their_order_and_never_shrink(p in prop::collection::vec(0.0_f64..=1.0, 1..60)) {
        let (independent, any) = (benjamini_hochberg(&p).unwrap(), benjamini_yekutieli(&p).unwrap());
        for i in 0..p.len() {
            prop_assert!(p[i] <= independent[i] && independent[i] <= any[i] && any[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || independent[i] <= independent[j]);
            }
        }
    }

    #[test]
    fn a_series_upside_down_has_the_same_runs(values in prop::collection::vec(prop::option::of(-5_i32..5), 1..80)) {
        prop_assume!(values.iter().any(Option::is_some));
        let series = |sign: f64| values.iter().map(|it| it.map(|it| sign * f64::from(it))).collect::<Vec<_>>();
        let (up, down) = (run_chart(&series(1.0), None).unwrap(), run_chart(&series(-1.0), None).unwrap());
        prop_assert_eq!((up.longest_run, up.crossings, up.useful), (down.longest_run, down.crossings, down.useful));
        prop_assert!(up.crossings + up.longest_run <= up.useful || up.useful == 0);
    }

    #[test]
    fn a_normal_quantile_has_its_probability(exponent in -300.0_f64..-0.31) {
        let p = 10_f64.powf(exponent);
        let z = normal::quantile(p).unwrap();
        prop_assert!((normal::distribution(z) / p - 1.0).abs() < 1e-11, "{p} {z}");
        prop_assert!(p < 1e-16 || (normal::quantile(1.0 - p).unwrap() + z).abs() < 1e-16 / p * 10.0 + 1e-12);
    }
}
