//! The entries of one month, in little room: a national month has some 600,000.

use hashbrown::HashMap;
use riktig_indicators::TermSet;
use riktig_indicators::casemix::Cell;

use crate::kernel::owners::Owners;

/// Amounts by prescriber, cell and set of terms, sorted by these, six bytes each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entries {
    /// The sets of terms, ascending; an entry has the index of its own.
    pub(crate) signatures: Vec<TermSet>,
    pub(crate) owners: Owners,
    pub(crate) rows: Vec<Row>,
    /// Signature and amount of rows that are too large for a [`Row`].
    pub(crate) wide: Vec<[u32; 2]>,
}

/// An entry of an owner. An amount of 0 says that signature and amount are the next ones of [`Entries::wide`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) cell: u16,
    pub(crate) signature: u16,
    pub(crate) amount: u16,
}

/// One entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// -1: nobody known.
    pub(crate) owner: i32,
    pub(crate) cell: Cell,
    pub(crate) signature: usize,
    pub(crate) amount: u32,
}

const CELL_BITS: u32 = 16;
const SIGNATURE_BITS: u32 = 22;

/// Owner plus one (26 bits), cell (16), signature (22): sorted as a number, sorted by these.
fn key(owner: i32, cell: Cell, signature: usize) -> u64 {
    let owner = (owner.max(-1) + 1) as u64;
    (owner << CELL_BITS | u64::from(cell.0)) << SIGNATURE_BITS | signature as u64
}

/// Of a key, the signature.
fn signature_of(key: u64) -> usize {
    (key & ((1 << SIGNATURE_BITS) - 1)) as usize
}

/// Of a key, the owner and the cell.
fn owner_and_cell_of(key: u64) -> (i32, Cell) {
    let rest = key >> SIGNATURE_BITS;
    ((rest >> CELL_BITS) as i32 - 1, Cell(rest as u16))
}

impl Entries {
    /// Every entry, sorted by owner.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Entry> {
        let mut wide = self.wide.iter();
        let rows = self.owners.iter().zip(&self.rows);
        rows.map(move |(owner, row)| {
            let [signature, amount] = match row.amount {
                0 => wide.next().copied().unwrap_or_default(),
                amount => [u32::from(row.signature), u32::from(amount)],
            };
            Entry {
                owner,
                cell: Cell(row.cell),
                signature: signature as usize,
                amount,
            }
        })
    }

    fn push(&mut self, owner: i32, cell: Cell, signature: usize, amount: u32) {
        self.owners.push(owner);
        let narrow = u16::try_from(signature)
            .ok()
            .zip(u16::try_from(amount).ok());
        let (signature, amount) = narrow.unwrap_or_else(|| {
            self.wide.push([signature as u32, amount]);
            (0, 0)
        });
        self.rows.push(Row {
            cell: cell.0,
            signature,
            amount,
        });
    }

    /// Whether it is whole, every owner is in the dictionaries and every signature in the table.
    pub(crate) fn fits(&self, prescribers: usize) -> bool {
        let wide = self.rows.iter().filter(|row| row.amount == 0).count();
        self.owners.fit(self.rows.len(), prescribers)
            && wide == self.wide.len()
            && self
                .iter()
                .all(|entry| entry.signature < self.signatures.len())
    }
}

/// Collects a month's entries, and another's after it.
#[derive(Default)]
pub(crate) struct Collector {
    known: HashMap<TermSet, u32>,
    signatures: Vec<TermSet>,
    last: (TermSet, u32),
    /// Keys of amount 1, which nearly all have.
    ones: Vec<u64>,
    /// Keys and amounts of the others.
    more: Vec<(u64, u32)>,
}

impl Collector {
    /// Adds to an entry; nothing for no terms.
    #[inline]
    pub(crate) fn add(&mut self, owner: i32, cell: Cell, terms: TermSet, amount: i64) {
        if terms == 0 || amount <= 0 {
            return;
        }
        let signature = self.signature(terms);
        let key = key(owner, cell, signature as usize);
        if amount == 1 {
            self.ones.push(key);
            return;
        }
        let mut left = amount;
        while left > 0 {
            let part = u32::try_from(left).unwrap_or(u32::MAX);
            self.more.push((key, part));
            left -= i64::from(part);
        }
    }

    #[inline]
    fn signature(&mut self, terms: TermSet) -> u32 {
        if self.last.0 != terms {
            let next = self.signatures.len() as u32;
            let signature = *self.known.entry(terms).or_insert(next);
            if signature == next {
                assert!(
                    next < 1 << SIGNATURE_BITS,
                    "a month has fewer than four million different sets of terms"
                );
                self.signatures.push(terms);
            }
            self.last = (terms, signature);
        }
        self.last.1
    }

    /// Sorted and added up. The same rows in another order give the same entries. Nothing is collected afterwards, and its
    /// room stays.
    pub(crate) fn take(&mut self) -> Entries {
        let mut order: Vec<u32> = (0..self.signatures.len() as u32).collect();
        order.sort_unstable_by_key(|at| self.signatures[*at as usize]);
        let mut place = vec![0u64; order.len()];
        for (new, old) in (0u64..).zip(&order) {
            place[*old as usize] = new;
        }
        let renumber = |key: &mut u64| {
            let old = signature_of(*key);
            *key = *key - old as u64 + place[old];
        };
        self.ones.iter_mut().for_each(renumber);
        self.more.iter_mut().for_each(|(key, _)| renumber(key));
        self.ones.sort_unstable();
        self.more.sort_unstable();
        let different = 1 + self.ones.windows(2).filter(|it| it[0] != it[1]).count();
        let mut entries = Entries {
            signatures: order
                .iter()
                .map(|at| self.signatures[*at as usize])
                .collect(),
            // Months stay in memory together: as good as no room to spare.
            rows: Vec::with_capacity(different + self.more.len()),
            ..Entries::default()
        };
        each_sum(&self.ones, &self.more, |key, sum| {
            let (owner, cell) = owner_and_cell_of(key);
            let mut left = sum;
            while left > 0 {
                let part = u32::try_from(left).unwrap_or(u32::MAX);
                entries.push(owner, cell, signature_of(key), part);
                left -= u64::from(part);
            }
        });
        self.known.clear();
        self.signatures.clear();
        self.last = (0, 0);
        self.ones.clear();
        self.more.clear();
        entries
    }
}

/// Shows every key once, in order, with the sum of its amounts. Both lists are sorted.
fn each_sum(mut ones: &[u64], mut more: &[(u64, u32)], mut visit: impl FnMut(u64, u64)) {
    while let Some(key) = match (ones.first(), more.first()) {
        (Some(one), Some((other, _))) => Some(*one.min(other)),
        (one, other) => one.copied().or(other.map(|it| it.0)),
    } {
        let own = ones.iter().take_while(|it| **it == key).count();
        let others = more.iter().take_while(|it| it.0 == key);
        let (places, sum) = others.fold((0, own as u64), |(places, sum), (_, amount)| {
            (places + 1, sum + u64::from(*amount))
        });
        (ones, more) = (&ones[own..], &more[places..]);
        visit(key, sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_rows_does_not_matter_and_equal_ones_become_one() {
        let rows = [
            (7, Cell(300), 0b100, 1),
            (-1, Cell(2), 0b1, 5),
            (7, Cell(300), 0b100, 2),
            (7, Cell(300), 0b010, 1),
            (3, Cell(65_535), 1 << 127, i64::from(u32::MAX) + 4),
        ];
        let of = |rows: &mut dyn Iterator<Item = &(i32, Cell, TermSet, i64)>| {
            let mut collector = Collector::default();
            rows.for_each(|(owner, cell, terms, amount)| {
                collector.add(*owner, *cell, *terms, *amount)
            });
            let entries = collector.take();
            assert_eq!(collector.take(), Entries::default());
            entries
        };
        let entries = of(&mut rows.iter());
        assert_eq!(entries, of(&mut rows.iter().rev()));
        assert!(entries.fits(8) && !entries.fits(7));
        let read: Vec<_> = entries
            .iter()
            .map(|it| {
                (
                    it.owner,
                    it.cell.0,
                    entries.signatures[it.signature],
                    it.amount,
                )
            })
            .collect();
        assert_eq!(read[0], (-1, 2, 0b1, 5));
        assert_eq!(read[3..], [(7, 300, 0b010, 1), (7, 300, 0b100, 3)]);
        let large: i64 = read[1..3].iter().map(|it| i64::from(it.3)).sum();
        assert_eq!(large, i64::from(u32::MAX) + 4);
    }
}
