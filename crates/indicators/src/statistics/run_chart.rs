//! Run charts with the Anhøj rules: has a series of months changed in a way that chance seldom gives?

use super::domain::{OutOfDomain, within};
use super::tail::fair_binomial_quantile;
use crate::comparison::Spread;

/// A series around its middle line, and what the Anhøj rules say of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunChart {
    /// The middle line.
    pub median: f64,
    /// Values that are not on the middle line; those on it neither break nor make a run.
    pub useful: usize,
    /// The longest run of useful values on one side.
    pub longest_run: usize,
    /// The longest run that chance is expected to give: log₂(useful)+3, rounded. A longer one is a signal.
    pub longest_run_limit: usize,
    /// How often the series crosses its middle line.
    pub crossings: usize,
    /// The fewest crossings that chance is expected to give: the 5 % quantile of Binomial(useful−1, ½). Fewer are a signal.
    pub crossings_limit: usize,
}

impl RunChart {
    /// Has the series changed more than chance seldom gives? Either rule is enough.
    #[must_use]
    pub fn is_signal(&self) -> bool {
        self.longest_run > self.longest_run_limit || self.crossings < self.crossings_limit
    }
}

/// The run chart of a series around the median of its first `baseline` values (of all, when `None`).
///
/// Signals: longest run > round(log₂ n + 3), crossings < qbinom(0.05, n−1, ½), n being the values that are not on the
/// median. Anhøj & Olesen, PLoS One 2014;9:e113825; Anhøj & Wentzel-Larsen, PLoS One 2018;13:e0207249. Missing values are
/// left out. Domain: at least one value within the baseline.
///
/// ```
/// use riktig_indicators::statistics::run_chart::run_chart;
/// // Six months high, six months low: no month stands out, yet there is one crossing only.
/// let values: Vec<_> = [9.0, 8.0, 9.0, 8.0, 9.0, 8.0, 3.0, 2.0, 3.0, 2.0, 3.0, 2.0].map(Some).into();
/// let chart = run_chart(&values, None)?;
/// assert_eq!((chart.longest_run, chart.longest_run_limit), (6, 7));
/// assert_eq!((chart.crossings, chart.crossings_limit), (1, 3));
/// assert!(chart.is_signal());
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When the baseline has no value, or a value is not finite.
pub fn run_chart(values: &[Option<f64>], baseline: Option<usize>) -> Result<RunChart, OutOfDomain> {
    for &value in values.iter().flatten() {
        within("value", value, f64::MIN, f64::MAX)?;
    }
    let first = &values[..baseline.unwrap_or(values.len()).min(values.len())];
    let known: Vec<f64> = first.iter().copied().flatten().collect();
    let median = Spread::of(known).quantile(0.5).ok_or(OutOfDomain::TooFew {
        what: "a run chart",
        needed: 1,
        given: 0,
    })?;
    let sides = values.iter().flatten().filter(|value| **value != median);
    Ok(around(median, sides.map(|value| *value > median)))
}

/// The Anhøj rules over the sides (above?) of the useful values.
pub(super) fn around(median: f64, sides: impl Iterator<Item = bool>) -> RunChart {
    let (mut useful, mut crossings, mut run, mut longest) = (0_usize, 0, 0, 0);
    let mut before = None;
    for side in sides {
        useful += 1;
        if before.is_some_and(|before| before != side) {
            crossings += 1;
            run = 0;
        }
        run += 1;
        longest = longest.max(run);
        before = Some(side);
    }
    RunChart {
        median,
        useful,
        longest_run: longest,
        longest_run_limit: longest_run_limit(useful),
        crossings,
        crossings_limit: fair_binomial_quantile(0.05, useful.saturating_sub(1)),
    }
}

/// round(log₂ n + 3); for no value at all 0, so that nothing is no signal.
fn longest_run_limit(useful: usize) -> usize {
    if useful == 0 {
        return 0;
    }
    ((useful as f64).log2() + 3.0).round() as usize
}
