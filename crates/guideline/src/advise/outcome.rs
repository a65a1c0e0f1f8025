//! How an order stands to the lines of one condition, and of all that are possible.

use std::mem::discriminant;

use riktig_codes::AtcCode;

use super::Asking;
use super::comparison::Comparison;
use super::scope::Scope;
use super::shared::{each_once, shared};
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
    /// Whether two conditions ask for the same change, by whichever rules.
    fn asks_for_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Differs(a, x), Self::Differs(b, y)) => a.is_as(b) && x == y,
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
        let each = |(condition, _): &(&'a Condition, Truth)| {
            let outside = self.out_of_scope(condition);
            outside.unwrap_or_else(|| self.outcome_in(condition, order, drug))
        };
        self.common(worlds, worlds.worlds.iter().map(each).collect())
    }

    /// What would be given, without an order.
    pub(super) fn first_choices(&self, worlds: &Worlds<'a>) -> Outcome {
        let each = |(condition, _): &(&'a Condition, Truth)| {
            let outside = self.out_of_scope(condition);
            outside.unwrap_or_else(|| self.choices_in(condition))
        };
        self.common(worlds, worlds.worlds.iter().map(each).collect())
    }

    /// Why nothing is said of a condition's drugs to a patient whom its topic is not, or perhaps not, about.
    fn out_of_scope(&self, condition: &Condition) -> Option<Outcome> {
        match self.scope(condition) {
            Scope::Outside(_) => Some(Outcome::Unclear(SilenceReason::OutsideScope, Vec::new())),
            Scope::Unclear(missing) => Some(Outcome::Unclear(SilenceReason::Depends, missing)),
            Scope::Within(_) => None,
        }
    }

    /// The answer that all possibilities share. Where it is known which conditions are meant, what is right for one of them is
    /// right.
    fn common(&self, worlds: &Worlds<'a>, mut outcomes: Vec<Outcome>) -> Outcome {
        let certain = |(_, truth): &(&Condition, Truth)| *truth == Truth::Yes;
        let agrees = |it: &Outcome| matches!(it, Outcome::Agrees(_));
        let certainly = worlds.worlds.iter().zip(&outcomes);
        let agreed = certainly.filter(|(world, it)| certain(world) && agrees(it));
        if let Some((_, agreed)) = agreed.into_iter().next() {
            return agreed.clone();
        }
        let outside = |it: &Outcome| matches!(it, Outcome::Unclear(SilenceReason::OutsideScope, _));
        if outcomes.iter().all(outside) {
            return outcomes.swap_remove(0);
        }
        if worlds.elsewhere {
            let reason = match worlds.missing.is_empty() {
                true => SilenceReason::NoCondition,
                false => SilenceReason::Depends,
            };
            return Outcome::Unclear(reason, worlds.missing.clone());
        }
        if worlds.certain() {
            return the_kindest(outcomes);
        }
        let depends = || Outcome::Unclear(SilenceReason::Depends, worlds.missing.clone());
        shared(outcomes).unwrap_or_else(depends)
    }

    fn outcome_in(&self, condition: &'a Condition, order: &DraftOrder, drug: AtcCode) -> Outcome {
        let its = |line: &&Line| {
            drug.is_within(line.atc) && same_route(line, order) && self.fits(line).possible()
        };
        let (unread, lines): (Vec<&Line>, Vec<&Line>) = condition
            .lines
            .iter()
            .filter(its)
            .partition(|line| self.unread(condition, line));
        let mut given = lines.iter();
        if given.any(|line| self.may_be_given(condition, line))
            && self.judge(drug).kidneys_forbid_to_name()
        {
            return Outcome::Unclear(SilenceReason::KidneyFunction, Vec::new());
        }
        let mut nearest: Option<(Treatment, Vec<Change>)> = None;
        let mut open: Option<Vec<Missing>> = None;
        let mut held_back = false;
        for line in lines {
            if !self.may_be_given(condition, line) {
                continue;
            }
            if self.fits(line) == Truth::Unknown {
                open.get_or_insert_default().extend(self.missing_for(line));
                continue;
            }
            if self.is_held_back_in_pregnancy(line) {
                held_back = true;
                continue;
            }
            let treatment = self.treatment(condition, line);
            let compared = Comparison::of(order, &treatment, line);
            if compared.agrees() {
                return Outcome::Agrees(treatment);
            }
            let Comparison {
                changes,
                whole,
                beyond,
            } = compared;
            if changes.is_empty() {
                let open = open.get_or_insert_default();
                open.extend(beyond);
                if !whole {
                    open.extend(self.not_judged(line, &treatment));
                }
            } else if nearest
                .as_ref()
                .is_none_or(|(_, fewest)| changes.len() < fewest.len())
            {
                nearest = Some((treatment, changes));
            }
        }
        match (open, nearest) {
            // A line that may fit, or of which not all could be judged, might agree, or ask for another change.
            (Some(missing), _) => Outcome::Unclear(SilenceReason::Depends, missing),
            (None, Some((treatment, changes))) => {
                match self.excused(condition, &unread, order, &changes) {
                    Some(missing) => Outcome::Unclear(SilenceReason::LineNotRead, missing),
                    None => Outcome::Differs(treatment, changes),
                }
            }
            (None, None) if held_back => Outcome::Unclear(SilenceReason::Pregnancy, Vec::new()),
            (None, None) => match unread.first() {
                Some(line) => Outcome::Unclear(SilenceReason::LineNotRead, self.missing_for(line)),
                None => self.another_drug(condition, drug),
            },
        }
    }

    /// What the condition gives instead of a drug that it has no line for; nothing if it is that drug, taken another way.
    fn another_drug(&self, condition: &'a Condition, drug: AtcCode) -> Outcome {
        match self.choices_in(condition) {
            Outcome::Other(choices) if choices.iter().any(|it| it.drug == drug) => {
                Outcome::Unclear(SilenceReason::NoLine, Vec::new())
            }
            outcome => outcome,
        }
    }

    /// The facts for want of which the dose of an order could not be held against a line; none where only the table of changed
    /// doses is missing.
    fn not_judged(&self, line: &Line, treatment: &Treatment) -> Vec<Missing> {
        let by_weight = matches!(line.dose, Some(Dose::PerKilogram(_)));
        match self.patient.weight {
            None if by_weight => vec![Missing::Weight],
            None if self.patient.age.is_none() => vec![Missing::Age],
            _ if treatment.milligrams.is_some() => vec![Missing::OrderDose],
            _ => Vec::new(),
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
            let its = Comparison::of(order, &self.treatment(condition, line), line).changes;
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
}

/// Among conditions that are all meant: the order is right if it is right for one of them, and nobody is told to change what
/// may be right, nor to change it in two ways.
fn the_kindest(outcomes: Vec<Outcome>) -> Outcome {
    let mut others: Vec<Treatment> = Vec::new();
    let (mut differs, mut unclear): (Option<Outcome>, Option<Outcome>) = (None, None);
    for outcome in outcomes {
        match outcome {
            Outcome::Agrees(_) => return outcome,
            Outcome::Differs(..) => match differs.take() {
                // What both ask for is to be changed whichever of them the order is for.
                Some(before) if !before.asks_for_the_same(&outcome) => {
                    differs = shared(vec![before, outcome]);
                    if differs.is_none() {
                        unclear = Some(Outcome::Unclear(SilenceReason::Depends, Vec::new()));
                    }
                }
                before => differs = before.or(Some(outcome)),
            },
            Outcome::Unclear(..) => unclear = unclear.or(Some(outcome)),
            Outcome::Other(choices) => others = each_once(others.into_iter().chain(choices)),
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
