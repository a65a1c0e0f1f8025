//! What a condition gives this patient first.

use super::outcome::Outcome;
use super::scope::Scope;
use super::shared::each_once;
use super::world::Worlds;
use super::{Asking, caution_rule};
use crate::advice::SilenceReason;
use crate::condition::{Condition, Line};
use crate::context::PatientContext;
use crate::criterion::{Fact, Missing, Part};
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
    /// Best rank of those with whose drug care is asked for in pregnancy.
    pregnancy: Option<u8>,
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
        let leaves_open = [sorted.open, sorted.unread, sorted.kidney, sorted.pregnancy];
        if let Some(rank) = first.filter(|_| !leaves_open.into_iter().any(better)) {
            let lines = sorted.fitting.iter().filter(|line| line.rank == rank);
            return Outcome::Other(each_once(lines.map(|line| self.treatment(condition, line))));
        }
        let reason = if better(sorted.kidney) {
            SilenceReason::KidneyFunction
        } else if better(sorted.pregnancy) {
            SilenceReason::Pregnancy
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
            } else if fits == Truth::Yes
                && verdict.may_be_named()
                && self.is_held_back_in_pregnancy(line)
            {
                sorted.pregnancy = best(sorted.pregnancy, line.rank);
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

    /// Whether the guideline asks for care with the line's drug in this pregnancy, and the line does not say that it is for the pregnant: what it
    /// says of everybody is then not told of her.
    pub(super) fn is_held_back_in_pregnancy(&self, line: &Line) -> bool {
        self.judge(line.atc).minded_in_pregnancy && !line.is_for_the_pregnant(self.patient)
    }

    /// Says what the guideline says of pregnancy and the drugs that are held back for it.
    pub(super) fn say_what_is_minded_in_pregnancy(&mut self, worlds: &Worlds<'a>) {
        let within = |it: &&Condition| matches!(self.scope(it), Scope::Within(_));
        let conditions = worlds.worlds.iter().map(|(it, _)| *it).filter(within);
        let mut kinds = Vec::new();
        for condition in conditions {
            let lines = condition.lines.iter();
            let held = lines.filter(|line| {
                self.may_be_given(condition, line)
                    && self.fits(line).possible()
                    && self.is_held_back_in_pregnancy(line)
            });
            kinds.extend(held.flat_map(|line| self.judge(line.atc).cautions));
        }
        for kind in kinds {
            let rules = caution_rule(&kind).into_iter().collect();
            self.say(None, kind, rules);
        }
    }
}

impl Line {
    /// Whether its own words are about pregnancy, and for this patient.
    fn is_for_the_pregnant(&self, patient: &PatientContext) -> bool {
        let says = |part: &Part| {
            let about = matches!(part.fact, Fact::Pregnant | Fact::PregnancyWeek(..));
            about && !part.negated
        };
        self.population.alternatives().iter().any(|parts| {
            parts.iter().any(says) && parts.iter().all(|it| it.holds(patient).possible())
        })
    }
}
