//! A window's strata: added up over the country, fitted, and expected of each prescriber.

use hashbrown::HashMap;
use riktig_codes::{Month, MonthRange};
use riktig_indicators::casemix::{Cell, Expected, Model, NoExpected, fit};
use riktig_indicators::{Plan, TermSet};

use super::national::National;
use super::units::Units;
use super::{Asked, Entries};
use crate::kernel::masks::bits;
use crate::kernel::month::each_treated_contact;
use crate::kernel::{Kernel, WindowSums};

/// Whose value a window's models are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Fitted {
    /// Row in [`CaseMixSums::expected`]; `None` for somebody who gets no report.
    pub row: Option<u32>,
    /// Indicators whose model the prescriber is fitted on: bit *i* is `plan.indicators()[i]`.
    pub indicators: u128,
}

/// The strata of the explained months.
pub struct MonthStrata(Vec<(Month, Entries)>);

/// Models and what they expect.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseMixSums {
    /// By indicator.
    pub models: Vec<Result<Model, NoExpected>>,
    /// Row-major, then by indicator; nothing where there is no model.
    pub expected: Vec<Expected>,
}

impl Kernel<'_> {
    /// Takes out the strata of the explained months.
    #[must_use]
    pub fn take_strata(&mut self) -> MonthStrata {
        let parts = self.parts.iter_mut();
        MonthStrata(
            parts
                .filter(|part| self.explained.contains(part.month))
                .map(|part| (part.month, std::mem::take(&mut part.strata)))
                .collect(),
        )
    }

    /// Fits every indicator on the strata of the explained months, whose sums `window` must hold, and adds up what is
    /// expected of each of `rows` prescribers. `people` has one entry for each prescriber of the dictionary.
    #[must_use]
    pub fn casemix(
        &self,
        strata: MonthStrata,
        window: &WindowSums,
        people: &[Fitted],
        rows: usize,
    ) -> CaseMixSums {
        let walk = Walk {
            kernel: self,
            strata,
            months: window.months,
            window,
            people,
            uses: Uses::new(self.plan, &self.asked),
        };
        let divisors: Vec<f64> = self
            .plan
            .indicators()
            .iter()
            .map(|it| self.plan.terms()[it.denominator].divisor(window.months.len() as u32) as f64)
            .collect();
        let sizes = self.asked.strata.sizes();
        let national = walk.national();
        let models: Vec<Result<Model, NoExpected>> = self
            .asked
            .designs
            .iter()
            .enumerate()
            .map(|(indicator, design)| {
                let design = design.as_ref().map_err(|reason| *reason)?;
                fit(
                    design,
                    sizes,
                    &national.strata(indicator, divisors[indicator]),
                )
            })
            .collect();
        drop(national);
        let expected = walk.expected(&models, &divisors, rows);
        CaseMixSums { models, expected }
    }
}

/// What a term means to indicators.
pub(super) struct Uses {
    /// By term: indicators that have it above the line, below the line.
    pub(super) above: Vec<Vec<u16>>,
    pub(super) below: Vec<Vec<u16>>,
    /// By pair of person terms.
    pairs: Vec<Vec<u16>>,
    /// Terms of dispensings that a dual-role prescriber's unknown setting holds back.
    held_back: TermSet,
}

impl Uses {
    fn new(plan: &Plan, asked: &Asked) -> Uses {
        let terms = plan.terms().len();
        let mut uses = Uses {
            above: vec![Vec::new(); terms],
            below: vec![Vec::new(); terms],
            pairs: vec![Vec::new(); asked.persons.len()],
            held_back: plan.dual_role_terms() & plan.terms_of(riktig_indicators::Measure::Items),
        };
        let modelled = (0u16..).zip(plan.indicators()).zip(&asked.designs);
        for ((at, indicator), _) in modelled.filter(|(_, design)| design.is_ok()) {
            uses.above[indicator.numerator].push(at);
            uses.below[indicator.denominator].push(at);
            let same = |pair: &(usize, Option<usize>)| {
                pair.0 == indicator.numerator
                    && pair.1.is_none_or(|below| below == indicator.denominator)
            };
            if let Some(pair) = asked.persons.iter().position(same) {
                uses.pairs[pair].push(at);
            }
        }
        uses
    }

    /// The terms that count for somebody.
    fn counted(&self, terms: TermSet, cell: Cell, dual_role: bool) -> TermSet {
        if dual_role && cell.has_unknown_setting() {
            terms & !self.held_back
        } else {
            terms
        }
    }

    fn of(table: &[Vec<u16>], terms: TermSet) -> Vec<u16> {
        bits(terms)
            .flat_map(|term| table[term].iter().copied())
            .collect()
    }
}

struct Walk<'a> {
    kernel: &'a Kernel<'a>,
    strata: MonthStrata,
    months: MonthRange,
    window: &'a WindowSums,
    people: &'a [Fitted],
    uses: Uses,
}

impl Walk<'_> {
    fn person(&self, owner: i32) -> Option<(&Fitted, bool)> {
        let owner = usize::try_from(owner).ok()?;
        let person = self.people.get(owner).filter(|it| it.row.is_some())?;
        Some((person, self.window.activity[owner].dual_role()))
    }

    fn parts(&self) -> impl Iterator<Item = (Month, &Entries)> {
        self.strata
            .0
            .iter()
            .map(|(month, entries)| (*month, entries))
    }

    /// Contacts treated over the end of a month.
    fn edges(&self, mut visit: impl FnMut(i32, Cell, u8, TermSet)) {
        for month in self.months.iter() {
            let mut rows = self.kernel.edge_rows(month);
            each_treated_contact(&mut rows, |row, terms| {
                let terms = terms & self.kernel.asked.full;
                visit(row.prescriber, Cell(row.cell), month.number(), terms);
            });
        }
    }

    /// Everybody's units and events, of those that each indicator is fitted on.
    fn national(&self) -> National {
        let mut national = National::new(&self.kernel.asked.designs);
        // Prescribers with the same indicators are alike here: many entries become few before they are spread out.
        let mut classes: Vec<(u128, bool)> = Vec::new();
        let mut class_of: Vec<Option<u16>> = vec![None; self.people.len()];
        for (owner, class) in class_of.iter_mut().enumerate() {
            let Some((person, dual)) = self.person(owner as i32) else {
                continue;
            };
            if person.indicators == 0 {
                continue;
            }
            let own = (person.indicators, dual);
            let at = classes.iter().position(|it| *it == own);
            *class = u16::try_from(at.unwrap_or_else(|| {
                classes.push(own);
                classes.len() - 1
            }))
            .ok();
        }
        for (month, entries) in self.parts() {
            let mut sums: HashMap<u64, i64> = HashMap::new();
            for entry in entries.iter() {
                let owner = usize::try_from(entry.owner).ok();
                if let Some(class) = owner.and_then(|owner| class_of[owner]) {
                    let key = (u64::from(class) << 16 | u64::from(entry.cell.0)) << 32
                        | entry.signature as u64;
                    *sums.entry(key).or_default() += i64::from(entry.amount);
                }
            }
            for (key, amount) in sums {
                let cell = Cell((key >> 32) as u16);
                let (indicators, dual) = classes[(key >> 48) as usize];
                let terms = entries.signatures[key as u32 as usize];
                let terms = self.uses.counted(terms, cell, dual);
                national.add(&self.uses, indicators, cell, month.number(), terms, amount);
            }
        }
        self.edges(|owner, cell, month, terms| {
            if let Some((person, _)) = self.person(owner) {
                national.add(&self.uses, person.indicators, cell, month, terms, 1);
            }
        });
        for row in &self.window.person_strata {
            let Some((person, _)) = self.person(row.owner) else {
                continue;
            };
            for indicator in &self.uses.pairs[usize::from(row.pair)] {
                if person.indicators >> indicator & 1 == 1 {
                    let cell = national.at(usize::from(*indicator), row.cell, 0);
                    cell[0] += i64::from(row.units);
                    cell[1] += i64::from(row.events);
                }
            }
        }
        national
    }

    fn expected(
        &self,
        models: &[Result<Model, NoExpected>],
        divisors: &[f64],
        rows: usize,
    ) -> Vec<Expected> {
        let width = models.len();
        let mut expected = vec![Expected::default(); rows * width];
        let mut units = Units::new(models);
        for (month, entries) in self.parts() {
            let below = |counted: &dyn Fn(TermSet) -> TermSet| -> Vec<Vec<u16>> {
                let signatures = entries.signatures.iter();
                signatures
                    .map(|terms| {
                        let mut below = Uses::of(&self.uses.below, counted(*terms));
                        below.retain(|indicator| models[usize::from(*indicator)].is_ok());
                        below
                    })
                    .collect()
            };
            let always = below(&|terms| terms);
            let unless_dual = below(&|terms| terms & !self.uses.held_back);
            units.begin(month.number());
            for entry in entries.iter() {
                let Some((person, dual)) = self.person(entry.owner) else {
                    continue;
                };
                let Some(row) = person.row else { continue };
                let held_back = dual && entry.cell.has_unknown_setting();
                let table = if held_back { &unless_dual } else { &always };
                let below = &table[entry.signature];
                if below.is_empty() {
                    continue;
                }
                let ones = units.of(entry.cell);
                let own = &mut expected[row as usize * width..][..width];
                for indicator in below.iter().copied().map(usize::from) {
                    let units = f64::from(entry.amount) / divisors[indicator];
                    own[indicator].add(units, &ones[indicator]);
                }
            }
        }
        let mut add = |row: u32, cell: Cell, month: u8, below: &[u16], amount: i64| {
            let levels = cell.levels(month);
            for indicator in below {
                let indicator = usize::from(*indicator);
                if let Ok(model) = &models[indicator] {
                    let units = amount as f64 / divisors[indicator];
                    model.add(
                        &levels,
                        units,
                        &mut expected[row as usize * width + indicator],
                    );
                }
            }
        };
        self.edges(|owner, cell, month, terms| {
            if let Some(row) = self.person(owner).and_then(|it| it.0.row) {
                add(row, cell, month, &Uses::of(&self.uses.below, terms), 1);
            }
        });
        for counts in &self.window.person_strata {
            if let Some(row) = self.person(counts.owner).and_then(|it| it.0.row) {
                let indicators = &self.uses.pairs[usize::from(counts.pair)];
                add(row, counts.cell, 0, indicators, i64::from(counts.units));
            }
        }
        expected
    }
}
