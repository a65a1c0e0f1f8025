//! Slots: what is counted for a prescriber in a month, and how it is kept.
//!
//! Slots 0..128 are the plan's terms. Slots 128..256 are the part of a term that comes from items of unknown setting,
//! for terms that leave a dual-role prescriber's such items out: who is dual-role is known only when the whole
//! window is, so the two parts are kept apart and the second is added for everybody else. Slots from 256 on are
//! activity and link counts that every edition needs whatever its definitions are.

use std::ops::Range;

use hashbrown::HashMap;
use riktig_indicators::MAX_TERMS;

use super::owners::Owners;

/// A slot's number.
pub(crate) type Slot = u16;

/// Where a term's items of unknown setting are kept, see above.
pub(crate) const UNKNOWN_SETTING: usize = MAX_TERMS;
const ACTIVITY: usize = 2 * MAX_TERMS;

/// Rows (not items) of antibiotics.
pub(crate) const DISPENSINGS: usize = ACTIVITY;
/// By [`riktig_indicators::LinkMethod`]: prescription, contact, unlinked.
pub(crate) const METHOD: usize = ACTIVITY + 1;
/// Patient or prescriber masked.
pub(crate) const UNLINKABLE: usize = ACTIVITY + 4;
/// Own contact within 3, 7, 10 days.
pub(crate) const WITHIN: usize = ACTIVITY + 5;
/// No own contact within 7 days, another prescriber's is.
pub(crate) const OTHER_PRESCRIBER: usize = ACTIVITY + 8;
/// With a contact, by distance 0..=7.
pub(crate) const DISTANCE: usize = ACTIVITY + 9;
/// With a contact, by setting of the contact.
pub(crate) const LINKED_SETTING: usize = ACTIVITY + 17;
/// Without a contact.
pub(crate) const NO_CONTACT: usize = ACTIVITY + 21;
/// Contacts by setting.
pub(crate) const CONTACTS: usize = ACTIVITY + 22;
/// Contacts with an infection diagnosis.
pub(crate) const INFECTION_CONTACTS: usize = ACTIVITY + 26;
/// List patients, in persons.
pub(crate) const LIST_PATIENTS: usize = ACTIVITY + 27;
/// Practice-list rows, so that an empty list is still a list.
pub(crate) const LIST_ROWS: usize = ACTIVITY + 28;
/// Antibiotics, in items.
pub(crate) const ITEMS: usize = ACTIVITY + 29;
/// Antibiotics with a patient; with DDD; with a quantity; with a diagnosis on the prescription.
pub(crate) const CARRIES: usize = ACTIVITY + 30;
/// Antibiotics with a diagnosis on the prescription and a contact, by [`riktig_indicators::Agreement`].
pub(crate) const AGREEMENT: usize = ACTIVITY + 33;
/// Antibiotics that say whether to wait: not to, to.
pub(crate) const WAITING: usize = ACTIVITY + 36;
/// Waiting ones with a known day of prescribing: dispensed the same day, a later day.
pub(crate) const COLLECTED: usize = ACTIVITY + 38;
/// Number of slots.
pub(crate) const SLOTS: usize = ACTIVITY + 40;

/// Sums by owner (prescriber or area; the last owner is "nobody known") and slot, only those that are not zero, sorted.
///
/// Months stay in memory together, so a sum takes six bytes; few are too large or below zero and lie apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sparse {
    pub(crate) owners: Owners,
    pub(crate) slot: Vec<Slot>,
    /// [`WIDE`]: it is in `wide`.
    pub(crate) value: Vec<u32>,
    /// Row and value.
    pub(crate) wide: Vec<(u32, i64)>,
}

const WIDE: u32 = u32::MAX;

impl Sparse {
    /// Room for so many sums: none takes more than it needs.
    pub(crate) fn with_capacity(sums: usize) -> Sparse {
        Sparse {
            slot: Vec::with_capacity(sums),
            value: Vec::with_capacity(sums),
            ..Sparse::default()
        }
    }

    /// Every sum.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i32, usize, i64)> {
        let rows = self.owners.iter().zip(self.rows(0..self.slot.len()));
        rows.map(|(owner, (slot, value))| (owner, slot, value))
    }

    /// The sums of one owner.
    pub(crate) fn of(&self, owner: i32) -> impl Iterator<Item = (usize, i64)> {
        self.rows(self.owners.rows_of(owner))
    }

    fn rows(&self, rows: Range<usize>) -> impl Iterator<Item = (usize, i64)> {
        let before = self.wide.partition_point(|it| (it.0 as usize) < rows.start);
        let mut wide = self.wide[before..].iter();
        let pairs = self.slot[rows.clone()].iter().zip(&self.value[rows]);
        pairs.map(move |(slot, value)| {
            let value = match *value {
                WIDE => wide.next().map_or(0, |it| it.1),
                narrow => i64::from(narrow),
            };
            (usize::from(*slot), value)
        })
    }

    pub(crate) fn push(&mut self, owner: i32, slot: usize, value: i64) {
        self.owners.push(owner);
        self.slot
            .push(Slot::try_from(slot).expect("there are fewer than 65536 slots"));
        let narrow = u32::try_from(value).ok().filter(|value| *value != WIDE);
        if narrow.is_none() {
            self.wide.push((self.value.len() as u32, value));
        }
        self.value.push(narrow.unwrap_or(WIDE));
    }

    /// Whether it is whole and every owner is in a dictionary of `owners` entries.
    pub(crate) fn fits(&self, owners: usize) -> bool {
        let rows = (0u32..).zip(&self.value);
        let wide = rows.filter(|(_, value)| **value == WIDE).map(|it| it.0);
        self.owners.fit(self.slot.len(), owners)
            && self.slot.len() == self.value.len()
            && wide.eq(self.wide.iter().map(|it| it.0))
    }
}

/// How many places are added to together.
const TOGETHER: usize = 4096;

/// Dense sums of one month over the slots in use; -1 is the owner "nobody known". A sum takes four bytes, so that most of a
/// national month stays in a core's cache; what is too large for them lies apart.
pub(crate) struct Dense {
    owners: usize,
    /// Slot → column.
    column: Vec<u16>,
    /// Column → slot.
    slots: Vec<usize>,
    sums: Vec<u32>,
    /// Places where one is to be added, at most [`TOGETHER`]. Found first and added together, the processor waits for many
    /// of them at once and not for each.
    ones: Vec<u32>,
    /// By place, what is to be added to the sum there.
    large: HashMap<usize, i64>,
}

impl Dense {
    /// For the slots in use, each once.
    pub(crate) fn new(owners: usize, slots: impl IntoIterator<Item = usize>) -> Dense {
        let mut slots: Vec<usize> = slots.into_iter().collect();
        slots.sort_unstable();
        slots.dedup();
        let mut column = vec![u16::MAX; SLOTS];
        for (at, slot) in slots.iter().enumerate() {
            column[*slot] = at as u16;
        }
        Dense {
            owners,
            column,
            sums: vec![0; (owners + 1) * slots.len()],
            slots,
            ones: Vec::with_capacity(TOGETHER),
            large: HashMap::new(),
        }
    }

    /// Adds to a slot in use.
    #[inline]
    pub(crate) fn add(&mut self, owner: i32, slot: usize, value: i64) {
        let owner = usize::try_from(owner).unwrap_or(self.owners);
        let at = owner * self.slots.len() + usize::from(self.column[slot]);
        if value != 1 {
            self.add_at(at, value);
            return;
        }
        if self.ones.len() == TOGETHER {
            self.add_ones();
        }
        self.ones.push(at as u32);
    }

    #[inline]
    fn add_at(&mut self, at: usize, value: i64) {
        let sum = &mut self.sums[at];
        match u32::try_from(i64::from(*sum).saturating_add(value)) {
            Ok(added) => *sum = added,
            Err(_) => self.add_large(at, value),
        }
    }

    #[inline(never)]
    fn add_ones(&mut self) {
        let mut ones = std::mem::take(&mut self.ones);
        ones.drain(..).for_each(|at| self.add_at(at as usize, 1));
        self.ones = ones;
    }

    #[cold]
    fn add_large(&mut self, at: usize, value: i64) {
        *self.large.entry(at).or_default() += value;
    }

    /// Takes out what is not zero; every sum is zero afterwards, and its room stays.
    pub(crate) fn take(&mut self) -> Sparse {
        self.add_ones();
        let narrow = self.sums.iter().filter(|sum| **sum != 0).count();
        let mut sparse = Sparse::with_capacity(narrow + self.large.len());
        let width = self.slots.len().max(1);
        for (owner, row) in self.sums.chunks_exact_mut(width).enumerate() {
            if self.large.is_empty() && row.iter().all(|sum| *sum == 0) {
                continue;
            }
            let id = if owner == self.owners {
                -1
            } else {
                owner as i32
            };
            for (at, (slot, sum)) in (owner * width..).zip(self.slots.iter().zip(&*row)) {
                let large = if self.large.is_empty() {
                    None
                } else {
                    self.large.remove(&at)
                };
                let value = i64::from(*sum) + large.unwrap_or(0);
                if value != 0 {
                    sparse.push(id, *slot, value);
                }
            }
            row.fill(0);
        }
        sparse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_four_bytes_cannot_hold_is_added_up_all_the_same() {
        let mut dense = Dense::new(2, [4, 7]);
        let added = [
            (0, 4, i64::from(u32::MAX)),
            (0, 4, 5),
            (1, 7, -3),
            (1, 7, 2),
            (-1, 4, i64::MAX),
            (1, 4, -9),
            (1, 4, 9),
        ];
        for (owner, slot, value) in added {
            dense.add(owner, slot, value);
        }
        let sums: Vec<_> = dense.take().iter().collect();
        let expected = [
            (0, 4, i64::from(u32::MAX) + 5),
            (1, 7, -1),
            (-1, 4, i64::MAX),
        ];
        assert_eq!(sums, expected);
        assert_eq!(dense.take(), Sparse::default());
        dense.add(1, 4, 6);
        assert_eq!(dense.take().iter().collect::<Vec<_>>(), [(1, 4, 6)]);
    }

    #[test]
    fn sums_of_any_size_come_back_in_order() {
        let rows = [
            (0, 3, i64::MAX),
            (0, 4, 7),
            (0, 5, i64::from(u32::MAX)),
            (2, 0, -1),
            (2, 1, i64::from(u32::MAX) - 1),
            (-1, 9, i64::MIN),
        ];
        let mut sparse = Sparse::default();
        rows.iter()
            .for_each(|(owner, slot, value)| sparse.push(*owner, *slot, *value));
        assert_eq!(sparse.iter().collect::<Vec<_>>(), rows);
        for owner in [0, 1, 2, -1] {
            let of: Vec<_> = rows.iter().filter(|it| it.0 == owner).collect();
            let found = sparse.of(owner).map(|(slot, value)| (owner, slot, value));
            assert!(found.eq(of.into_iter().copied()));
        }
        assert!(sparse.fits(3) && !sparse.fits(2));
        sparse.wide.pop();
        assert!(!sparse.fits(3));
    }
}
