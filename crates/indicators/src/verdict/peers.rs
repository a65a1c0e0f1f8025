use super::Evidence;
use crate::casemix::Family;
use crate::comparison::Spread;
use crate::disclosure::{LEAST_DOCTORS, LEAST_PEERS_FOR_QUARTILES, Suppression, coarse, group_sum};
use crate::plan::{Amount, Measured};

/// The most groups of doctors with like patients.
const FIFTHS: usize = 5;
/// Bins that the middle four fifths of the doctors are laid out in, at least.
const MIDDLE_BINS: f64 = 12.0;
/// Bins beyond these at either end; who is further out lies in the last one.
const END_BINS: i64 = 3;

/// The doctors that one doctor may be shown beside: all who are compared, and those with like patients.
#[derive(Debug, Clone, PartialEq)]
pub struct Peers {
    /// All compared doctors; `None` among fewer than ten, and where their sum may not be told.
    pub dots: Option<Dots>,
    /// By what is expected of their patients, lowest first: five groups, or as many as leave ten doctors in each. Empty
    /// where there would be one.
    pub fifths: Vec<Fifth>,
}

/// Doctors of whose patients about the same is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Fifth {
    /// Expected events ÷ denominator of everybody in it is at most this (and above that of the group before).
    most: f64,
    /// Doctors in it, at least ten.
    pub doctors: usize,
    /// Their events ÷ their denominators; kept back for all groups of an indicator where one of them may not be told, or it
    /// could be worked out from the others.
    pub rate: Result<f64, Suppression>,
    /// 25 %, 50 % and 75 % of their rates, three digits; `None` where `rate` is kept back.
    pub quartiles: Option<[f64; 3]>,
    /// Their rates, binned; `None` where `rate` is kept back.
    pub dots: Option<Dots>,
}

impl Peers {
    /// From the evidence of all doctors of an indicator.
    ///
    /// ```
    /// use riktig_indicators::casemix::Family;
    /// use riktig_indicators::verdict::{Peers, Subject, judge};
    /// let doctor = |at: u64| Subject {
    ///     observed: 10 + at % 7, denominator: 100.0, expected: 5.0 + at as f64, variance: 4.0, is_peer: true,
    /// };
    /// let of = |doctors: u64| Peers::of(Family::Share, &judge(Family::Share, &(0..doctors).map(doctor).collect::<Vec<_>>()));
    /// // Fifty make five groups of ten; 30 make three; 19 are too few to be told apart, and nine to be shown at all.
    /// assert_eq!(of(50).fifths.iter().map(|it| it.doctors).collect::<Vec<_>>(), [10; 5]);
    /// assert_eq!(of(30).fifths.len(), 3);
    /// assert!(of(19).fifths.is_empty() && of(19).dots.is_some());
    /// assert!(of(9).dots.is_none());
    /// ```
    #[must_use]
    pub fn of(family: Family, doctors: &[Evidence]) -> Self {
        let compared: Vec<&Evidence> = doctors.iter().filter(|it| it.doctors.is_some()).collect();
        let rates = compared.iter().map(|it| it.observed / it.denominator);
        let edges = (2..=FIFTHS.min(compared.len() / LEAST_PEERS_FOR_QUARTILES))
            .rev()
            .find_map(|groups| edges(&compared, groups));
        let mut fifths: Vec<Fifth> = edges
            .unwrap_or_default()
            .into_iter()
            .map(|(above, most)| {
                let inside = |it: &&&Evidence| {
                    let expected = expected_rate(it);
                    expected > above && expected <= most
                };
                let members: Vec<&Evidence> = compared.iter().filter(inside).copied().collect();
                fifth(family, most, &members)
            })
            .collect();
        if let Some(reason) = fifths.iter().find_map(|it| it.rate.err()) {
            for fifth in &mut fifths {
                fifth.rate = Err(reason);
                fifth.quartiles = None;
                fifth.dots = None;
            }
        }
        Self {
            dots: told(family, &compared)
                .ok()
                .and_then(|_| Dots::of(rates.collect())),
            fifths,
        }
    }

    /// The group of a compared doctor.
    #[must_use]
    pub fn like(&self, own: &Evidence) -> Option<&Fifth> {
        own.doctors?;
        let expected = expected_rate(own);
        self.fifths.iter().find(|it| expected <= it.most)
    }
}

fn expected_rate(it: &Evidence) -> f64 {
    it.expected / it.denominator
}

/// Groups by expected rate, each above its first number and up to its second; `None` where equal doctors leave a group with
/// fewer than ten.
fn edges(compared: &[&Evidence], groups: usize) -> Option<Vec<(f64, f64)>> {
    let mut expected: Vec<f64> = compared.iter().map(|it| expected_rate(it)).collect();
    expected.sort_by(f64::total_cmp);
    let last = |group: usize| expected[(group + 1) * expected.len() / groups - 1];
    let mut above = f64::NEG_INFINITY;
    let mut edges = Vec::with_capacity(groups);
    for group in 0..groups {
        let most = last(group);
        let inside = expected.partition_point(|it| *it <= most)
            - expected.partition_point(|it| *it <= above);
        if inside < LEAST_PEERS_FOR_QUARTILES {
            return None;
        }
        edges.push((above, most));
        above = most;
    }
    Some(edges)
}

fn fifth(family: Family, most: f64, members: &[&Evidence]) -> Fifth {
    let rates: Vec<f64> = members
        .iter()
        .map(|it| it.observed / it.denominator)
        .collect();
    Fifth {
        most,
        doctors: members.len(),
        rate: told(family, members),
        quartiles: Spread::of(rates.clone())
            .quartiles()
            .map(|all| all.map(coarse)),
        dots: Dots::of(rates),
    }
}

/// The rate of a group by the rules for groups (decision 0004).
fn told(family: Family, members: &[&Evidence]) -> Result<f64, Suppression> {
    let is_share = family == Family::Share;
    // What a share is of are whole numbers; a list is not.
    let divisor = if is_share { 1 } else { 1000 };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "counts, and thousandths of lists"
    )]
    let measured = |it: &&Evidence| Measured {
        numerator: Amount::count(it.observed as i64),
        denominator: Amount {
            sum: (it.denominator * divisor as f64).round() as i64,
            divisor,
        },
    };
    let sums: Vec<Measured> = members.iter().map(measured).collect();
    let sum = group_sum(&sums, is_share)?;
    Ok(coarse(sum.ratio().unwrap_or(0.0)))
}

/// How many doctors lie where: anonymous, and no more exact than a bin.
///
/// The first bin holds everybody lower too, the last everybody higher; each of these two at least five doctors, because an
/// extreme value is the one that others would know whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots {
    /// Where the first bin begins, as numerator ÷ denominator.
    pub from: f64,
    /// Width of a bin: 1, 2 or 5 times a power of ten.
    pub width: f64,
    /// Doctors in each bin, from low to high.
    pub doctors: Vec<u32>,
}

impl Dots {
    /// Bins of ten values or more; `None` for fewer.
    ///
    /// ```
    /// use riktig_indicators::verdict::Dots;
    /// let dots = Dots::of((0..100).map(|at| f64::from(at) / 100.0).collect()).unwrap();
    /// assert_eq!((dots.width, dots.doctors.iter().sum::<u32>()), (0.1, 100));
    /// // Doctors who all do the same are one bin.
    /// assert_eq!(Dots::of(vec![0.2; 12]).unwrap().doctors, [12]);
    /// assert_eq!(Dots::of(vec![0.2; 9]), None);
    /// ```
    #[must_use]
    pub fn of(values: Vec<f64>) -> Option<Self> {
        let spread = Spread::of(values.clone());
        if spread.peers() < LEAST_PEERS_FOR_QUARTILES {
            return None;
        }
        let (low, high) = (spread.quantile(0.1)?, spread.quantile(0.9)?);
        let width = nice(((high - low) / MIDDLE_BINS).max(high.abs() * 1e-3));
        #[expect(clippy::cast_possible_truncation, reason = "some tens of bins")]
        let bin = |value: f64| (value / width + 1e-9).floor() as i64;
        let (first, last) = (bin(low) - END_BINS, bin(high) + END_BINS);
        let mut doctors = vec![0u32; usize::try_from(last - first + 1).ok()?];
        for value in values.iter().filter(|it| it.is_finite()) {
            doctors[usize::try_from(bin(*value).clamp(first, last) - first).ok()?] += 1;
        }
        let folded = fold(&mut doctors);
        let mut reversed: Vec<u32> = doctors.into_iter().rev().collect();
        fold(&mut reversed);
        reversed.reverse();
        Some(Self {
            from: (first + folded) as f64 * width,
            width,
            doctors: reversed,
        })
    }
}

/// Joins bins from the front until the first holds five doctors; how many were joined to others.
fn fold(doctors: &mut Vec<u32>) -> i64 {
    let mut folded = 0;
    while doctors.len() > 1 && (doctors[0] as usize) < LEAST_DOCTORS {
        let outer = doctors.remove(0);
        doctors[0] += outer;
        folded += 1;
    }
    folded
}

/// The next of 1, 2 or 5 times a power of ten that is not below; 1 for nothing.
fn nice(width: f64) -> f64 {
    if width <= 0.0 || !width.is_finite() {
        return 1.0;
    }
    let power = width.log10().floor() as i32;
    let unit = |times: f64, power: i32| {
        // A power of ten below one is not a double; the quotient is the double nearest to the decimal.
        if power < 0 {
            times / 10f64.powi(-power)
        } else {
            times * 10f64.powi(power)
        }
    };
    [(1.0, power), (2.0, power), (5.0, power), (1.0, power + 1)]
        .into_iter()
        .map(|(times, power)| unit(times, power))
        .find(|it| *it >= width)
        .unwrap_or(width)
}
