//! Persons by age and sex: each is where their first dispensing of the denominator has them.

use hashbrown::HashMap;
use riktig_indicators::casemix::Cell;

use crate::kernel::people::Person;

/// Units and events of one prescriber, pair of terms and cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PersonCounts {
    pub(crate) owner: i32,
    pub(crate) pair: u16,
    pub(crate) cell: Cell,
    pub(crate) units: u32,
    pub(crate) events: u32,
}

/// Counts distinct persons of a window.
pub(crate) struct PersonStrata {
    /// Person bits of numerator and, where persons are below the line too, denominator.
    pairs: Vec<(u64, Option<u64>)>,
    any: u64,
    dual_role_terms: u64,
    counts: HashMap<(i32, u16, u16), (u32, u32)>,
}

impl PersonStrata {
    pub(crate) fn new(pairs: Vec<(u64, Option<u64>)>, dual_role_terms: u64) -> PersonStrata {
        let any = pairs
            .iter()
            .fold(0, |any, (above, below)| any | above | below.unwrap_or(0));
        PersonStrata {
            pairs,
            any,
            dual_role_terms,
            counts: HashMap::new(),
        }
    }

    /// One person's rows, in the order of dispensing.
    pub(crate) fn add(&mut self, rows: &[Person], is_dual_role: impl Fn(i32) -> bool) {
        if rows.iter().all(|row| row.terms & self.any == 0) {
            return;
        }
        for (at, first) in rows.iter().enumerate() {
            let owner = first.prescriber;
            if rows[..at].iter().any(|row| row.prescriber == owner) {
                continue;
            }
            let dual = is_dual_role(owner);
            let own = || {
                rows[at..]
                    .iter()
                    .filter(|row| row.prescriber == owner)
                    .map(|row| {
                        let held_back = if dual && row.unknown_setting == 1 {
                            self.dual_role_terms
                        } else {
                            0
                        };
                        (row.terms & !held_back, row.cell)
                    })
            };
            for (pair, (above, below)) in (0u16..).zip(&self.pairs) {
                let first_of = |bit: u64| own().find(|(terms, _)| terms & bit != 0);
                let event = first_of(*above);
                let unit = below.and_then(first_of);
                if let Some((_, cell)) = unit.or(event) {
                    let counts = self.counts.entry((owner, pair, cell)).or_default();
                    counts.0 += u32::from(unit.is_some());
                    counts.1 += u32::from(event.is_some());
                }
            }
        }
    }

    /// Sorted.
    pub(crate) fn finish(self) -> Vec<PersonCounts> {
        let counts = self.counts.into_iter();
        let mut sorted: Vec<PersonCounts> = counts
            .map(|((owner, pair, cell), (units, events))| PersonCounts {
                owner,
                pair,
                cell: Cell(cell),
                units,
                events,
            })
            .collect();
        sorted.sort_unstable();
        sorted
    }
}
