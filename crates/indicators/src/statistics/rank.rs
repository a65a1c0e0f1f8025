//! Where a value lies among others. The quantiles themselves are those of [`Spread`], the one place for them.

use crate::comparison::Spread;

/// The nine deciles of the values that are there; `None` when there are none.
///
/// Hyndman and Fan's type 7 (inclusive, linear between neighbours; Am Stat 1996;50:361), as [`Spread::quantile`]. Ties
/// need no rule. A missing value is left out: it is not 0.
///
/// ```
/// use riktig_indicators::statistics::rank::deciles;
/// let values = [Some(3.0), None, Some(1.0), Some(2.0)];
/// let deciles = deciles(&values).unwrap();
/// assert_eq!(deciles[4], 2.0);
/// // One value is all of its deciles.
/// assert_eq!(riktig_indicators::statistics::rank::deciles(&[Some(7.0)]), Some([7.0; 9]));
/// ```
#[must_use]
pub fn deciles(values: &[Option<f64>]) -> Option<[f64; 9]> {
    Spread::of(values.iter().copied().flatten().collect()).deciles()
}

/// Each value's percentile rank among all that are there, 0 to 100, in the order of the input.
///
/// 100·(values below + half of those equal, itself among them) ÷ values: the mid-rank, as [`Spread::percentile_of`]. Ties
/// share a rank, so with all values equal everybody is at 50 and nobody at 0 or 100. A missing value has no rank and
/// does not count among the others.
///
/// ```
/// use riktig_indicators::statistics::rank::percentile_ranks;
/// let ranks = percentile_ranks(&[Some(0.0), Some(5.0), None, Some(5.0), Some(9.0)]);
/// assert_eq!(ranks, [Some(12.5), Some(50.0), None, Some(50.0), Some(87.5)]);
/// ```
#[must_use]
pub fn percentile_ranks(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let spread = Spread::of(values.iter().copied().flatten().collect());
    let rank = |value: &Option<f64>| {
        value
            .filter(|value| value.is_finite())
            .and_then(|value| spread.percentile_of(value))
    };
    values.iter().map(rank).collect()
}
