//! How an order stands to the lines of one condition, and of all that are possible.

use std::mem::discriminant;

use riktig_codes::AtcCode;

use super::Asking;
use super::world::Worlds;
use crate::advice::{Change, SilenceReason, Treatment};
use crate::condition::{Condition, Dose, Line};
use crate::context::DraftOrder;
use crate::criterion::Missing;
use crate::truth::Truth;

/// How an order stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    Agrees(Treatment),
    Differs(Treatment, Vec<Change>),
    /// Another drug is first choice.
    Other(Vec<Treatment>),
    Unclear(SilenceReason, Vec<Missing>),
}

impl Outcome {
    /// Whether two possibilities say the same, by whichever rules.
    fn says_the_same(&self, other: &Self) -> bool {
        let plain = |it: &Treatment| Treatment {
            rule: String::new(),
            ..it.clone()
        };
        let list = |them: &[Treatment]| them.iter().map(plain).collect::<Vec<_>>();
        match (self, other) {
            (Self::Agrees(_), Self::Agrees(_)) => true,
            (Self::Differs(a, x), Self::Differs(b, y)) => plain(a) == plain(b) && x == y,
            (Self::Other(a), Self::Other(b)) => list(a) == list(b),
            _ => false,
        }
    }
}

impl<'a> Asking<'a> {
    /// How an order stands to everything that is possible.
    pub(super) fn outcome(
        &self,
        worlds: &Worlds<'a>,
        order: &DraftOrder,
        drug: AtcCode,
    ) -> Outcome {
        let each =
            |(condition, _): &(&'a Condition, Truth)| self.outcome_in(condition, order, drug);
        self.common(worlds, worlds.worlds.iter().map(each).collect())
    }

    /// What would be given, without an order.
    pub(super) fn first_choices(&self, worlds: &Worlds<'a>) -> Outcome {
        let each = |(condition, _): &(&'a Condition, Truth)| self.choices_in(condition);
        self.common(worlds, worlds.worlds.iter().map(each).collect())
    }

    /// The answer that all possibilities share. Where it is known which conditions are meant, what is right for one of them is
    /// right.
    fn common(&self, worlds: &Worlds<'a>, outcomes: Vec<Outcome>) -> Outcome {
        if worlds.certain() {
            return the_kindest(outcomes);
        }
        let mut outcomes = outcomes.into_iter();
        let depends = Outcome::Unclear(SilenceReason::Depends, worlds.missing.clone());
        let Some(first) = outcomes.next() else {
            return depends;
        };
        let unclear = matches!(first, Outcome::Unclear(..));
        if !unclear && outcomes.all(|it| it.says_the_same(&first)) {
            first
        } else {
            depends
        }
    }

    fn outcome_in(&self, condition: &'a Condition, order: &DraftOrder, drug: AtcCode) -> Outcome {
        let its = |line: &&Line| {
            line.atc == drug && same_route(line, order) && self.fits(line).possible()
        };
        let (unread, lines): (Vec<&Line>, Vec<&Line>) = condition
            .lines
            .iter()
            .filter(its)
            .partition(|line| self.unread(condition, line));
        let mut best: Option<(Treatment, Vec<Change>)> = None;
        let mut missing: Option<Vec<Missing>> = None;
        for line in lines {
            if !self.may_be_given(condition, line) {
                continue;
            }
            if self.fits(line) == Truth::Unknown {
                missing = Some(self.missing_for(line));
                continue;
            }
            let treatment = self.treatment(condition, line);
            let changes = changes(&treatment, line, order);
            if changes.is_empty() && line.dose.is_some() && treatment.milligrams.is_none() {
                // Right as far as it can be told, and the dose cannot: no word of agreement for it.
                missing = Some(self.missing_for_the_dose(line));
                continue;
            }
            if changes.is_empty() {
                return Outcome::Agrees(treatment);
            }
            if best
                .as_ref()
                .is_none_or(|(_, least)| changes.len() < least.len())
            {
                best = Some((treatment, changes));
            }
        }
        match (missing, best) {
            // A line that may fit might agree, or ask for another change.
            (Some(missing), _) => Outcome::Unclear(SilenceReason::Depends, missing),
            (None, Some((treatment, changes))) => {
                match self.excused(condition, &unread, order, &changes) {
                    Some(missing) => Outcome::Unclear(SilenceReason::LineNotRead, missing),
                    None => Outcome::Differs(treatment, changes),
                }
            }
            (None, None) => match unread.first() {
                Some(line) => Outcome::Unclear(SilenceReason::LineNotRead, self.missing_for(line)),
                None => self.choices_in(condition),
            },
        }
    }

    /// Whether a line about the same drug that nobody has read might allow something that would be changed: then nothing is
    /// to be changed. The facts that would tell whether that line is for this patient.
    fn excused(
        &self,
        condition: &Condition,
        unread: &[&Line],
        order: &DraftOrder,
        wanted: &[Change],
    ) -> Option<Vec<Missing>> {
        let allows = |line: &&&Line| {
            let its = changes(&self.treatment(condition, line), line, order);
            let too = |change: &Change| {
                its.iter()
                    .any(|it| discriminant(it) == discriminant(change))
            };
            !wanted.iter().all(too)
        };
        unread
            .iter()
            .find(allows)
            .map(|line| self.missing_for(line))
    }

    /// The first choices of a condition that this patient can have.
    fn choices_in(&self, condition: &'a Condition) -> Outcome {
        let (mut fitting, mut blocked, mut unread) = (Vec::new(), false, false);
        let mut missing = Vec::new();
        for line in &condition.lines {
            let fits = self.fits(line);
            if !fits.possible() {
                continue;
            }
            if !self.may_be_given(condition, line) {
                unread |= self.unread(condition, line);
                continue;
            }
            if !self.may_be_named(line) {
                blocked = true;
            } else if fits == Truth::Yes {
                fitting.push(line);
            } else {
                missing.extend(self.missing_for(line));
            }
        }
        let first = fitting.iter().map(|line| line.rank).min();
        // A line that may fit, or that nobody has read, better than those that do: which is first choice is not known.
        let unknown =
            self.may_be_better(condition, first) || self.unread_is_better(condition, first);
        if let Some(rank) = first.filter(|_| !unknown) {
            let treatments = fitting.iter().filter(|line| line.rank == rank);
            return Outcome::Other(
                treatments
                    .map(|line| self.treatment(condition, line))
                    .collect(),
            );
        }
        missing.sort();
        missing.dedup();
        Outcome::Unclear(
            match (blocked, missing.is_empty(), unread) {
                (true, _, _) => SilenceReason::AlternativeNotRead,
                (_, false, _) => SilenceReason::Depends,
                (_, _, true) => SilenceReason::LineNotRead,
                _ => SilenceReason::NoLine,
            },
            missing,
        )
    }

    /// Whether a line that nobody has read, and whose drug this patient can have, is of a better rank than those that fit:
    /// a second choice is not told as the first.
    fn unread_is_better(&self, condition: &Condition, rank: Option<u8>) -> bool {
        condition.lines.iter().any(|line| {
            self.unread(condition, line)
                && self.fits(line).possible()
                && rank.is_none_or(|rank| line.rank < rank)
                && self.may_be_named(line)
        })
    }

    fn may_be_named(&self, line: &Line) -> bool {
        let verdict = self.guideline.safety().judge(line.atc, self.patient);
        verdict.may_be_named()
    }

    /// The facts for want of which the dose of a line cannot be told; none where only the table of changed doses is missing.
    fn missing_for_the_dose(&self, line: &Line) -> Vec<Missing> {
        let by_weight = matches!(line.dose, Some(Dose::PerKilogram(_)));
        let mut missing = Vec::new();
        if by_weight && self.patient.weight.is_none() {
            missing.push(Missing::Weight);
        }
        missing
    }

    /// Whether a line that only perhaps fits, and may be named, is of a better rank, or a different length or dose of the same
    /// rank, than those that fit.
    fn may_be_better(&self, condition: &Condition, rank: Option<u8>) -> bool {
        condition.lines.iter().any(|line| {
            self.fits(line) == Truth::Unknown
                && self.may_be_given(condition, line)
                && rank.is_none_or(|rank| line.rank < rank)
        })
    }
}

/// Among conditions that are all meant: the order is right if it is right for one of them, and nobody is told to change what
/// may be right.
fn the_kindest(outcomes: Vec<Outcome>) -> Outcome {
    let mut others: Vec<Treatment> = Vec::new();
    let (mut differs, mut unclear) = (None, None);
    for outcome in outcomes {
        match outcome {
            Outcome::Agrees(_) => return outcome,
            Outcome::Differs(..) => differs = differs.or(Some(outcome)),
            Outcome::Unclear(..) => unclear = unclear.or(Some(outcome)),
            Outcome::Other(choices) => others.extend(
                choices
                    .into_iter()
                    .filter(|it| !others.contains(it))
                    .collect::<Vec<_>>(),
            ),
        }
    }
    match (unclear, differs) {
        (Some(unclear), _) => unclear,
        (None, Some(differs)) => differs,
        (None, None) if others.is_empty() => Outcome::Unclear(SilenceReason::NoLine, Vec::new()),
        (None, None) => Outcome::Other(others),
    }
}

fn same_route(line: &Line, order: &DraftOrder) -> bool {
    order.route.is_none_or(|route| route == line.route)
}

/// Doses by weight are rounded to what can be measured: a tenth more or less is the same dose. Fixed doses are what they are.
const ROUNDED: f64 = 0.10;
const EXACT: f64 = 0.001;

fn changes(treatment: &Treatment, line: &Line, order: &DraftOrder) -> Vec<Change> {
    let by_weight = matches!(line.dose, Some(Dose::PerKilogram(_)));
    let slack = if by_weight { ROUNDED } else { EXACT };
    let mut changes = Vec::new();
    if let (Some(from), Some(to)) = (&order.milligrams, &treatment.milligrams) {
        let right = |(mg, (least, most)): (&f64, &(f64, f64))| {
            *mg >= least * (1.0 - slack) && *mg <= most * (1.0 + slack)
        };
        // A combination given as one number, or the reverse, is another way of writing and is not judged.
        if from.len() == to.len() && !from.iter().zip(to).all(right) {
            changes.push(Change::Dose {
                from: from.clone(),
                to: to.clone(),
            });
        }
    }
    if let (Some(from), to @ [_, ..]) = (order.times_per_day, treatment.times_per_day.as_slice())
        && !to.contains(&from)
    {
        changes.push(Change::Frequency {
            from,
            to: to.to_vec(),
        });
    }
    if let (Some(from), Some(to)) = (order.days, treatment.days)
        && !(to.0..=to.1).contains(&from)
    {
        changes.push(Change::Length { from, to });
    }
    changes
}
