//! Units and events of the country.

use riktig_indicators::TermSet;
use riktig_indicators::casemix::{Cell, Design, Factor, NoExpected, Stratum};

use super::window::Uses;
use crate::kernel::masks::bits;

/// Units and events of the country by indicator and stratum.
pub(super) struct National {
    /// By indicator: its layout, and `[units, events]` by slot and month.
    tables: Vec<(usize, Vec<[i64; 2]>)>,
    layouts: Vec<Layout>,
}

/// Months and their absence.
const MONTHS: usize = 13;

/// The strata of indicators with the same factors.
struct Layout {
    factors: Vec<Factor>,
    /// By cell, assigned as cells come.
    slot: Vec<u16>,
    /// By slot: the cell, with the first level wherever the factors do not ask.
    cells: Vec<Cell>,
}

impl Layout {
    fn projected(&self, cell: Cell) -> Cell {
        let mut levels = cell.levels(0);
        for factor in Factor::ALL {
            if !self.factors.contains(&factor) {
                levels[factor as usize] = 0;
            }
        }
        let [diagnosis, age, sex, setting, form, _] = levels;
        Cell::new(diagnosis, age, sex, setting, form)
    }

    fn slot(&mut self, cell: Cell) -> usize {
        let known = self.slot[usize::from(cell.0)];
        if known != u16::MAX {
            return usize::from(known);
        }
        let own = self.projected(cell);
        let at = self.cells.iter().position(|it| *it == own);
        let at = at.unwrap_or_else(|| {
            self.cells.push(own);
            self.cells.len() - 1
        });
        self.slot[usize::from(cell.0)] = at as u16;
        at
    }
}

impl National {
    pub(super) fn new(designs: &[Result<Design, NoExpected>]) -> National {
        let mut layouts: Vec<Layout> = Vec::new();
        let mut tables = Vec::new();
        for design in designs {
            let factors = design
                .as_ref()
                .map_or(Vec::new(), |design| design.factors.clone());
            let known = layouts.iter().position(|it| it.factors == factors);
            let layout = known.unwrap_or_else(|| {
                layouts.push(Layout {
                    factors,
                    slot: vec![u16::MAX; usize::from(u16::MAX) + 1],
                    cells: Vec::new(),
                });
                layouts.len() - 1
            });
            tables.push((layout, Vec::new()));
        }
        National { tables, layouts }
    }

    pub(super) fn at(&mut self, indicator: usize, cell: Cell, month: u8) -> &mut [i64; 2] {
        let (layout, table) = &mut self.tables[indicator];
        let layout = &mut self.layouts[*layout];
        let by_month = layout.factors.contains(&Factor::Month);
        let month = if by_month { usize::from(month) } else { 0 };
        let at = layout.slot(cell) * MONTHS + month;
        if at >= table.len() {
            table.resize((layout.cells.len() * MONTHS).max(at + 1), [0; 2]);
        }
        &mut table[at]
    }

    pub(super) fn add(
        &mut self,
        uses: &Uses,
        indicators: u128,
        cell: Cell,
        month: u8,
        terms: TermSet,
        amount: i64,
    ) {
        for term in bits(terms) {
            for (column, table) in [&uses.below, &uses.above].into_iter().enumerate() {
                for indicator in &table[term] {
                    if indicators >> indicator & 1 == 1 {
                        self.at(usize::from(*indicator), cell, month)[column] += amount;
                    }
                }
            }
        }
    }

    /// An indicator's strata, sorted by cell and month.
    pub(super) fn strata(&self, indicator: usize, divisor: f64) -> Vec<Stratum> {
        let (layout, table) = &self.tables[indicator];
        let cells = &self.layouts[*layout].cells;
        let mut order: Vec<usize> = (0..cells.len().min(table.len() / MONTHS)).collect();
        order.sort_unstable_by_key(|slot| cells[*slot]);
        let mut strata = Vec::new();
        for slot in order {
            for (month, [units, events]) in
                (0u8..).zip(table[slot * MONTHS..][..MONTHS].iter().copied())
            {
                if units != 0 || events != 0 {
                    strata.push(Stratum {
                        levels: cells[slot].levels(month),
                        units: units as f64 / divisor,
                        events: events as f64,
                    });
                }
            }
        }
        strata
    }
}
