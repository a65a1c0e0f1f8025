//! Somebody who adds up and takes away whatever is published, with the help of one or two doctors.
//!
//! He is given everything that leaves: which groups are told, their sums as printed, who is in which group, every list size,
//! and all of the helpers' own figures. What is possible is then a polytope, and the smallest and the largest that a figure
//! can be in it are two linear programs: no combination of subtractions, and no propagation of bounds, finds more.
//! Doctors whom no published group tells apart are interchangeable, so they enter as one sum; that loses nothing.

use std::collections::BTreeMap;

use riktig_indicators::Measured;
use riktig_indicators::disclosure::{Control, ROUNDING_BASE, Suppression};

use super::simplex::Program;
use super::world::World;

/// What is published of each group.
pub(crate) type Tables = [Result<Measured, Suppression>];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Numerator,
    Denominator,
}

/// What he got to know.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    /// A doctor's figure within 10 %.
    Value {
        doctor: u32,
        part: Part,
        between: (f64, f64),
    },
    /// A count of 1 to 4 in a doctor's own cell or a group's that is kept back.
    Cell { of: Vec<u32>, between: (f64, f64) },
}

pub(crate) struct Attack<'a> {
    pub(crate) world: &'a World,
    pub(crate) tables: &'a Tables,
    pub(crate) control: Control,
    /// Doctors who tell him everything.
    pub(crate) helpers: &'a [u32],
}

/// Variables: a figure of every lump, in a share numerators first and then denominators.
struct View {
    program: Program,
    lump_of: BTreeMap<u32, usize>,
    /// Where the asked part's variables begin.
    first: usize,
}

impl Attack<'_> {
    /// How far a printed sum can be from the truth, below and above.
    fn printed(&self, sum: i64) -> (f64, f64) {
        match self.control {
            Control::Off => (sum as f64, sum as f64),
            Control::On => {
                let half = ROUNDING_BASE / 2;
                ((sum - half).max(0) as f64, (sum + half) as f64)
            }
        }
    }

    /// Everything he knows that bears on a part; those in `apart` are lumped together and with nobody else.
    fn view(&self, apart: &[u32], part: Part) -> View {
        let classes = self.classes(apart);
        let lumps = classes.len();
        // In a share each part bounds the other; in a rate they have nothing to do with each other.
        let parts: &[Part] = match part {
            _ if self.world.known.share => &[Part::Numerator, Part::Denominator],
            Part::Numerator => &[Part::Numerator],
            Part::Denominator => &[Part::Denominator],
        };
        let variables = parts.len() * lumps;
        let mut rows: Vec<(Vec<f64>, f64)> = Vec::new();
        let mut lump_of = BTreeMap::new();
        for (lump, members) in classes.iter().enumerate() {
            lump_of.extend(members.iter().map(|doctor| (*doctor, lump)));
            let least = self.world.known.least_denominator * members.len() as i64;
            if let Some(at) = parts.iter().position(|part| *part == Part::Denominator) {
                let mut row = vec![0.0; variables];
                row[at * lumps + lump] = -1.0;
                rows.push((row, -least as f64));
            }
            if self.world.known.share {
                let mut row = vec![0.0; variables];
                row[lump] = 1.0;
                row[lumps + lump] = -1.0;
                rows.push((row, 0.0));
            }
        }
        for (set, told) in self.world.sets.iter().zip(self.tables) {
            let Ok(sum) = told else { continue };
            for (at, part) in parts.iter().enumerate() {
                let printed = match part {
                    Part::Numerator => sum.numerator.sum,
                    Part::Denominator => sum.denominator.sum,
                };
                let mut row = vec![0.0; variables];
                let mut own = 0;
                for doctor in &set.members {
                    match lump_of.get(doctor) {
                        Some(lump) => row[at * lumps + lump] = 1.0,
                        None => own += self.own(*doctor, *part == Part::Denominator),
                    }
                }
                let (low, high) = self.printed(printed);
                let turned = row.iter().map(|cell| -cell).collect();
                rows.push((row, high - own as f64));
                rows.push((turned, own as f64 - low));
            }
        }
        View {
            program: Program { variables, rows },
            lump_of,
            first: parts.iter().position(|it| *it == part).unwrap_or(0) * lumps,
        }
    }

    /// Doctors other than his helpers whom nothing tells apart.
    fn classes(&self, apart: &[u32]) -> Vec<Vec<u32>> {
        let world = self.world;
        let mut classes: BTreeMap<(bool, Vec<usize>), Vec<u32>> = BTreeMap::new();
        for doctor in (0..world.doctors.len() as u32).filter(|it| !self.helpers.contains(it)) {
            let shown = (0..world.sets.len()).filter(|set| {
                self.tables[*set].is_ok() && world.sets[*set].members.contains(&doctor)
            });
            let class = (apart.contains(&doctor), shown.collect());
            classes.entry(class).or_default().push(doctor);
        }
        classes.into_values().collect()
    }

    fn own(&self, doctor: u32, denominator: bool) -> i64 {
        let own = self.world.doctors[doctor as usize];
        if denominator {
            own.denominator.sum
        } else {
            own.numerator.sum
        }
    }

    /// What he can say of one doctor.
    pub(crate) fn on_doctor(&self, doctor: u32) -> Option<Found> {
        // List sizes are no secret, and bound no numerator.
        let parts: &[Part] = if self.world.known.denominators {
            &[Part::Numerator]
        } else {
            &[Part::Numerator, Part::Denominator]
        };
        parts.iter().find_map(|part| {
            let denominator = *part == Part::Denominator;
            let truth = self.own(doctor, denominator) as f64;
            // Nobody is recognised in a zero.
            if truth == 0.0 {
                return None;
            }
            let view = self.view(&[doctor], *part);
            let mut costs = vec![0.0; view.program.variables];
            costs[view.first + view.lump_of[&doctor]] = 1.0;
            let low = whole_up(view.program.smallest(&costs));
            if low < 0.9 * truth && low < 1.0 {
                return None;
            }
            let high = whole_down(view.program.largest(&costs));
            assert!(
                low <= truth && truth <= high,
                "{low} {truth} {high}: the attack is wrong"
            );
            let between = (low, high);
            if low >= 0.9 * truth && high <= 1.1 * truth {
                Some(Found::Value {
                    doctor,
                    part: *part,
                    between,
                })
            } else if !denominator && small(between) {
                Some(Found::Cell {
                    of: vec![doctor],
                    between,
                })
            } else {
                None
            }
        })
    }

    /// What he can say of a group that is kept back and has a small count.
    pub(crate) fn on_group(&self, members: &[u32]) -> Option<Found> {
        let strangers: Vec<u32> = members
            .iter()
            .copied()
            .filter(|doctor| !self.helpers.contains(doctor))
            .collect();
        let truth: i64 = strangers
            .iter()
            .map(|doctor| self.own(*doctor, false))
            .sum();
        if !(1..=4).contains(&truth) {
            return None;
        }
        let view = self.view(&strangers, Part::Numerator);
        let mut costs = vec![0.0; view.program.variables];
        for doctor in &strangers {
            costs[view.lump_of[doctor]] = 1.0;
        }
        let low = whole_up(view.program.smallest(&costs));
        if low < 1.0 {
            return None;
        }
        let between = (low, whole_down(view.program.largest(&costs)));
        small(between).then_some(Found::Cell {
            of: strangers,
            between,
        })
    }
}

/// Counts are whole: what is not is moved inwards.
fn whole_up(bound: f64) -> f64 {
    (bound - 1e-5).ceil()
}

fn whole_down(bound: f64) -> f64 {
    (bound + 1e-5).floor()
}

/// Surely 1 to 4, and known to one of two neighbours at most.
fn small((low, high): (f64, f64)) -> bool {
    low >= 1.0 && high <= 4.0 && high - low <= 1.0
}
