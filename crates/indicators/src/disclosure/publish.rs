//! What may be published of named groups of doctors, so that subtraction finds nobody (decision 0007).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::shift::{Change, Search, Slack, Table, Way};
use super::{LEAST_DOCTORS, Suppression, group_sum, is_telling, withstands_coalition};
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

fn sum_of(doctors: &[Measured], set: &NamedSet) -> Measured {
    total(of(doctors, &set.members))
}

fn total(members: impl Iterator<Item = Measured>) -> Measured {
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

/// The groups a doctor is in, of one axis, among those shown.
type Signature = Vec<u32>;

/// One figure of every doctor: the numerator or the denominator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Numerator,
    Denominator,
}

/// That figure of each doctor inside, and what could be changed of it.
struct Figures {
    figure: Vec<i64>,
    slack: Vec<Slack>,
}

impl Figures {
    fn of(all: impl Iterator<Item = (i64, Slack)>) -> Figures {
        let (figure, slack) = all.unzip();
        Figures { figure, slack }
    }
}

/// Who is known to withstand. Hiding more takes knowledge away from an attacker and gives none: what withstood what was shown
/// in one round withstands the less of the next, and is not asked again.
struct Settled {
    doctors: Vec<bool>,
    /// Groups kept back whose small count cannot be told.
    sets: Vec<bool>,
}

impl Settled {
    fn none(doctors: usize, sets: usize) -> Settled {
        Settled {
            doctors: vec![false; doctors],
            sets: vec![false; sets],
        }
    }
}

struct Audit<'a> {
    doctors: &'a [Measured],
    sets: &'a [NamedSet],
    known: Known,
}

impl Audit<'_> {
    /// Shown groups that must go, best all at once; empty where everything withstands.
    fn next_to_hide(&self, shown: &[bool], settled: &mut Settled) -> BTreeSet<usize> {
        let areas = self.signatures(shown, Axis::Area);
        let across = self.signatures(shown, Axis::Across);
        // Whoever is in no shown group adds to no sum.
        let inside: Vec<u32> = (0..self.doctors.len() as u32)
            .filter(|doctor| {
                !areas[*doctor as usize].is_empty() || !across[*doctor as usize].is_empty()
            })
            .collect();
        let (rows, columns) = (Classes::of(&inside, &areas), Classes::of(&inside, &across));
        let place = rows.own.iter().copied().zip(columns.own.iter().copied());
        let table = Table::new(place.collect());
        let figures = [Part::Numerator, Part::Denominator]
            .map(|part| Figures::of(inside.iter().map(|doctor| self.figure(*doctor, part))));
        let mut search = Search::new(&table);
        let merge = [
            (&areas, Merging::of(rows.all.iter().copied(), self.sets)),
            (&across, Merging::of(columns.all.iter().copied(), self.sets)),
        ];
        let mut hide = BTreeSet::new();
        let mut settle = |at: u32, axes: [usize; 2]| {
            let doctor = inside[at as usize] as usize;
            let found = axes.iter().find_map(|axis| {
                let (signatures, merging) = &merge[*axis];
                merging.next(&signatures[doctor])
            });
            hide.extend(found);
        };
        for (axis, classes) in [(0, table.rows()), (1, table.columns())] {
            for class in classes.iter().filter(|class| self.tells(&inside, class)) {
                settle(class[0], [axis, 1 - axis]);
            }
        }
        for (at, doctor) in (0u32..).zip(&inside) {
            let withstands = &mut settled.doctors[*doctor as usize];
            *withstands = *withstands || self.is_protected(&mut search, &figures, at);
            if !*withstands {
                settle(at, [1, 0]);
            }
        }
        for set in (0..self.sets.len()).filter(|set| !shown[*set]) {
            if settled.sets[set] {
                continue;
            }
            match self.open_cell(&mut search, &figures, &inside, set) {
                Some(at) => settle(at, [1, 0]),
                None => settled.sets[set] = true,
            }
        }
        hide
    }

    fn signatures(&self, shown: &[bool], axis: Axis) -> Vec<Signature> {
        let mut signatures = vec![Signature::new(); self.doctors.len()];
        for (at, set) in (0u32..).zip(self.sets) {
            if shown[at as usize] && set.axis == axis {
                for member in &set.members {
                    signatures[*member as usize].push(at);
                }
            }
        }
        signatures
    }

    /// A row or column, whose sum anybody can work out, of one to four doctors or patients.
    fn tells(&self, inside: &[u32], class: &[u32]) -> bool {
        let members = class.iter().map(|at| inside[*at as usize]);
        let sum = total(members.map(|doctor| self.doctors[doctor as usize]));
        !class.is_empty() && class.len() < LEAST_DOCTORS || is_telling(sum, self.known.share)
    }

    fn parts(&self) -> &'static [Part] {
        if self.known.denominators {
            &[Part::Numerator]
        } else {
            &[Part::Numerator, Part::Denominator]
        }
    }

    /// What a doctor has, and what could be changed of it.
    fn figure(&self, doctor: u32, part: Part) -> (i64, Slack) {
        let Measured {
            numerator,
            denominator,
        } = self.doctors[doctor as usize];
        let (events, whole) = (numerator.sum, denominator.sum);
        let endless = i64::MAX / 8;
        match part {
            Part::Numerator => {
                let gain = if self.known.share {
                    whole - events
                } else {
                    endless
                };
                (events, Slack { gain, loss: events })
            }
            Part::Denominator => {
                let least = if self.known.share {
                    events.max(self.known.least_denominator)
                } else {
                    self.known.least_denominator
                };
                let loss = whole - least;
                (
                    whole,
                    Slack {
                        gain: endless,
                        loss,
                    },
                )
            }
        }
    }

    /// Whether every figure of a doctor could as well be more than 10 % (and, if small, two) off.
    fn is_protected(&self, search: &mut Search<'_>, figures: &[Figures; 2], at: u32) -> bool {
        self.parts().iter().all(|part| {
            let Figures { figure, slack } = &figures[*part as usize];
            let (figure, own) = (figure[at as usize], slack[at as usize]);
            let mut withstands = |way: Way, by: i64| {
                let change = Change {
                    doctor: at,
                    way,
                    by,
                    slack,
                };
                search.withstands(change, &[])
            };
            let by = (figure / 10 + 1).max(2);
            let less = by.min(figure);
            // Nobody is recognised in a zero.
            figure == 0
                || own.loss >= less && withstands(Way::Less, less)
                || own.gain >= by && withstands(Way::More, by)
        })
    }

    /// A doctor of a group kept back whose small count, or whose small number of those who were no events, could be told.
    fn open_cell(
        &self,
        search: &mut Search<'_>,
        figures: &[Figures; 2],
        inside: &[u32],
        set: usize,
    ) -> Option<u32> {
        let set = &self.sets[set];
        if !is_telling(sum_of(self.doctors, set), self.known.share) {
            return None;
        }
        let places = set
            .members
            .iter()
            .filter_map(|doctor| inside.binary_search(doctor).ok());
        let members: Vec<u32> = places.map(|at| at as u32).collect();
        // A doctor in no shown group hides the count for everybody.
        if members.len() < set.members.len() {
            return None;
        }
        let slack = &figures[Part::Numerator as usize].slack;
        let mut moves = |at: &u32| {
            let own = slack[*at as usize];
            let change = |way| Change {
                doctor: *at,
                way,
                by: 2,
                slack,
            };
            [(Way::Less, own.loss), (Way::More, own.gain)]
                .into_iter()
                .any(|(way, room)| room >= 2 && search.withstands(change(way), &members))
        };
        if members.iter().any(&mut moves) {
            None
        } else {
            members.first().copied()
        }
    }
}

/// The distinct signatures, numbered as they are met.
struct Classes<'s> {
    all: Vec<&'s Signature>,
    /// The number of each doctor inside.
    own: Vec<u32>,
}

impl<'s> Classes<'s> {
    fn of(inside: &[u32], signatures: &'s [Signature]) -> Classes<'s> {
        let mut number: HashMap<&Signature, u32> = HashMap::new();
        let mut all = Vec::new();
        let number_of = |doctor: &u32| {
            let signature = &signatures[*doctor as usize];
            *number.entry(signature).or_insert_with(|| {
                all.push(signature);
                all.len() as u32 - 1
            })
        };
        let own = inside.iter().map(number_of).collect();
        Classes { all, own }
    }
}

/// Which shown group, if hidden, lets a class of doctors disappear in another.
struct Merging<'a> {
    by_class: BTreeMap<Signature, Vec<u32>>,
    sets: &'a [NamedSet],
}

impl<'a> Merging<'a> {
    fn of<'s>(classes: impl Iterator<Item = &'s Signature>, sets: &'a [NamedSet]) -> Merging<'a> {
        let known: BTreeSet<&Signature> = classes.collect();
        let mut by_class: BTreeMap<Signature, Vec<u32>> = BTreeMap::new();
        for class in &known {
            for set in *class {
                let without: Signature = class.iter().copied().filter(|it| it != set).collect();
                if known.contains(&without) {
                    by_class.entry((*class).clone()).or_default().push(*set);
                    by_class.entry(without).or_default().push(*set);
                }
            }
        }
        Merging { by_class, sets }
    }

    /// The smallest group whose hiding merges the class; where none does, the smallest the class is in.
    fn next(&self, class: &Signature) -> Option<usize> {
        let size = |set: &&u32| (self.sets[**set as usize].members.len(), **set);
        let merging = self
            .by_class
            .get(class)
            .into_iter()
            .flatten()
            .min_by_key(size);
        let set = merging.or_else(|| class.iter().min_by_key(size))?;
        Some(*set as usize)
    }
}
