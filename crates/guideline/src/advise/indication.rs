//! Whether an antibiotic is given at all.

use super::Asking;
use super::scope::Scope;
use super::world::Worlds;
use crate::advice::Kind;
use crate::condition::{Condition, Indication, Stance};
use crate::context::DraftOrder;
use crate::criterion::Missing;
use crate::truth::Truth;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// As a rule no antibiotic: then no drug is named either.
    No,
    /// Perhaps none, by a rule that nobody has read.
    NotRead,
    /// The patient is none of those whom what is meant is about.
    Outside,
    /// Anything else.
    Maybe,
}

/// What one condition says.
#[derive(Debug, Clone, PartialEq)]
enum Stand {
    Give,
    Wait(Vec<String>),
    No(Vec<String>),
    Depends(Vec<String>, Vec<Missing>),
    NotRead,
    Outside,
    Nothing,
}

impl<'a> Asking<'a> {
    /// Says what the guideline says of giving an antibiotic, testing and referring.
    pub(super) fn indications(&mut self, worlds: &Worlds<'a>, order: Option<&DraftOrder>) -> Given {
        for (stance, kind) in [(Stance::Refer, Kind::Refer), (Stance::Test, Kind::TakeTest)] {
            let rules = self.in_all(worlds, stance);
            if !rules.is_empty() {
                self.say(order, kind, rules);
            }
        }
        match self.common_stand(worlds) {
            Stand::No(rules) => {
                self.say_within(worlds, order, Kind::NoAntibiotic, rules);
                return Given::No;
            }
            Stand::Wait(rules) if order.is_none_or(|it| !it.waiting) => {
                self.say_within(worlds, order, Kind::ConsiderWaiting, rules)
            }
            Stand::Depends(rules, missing) => self.say_unless(order, Kind::Depends, rules, missing),
            Stand::NotRead => return Given::NotRead,
            Stand::Outside => return Given::Outside,
            Stand::Wait(_) | Stand::Give | Stand::Nothing => {}
        }
        Given::Maybe
    }

    /// Rules of a stance that hold whatever is meant: those of conditions that are known to be meant, or, where none of them
    /// has one, of every condition that may be.
    fn in_all(&self, worlds: &Worlds<'a>, stance: Stance) -> Vec<String> {
        let (mut certain, mut all, mut each_has) = (Vec::new(), Vec::new(), true);
        for (condition, truth) in worlds.worlds.iter().chain(&worlds.given_way) {
            let rules = self.rules(condition, &[stance], |truth| truth == Truth::Yes);
            each_has &= !rules.is_empty();
            if *truth == Truth::Yes {
                certain.extend(rules.clone());
            }
            all.extend(rules);
        }
        if each_has && !worlds.elsewhere {
            all
        } else {
            certain
        }
    }

    /// What all possible conditions share.
    fn common_stand(&self, worlds: &Worlds<'a>) -> Stand {
        let stands: Vec<Stand> = worlds.worlds.iter().map(|(it, _)| self.stand(it)).collect();
        // An order may be for what the guideline does not have here.
        let same = |kind: fn(&Stand) -> bool| !worlds.elsewhere && stands.iter().all(kind);
        let rules = || {
            let of = |stand: &Stand| match stand {
                Stand::No(rules) | Stand::Wait(rules) | Stand::Depends(rules, _) => rules.clone(),
                Stand::Give | Stand::NotRead | Stand::Outside | Stand::Nothing => Vec::new(),
            };
            stands.iter().flat_map(of).collect::<Vec<_>>()
        };
        if stands.iter().all(|it| *it == Stand::Outside) {
            return Stand::Outside;
        }
        if same(|it| matches!(it, Stand::No(_))) {
            return Stand::No(rules());
        }
        if same(|it| matches!(it, Stand::Wait(_))) {
            return Stand::Wait(rules());
        }
        // One of them asks for an antibiotic, and it is known that it is meant.
        let certain = |(stand, (_, truth)): (&Stand, &(&Condition, Truth))| {
            *stand == Stand::Give && *truth == Truth::Yes
        };
        if stands.iter().zip(&worlds.worlds).any(certain)
            || same(|it| matches!(it, Stand::Give | Stand::Nothing))
        {
            return Stand::Give;
        }
        let mut missing = worlds.missing.clone();
        for stand in &stands {
            if let Stand::Depends(_, its) = stand {
                missing.extend(its.iter().cloned());
            }
        }
        missing.sort();
        missing.dedup();
        // What is certainly meant and says something else than "none".
        let settled = |(stand, (_, truth)): (&Stand, &(&Condition, Truth))| {
            *truth == Truth::Yes && matches!(stand, Stand::Give | Stand::Wait(_) | Stand::Nothing)
        };
        let settled = || stands.iter().zip(&worlds.worlds).any(settled);
        if !missing.is_empty() {
            Stand::Depends(rules(), missing)
        } else if stands.contains(&Stand::Outside) && !settled() {
            Stand::Outside
        } else if stands.contains(&Stand::NotRead) && !settled() {
            Stand::NotRead
        } else {
            Stand::Nothing
        }
    }

    /// Whether the guideline gives no antibiotic, as a rule, for whatever is meant.
    pub(super) fn as_a_rule_none(&self, worlds: &Worlds<'a>) -> bool {
        matches!(self.common_stand(worlds), Stand::No(_))
    }

    /// To give goes before to wait, and to wait before to give none. A rule that only perhaps holds, or that nobody has read,
    /// leaves open what goes after it.
    fn stand(&self, condition: &Condition) -> Stand {
        const GIVE: [Stance; 2] = [Stance::Offer, Stance::MayOffer];
        match self.scope(condition) {
            Scope::Outside(_) => return Stand::Outside,
            Scope::Unclear(missing) => return Stand::Depends(Vec::new(), missing),
            Scope::Within(_) => {}
        }
        let yes = |truth: Truth| truth == Truth::Yes;
        if !self.rules(condition, &GIVE, yes).is_empty() {
            return Stand::Give;
        }
        let give = self.perhaps(condition, &GIVE);
        let wait = self.rules(condition, &[Stance::Wait], yes);
        if !give && !wait.is_empty() {
            return Stand::Wait(wait);
        }
        let no = self.rules(condition, &[Stance::NoAntibiotic], yes);
        if !give && !self.perhaps(condition, &[Stance::Wait]) && !no.is_empty() {
            return Stand::No(no);
        }
        let all = [
            Stance::Offer,
            Stance::MayOffer,
            Stance::Wait,
            Stance::NoAntibiotic,
        ];
        let open = self.rules(condition, &all, Truth::possible);
        let missing = self.missing_of(condition, &all);
        if !missing.is_empty() {
            Stand::Depends(open, missing)
        } else if !no.is_empty() || self.perhaps(condition, &[Stance::NoAntibiotic]) {
            Stand::NotRead
        } else {
            Stand::Nothing
        }
    }

    fn rules(
        &self,
        condition: &Condition,
        stances: &[Stance],
        holds: impl Fn(Truth) -> bool,
    ) -> Vec<String> {
        let chosen = self.indications_of(condition, stances);
        chosen
            .filter(|it| holds(it.when.holds(self.patient)))
            .map(|it| condition.rule(&it.id))
            .collect()
    }

    /// Whether a rule of these stances may hold of which it is not known: a fact is missing, nobody has read it, or it is off.
    fn perhaps(&self, condition: &Condition, stances: &[Stance]) -> bool {
        let rules = condition.indications.iter();
        let mut rules = rules.filter(|it| stances.contains(&it.stance));
        rules.any(|it| {
            let read = it.provenance.is_advice() && !self.off.holds(&condition.id, &it.id);
            match it.when.holds(self.patient) {
                Truth::No => false,
                Truth::Unknown => !read || it.provenance.holds_on(self.patient.on),
                Truth::Yes => !read,
            }
        })
    }

    fn missing_of(&self, condition: &Condition, stances: &[Stance]) -> Vec<Missing> {
        let chosen = self.indications_of(condition, stances);
        chosen
            .filter(|it| it.when.holds(self.patient) == Truth::Unknown)
            .flat_map(|it| it.when.missing(self.patient))
            .collect()
    }

    fn indications_of(
        &self,
        condition: &Condition,
        stances: &[Stance],
    ) -> impl Iterator<Item = &'a Indication> {
        let guideline = self.guideline;
        let found = guideline.condition(&condition.id);
        let (day, off, id, stances) = (
            self.patient.on,
            self.off,
            condition.id.clone(),
            stances.to_vec(),
        );
        found
            .into_iter()
            .flat_map(|it| &it.indications)
            .filter(move |it| {
                stances.contains(&it.stance)
                    && it.provenance.is_advice_on(day)
                    && !off.holds(&id, &it.id)
            })
    }
}
