//! How often the intervals hold the truth, over the sizes that doctors have.
//!
//! Exact coverage weighs every possible outcome by its probability, so it needs no luck; simulation draws doctors of
//! different sizes. `RIKTIG_FULL=1` takes finer grids and more draws.

use riktig_indicators::statistics::count::{byar, poisson_exact};
use riktig_indicators::statistics::difference::newcombe;
use riktig_indicators::statistics::proportion::{clopper_pearson, jeffreys, wilson};
use riktig_indicators::statistics::standardised::{WeightedStratum, direct};
use riktig_indicators::statistics::{Confidence, Interval, OutOfDomain};

const LEVEL: Confidence = Confidence::P95;
/// What 95 % may turn out to be.
const FAIR: std::ops::RangeInclusive<f64> = 0.93..=0.97;
/// Denominators of a doctor's shares, from the smallest that is compared.
const TRIALS: [u64; 6] = [30, 40, 60, 100, 250, 1000];

fn is_full() -> bool {
    std::env::var("RIKTIG_FULL").is_ok_and(|value| value == "1")
}

/// P(X = 0), P(X = 1) … of a binomial number, from the mode outwards so that nothing underflows first.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut weights = vec![0.0; n as usize + 1];
    let mode = ((n as f64 + 1.0) * p).floor() as usize;
    weights[mode] = 1.0;
    for x in mode..n as usize {
        weights[x + 1] = weights[x] * (n as usize - x) as f64 / (x + 1) as f64 * p / (1.0 - p);
    }
    for x in (1..=mode).rev() {
        weights[x - 1] = weights[x] * x as f64 / (n as usize - x + 1) as f64 * (1.0 - p) / p;
    }
    normalised(weights)
}

fn poisson(mean: f64) -> Vec<f64> {
    let most = (mean + 12.0 * mean.sqrt() + 30.0) as usize;
    let mode = mean.floor() as usize;
    let mut weights = vec![0.0; most + 1];
    weights[mode] = 1.0;
    for x in mode..most {
        weights[x + 1] = weights[x] * mean / (x + 1) as f64;
    }
    for x in (1..=mode).rev() {
        weights[x - 1] = weights[x] * x as f64 / mean;
    }
    normalised(weights)
}

fn normalised(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// The probability that the interval holds the truth.
fn coverage(weights: &[f64], truth: f64, intervals: &[Interval]) -> f64 {
    let held = weights
        .iter()
        .zip(intervals)
        .filter(|(_, interval)| interval.contains(truth));
    held.map(|(weight, _)| weight).sum()
}

/// True shares from 5 % to 95 %.
fn shares() -> Vec<f64> {
    let steps = if is_full() { 1000 } else { 100 };
    (1..steps)
        .map(|i| 0.05 + 0.9 * f64::from(i) / f64::from(steps))
        .collect()
}

/// Mean and least coverage over the true shares.
fn of_shares(
    n: u64,
    interval: fn(u64, u64, Confidence) -> Result<Interval, OutOfDomain>,
) -> (f64, f64) {
    let intervals: Vec<_> = (0..=n).map(|x| interval(x, n, LEVEL).unwrap()).collect();
    let found: Vec<f64> = shares()
        .iter()
        .map(|&p| coverage(&binomial(n, p), p, &intervals))
        .collect();
    mean_and_least(&found)
}

fn mean_and_least(found: &[f64]) -> (f64, f64) {
    let mean = found.iter().sum::<f64>() / found.len() as f64;
    (mean, found.iter().copied().fold(1.0, f64::min))
}

#[test]
fn wilson_and_jeffreys_cover_on_average_what_they_say() {
    for n in TRIALS {
        for (interval, least_at_all) in [(wilson as fn(_, _, _) -> _, 0.90), (jeffreys, 0.88)] {
            let (mean, least) = of_shares(n, interval);
            assert!(FAIR.contains(&mean), "{n}: {mean}");
            // At an unlucky single share, coverage dips: that is the price of not over-covering elsewhere.
            assert!(least > least_at_all, "{n}: {least}");
        }
    }
}

#[test]
fn clopper_pearson_never_covers_less_and_therefore_mostly_more() {
    for n in TRIALS {
        let (mean, least) = of_shares(n, clopper_pearson);
        assert!(least >= 0.95, "{n}: {least}");
        let (wilson, _) = of_shares(n, wilson);
        assert!(mean > wilson, "{n}: {mean}");
    }
    // The smallest doctors see it most: beyond 97 % at 30.
    assert!(of_shares(30, clopper_pearson).0 > 0.965);
}

#[test]
fn byar_covers_on_average_what_it_says_and_exact_poisson_never_less() {
    let steps = if is_full() { 500 } else { 60 };
    let (mut byars, mut exacts) = (Vec::new(), Vec::new());
    for i in 0..steps {
        let mean = 3.0 * 100_f64.powf(f64::from(i) / f64::from(steps));
        let weights = poisson(mean);
        let all = |interval: fn(u64, f64, Confidence) -> Result<Interval, OutOfDomain>| {
            let found: Vec<_> = (0..weights.len() as u64)
                .map(|x| interval(x, 1.0, LEVEL).unwrap())
                .collect();
            coverage(&weights, mean, &found)
        };
        byars.push(all(byar));
        exacts.push(all(poisson_exact));
    }
    let (mean, least) = mean_and_least(&byars);
    assert!(FAIR.contains(&mean) && least > 0.93, "{mean} {least}");
    let (mean, least) = mean_and_least(&exacts);
    assert!(least >= 0.95 && mean > 0.955, "{mean} {least}");
}

/// SplitMix64 (Steele, Lea & Flood 2014): a seed, and the same numbers ever after.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.share()
    }

    fn events(&mut self, n: u64, p: f64) -> u64 {
        (0..n).filter(|_| self.share() < p).count() as u64
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut left, mut count) = (1.0, 0);
        loop {
            left *= self.share();
            if left < (-mean).exp() {
                return count;
            }
            count += 1;
        }
    }
}

fn draws() -> usize {
    if is_full() { 100_000 } else { 5_000 }
}

/// The share of draws in which the interval holds the truth.
fn simulated(seed: u64, mut holds: impl FnMut(&mut Dice) -> bool) -> f64 {
    let mut dice = Dice(seed);
    let held = (0..draws()).filter(|_| holds(&mut dice)).count();
    held as f64 / draws() as f64
}

#[test]
fn doctors_of_all_sizes_are_covered() {
    for (seed, interval) in [
        (1, wilson as fn(_, _, _) -> Result<Interval, OutOfDomain>),
        (2, jeffreys),
    ] {
        let covered = simulated(seed, |dice| {
            let (n, p) = (dice.between(30.0, 400.0) as u64, dice.between(0.05, 0.8));
            interval(dice.events(n, p), n, LEVEL).unwrap().contains(p)
        });
        assert!(FAIR.contains(&covered), "{covered}");
    }
}

#[test]
fn differences_between_two_periods_are_covered() {
    let covered = simulated(3, |dice| {
        let (n, m) = (
            dice.between(30.0, 300.0) as u64,
            dice.between(30.0, 300.0) as u64,
        );
        let (p, q) = (dice.between(0.05, 0.8), dice.between(0.05, 0.8));
        let (first, second) = ((dice.events(n, p), n), (dice.events(m, q), m));
        newcombe(first, second, LEVEL)
            .unwrap()
            .interval
            .contains(p - q)
    });
    assert!(FAIR.contains(&covered), "{covered}");
}

#[test]
fn directly_standardised_rates_are_covered_with_few_events_in_each_stratum() {
    let covered = simulated(4, |dice| {
        let mut truth = 0.0;
        let mut weights = 0.0;
        let strata: Vec<WeightedStratum> = (0..7)
            .map(|_| {
                let (exposure, rate) = (dice.between(50.0, 400.0), dice.between(0.01, 0.1));
                let weight = dice.between(0.5, 2.0);
                truth += weight * rate;
                weights += weight;
                WeightedStratum {
                    count: dice.poisson(exposure * rate),
                    exposure,
                    weight,
                }
            })
            .collect();
        direct(&strata, LEVEL)
            .unwrap()
            .interval
            .contains(truth / weights)
    });
    assert!(FAIR.contains(&covered), "{covered}");
}
