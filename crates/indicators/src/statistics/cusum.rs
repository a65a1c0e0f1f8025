//! CUSUM: a running sum that rises as evidence of a change adds up.

use super::domain::{OutOfDomain, inside, positive, share};

/// What a step adds to the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcomes {
    /// Events in this step.
    pub events: u64,
    /// Trials in this step; 1 when every contact is a step of its own.
    pub trials: u64,
}

/// The chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Cusum {
    /// The sum after each step, never below 0.
    pub sums: Vec<f64>,
    /// The first step at which the sum reached the limit.
    pub signal: Option<usize>,
}

/// The risk-adjusted Bernoulli log-likelihood-ratio CUSUM: tests for odds that are `odds_ratio` times the expected.
///
/// S₀ = 0, Sₜ = max(0, Sₜ₋₁ + Wₜ), Wₜ = x·ln R − n·ln(1−p+R·p), for x events of n trials with expected probability p
/// each. A signal is Sₜ ≥ limit; the sum is not reset. R > 1 looks for more events, R < 1 for fewer. Steiner, Cook,
/// Farewell & Treasure, Biostatistics 2000;1:441–52. Domain: R > 0, R ≠ 1, limit > 0, 0 < p < 1, valid outcomes. A step of
/// no trial adds nothing.
///
/// ```
/// use riktig_indicators::statistics::cusum::{Outcomes, cusum};
/// let event = (Outcomes { events: 1, trials: 1 }, 0.1);
/// let none = (Outcomes { events: 0, trials: 1 }, 0.1);
/// let chart = cusum(&[none, event, event], 2.0, 1.0)?;
/// // What went well before does not count against what comes now: the sum never falls below 0.
/// assert_eq!(chart.sums[0], 0.0);
/// assert_eq!(chart.signal, Some(2));
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the odds ratio or the limit is not above 0, the odds ratio is 1, a probability is not strictly between 0 and 1,
/// or events are above trials.
pub fn cusum(steps: &[(Outcomes, f64)], odds_ratio: f64, limit: f64) -> Result<Cusum, OutOfDomain> {
    positive("odds ratio", odds_ratio)?;
    positive("limit", limit)?;
    positive(
        "distance of the odds ratio from 1",
        (odds_ratio - 1.0).abs(),
    )?;
    let mut sum = 0.0_f64;
    let mut sums = Vec::with_capacity(steps.len());
    for (outcomes, probability) in steps {
        sum = (sum + weight(*outcomes, *probability, odds_ratio)?).max(0.0);
        sums.push(sum);
    }
    let signal = sums.iter().position(|sum| *sum >= limit);
    Ok(Cusum { sums, signal })
}

fn weight(outcomes: Outcomes, probability: f64, odds_ratio: f64) -> Result<f64, OutOfDomain> {
    let p = inside("expected probability", probability)?;
    if outcomes.trials == 0 && outcomes.events == 0 {
        return Ok(0.0);
    }
    let (events, trials) = share(outcomes.events, outcomes.trials)?;
    Ok(events * odds_ratio.ln() - trials * (p * (odds_ratio - 1.0)).ln_1p())
}
