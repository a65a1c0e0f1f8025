//! A month's contacts, counted by prescriber.

use riktig_indicators::TermSet;
use riktig_indicators::casemix::Cell;

use super::masks::{Masks, bits};
use super::strata::{Asked, Collector};
use super::sums::{self, Dense};
use crate::store::Contacts;

/// A month's contacts by prescriber: few counters, so that a prescriber's lie in one or two cache lines.
pub(super) struct ContactSums<'a> {
    asked: &'a Asked,
    prescribers: usize,
    terms: TermSet,
    /// Term → column.
    column: [u8; 128],
    /// Column → slot.
    slots: Vec<usize>,
    counts: Vec<u32>,
    /// Terms kept by age and sex, and counted only so.
    person_terms: Vec<usize>,
    /// Those by owner, age and sex, term.
    persons: Vec<u32>,
    /// Places in `counts` and in `persons` where a block of rows adds one.
    here: [Vec<u32>; 2],
}

/// Rows whose counts are added together. First it is found where they add, then they add: the second loop does so little
/// between one place and the next that the processor waits for many of them at once, and not for each.
const BLOCK: usize = 512;

/// Columns before the terms: contacts by setting, infection contacts.
const SETTINGS: usize = 4;
const FIRST_TERM: usize = SETTINGS + 1;

impl<'a> ContactSums<'a> {
    pub(super) fn new(masks: &Masks, asked: &'a Asked, prescribers: usize) -> ContactSums<'a> {
        let mut slots: Vec<usize> = (0..SETTINGS)
            .map(|setting| sums::CONTACTS + setting)
            .collect();
        slots.push(sums::INFECTION_CONTACTS);
        let counted = masks.contacts & !asked.contact_persons;
        slots.extend(bits(counted));
        let mut column = [0; 128];
        for (at, term) in bits(counted).enumerate() {
            column[term] = (FIRST_TERM + at) as u8;
        }
        let counts = vec![0; (prescribers + 1) * slots.len()];
        let person_terms: Vec<usize> = bits(asked.contact_persons).collect();
        ContactSums {
            asked,
            persons: vec![0; (prescribers + 1) * person_terms.len() * Cell::PERSONS],
            person_terms,
            prescribers,
            here: [Vec::new(), Vec::new()],
            terms: masks.contacts,
            column,
            slots,
            counts,
        }
    }

    pub(super) fn add(
        &mut self,
        masks: &Masks,
        rows: &Contacts,
        infection: bool,
        strata: &mut Collector,
    ) {
        let mut first = 0;
        for block in rows.prescriber.chunks(BLOCK) {
            for (row, prescriber) in (first..).zip(block) {
                self.find(masks, rows, (row, *prescriber), infection, strata);
            }
            first += block.len();
            let [counts, persons] = &mut self.here;
            for at in counts.drain(..) {
                self.counts[at as usize] += 1;
            }
            for at in persons.drain(..) {
                self.persons[at as usize] += 1;
            }
        }
    }

    /// Finds where a row adds one.
    #[inline]
    fn find(
        &mut self,
        masks: &Masks,
        rows: &Contacts,
        (row, prescriber): (usize, i32),
        infection: bool,
        strata: &mut Collector,
    ) {
        let asked = self.asked;
        let owner = usize::try_from(prescriber).unwrap_or(self.prescribers);
        let own = (owner * self.slots.len()) as u32;
        let setting = usize::try_from(rows.setting[row])
            .ok()
            .filter(|setting| *setting < SETTINGS)
            .unwrap_or(0);
        let [counts, persons] = &mut self.here;
        counts.push(own + setting as u32);
        if infection {
            counts.push(own + SETTINGS as u32);
        }
        let terms = masks.contact(rows, row) & self.terms;
        let counted = bits(terms & !asked.contact_persons);
        counts.extend(counted.map(|term| own + u32::from(self.column[term])));
        if terms & asked.full != 0 {
            strata.add(prescriber, asked.contact(rows, row), terms & asked.full, 1);
        }
        if terms & asked.contact_persons != 0 {
            let cell = usize::from(asked.person(rows.age[row], rows.sex[row]).0);
            let own = ((owner * Cell::PERSONS + cell) * self.person_terms.len()) as u32;
            let held = (0..).zip(&self.person_terms);
            persons.extend(
                held.filter(|(_, term)| terms >> **term & 1 == 1)
                    .map(|(at, _)| own + at),
            );
        }
    }

    /// Adds everything up; every count is zero afterwards, and its room stays.
    pub(super) fn pour(&mut self, sums: &mut Dense, strata: &mut Collector) {
        for (at, count) in self.persons.iter().enumerate().filter(|it| *it.1 > 0) {
            let (row, term) = (at / self.person_terms.len(), at % self.person_terms.len());
            let (owner, cell) = (row / Cell::PERSONS, row % Cell::PERSONS);
            let owner = if owner == self.prescribers {
                -1
            } else {
                owner as i32
            };
            let term = self.person_terms[term];
            sums.add(owner, term, i64::from(*count));
            strata.add(owner, Cell(cell as u16), 1 << term, i64::from(*count));
        }
        for (owner, counts) in self.counts.chunks_exact(self.slots.len()).enumerate() {
            let owner = if owner == self.prescribers {
                -1
            } else {
                owner as i32
            };
            for (slot, count) in self
                .slots
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0)
            {
                sums.add(owner, *slot, i64::from(*count));
            }
        }
        self.persons.fill(0);
        self.counts.fill(0);
    }
}
