//! What several possibilities share: the drug, though they differ in how long.

use super::outcome::Outcome;
use crate::advice::{Change, Treatment};

impl Treatment {
    /// What both say of the same drug; of what they differ in, nothing. A dose and how often it is taken belong together.
    fn as_far_as(&self, other: &Self) -> Self {
        let dose = self.milligrams == other.milligrams
            && self.times_per_day == other.times_per_day
            && self.first_day == other.first_day;
        let mut shared = self.clone();
        if !dose {
            shared.milligrams = None;
            shared.times_per_day = Vec::new();
            shared.first_day = None;
        }
        shared.days = self.days.filter(|_| self.days == other.days);
        shared.rests_on(other);
        shared
    }

    /// Another rule gives it too.
    fn rests_on(&mut self, other: &Self) {
        let more: Vec<String> = other.rules().cloned().collect();
        for rule in more {
            if self.rules().all(|it| *it != rule) {
                self.also.push(rule);
            }
        }
    }
}

/// Each treatment once, with all the rules that give it.
pub(super) fn each_once(treatments: impl IntoIterator<Item = Treatment>) -> Vec<Treatment> {
    let mut once: Vec<Treatment> = Vec::new();
    for it in treatments {
        match once.iter_mut().find(|other| other.is_as(&it)) {
            Some(same) => same.rests_on(&it),
            None => once.push(it),
        }
    }
    once
}

/// What is right whichever of the outcomes is: the drugs that each has among its first choices, the changes that each asks for.
/// `None` where they share nothing, or one of them cannot be told.
pub(super) fn shared(outcomes: Vec<Outcome>) -> Option<Outcome> {
    let mut outcomes = outcomes.into_iter();
    let first = outcomes.next()?;
    let told = matches!(
        first,
        Outcome::Agrees(_) | Outcome::Differs(..) | Outcome::Other(_)
    );
    if !told {
        return None;
    }
    outcomes.try_fold(first, |so_far, other| match (so_far, other) {
        (Outcome::Agrees(one), Outcome::Agrees(_)) => Some(Outcome::Agrees(one)),
        (Outcome::Differs(one, changes), Outcome::Differs(other, wanted)) => {
            let changes: Vec<Change> = changes
                .into_iter()
                .filter(|it| wanted.contains(it))
                .collect();
            (!changes.is_empty()).then(|| Outcome::Differs(one.as_far_as(&other), changes))
        }
        (Outcome::Other(one), Outcome::Other(other)) => {
            let choices = in_both(&one, &other);
            (!choices.is_empty()).then_some(Outcome::Other(choices))
        }
        _ => None,
    })
}

/// The drugs of both lists. Where a drug is given in two ways, and one of them stands in both, that one.
fn in_both(one: &[Treatment], other: &[Treatment]) -> Vec<Treatment> {
    let exactly = |it: &Treatment| other.iter().any(|its| its.is_as(it));
    let mut both: Vec<Treatment> = Vec::new();
    for it in one {
        let mut same = other.iter().filter(|its| its.drug == it.drug);
        let drug_is_exact = one.iter().any(|its| its.drug == it.drug && exactly(its));
        if exactly(it) {
            let mut it = it.clone();
            same.filter(|its| its.is_as(&it))
                .cloned()
                .collect::<Vec<_>>()
                .iter()
                .for_each(|its| it.rests_on(its));
            both.push(it);
        } else if !drug_is_exact && let Some(first) = same.next() {
            let narrowed = same.fold(it.as_far_as(first), |so_far, its| so_far.as_far_as(its));
            match both.iter_mut().find(|its| its.drug == it.drug) {
                Some(before) => *before = before.as_far_as(&narrowed),
                None => both.push(narrowed),
            }
        }
    }
    both
}
