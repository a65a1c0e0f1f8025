//! Season and trend: what an ordinary comparison doctor did in each month.

use std::ops::Range;

use super::{Doctor, Month};

/// The pooled rate of every month, from the comparison doctors.
pub(super) struct Season {
    rates: Vec<Option<f64>>,
}

/// A doctor's sums over some months, and what the pool's rate was in exactly those months.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sum {
    pub(super) events: f64,
    pub(super) size: f64,
    /// The pool's rate, weighted by the doctor's own size in each month.
    pub(super) pool: f64,
}

impl Season {
    pub(super) fn of(doctors: &[Doctor], months: usize) -> Season {
        let rates = (0..months).map(|month| {
            let known = doctors.iter().filter_map(|it| at(it, month));
            let (events, size) = known.fold((0.0, 0.0), |(events, size), it| {
                (events + it.events, size + it.size)
            });
            (events > 0.0 && size > 0.0).then(|| events / size)
        });
        Season {
            rates: rates.collect(),
        }
    }

    /// The mean of the pool's monthly rates.
    pub(super) fn mean(&self, months: &Range<usize>) -> f64 {
        let known: Vec<f64> = months
            .clone()
            .filter_map(|month| self.rates.get(month).copied().flatten())
            .collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    }

    /// The doctor's month beside the pool's rate; `None` where either is not known.
    pub(super) fn month(&self, doctor: &Doctor, month: usize) -> Option<(Month, f64)> {
        Some((at(doctor, month)?, (*self.rates.get(month)?)?))
    }

    /// Months after the course that count for this doctor: known there and a year before.
    pub(super) fn pairs(&self, doctor: &Doctor, after: &Range<usize>) -> Vec<usize> {
        let known = |month: usize| self.month(doctor, month).is_some();
        after
            .clone()
            .filter(|month| known(*month) && known(month - 12))
            .collect()
    }

    pub(super) fn sum(&self, doctor: &Doctor, months: impl Iterator<Item = usize>) -> Option<Sum> {
        let mut sum = Sum {
            events: 0.0,
            size: 0.0,
            pool: 0.0,
        };
        for (month, rate) in months.filter_map(|month| self.month(doctor, month)) {
            sum.events += month.events;
            sum.size += month.size;
            sum.pool += month.size * rate;
        }
        (sum.size > 0.0).then(|| Sum {
            pool: sum.pool / sum.size,
            ..sum
        })
    }
}

/// A known month. Nothing to divide by is known, too: a share of a small practice has such months.
fn at(doctor: &Doctor, month: usize) -> Option<Month> {
    *doctor.months.get(month)?
}
