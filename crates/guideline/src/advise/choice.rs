//! What a condition gives this patient first.

use super::Asking;
use super::outcome::Outcome;
use super::shared::each_once;
use crate::advice::SilenceReason;
use crate::condition::{Condition, Line};
use crate::criterion::Missing;
use crate::truth::Truth;

/// The lines of a condition, sorted by whether they can be given.
#[derive(Default)]
struct Sorted<'a> {
    /// For this patient.
    fitting: Vec<&'a Line>,
    /// Best rank of those that only perhaps fit, or whose drug is perhaps not for this patient.
    open: Option<u8>,
    /// What would tell.
    missing: Vec<Missing>,
    /// Best rank of those that fit and nobody has read.
    unread: Option<u8>,
    /// Best rank of those whose drug the kidneys may not clear.
    kidney: Option<u8>,
    /// Whether the drug of one that fits is not for this patient.
    blocked: bool,
}

impl<'a> Asking<'a> {
    /// The first choices of a condition that this patient can have. A line that is better than those, and only perhaps fits or
    /// has not been read, leaves open which is first.
    pub(super) fn choices_in(&self, condition: &'a Condition) -> Outcome {
        let sorted = self.sorted(condition);
        let first = sorted.fitting.iter().map(|line| line.rank).min();
        let better = |other: Option<u8>| other.is_some_and(|it| first.is_none_or(|rank| it < rank));
        if let Some(rank) = first
            .filter(|_| !better(sorted.open) && !better(sorted.unread) && !better(sorted.kidney))
        {
            let lines = sorted.fitting.iter().filter(|line| line.rank == rank);
            return Outcome::Other(each_once(lines.map(|line| self.treatment(condition, line))));
        }
        let reason = if better(sorted.kidney) {
            SilenceReason::KidneyFunction
        } else if better(sorted.open) && !sorted.missing.is_empty() {
            SilenceReason::Depends
        } else if sorted.blocked && first.is_none() {
            SilenceReason::AlternativeNotRead
        } else if better(sorted.unread) || better(sorted.open) {
            SilenceReason::LineNotRead
        } else {
            SilenceReason::NoLine
        };
        let mut missing = sorted.missing;
        missing.sort();
        missing.dedup();
        Outcome::Unclear(reason, missing)
    }

    fn sorted(&self, condition: &'a Condition) -> Sorted<'a> {
        let mut sorted = Sorted::default();
        let best = |so_far: Option<u8>, rank: u8| Some(so_far.map_or(rank, |it| it.min(rank)));
        for line in &condition.lines {
            let fits = self.fits(line);
            let (read, unread) = (
                self.may_be_given(condition, line),
                self.unread(condition, line),
            );
            if !fits.possible() || !read && !unread {
                continue;
            }
            let verdict = self.judge(line.atc);
            if !verdict.forbidden.is_empty() {
                sorted.blocked |= read;
            } else if unread {
                sorted.unread = best(sorted.unread, line.rank);
            } else if fits == Truth::Yes && verdict.may_be_named() {
                sorted.fitting.push(line);
            } else if fits == Truth::Yes && verdict.only_the_kidneys_forbid_to_name() {
                sorted.kidney = best(sorted.kidney, line.rank);
            } else {
                sorted.open = best(sorted.open, line.rank);
                sorted.missing.extend(self.missing_for(line));
                sorted.missing.extend(verdict.what_may_forbid());
            }
        }
        sorted
    }
}
