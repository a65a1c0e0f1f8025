use crate::definition::Direction;
use crate::plan::Measured;

/// What it would take to reach the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The value is at the benchmark or better already.
    Reached,
    /// So many fewer events in the numerator, the denominator staying as it is.
    Fewer(i64),
    /// So many more.
    More(i64),
}

/// The smallest whole number of different decisions that reaches `benchmark` (a ratio before the unit's factor).
///
/// `None` where there is no benchmark to reach (neutral), nothing to divide by, where the numerator is no count of
/// events (daily doses), or where the benchmark asks for more events than there are.
///
/// ```
/// use riktig_indicators::{Amount, Direction, Measured};
/// use riktig_indicators::comparison::{Effort, effort};
/// let own = Measured { numerator: Amount::count(12), denominator: Amount::count(40) };
/// // 12 of 40 bronchitis contacts, benchmark 22.5 %: 9 of 40 are exactly that, so three fewer.
/// assert_eq!(effort(own, 0.225, Direction::Lower), Some(Effort::Fewer(3)));
/// // 22.4 % cannot be had with whole contacts: 8 of 40 is the first at or below, so four.
/// assert_eq!(effort(own, 0.224, Direction::Lower), Some(Effort::Fewer(4)));
/// assert_eq!(effort(own, 0.5, Direction::Higher), Some(Effort::More(8)));
/// assert_eq!(effort(own, 0.3, Direction::Lower), Some(Effort::Reached));
/// ```
#[must_use]
pub fn effort(own: Measured, benchmark: f64, direction: Direction) -> Option<Effort> {
    /// Interpolated benchmarks carry rounding of this size; a whole event is far larger.
    const SLACK: f64 = 1e-9;
    if own.numerator.divisor != 1 || own.denominator.sum <= 0 || !benchmark.is_finite() {
        return None;
    }
    let wanted = benchmark * own.denominator.value();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no larger than the doctor's own denominator times a ratio"
    )]
    let change = match direction {
        Direction::Lower => own.numerator.sum - (wanted + SLACK).floor() as i64,
        Direction::Higher => (wanted - SLACK).ceil() as i64 - own.numerator.sum,
        Direction::Neutral => return None,
    };
    match (change, direction) {
        (..=0, _) => Some(Effort::Reached),
        (fewer, Direction::Lower) if fewer <= own.numerator.sum => Some(Effort::Fewer(fewer)),
        (more, Direction::Higher) => Some(Effort::More(more)),
        _ => None,
    }
}
