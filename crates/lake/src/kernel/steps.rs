//! Why a dispensing does not count: rows left after each step of a term's filter.
//!
//! Only steps that a term really asks about are counted; the others leave everything over. Terms that only yardsticks have
//! are not counted: no table shows their steps.

use hashbrown::HashMap;
use riktig_indicators::{Plan, Relevance, TermSet};

use super::masks::{Masks, bits};
use super::sums::{Slot, Sparse};

/// The steps, in the order in which they are applied.
pub(crate) const STEPS: [&str; 4] = [
    "drug and course",
    "link and diagnosis",
    "age and sex",
    "setting",
];
/// The step after them: rows of unknown setting, which a dual-role prescriber does not answer for.
const UNKNOWN: usize = STEPS.len();
const COLUMNS: usize = STEPS.len() + 1;

/// Which step counts which terms.
#[derive(Debug, Clone)]
pub(crate) struct Asked([TermSet; COLUMNS]);

impl Asked {
    pub(crate) fn of(masks: &Masks, plan: &Plan) -> Asked {
        let shown = plan
            .indicators()
            .iter()
            .filter(|it| it.relevance == Relevance::Report)
            .fold(0, |terms, it| {
                terms | 1 << it.numerator | 1 << it.denominator
            });
        let measured = masks.items | masks.ddd | masks.patients;
        let dispensings = masks.of_prescribers & measured & shown;
        let [diagnosis, person, setting] = masks.asked();
        Asked([
            dispensings,
            dispensings & diagnosis,
            dispensings & person,
            dispensings & setting,
            dispensings & masks.dual_role,
        ])
    }

    /// What is counted of a dispensing: the terms asked about that each step left, and those of unknown setting.
    fn counted(&self, left: [TermSet; STEPS.len()], unknown_setting: bool) -> [TermSet; COLUMNS] {
        let unknown = if unknown_setting {
            left[STEPS.len() - 1]
        } else {
            0
        };
        let mut counted = self.0;
        for (asked, left) in counted.iter_mut().zip(left.into_iter().chain([unknown])) {
            *asked &= left;
        }
        counted
    }

    fn is(&self, step: usize, term: usize) -> bool {
        self.0[step] >> term & 1 == 1
    }
}

/// A month's dispensings by prescriber and by what is counted of them. Many count the same: what that is, is spread out over
/// slots once a month, and added up one prescriber after another in a few lines of a core's cache.
pub(crate) struct StepRows {
    asked: Asked,
    owners: usize,
    /// What is counted: its place in `ends`.
    known: HashMap<[TermSet; COLUMNS], u32>,
    last: ([TermSet; COLUMNS], u32),
    /// The slots of everything that is counted, one after another, and where each ends.
    slots: Vec<Slot>,
    ends: Vec<u32>,
    /// Prescriber and place in `ends`.
    rows: Vec<u64>,
    /// By slot, of one prescriber.
    counts: Vec<u32>,
    /// The most sums that a month had so far.
    most: usize,
}

impl StepRows {
    pub(crate) fn new(asked: Asked, owners: usize) -> StepRows {
        StepRows {
            asked,
            owners,
            known: HashMap::new(),
            last: ([0; COLUMNS], u32::MAX),
            slots: Vec::new(),
            ends: Vec::new(),
            rows: Vec::new(),
            counts: vec![0; COLUMNS * 128],
            most: 0,
        }
    }

    /// One dispensing; `left` are the terms left after each step.
    pub(crate) fn add(&mut self, prescriber: i32, left: [TermSet; 4], unknown_setting: bool) {
        let owner = u64::try_from(prescriber).ok();
        let Some(owner) = owner.filter(|owner| *owner < self.owners as u64) else {
            return;
        };
        let counted = self.asked.counted(left, unknown_setting);
        if self.last.1 == u32::MAX || self.last.0 != counted {
            self.last = (counted, self.place(counted));
        }
        self.rows.push(owner << 32 | u64::from(self.last.1));
    }

    fn place(&mut self, counted: [TermSet; COLUMNS]) -> u32 {
        let next = self.ends.len() as u32;
        let place = *self.known.entry(counted).or_insert(next);
        if place == next {
            for (step, terms) in counted.into_iter().enumerate() {
                let slots = bits(terms).map(|term| (step * 128 + term) as Slot);
                self.slots.extend(slots);
            }
            self.ends.push(self.slots.len() as u32);
        }
        place
    }

    /// Takes out a month's counts; nothing is counted afterwards, and its room stays.
    pub(crate) fn take(&mut self) -> Sparse {
        self.rows.sort_unstable();
        let mut sparse = Sparse::with_capacity(self.most);
        for own in self.rows.chunk_by(|left, right| left >> 32 == right >> 32) {
            for same in own.chunk_by(|left, right| left == right) {
                let place = same[0] as u32 as usize;
                let first = place.checked_sub(1).map_or(0, |before| self.ends[before]);
                for slot in &self.slots[first as usize..self.ends[place] as usize] {
                    self.counts[usize::from(*slot)] += same.len() as u32;
                }
            }
            let owner = (own[0] >> 32) as i32;
            for (slot, count) in self.counts.iter_mut().enumerate().filter(|it| *it.1 > 0) {
                sparse.push(owner, slot, i64::from(std::mem::take(count)));
            }
        }
        self.most = self.most.max(sparse.slot.len());
        self.known.clear();
        self.last.1 = u32::MAX;
        self.slots.clear();
        self.ends.clear();
        self.rows.clear();
        sparse
    }
}

/// Counts of a window.
#[derive(Debug, Clone)]
pub(crate) struct StepCounts {
    asked: Asked,
    /// (step, term) → column.
    column: Vec<u16>,
    /// Column → slot.
    slots: Vec<usize>,
    counts: Vec<u32>,
}

impl StepCounts {
    pub(crate) fn new(asked: Asked, owners: usize) -> StepCounts {
        let slots: Vec<usize> = asked
            .0
            .iter()
            .enumerate()
            .flat_map(|(step, terms)| bits(*terms).map(move |term| step * 128 + term))
            .collect();
        let mut column = vec![0; COLUMNS * 128];
        for (at, slot) in slots.iter().enumerate() {
            column[*slot] = at as u16;
        }
        let counts = vec![0; owners * slots.len()];
        StepCounts {
            asked,
            column,
            slots,
            counts,
        }
    }

    /// Adds a month's counts.
    pub(crate) fn absorb(&mut self, month: &Sparse) {
        for (owner, slot, value) in month.iter() {
            if let Ok(owner) = usize::try_from(owner) {
                self.counts[owner * self.slots.len() + usize::from(self.column[slot])] +=
                    u32::try_from(value).unwrap_or(0);
            }
        }
    }

    /// The steps of a term for a prescriber: name, rows before, rows after. Empty for terms that count no dispensings.
    pub(crate) fn of(
        &self,
        prescriber: usize,
        term: usize,
        dispensings: i64,
        dual_role: bool,
    ) -> Vec<(&'static str, i64, i64)> {
        let mut rows = Vec::new();
        let mut before = dispensings;
        for (step, name) in STEPS
            .iter()
            .enumerate()
            .filter(|(step, _)| self.asked.is(*step, term))
        {
            let after = self.count(prescriber, step, term);
            rows.push((*name, before, after));
            before = after;
        }
        if dual_role && self.asked.is(UNKNOWN, term) {
            rows.push((
                "dual role",
                before,
                before - self.count(prescriber, UNKNOWN, term),
            ));
        }
        rows
    }

    fn count(&self, prescriber: usize, step: usize, term: usize) -> i64 {
        i64::from(
            self.counts
                [prescriber * self.slots.len() + usize::from(self.column[step * 128 + term])],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_months_dispensings_are_counted_by_prescriber_step_and_term_whatever_their_order() {
        let asked = Asked([0b111, 0b011, 0b110, 0b111, 0b010]);
        let rows = [
            (2, [0b111, 0b101, 0b101, 0b001], false),
            (0, [0b1111, 0b1010, 0b1010, 0b1010], true),
            (2, [0b111, 0b101, 0b101, 0b001], false),
            (-1, [0b111; 4], true),
            (3, [0b111; 4], true),
            (0, [0b001, 0, 0, 0], true),
        ];
        let mut months = StepRows::new(asked, 3);
        let mut of = |rows: &mut dyn Iterator<Item = &(i32, [TermSet; 4], bool)>| {
            rows.for_each(|(owner, left, unknown)| months.add(*owner, *left, *unknown));
            months.take()
        };
        let sums = of(&mut rows.iter());
        let at = |step: usize, term: usize| step * 128 + term;
        let expected = [
            (0, at(0, 0), 2),
            (0, at(0, 1), 1),
            (0, at(0, 2), 1),
            (0, at(1, 1), 1),
            (0, at(2, 1), 1),
            (0, at(3, 1), 1),
            (0, at(UNKNOWN, 1), 1),
            (2, at(0, 0), 2),
            (2, at(0, 1), 2),
            (2, at(0, 2), 2),
            (2, at(1, 0), 2),
            (2, at(2, 2), 2),
            (2, at(3, 0), 2),
        ];
        assert_eq!(sums.iter().collect::<Vec<_>>(), expected);
        assert_eq!(of(&mut rows.iter().rev()), sums);
        assert_eq!(of(&mut [].iter()), Sparse::default());
    }
}
