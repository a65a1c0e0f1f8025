//! An order against one treatment.

use crate::advice::{Change, Treatment};
use crate::condition::{Dose, Line};
use crate::context::{DraftOrder, FirstDay};
use crate::criterion::Missing;

/// What an order would have to change to be as a line has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) changes: Vec<Change>,
    /// Whether everything that the order says could be held against the line. A dose by weight cannot without the weight, nor
    /// can the dose of a combination that is written as one number.
    pub(super) whole: bool,
    /// What the order says and the line says nothing of: it was held against nothing.
    pub(super) beyond: Vec<Missing>,
}

/// Doses by weight are rounded to what can be measured: a tenth more or less is the same dose. Fixed doses are what they are.
const ROUNDED: f64 = 0.10;
const EXACT: f64 = 0.001;

impl Comparison {
    pub(super) fn of(order: &DraftOrder, treatment: &Treatment, line: &Line) -> Self {
        let mut it = Self {
            changes: Vec::new(),
            whole: true,
            beyond: Vec::new(),
        };
        it.dose(order, treatment, line);
        it.times(order, treatment, line);
        match (order.length(), treatment.days) {
            (Some(from), Some(to)) if !(to.0..=to.1).contains(&from) => {
                it.changes.push(Change::Length { from, to });
            }
            (Some(_), None) => it.beyond.push(Missing::Length),
            _ => {}
        }
        if !first_day_is_right(order, treatment) {
            it.beyond.push(Missing::FirstDay);
        }
        it
    }

    /// Whether the order is as the line has it, in everything that it says.
    pub(super) fn agrees(&self) -> bool {
        self.changes.is_empty() && self.whole && self.beyond.is_empty()
    }

    fn dose(&mut self, order: &DraftOrder, treatment: &Treatment, line: &Line) {
        let by_weight = matches!(line.dose, Some(Dose::PerKilogram(_)));
        let slack = if by_weight { ROUNDED } else { EXACT };
        let right = |(mg, (least, most)): (&f64, &(f64, f64))| {
            *mg >= least * (1.0 - slack) && *mg <= most * (1.0 + slack)
        };
        match (order.dose(), &treatment.milligrams) {
            // The dose cannot be told: no word of agreement for it.
            (None, None) => self.whole &= line.dose.is_none(),
            (None, Some(_)) => {}
            (Some(from), Some(to)) if from.len() == to.len() => {
                if !from.iter().zip(to).all(right) {
                    let (from, to) = (from.to_vec(), to.clone());
                    self.changes.push(Change::Dose { from, to });
                }
            }
            // A combination as one number: the whole tablet, or the part after which it is named.
            (Some([mg]), Some(to)) if is_one_number_of(*mg, to) => {}
            // The source has no dose: none is wrong, and none is right.
            (Some(_), None) if line.dose.is_none() => self.beyond.push(Missing::OrderDose),
            (Some(_), _) => self.whole = false,
        }
    }

    fn times(&mut self, order: &DraftOrder, treatment: &Treatment, line: &Line) {
        let Some(from) = order.times() else { return };
        let to = treatment.times_per_day.clone();
        if to.is_empty() && line.times_per_day.is_empty() {
            self.beyond.push(Missing::OrderDose);
        } else if to.is_empty() {
            self.whole = false;
        } else if !to.contains(&from) {
            self.changes.push(Change::Frequency { from, to });
        }
    }
}

fn is_one_number_of(mg: f64, parts: &[(f64, f64)]) -> bool {
    let whole = parts.iter().map(|(least, _)| least).sum();
    let mut known = parts.iter().map(|(least, _)| *least).chain([whole]);
    known.any(|it| (mg - it).abs() <= it * EXACT)
}

/// Whether an order writes no first day apart, or one as the treatment has it: its own, or as every other day.
pub(super) fn first_day_is_right(order: &DraftOrder, treatment: &Treatment) -> bool {
    let Some(first) = order.first_day else {
        return true;
    };
    let FirstDay::Milligrams(mg) = first else {
        return false;
    };
    let times = treatment.times_per_day.iter().copied();
    let (fewest, most) = (times.clone().min(), times.max());
    let each = treatment.milligrams.as_deref().unwrap_or_default();
    let day = |of: fn(&(f64, f64)) -> f64, times: Option<u8>| {
        let whole = each.iter().map(of).sum::<f64>();
        times.map(|it| whole * f64::from(it))
    };
    let is = |least: f64, most: f64| mg >= least * (1.0 - EXACT) && mg <= most * (1.0 + EXACT);
    match (
        treatment.first_day,
        day(|it| it.0, fewest),
        day(|it| it.1, most),
    ) {
        (Some(its), ..) => is(its, its),
        (None, Some(least), Some(most)) => is(least, most),
        _ => false,
    }
}
