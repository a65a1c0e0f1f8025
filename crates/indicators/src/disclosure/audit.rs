//! Which shown groups must go, so that nobody's figure can be worked out from those that stay (decision 0007).

use std::collections::BTreeSet;

use super::cut::Cut;
use super::publish::{Axis, Known, NamedSet, sum_of, total};
use super::shift::{Change, Search, Slack, Table, Way};
use super::{LEAST_DOCTORS, is_telling};
use crate::plan::Measured;

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
pub(super) struct Settled {
    doctors: Vec<bool>,
    /// Groups kept back whose small count cannot be told.
    sets: Vec<bool>,
}

impl Settled {
    pub(super) fn none(doctors: usize, sets: usize) -> Settled {
        Settled {
            doctors: vec![false; doctors],
            sets: vec![false; sets],
        }
    }
}

pub(super) struct Audit<'a> {
    pub(super) doctors: &'a [Measured],
    pub(super) sets: &'a [NamedSet],
    pub(super) known: Known,
}

/// The index of an axis: areas make rows, what cuts across them makes columns.
const ROWS: usize = 0;
const COLUMNS: usize = 1;

/// What one round hides.
struct Round<'a> {
    cuts: [Cut<'a>; 2],
    hide: BTreeSet<usize>,
}

impl Round<'_> {
    /// Has a group hidden for a doctor's sake, of the first axis where that helps. Not if something hidden in this round
    /// changes the doctor's row or column already: it may be enough, and the next round asks again.
    fn hide_for(&mut self, at: u32, axes: [usize; 2]) {
        if self.cuts.iter().any(|cut| cut.changes(at)) {
            return;
        }
        let found = axes
            .iter()
            .find_map(|axis| Some((*axis, self.cuts[*axis].next(at)?)));
        if let Some((axis, set)) = found {
            self.cuts[axis].hide(set);
            self.hide.insert(set as usize);
        }
    }

    /// The doctor's own group across goes first, then an area. Who is in none that is shown, and stands among all the others
    /// of whom that is true, would not be hidden better if every group across were to go.
    fn hide_for_doctor(&mut self, at: u32) {
        let axes = if self.cuts[COLUMNS].is_in_none(at) {
            [ROWS, COLUMNS]
        } else {
            [COLUMNS, ROWS]
        };
        self.hide_for(at, axes);
    }
}

impl Audit<'_> {
    /// Shown groups that must go, best all at once; empty where everything withstands.
    pub(super) fn next_to_hide(&self, shown: &[bool], settled: &mut Settled) -> BTreeSet<usize> {
        let inside = self.inside(shown);
        let cut = |axis: Axis| {
            Cut::of(&inside, self.doctors.len(), self.sets, |set| {
                shown[set] && self.sets[set].axis == axis
            })
        };
        let mut round = Round {
            cuts: [cut(Axis::Area), cut(Axis::Across)],
            hide: BTreeSet::new(),
        };
        let [rows, columns] = &round.cuts;
        let place = rows
            .own()
            .iter()
            .copied()
            .zip(columns.own().iter().copied());
        let table = Table::new(place.collect());
        for (axis, classes) in [(ROWS, table.rows()), (COLUMNS, table.columns())] {
            for class in classes.iter().filter(|class| self.tells(&inside, class)) {
                round.hide_for(class[0], [axis, 1 - axis]);
            }
        }
        // Whether doctors withstand is asked of rows and columns that are large enough.
        if round.hide.is_empty() {
            self.ask_doctors(&mut round, &table, &inside, shown, settled);
        }
        round.hide
    }

    /// Whoever is in a shown group; nobody else adds to a sum.
    fn inside(&self, shown: &[bool]) -> Vec<u32> {
        let mut inside = vec![false; self.doctors.len()];
        for (set, _) in self.sets.iter().zip(shown).filter(|(_, shown)| **shown) {
            for member in &set.members {
                inside[*member as usize] = true;
            }
        }
        (0u32..)
            .zip(inside)
            .filter(|it| it.1)
            .map(|it| it.0)
            .collect()
    }

    fn ask_doctors(
        &self,
        round: &mut Round<'_>,
        table: &Table,
        inside: &[u32],
        shown: &[bool],
        settled: &mut Settled,
    ) {
        let figures = [Part::Numerator, Part::Denominator]
            .map(|part| Figures::of(inside.iter().map(|doctor| self.figure(*doctor, part))));
        let mut search = Search::new(table);
        for (at, doctor) in (0u32..).zip(inside) {
            let withstands = &mut settled.doctors[*doctor as usize];
            *withstands = *withstands || self.is_protected(&mut search, &figures, at);
            if !*withstands {
                round.hide_for_doctor(at);
            }
        }
        for set in (0..self.sets.len()).filter(|set| !shown[*set]) {
            if settled.sets[set] {
                continue;
            }
            match self.open_cell(&mut search, &figures, inside, set) {
                Some(at) => round.hide_for_doctor(at),
                None => settled.sets[set] = true,
            }
        }
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
