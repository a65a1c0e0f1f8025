//! What may be published of named groups of doctors, so that subtraction finds nobody (decision 0007).

use super::audit::{Audit, Settled};
use super::{Suppression, group_sum, withstands_coalition};
use crate::plan::{Amount, Measured};

/// Counts about groups leave as multiples of this many whole units.
pub const ROUNDING_BASE: i64 = 5;

/// Whether the rules hold. There is no way to build an edition without them: `Off` lets a test show that they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// As published.
    On,
    /// Every sum as it is, for tests of what an attacker finds then.
    Off,
}

/// Which way a group cuts through the doctors. Groups of one axis may lie within each other; what cuts across goes on the
/// other axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Country, county, municipality, practice.
    Area,
    /// Course groups, groups of similar case mix, and whatever else cuts across municipalities.
    Across,
}

/// A named group of doctors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSet {
    /// Which way it cuts.
    pub axis: Axis,
    /// Indexes of its doctors, ascending.
    pub members: Vec<u32>,
}

/// What an attacker knows about an indicator beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The numerator counts part of the denominator.
    pub share: bool,
    /// Everybody's denominator is public (list sizes).
    pub denominators: bool,
    /// No doctor of a group has a smaller denominator.
    pub least_denominator: i64,
}

/// A sum to the nearest multiple of [`ROUNDING_BASE`] whole units; exactly between two, up.
///
/// ```
/// use riktig_indicators::disclosure::rounded;
/// use riktig_indicators::Amount;
/// assert_eq!(rounded(Amount::count(12)).sum, 10);
/// assert_eq!(rounded(Amount::count(13)).sum, 15);
/// // Thousandths of a daily dose.
/// assert_eq!(rounded(Amount { sum: 12_499, divisor: 1000 }).sum, 10_000);
/// ```
#[must_use]
pub fn rounded(amount: Amount) -> Amount {
    let unit = ROUNDING_BASE * amount.divisor;
    let sum = (amount.sum + unit / 2).div_euclid(unit) * unit;
    Amount { sum, ..amount }
}

/// What leaves of each group: rounded sums, or why nothing does.
///
/// `doctors` are those whose value is compared. A group that is kept back for few patients, and one that is kept back because
/// another could be worked out from it, have the same reason ([`Suppression::Withheld`]): which of the two would tell.
#[must_use]
pub fn publish(
    doctors: &[Measured],
    sets: &[NamedSet],
    known: Known,
    control: Control,
) -> Vec<Result<Measured, Suppression>> {
    if control == Control::Off {
        return sets.iter().map(|set| Ok(sum_of(doctors, set))).collect();
    }
    let own = |set: &NamedSet| primary(doctors, set, known);
    let mut outcomes: Vec<Result<Measured, Suppression>> = sets.iter().map(own).collect();
    let audit = Audit {
        doctors,
        sets,
        known,
    };
    let mut settled = Settled::none(doctors.len(), sets.len());
    loop {
        let shown: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
        let hide = audit.next_to_hide(&shown, &mut settled);
        if hide.is_empty() {
            break;
        }
        for set in hide {
            outcomes[set] = Err(Suppression::Withheld);
        }
    }
    let leaves = |outcome: Result<Measured, Suppression>| match outcome {
        Ok(sum) => Ok(Measured {
            numerator: rounded(sum.numerator),
            denominator: rounded(sum.denominator),
        }),
        Err(Suppression::SmallCell) => Err(Suppression::Withheld),
        Err(reason) => Err(reason),
    };
    outcomes.into_iter().map(leaves).collect()
}

fn of<'a>(doctors: &'a [Measured], members: &'a [u32]) -> impl Iterator<Item = Measured> + 'a {
    members.iter().map(|member| doctors[*member as usize])
}

pub(super) fn sum_of(doctors: &[Measured], set: &NamedSet) -> Measured {
    total(of(doctors, &set.members))
}

pub(super) fn total(members: impl Iterator<Item = Measured>) -> Measured {
    let add = |left: Amount, right: Amount| Amount {
        sum: left.sum + right.sum,
        divisor: right.divisor,
    };
    let none = Measured {
        numerator: Amount::count(0),
        denominator: Amount::count(0),
    };
    members.fold(none, |sum, one| Measured {
        numerator: add(sum.numerator, one.numerator),
        denominator: add(sum.denominator, one.denominator),
    })
}

/// The rules that look at one group alone.
fn primary(doctors: &[Measured], set: &NamedSet, known: Known) -> Result<Measured, Suppression> {
    let members: Vec<Measured> = of(doctors, &set.members).collect();
    let sum = group_sum(&members, known.share)?;
    let part = |pick: fn(&Measured) -> i64| members.iter().map(pick).collect::<Vec<i64>>();
    let safe = withstands_coalition(&part(|it| it.numerator.sum))
        && (known.denominators || withstands_coalition(&part(|it| it.denominator.sum)));
    if safe {
        Ok(sum)
    } else {
        Err(Suppression::OneDoctorDominates)
    }
}
