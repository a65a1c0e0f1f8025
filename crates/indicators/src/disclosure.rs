//! What may leave the doctor's own view.
//!
//! Two rules. *Cells*: a count of 1 to 4 about patients is shown to the doctor it belongs to and to nobody else; zero is
//! not a small cell, because it is about nobody. *Groups*: the mean of a group rests on at least five doctors, none of
//! whom has more than half of the events. The numbers are ours: no rule of the register's owner was found; open data of
//! Helserefusjon drop counts up to five in municipalities.

use crate::plan::{Amount, Measured};

mod audit;
mod cut;
mod publish;
mod revise;
mod shift;

pub use publish::{Axis, Control, Known, NamedSet, ROUNDING_BASE, publish, rounded};
pub use revise::revised;

/// Counts from 1 to this are kept back from others.
pub const LARGEST_SMALL_CELL: i64 = 4;
/// Fewest doctors behind a group's mean.
pub const LEAST_DOCTORS: usize = 5;

/// Fewest compared peers behind quartiles, and so behind the benchmark. Among five the quartiles are the second and the
/// fourth doctor to the last digit; from ten on they lie between two doctors or are one of many.
pub const LEAST_PEERS_FOR_QUARTILES: usize = 10;
/// Fewest compared peers behind deciles. Among eleven, nine of them are printed as themselves. From 22 on, somebody besides
/// two helpers lies below the lowest decile and above the highest, so that neither bounds anybody by name.
pub const LEAST_PEERS_FOR_DECILES: usize = 22;
/// Significant digits of a quantile that leaves: a page prints fewer, and a full double would tell a doctor's own counts
/// (0.17085427135678392 is 34 of 199).
pub const QUANTILE_DIGITS: i32 = 3;

/// A quantile between peers, coarse enough to be nobody's counts: [`QUANTILE_DIGITS`] significant digits.
///
/// ```
/// use riktig_indicators::disclosure::coarse;
/// assert_eq!(coarse(34.0 / 199.0), 0.171);
/// assert_eq!(coarse(0.0), 0.0);
/// assert_eq!(coarse(1.0), 1.0);
/// ```
#[must_use]
pub fn coarse(ratio: f64) -> f64 {
    if ratio == 0.0 || !ratio.is_finite() {
        return ratio;
    }
    let places = QUANTILE_DIGITS - 1 - ratio.abs().log10().floor() as i32;
    // Dividing by a power of ten gives the double nearest to the decimal; multiplying by its inverse does not.
    if places >= 0 {
        let unit = 10f64.powi(places);
        (ratio * unit).round() / unit
    } else {
        let unit = 10f64.powi(-places);
        (ratio / unit).round() * unit
    }
}

/// Why a figure is kept back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suppression {
    /// Fewer than five doctors have a denominator.
    FewerThanFiveDoctors,
    /// One doctor has more than half of the events.
    OneDoctorDominates,
    /// It would tell a count of 1 to 4 about patients, or, in a share, that all but 1 to 4 were events.
    SmallCell,
    /// It is a small cell, or something else could be worked out from it; which of the two is not told.
    Withheld,
}

/// Whether the parts of a sum stay unknown to any two of those who contribute: without the two largest, what is left beside
/// the next one is at least a tenth of the largest (the p % rule with p = 10 and a coalition of two). A sum of nothing is
/// about nobody.
///
/// ```
/// use riktig_indicators::disclosure::withstands_coalition;
/// assert!(withstands_coalition(&[100, 100, 100, 10]));
/// // Two of the large take away their own, and know the third to 9 %.
/// assert!(!withstands_coalition(&[100, 100, 100, 9]));
/// ```
#[must_use]
pub fn withstands_coalition(parts: &[i64]) -> bool {
    let mut largest = [0; 3];
    for part in parts {
        let mut part = *part;
        for place in &mut largest {
            if part > *place {
                std::mem::swap(place, &mut part);
            }
        }
    }
    let rest = parts.iter().sum::<i64>() - largest.iter().sum::<i64>();
    10 * rest >= largest[0]
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The doctor whose counts they are.
    Own,
    /// Anybody else.
    Others,
}

/// A count about patients, if `view` may see it.
///
/// # Errors
/// [`Suppression::SmallCell`] for 1 to 4 in anybody else's view.
///
/// ```
/// use riktig_indicators::disclosure::{Suppression, View, cell};
/// assert_eq!(cell(3, View::Own), Ok(3));
/// assert_eq!(cell(3, View::Others), Err(Suppression::SmallCell));
/// assert_eq!(cell(0, View::Others), Ok(0)); // nobody can be recognised
/// ```
pub fn cell(count: i64, view: View) -> Result<i64, Suppression> {
    if view == View::Others && is_small(count) {
        Err(Suppression::SmallCell)
    } else {
        Ok(count)
    }
}

fn is_small(count: i64) -> bool {
    (1..=LARGEST_SMALL_CELL).contains(&count)
}

/// The sum of a group, if it may be shown to others; members without a denominator do not count as doctors of it.
///
/// `is_share`: every event of the numerator is one of the denominator, so the difference is a cell too.
///
/// # Errors
/// The first rule that forbids it, in the order of [`Suppression`].
///
/// # Panics
/// If the members' amounts are not in the same units.
pub fn group_sum(members: &[Measured], is_share: bool) -> Result<Measured, Suppression> {
    let members: Vec<_> = members
        .iter()
        .filter(|member| member.denominator.sum > 0)
        .collect();
    if members.len() < LEAST_DOCTORS {
        return Err(Suppression::FewerThanFiveDoctors);
    }
    let numerator = add(members.iter().map(|member| member.numerator));
    let denominator = add(members.iter().map(|member| member.denominator));
    let dominates = |part: i64, whole: i64| 2 * part > whole;
    if members.iter().any(|it| {
        dominates(it.denominator.sum, denominator.sum)
            || (numerator.sum > 0 && dominates(it.numerator.sum, numerator.sum))
    }) {
        return Err(Suppression::OneDoctorDominates);
    }
    let sum = Measured {
        numerator,
        denominator,
    };
    if is_telling(sum, is_share) {
        return Err(Suppression::SmallCell);
    }
    Ok(sum)
}

/// Whether a sum tells of 1 to 4 events, or, in a share, that all but 1 to 4 were events. Amounts (DDD) are not cells.
#[must_use]
pub fn is_telling(sum: Measured, is_share: bool) -> bool {
    let (events, whole) = (sum.numerator, sum.denominator);
    events.divisor == 1 && (is_small(events.sum) || (is_share && is_small(whole.sum - events.sum)))
}

fn add(amounts: impl Iterator<Item = Amount>) -> Amount {
    amounts
        .reduce(|sum, amount| {
            assert_eq!(
                sum.divisor, amount.divisor,
                "amounts of one term have one unit"
            );
            Amount {
                sum: sum.sum + amount.sum,
                divisor: sum.divisor,
            }
        })
        .unwrap_or(Amount::count(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[(i64, i64)]) -> Vec<Measured> {
        let measured = |(numerator, denominator): &(i64, i64)| Measured {
            numerator: Amount::count(*numerator),
            denominator: Amount::count(*denominator),
        };
        counts.iter().map(measured).collect()
    }

    #[test]
    fn a_mean_of_four_doctors_is_kept_back_even_if_a_fifth_has_nothing_to_divide_by() {
        let four_and_an_empty = of(&[(5, 50), (5, 50), (5, 50), (5, 50), (0, 0)]);
        assert_eq!(
            group_sum(&four_and_an_empty, true),
            Err(Suppression::FewerThanFiveDoctors)
        );
    }

    #[test]
    fn one_doctor_with_more_than_half_hides_the_mean_and_exactly_half_does_not() {
        assert!(
            group_sum(
                &of(&[(50, 100), (13, 25), (13, 25), (12, 25), (12, 25)]),
                true
            )
            .is_ok()
        );
        let dominated = of(&[(51, 101), (13, 25), (13, 25), (12, 25), (12, 25)]);
        assert_eq!(
            group_sum(&dominated, true),
            Err(Suppression::OneDoctorDominates)
        );
    }

    #[test]
    fn one_doctor_with_most_of_the_events_hides_the_mean_though_the_denominators_are_even() {
        let most_events = of(&[(11, 25), (2, 25), (3, 25), (2, 25), (3, 25)]);
        assert_eq!(
            group_sum(&most_events, true),
            Err(Suppression::OneDoctorDominates)
        );
    }

    #[test]
    fn a_share_of_nearly_everybody_is_as_telling_as_one_of_nearly_nobody() {
        let all_but_three = of(&[(19, 20), (20, 20), (19, 20), (20, 20), (19, 20)]);
        assert_eq!(group_sum(&all_but_three, true), Err(Suppression::SmallCell));
        assert!(group_sum(&all_but_three, false).is_ok());
    }

    #[test]
    fn a_group_in_which_nothing_happened_has_a_mean_of_zero() {
        let nothing = group_sum(&of(&[(0, 20); 5]), true).unwrap();
        assert_eq!(nothing.numerator.sum, 0);
    }
}
