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
    /// Terms kept by age and sex.
    person_terms: Vec<usize>,
    /// Those by owner, term, age and sex.
    persons: Vec<u32>,
}

/// Columns before the terms: contacts by setting, infection contacts.
const SETTINGS: usize = 4;
const FIRST_TERM: usize = SETTINGS + 1;

impl<'a> ContactSums<'a> {
    pub(super) fn new(masks: &Masks, asked: &'a Asked, prescribers: usize) -> ContactSums<'a> {
        let mut slots: Vec<usize> = (0..SETTINGS)
            .map(|setting| sums::CONTACTS + setting)
            .collect();
        slots.push(sums::INFECTION_CONTACTS);
        slots.extend(bits(masks.contacts));
        let mut column = [0; 128];
        for (at, term) in bits(masks.contacts).enumerate() {
            column[term] = (FIRST_TERM + at) as u8;
        }
        let counts = vec![0; (prescribers + 1) * slots.len()];
        let person_terms: Vec<usize> = bits(asked.contact_persons).collect();
        ContactSums {
            asked,
            persons: vec![0; (prescribers + 1) * person_terms.len() * Cell::PERSONS],
            person_terms,
            prescribers,
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
        let asked = self.asked;
        for (row, prescriber) in rows.prescriber.iter().enumerate() {
            let owner = usize::try_from(*prescriber).unwrap_or(self.prescribers);
            let counts = &mut self.counts[owner * self.slots.len()..][..self.slots.len()];
            let setting = usize::try_from(rows.setting[row])
                .ok()
                .filter(|setting| *setting < SETTINGS)
                .unwrap_or(0);
            counts[setting] += 1;
            counts[SETTINGS] += u32::from(infection);
            let terms = masks.contact(rows, row) & self.terms;
            for term in bits(terms) {
                counts[usize::from(self.column[term])] += 1;
            }
            if terms & asked.full != 0 {
                strata.add(*prescriber, asked.contact(rows, row), terms & asked.full, 1);
            }
            if terms & asked.contact_persons != 0 {
                let cell = usize::from(asked.person(rows.age[row], rows.sex[row]).0);
                let own = owner * self.person_terms.len();
                for (at, term) in self.person_terms.iter().enumerate() {
                    self.persons[(own + at) * Cell::PERSONS + cell] += (terms >> term & 1) as u32;
                }
            }
        }
    }

    pub(super) fn pour(self, sums: &mut Dense, strata: &mut Collector) {
        for (at, count) in self.persons.iter().enumerate().filter(|it| *it.1 > 0) {
            let (row, cell) = (at / Cell::PERSONS, at % Cell::PERSONS);
            let owner = row / self.person_terms.len();
            let owner = if owner == self.prescribers {
                -1
            } else {
                owner as i32
            };
            let term = self.person_terms[row % self.person_terms.len()];
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
    }
}
