//! Why a dispensing does not count: rows left after each step of a term's filter.
//!
//! Only steps that a term really asks about are counted; the others leave everything over. Terms that only yardsticks have
//! are not counted: no table shows their steps.

use riktig_indicators::{Plan, Relevance, TermSet};

use super::masks::{Masks, bits};
use super::sums::{Sparse, TOGETHER};

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

    fn is(&self, step: usize, term: usize) -> bool {
        self.0[step] >> term & 1 == 1
    }
}

/// Counts of one month, or of a window.
#[derive(Debug, Clone)]
pub(crate) struct StepCounts {
    asked: Asked,
    /// (step, term) → column.
    column: Vec<u16>,
    /// Column → slot.
    slots: Vec<usize>,
    owners: usize,
    counts: Vec<u32>,
    /// Places in `counts` where one is to be added, as in [`super::sums::Dense`].
    ones: Vec<u32>,
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
            owners,
            counts,
            ones: Vec::new(),
        }
    }

    /// One dispensing; `left` are the terms left after each step.
    pub(crate) fn add(&mut self, prescriber: i32, left: [TermSet; 4], unknown_setting: bool) {
        let Some(owner) = usize::try_from(prescriber)
            .ok()
            .filter(|owner| *owner < self.owners)
        else {
            return;
        };
        let own = owner * self.slots.len();
        let unknown = if unknown_setting { left[3] } else { 0 };
        for (step, terms) in left.into_iter().chain([unknown]).enumerate() {
            for term in bits(terms & self.asked.0[step]) {
                let column = usize::from(self.column[step * 128 + term]);
                self.ones.push((own + column) as u32);
            }
        }
        if self.ones.len() >= TOGETHER {
            self.add_ones();
        }
    }

    #[inline(never)]
    fn add_ones(&mut self) {
        for at in self.ones.drain(..) {
            self.counts[at as usize] += 1;
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

    /// Takes out a month's counts; every count is zero afterwards, and its room stays.
    pub(crate) fn take(&mut self) -> Sparse {
        self.add_ones();
        let mut sparse =
            Sparse::with_capacity(self.counts.iter().filter(|count| **count > 0).count());
        for (owner, counts) in self
            .counts
            .chunks_exact_mut(self.slots.len().max(1))
            .enumerate()
        {
            for (slot, count) in self
                .slots
                .iter()
                .zip(&*counts)
                .filter(|(_, count)| **count > 0)
            {
                sparse.push(owner as i32, *slot, i64::from(*count));
            }
            counts.fill(0);
        }
        sparse
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
