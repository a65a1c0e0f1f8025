use crate::definition::Direction;

/// The values of peers, sorted once; everything about their spread comes from here.
///
/// Values are ratios before the unit's factor. Peers without a value (no denominator, too few, unavailable) are left
/// out by the caller: a missing value has no place in a rank.
///
/// ```
/// use riktig_indicators::{Direction, comparison::Spread};
/// let spread = Spread::of(vec![0.5, 0.125, 0.75, 0.25]);
/// // Quantiles are "type 7": inclusive, linear between neighbours. The quartile of four peers lies between two of them.
/// assert_eq!(spread.quantile(0.25), Some(0.21875));
/// // Ties share a rank: with all peers equal everybody is in the middle, nobody is first.
/// assert_eq!(Spread::of(vec![0.2; 7]).percentile_of(0.2), Some(50.0));
/// // Where lower is better the benchmark is the lower quartile; where nothing is better there is none.
/// assert_eq!(spread.achievable_benchmark(Direction::Lower), Some(0.21875));
/// assert_eq!(spread.achievable_benchmark(Direction::Neutral), None);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    sorted: Vec<f64>,
}

impl Spread {
    /// Sorts the values. Values that are not finite are left out.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.retain(|value| value.is_finite());
        values.sort_by(f64::total_cmp);
        Self { sorted: values }
    }

    /// Number of peers.
    #[must_use]
    pub fn peers(&self) -> usize {
        self.sorted.len()
    }

    /// The value below which a `share` (0 to 1) of the peers lies; `None` without peers.
    ///
    /// Hyndman and Fan's type 7: with n sorted values x₀…xₙ₋₁ and h = (n−1)·share, xₕ interpolated linearly
    /// (Am Stat 1996;50:361). The same as Excel's PERCENTILE.INC, R's default and NumPy's `linear`.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "h lies between 0 and the number of peers"
    )]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let last = self.sorted.len().checked_sub(1)?;
        let h = last as f64 * share.clamp(0.0, 1.0);
        let below = h.floor() as usize;
        let lower = self.sorted[below];
        let upper = self.sorted[(below + 1).min(last)];
        Some(lower + (h - below as f64) * (upper - lower))
    }

    /// 10 %, 20 % … 90 %; `None` without peers.
    #[must_use]
    pub fn deciles(&self) -> Option<[f64; 9]> {
        let mut deciles = [0.0; 9];
        for (decile, share) in deciles
            .iter_mut()
            .zip([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
        {
            *decile = self.quantile(share)?;
        }
        Some(deciles)
    }

    /// 25 %, 50 %, 75 %; `None` without peers.
    #[must_use]
    pub fn quartiles(&self) -> Option<[f64; 3]> {
        Some([
            self.quantile(0.25)?,
            self.quantile(0.5)?,
            self.quantile(0.75)?,
        ])
    }

    /// Percentile rank: percent of the peers that are lower, plus half of those equal (mid-rank). `None` without peers.
    ///
    /// The doctor's own value is one of the peers', so nobody is at 0 or 100. Not the inverse of [`Spread::quantile`].
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a nation has a few thousand prescribers"
    )]
    pub fn percentile_of(&self, value: f64) -> Option<f64> {
        let lower = self.sorted.partition_point(|peer| *peer < value);
        let not_higher = self.sorted.partition_point(|peer| *peer <= value);
        let peers = self.sorted.len();
        (peers > 0).then(|| 50.0 * (lower + not_higher) as f64 / peers as f64)
    }

    /// What a quarter of the peers reach or better: the quartile on the favourable side. `None` for neutral indicators
    /// and without peers.
    ///
    /// After Kiefe's achievable benchmark of care, with the boundary of the best quarter instead of the mean of the
    /// best tenth: it is a value that real peers have, and a single tiny practice cannot set it. It is crude: the goal that a
    /// doctor is shown is [`benchmark_value`](crate::verdict::benchmark_value), which knows the doctor's own patients.
    #[must_use]
    pub fn achievable_benchmark(&self, direction: Direction) -> Option<f64> {
        match direction {
            Direction::Lower => self.quantile(0.25),
            Direction::Higher => self.quantile(0.75),
            Direction::Neutral => None,
        }
    }
}
