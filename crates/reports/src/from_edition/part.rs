//! Which sums of the doctors of a course may be told, and to whom.

use riktig_indicators::{Amount, Measured, disclosure};
use riktig_lake::edition::DefinitionRecord;

/// Months of one doctor and indicator, as the edition has them; `None` where the doctor was away or the month is not known.
pub(super) type Months = Vec<Option<(i64, i64)>>;

/// How the sums of one indicator may be shown.
pub(super) struct Part<'a> {
    pub(super) record: &'a DefinitionRecord,
    pub(super) is_share: bool,
    /// The doctor whose numbers they are looks at them.
    pub(super) own_eyes: bool,
}

impl Part<'_> {
    fn measured(&self, (numerator, denominator): (i64, i64)) -> Measured {
        Measured {
            numerator: Amount {
                sum: numerator,
                divisor: self.record.numerator_divisor,
            },
            denominator: Amount {
                sum: denominator,
                divisor: self.record.month_denominator_divisor,
            },
        }
    }

    /// A doctor's sum over the months that count, after or a year before.
    pub(super) fn contrast(
        &self,
        months: &Months,
        range: &std::ops::Range<usize>,
        after: bool,
    ) -> Measured {
        let known = range.clone().filter_map(|month| {
            let (now, then) = (months[month]?, months[month - 12]?);
            Some(if after { now } else { then })
        });
        self.measured(known.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1)))
    }

    pub(super) fn shown(&self, members: &[Measured]) -> Result<(), disclosure::Suppression> {
        if self.own_eyes {
            Ok(())
        } else {
            withstands(members, self.is_share)
        }
    }

    /// One month of the course doctors as a percentage of comparable doctors' rate, if it may be shown.
    pub(super) fn relative(
        &self,
        used: &[&Months],
        compared: &[&Months],
        month: usize,
    ) -> Option<f64> {
        let of = |doctors: &[&Months]| -> Vec<Measured> {
            doctors
                .iter()
                .filter_map(|months| months[month])
                .map(|it| self.measured(it))
                .collect()
        };
        let (own, theirs) = (of(used), of(compared));
        self.shown(&own).ok()?;
        let rate = |members: &[Measured]| {
            let sum = |part: fn(&Measured) -> Amount| {
                members.iter().map(|it| part(it).value()).sum::<f64>()
            };
            let below = sum(|it| it.denominator);
            (below > 0.0).then(|| sum(|it| it.numerator) / below)
        };
        let theirs = rate(&theirs).filter(|rate| *rate > 0.0)?;
        Some((rate(&own)? / theirs * 100.0).round())
    }
}

/// Whether sums of a group may bear on what is told of it: the rules of one group (decision 0007).
fn withstands(members: &[Measured], is_share: bool) -> Result<(), disclosure::Suppression> {
    disclosure::group_sum(members, is_share)?;
    let parts: [fn(&Measured) -> i64; 2] = [|it| it.numerator.sum, |it| it.denominator.sum];
    let safe = parts.iter().all(|part| {
        disclosure::withstands_coalition(&members.iter().map(part).collect::<Vec<_>>())
    });
    safe.then_some(()).ok_or(disclosure::Suppression::Withheld)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: [(i64, i64); 5]) -> Vec<Measured> {
        let measured = |(numerator, denominator)| Measured {
            numerator: Amount::count(numerator),
            denominator: Amount::count(denominator),
        };
        counts.map(measured).to_vec()
    }

    #[test]
    fn a_group_whose_two_largest_could_work_out_the_third_is_kept_back() {
        let wide = of([(40, 100), (30, 100), (20, 100), (2, 100), (2, 100)]);
        assert_eq!(withstands(&wide, true), Ok(()));
        let withheld = Err(disclosure::Suppression::Withheld);
        // Two take away their 70 of 93 events: besides the third's 20 only 3 are left, less than a tenth of the largest.
        let events = of([(40, 100), (30, 100), (20, 100), (2, 100), (1, 100)]);
        assert_eq!(withstands(&events, true), withheld);
        let people = of([(9, 400), (9, 300), (9, 200), (9, 20), (9, 19)]);
        assert_eq!(withstands(&people, false), withheld);
    }

    #[test]
    fn a_small_count_and_one_doctor_above_all_have_their_own_reasons() {
        let small = of([(1, 100), (1, 100), (1, 100), (0, 100), (0, 100)]);
        let dominated = of([(60, 100), (20, 100), (20, 100), (10, 100), (9, 100)]);
        let reason = |members: &[Measured]| withstands(members, true).err();
        assert_eq!(reason(&small), Some(disclosure::Suppression::SmallCell));
        assert_eq!(
            reason(&dominated),
            Some(disclosure::Suppression::OneDoctorDominates)
        );
    }
}
