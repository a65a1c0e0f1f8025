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
/// Exact: the benchmark is taken as the decimal it prints as (0.225 is 225 thousandths, not the double next to it), and
/// everything after that is whole numbers. `None` where there is no benchmark to reach (neutral), nothing to divide by,
/// where the numerator is no count of events (daily doses), or where the benchmark asks for more events than there are.
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
    if own.numerator.divisor != 1 || own.denominator.sum <= 0 {
        return None;
    }
    let wanted = Wanted::of(benchmark, own)?;
    let observed = own.numerator.sum;
    let change = match direction {
        Direction::Lower => observed - wanted.most,
        Direction::Higher => wanted.least - observed,
        Direction::Neutral => return None,
    };
    match (change, direction) {
        (..=0, _) => Some(Effort::Reached),
        (fewer, Direction::Lower) if fewer <= observed => Some(Effort::Fewer(fewer)),
        (more, Direction::Higher) => Some(Effort::More(more)),
        _ => None,
    }
}

/// The whole numbers of events next to benchmark × denominator.
struct Wanted {
    /// The largest that is not above it.
    most: i64,
    /// The smallest that is not below it.
    least: i64,
}

impl Wanted {
    /// `None` for a benchmark that is negative or not finite, or a product beyond what whole numbers hold.
    fn of(benchmark: f64, own: Measured) -> Option<Self> {
        let (digits, tenths) = decimal(benchmark)?;
        let above = digits.checked_mul(i128::from(own.denominator.sum))?;
        let below = 10i128
            .checked_pow(tenths)?
            .checked_mul(i128::from(own.denominator.divisor))?;
        let most = above.div_euclid(below);
        let least = most + i128::from(above.rem_euclid(below) != 0);
        Some(Self {
            most: i64::try_from(most).ok()?,
            least: i64::try_from(least).ok()?,
        })
    }
}

/// The shortest decimal that reads back as `value`: so many units of 10^-tenths.
fn decimal(value: f64) -> Option<(i128, u32)> {
    if !value.is_finite() || value < 0.0 {
        return None;
    }
    let text = format!("{value}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{part}").parse().ok()?;
    Some((digits, u32::try_from(part.len()).ok()?))
}
