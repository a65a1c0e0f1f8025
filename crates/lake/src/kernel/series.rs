//! Sums month by month, one prescriber after another: nothing is gathered or sorted.

use riktig_codes::Month;

use super::sums::{self, Sparse};
use super::window::counted;
use super::{Activity, Kernel};

/// The months of a series, ready to be asked.
pub struct Series<'k> {
    months: Vec<SeriesMonth<'k>>,
}

struct SeriesMonth<'k> {
    /// `None`: the month was not run.
    sums: Option<&'k Sparse>,
    /// Treated contacts of the month's last week, by prescriber and term.
    edge: Vec<(i32, u8)>,
}

impl Kernel<'_> {
    /// The series of these months.
    #[must_use]
    pub fn series(&self, months: &[Month]) -> Series<'_> {
        let of = |month: &Month| {
            let mut edge = Vec::new();
            self.edge(*month, |prescriber, term| {
                let term = u8::try_from(term).expect("a plan has at most 128 terms");
                edge.push((prescriber, term));
            });
            edge.sort_unstable();
            SeriesMonth {
                sums: self.part(*month).map(|part| &part.sums),
                edge,
            }
        };
        Series {
            months: months.iter().map(of).collect(),
        }
    }
}

impl Series<'_> {
    /// Adds a prescriber's sums of a month, by term, to `sums`. Whether items of unknown setting count is the window's: its
    /// `activity` says it.
    ///
    /// # Panics
    /// When the series has no such month, or `sums` fewer places than the plan has terms.
    pub fn add(&self, month: usize, prescriber: i32, activity: &Activity, sums: &mut [i64]) {
        let SeriesMonth { sums: month, edge } = &self.months[month];
        for (slot, value) in month.iter().flat_map(|month| month.of(prescriber)) {
            if slot < sums::DISPENSINGS
                && let Some(term) = counted(slot, activity)
            {
                sums[term] += value;
            }
        }
        let first = edge.partition_point(|(owner, _)| *owner < prescriber);
        edge[first..]
            .iter()
            .take_while(|(owner, _)| *owner == prescriber)
            .for_each(|(_, term)| sums[usize::from(*term)] += 1);
    }
}
