//! How far out a count lies when its distribution is known: exact tails as z-scores.
//!
//! The normal z of a count, (O − E)/√V, calls small skewed counts extreme too often on one side and too seldom on the other.
//! Here the z-score is that of the exact tail, Φ⁻¹(mid-P), with mid-P = P(X < O) + ½·P(X = O): Spiegelhalter and others, J R
//! Stat Soc A 2012;175:1–47, section 3.2; mid-P after Lancaster, JASA 1961;56:223–34.

use super::domain::{OutOfDomain, not_negative, positive, real};
use super::normal;
use super::tail::{Tails, binomial_tails, poisson_tails};

/// The z-score of a Poisson count whose mean is `expected`. Domain: expected > 0.
///
/// ```
/// use riktig_indicators::statistics::mid_p;
/// // 3 where 0.5 are expected: the normal z is 3.5 and would be an alarm; the chance of as many is 1 in 70.
/// assert!((mid_p::poisson(3, 0.5)? - 2.41).abs() < 0.01);
/// // None where 3 are expected happens one time in twenty.
/// assert!((mid_p::poisson(0, 3.0)? - -1.96).abs() < 0.01);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When nothing is expected.
pub fn poisson(count: u64, expected: f64) -> Result<f64, OutOfDomain> {
    let expected = positive("expected number", expected)?;
    let count = real(count)?;
    let score = score(count, |count| poisson_tails(count, expected));
    let deviance = 2.0 * (entropy(count, expected) - (count - expected));
    Ok(beyond_tails(score, deviance))
}

/// The z-score of a count that is the sum of unequal chances, of which only the mean and the variance are known: the count
/// is taken as binomial with that mean and that variance, n = E²/(E − V) trials (a real number) with p = 1 − V/E.
///
/// With equal chances that is the binomial distribution itself; with unequal ones its skewness is near that of the sum.
/// A variance of E or more is a Poisson count's, and z is then √(E/V) of that of a Poisson count. Domain: E > 0, V > 0.
///
/// ```
/// use riktig_indicators::statistics::mid_p;
/// // 24 of 30 where 28.5 are expected: the normal z is -3.8, beyond every limit; the exact tail is 1 in 300.
/// let z = mid_p::binomial(24, 28.5, 28.5 * 0.05)?;
/// assert!((z - -2.93).abs() < 0.05, "{z}");
/// // All of 30 where 28.5 are expected: one time in five, of which mid-P counts half.
/// assert!((mid_p::binomial(30, 28.5, 28.5 * 0.05)? - 1.24).abs() < 0.01);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When nothing is expected or the count cannot vary.
pub fn binomial(count: u64, expected: f64, variance: f64) -> Result<f64, OutOfDomain> {
    let variance = not_negative("variance", positive("variance", variance)?)?;
    let expected = positive("expected number", expected)?;
    let trials = expected * expected / (expected - variance);
    // Towards V = E the number of trials grows without limit and the count becomes Poisson.
    if variance >= expected || trials > MOST_TRIALS {
        return Ok(poisson(count, expected)? * (expected / variance).sqrt().min(1.0));
    }
    let chance = 1.0 - variance / expected;
    let count = real(count)?;
    let score = score(count, |count| binomial_tails(count, trials, chance));
    let without = (trials - count).max(0.0);
    let deviance = 2.0 * (entropy(count, expected) + entropy(without, trials - expected));
    Ok(beyond_tails(score, deviance))
}

/// The z-score of `count` events in `trials` of unequal chances, of which only the mean and the variance of the sum are known.
///
/// The matched number of trials of [`binomial`] is smaller than the real one, so a count near the top of the real trials may
/// lie beyond it, where the matched count cannot come. What is above the expected is therefore counted from the other end: so
/// few trials *without* an event, whose matched distribution holds every number between none and the expected. Domain: E > 0,
/// V > 0, count ≤ trials.
///
/// ```
/// use riktig_indicators::statistics::mid_p;
/// // 62 of 67 where 56.15 are expected, of patients so unlike each other that 60.5 equal ones have the same variance: from
/// // below 62 of 60.5 is impossible, from above it is 5 without an event where 10.85 are expected.
/// let z = mid_p::unequal(62, 67, 56.15, 4.06)?;
/// assert!((2.7..2.9).contains(&z), "{z}");
/// // With equal chances both ends say the same.
/// let (share, plain) = (mid_p::unequal(62, 67, 53.6, 10.72)?, mid_p::binomial(62, 53.6, 10.72)?);
/// assert!((share - plain).abs() < 1e-9);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When nothing is expected or the count cannot vary.
pub fn unequal(count: u64, trials: u64, expected: f64, variance: f64) -> Result<f64, OutOfDomain> {
    let without = real(trials)? - expected;
    if real(count)? <= expected || without <= 0.0 {
        return binomial(count, expected, variance);
    }
    Ok(-binomial(trials.saturating_sub(count), without, variance)?)
}

/// More trials than this are Poisson to the last digit that matters.
const MOST_TRIALS: f64 = 1e12;

/// Beyond this z a tail is near the smallest number that a double holds (z of 37.5), and the score would stand still.
const LAST_TAIL: f64 = 35.0;

/// Where the tail is too small to be held, the signed root of the deviance goes on: the leading term of the exact score
/// (Barndorff-Nielsen, Biometrika 1986;73:307–22), which differs from it there in the second decimal.
fn beyond_tails(score: f64, deviance: f64) -> f64 {
    if score.abs() < LAST_TAIL {
        return score;
    }
    deviance.max(0.0).sqrt().max(LAST_TAIL).copysign(score)
}

/// x·ln(x/mean), and 0 of none.
fn entropy(count: f64, mean: f64) -> f64 {
    if count > 0.0 {
        count * (count / mean).ln()
    } else {
        0.0
    }
}

/// The z-score of mid-P from whichever tail is smaller, and so known to more digits. Beyond what a double can hold it stays
/// finite.
fn score(count: f64, tails: impl Fn(f64) -> Tails) -> f64 {
    let none_below = Tails {
        lower: 0.0,
        upper: 1.0,
    };
    let before = if count > 0.0 {
        tails(count - 1.0)
    } else {
        none_below
    };
    let at = tails(count);
    let lower = f64::midpoint(before.lower, at.lower);
    let upper = f64::midpoint(before.upper, at.upper);
    let smaller = lower.min(upper).max(f64::MIN_POSITIVE);
    let out = -normal::quantile_inside(smaller.min(0.5));
    if lower < upper { -out } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mid-P by adding the terms one by one.
    fn in_plain_loops(count: u64, trials: u64, chance: f64) -> f64 {
        let mut term = (1.0 - chance).powi(trials as i32);
        let mut below = 0.0;
        for x in 0..count {
            below += term;
            term *= (trials - x) as f64 / (x + 1) as f64 * chance / (1.0 - chance);
        }
        let p = (below + term / 2.0).clamp(1e-12, 1.0 - 1e-12);
        normal::quantile(p).expect("inside")
    }

    #[test]
    fn with_equal_chances_the_score_is_the_binomials() {
        for (trials, chance) in [(30u64, 0.95f64), (30, 0.02), (100, 0.5), (400, 0.2)] {
            let mean = trials as f64 * chance;
            for count in (0..=trials).step_by(3) {
                let slow = in_plain_loops(count, trials, chance);
                let fast = binomial(count, mean, mean * (1.0 - chance)).unwrap();
                // Where the loop's own sum is one, its last digits are gone.
                if slow.abs() < 5.0 {
                    assert!(
                        (slow - fast).abs() < 1e-6,
                        "{count} of {trials}: {slow} {fast}"
                    );
                }
            }
        }
    }

    #[test]
    fn more_events_are_never_a_lower_score() {
        for (expected, variance) in [(28.5, 1.425), (26.85, 2.5485), (0.3, 0.29), (300.0, 150.0)] {
            let scores: Vec<f64> = (0..=60)
                .map(|count| binomial(count, expected, variance).unwrap())
                .collect();
            assert!(scores.is_sorted() && scores.iter().all(|z| z.is_finite()));
        }
    }

    /// The exact distribution of the number of events of unequal chances.
    fn of_chances(chances: &[f64]) -> Vec<f64> {
        let mut exact = vec![1.0];
        for chance in chances {
            exact.push(0.0);
            for events in (0..exact.len()).rev() {
                let from_below = if events > 0 { exact[events - 1] } else { 0.0 };
                exact[events] = exact[events] * (1.0 - chance) + from_below * chance;
            }
        }
        exact
    }

    #[test]
    fn a_sum_of_unequal_chances_is_never_further_out_than_it_is_and_nearly_as_far_up_to_all_of_them()
     {
        let halves = |low: f64, high: f64, each: usize| {
            let mut chances = vec![low; each];
            chances.resize(2 * each, high);
            chances
        };
        for chances in [
            halves(0.99, 0.8, 15),
            halves(0.98, 0.7, 33),
            halves(0.02, 0.4, 40),
            halves(0.05, 0.95, 25),
        ] {
            let expected: f64 = chances.iter().sum();
            let variance: f64 = chances.iter().map(|it| it * (1.0 - it)).sum();
            let exact = of_chances(&chances);
            let mut below = 0.0;
            for (count, chance) in exact.iter().enumerate() {
                let p = below + chance / 2.0;
                below += chance;
                if !(1e-4..1.0 - 1e-4).contains(&p) {
                    continue;
                }
                let slow = normal::quantile(p).expect("inside");
                let trials = chances.len() as u64;
                let fast = unequal(count as u64, trials, expected, variance).unwrap();
                // Where chances differ most it errs towards "not far out".
                let (out, exactly) = (fast.abs(), slow.abs());
                assert!(
                    0.88 * exactly - 0.1 <= out && out <= exactly + 0.1,
                    "{count} of {trials}: {slow} {fast}"
                );
            }
        }
    }

    #[test]
    fn more_of_the_same_trials_are_never_a_lower_score() {
        for (expected, variance) in [(56.15, 4.06), (26.85, 2.5485), (3.0, 2.2), (60.0, 5.9)] {
            let scores: Vec<f64> = (0..=67)
                .map(|count| unequal(count, 67, expected, variance).unwrap())
                .collect();
            assert!(
                scores.is_sorted() && scores.iter().all(|z| z.is_finite()),
                "{scores:?}"
            );
        }
    }

    #[test]
    fn a_count_whose_tail_no_double_holds_is_still_further_out_the_more_it_is() {
        let scores: Vec<f64> = (1000..6000)
            .step_by(20)
            .map(|count| poisson(count, 1000.0).unwrap())
            .collect();
        assert!(scores.is_sorted(), "{scores:?}");
        // 3,000 where 1,000 are expected: the deviance is 2 · (3000 ln 3 − 2000).
        let z = poisson(3000, 1000.0).unwrap();
        assert!((z - (2.0 * (3000.0 * 3f64.ln() - 2000.0)).sqrt()).abs() < 1e-9);
        let share = binomial(960, 400.0, 240.0).unwrap();
        assert!((35.0..60.0).contains(&share), "{share}");
    }

    #[test]
    fn a_variance_above_the_expected_makes_the_score_smaller() {
        let plain = poisson(40, 20.0).unwrap();
        assert!((binomial(40, 20.0, 80.0).unwrap() - plain / 2.0).abs() < 1e-12);
    }
}
