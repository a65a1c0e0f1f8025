//! Whom a topic is about: a recorded finding may put the patient outside it.

use super::Asking;
use super::world::Worlds;
use crate::advice::{Kind, Treatment};
use crate::condition::Condition;
use crate::context::{DraftOrder, PatientContext};
use crate::criterion::{Missing, Part};
use crate::finding::{FindingId, FindingValue};
use crate::truth::Truth;

/// Whether what a condition says of drugs is meant for this patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// It is.
    Within,
    /// It is if none of these findings is there, of which nobody has told.
    OnlyWithout(Vec<FindingId>),
    /// It is not, because of these.
    Outside(Vec<FindingId>),
    /// One of the findings is there, and whether it counts depends on another fact.
    Unclear(Vec<Missing>),
}

impl Condition {
    /// What is known of whether the patient is one for whom the topic is not meant.
    ///
    /// The findings of [`Scope::OnlyWithout`] are enough, not always needed: whoever has none of them is within.
    pub(super) fn scope(&self, patient: &PatientContext) -> Scope {
        let mut without = Vec::new();
        let mut unclear = Vec::new();
        for parts in self.not_for.alternatives() {
            let holds = parts
                .iter()
                .fold(Truth::Yes, |so_far, part| so_far.and(part.holds(patient)));
            if holds == Truth::No {
                continue;
            }
            if holds == Truth::Yes {
                let found = parts.iter().filter_map(Part::finding).cloned();
                return Scope::Outside(found.collect());
            }
            let open = parts
                .iter()
                .filter(|it| it.holds(patient) == Truth::Unknown);
            let findings: Vec<FindingId> = open.filter_map(Part::finding).cloned().collect();
            if findings.is_empty() {
                unclear.extend(self.not_for.missing(patient));
            }
            without.extend(findings);
        }
        without.sort();
        without.dedup();
        match (unclear.is_empty(), without.is_empty()) {
            (false, _) => Scope::Unclear(unclear),
            (true, false) => Scope::OnlyWithout(without),
            (true, true) => Scope::Within,
        }
    }
}

impl Kind {
    /// Whether a treatment is named without its dose or its length.
    fn leaves_something_open(&self) -> bool {
        let open = |it: &Treatment| it.milligrams.is_none() || it.days.is_none();
        match self {
            Self::FirstChoice { choices } => choices.iter().any(open),
            Self::Contraindicated { instead, .. } => instead.iter().any(open),
            Self::Differs { treatment, .. } => open(treatment),
            _ => false,
        }
    }
}

impl<'a> Asking<'a> {
    /// Says what rests on what the conditions say of drugs, on condition that none of the findings is there for which they are not
    /// meant.
    pub(super) fn say_within(
        &mut self,
        worlds: &Worlds<'a>,
        order: Option<&DraftOrder>,
        kind: Kind,
        rules: Vec<String>,
    ) {
        let only_without = self.only_without(worlds, &kind, &rules);
        let mut unless: Vec<Missing> = only_without.iter().cloned().map(Missing::Finding).collect();
        if !worlds.certain() && kind.leaves_something_open() {
            unless.extend(worlds.missing.clone());
        }
        self.say_unless(order, kind, rules, unless);
        if let Some(advice) = self.advice.last_mut() {
            advice.only_without = only_without;
        }
    }

    /// The findings of all that may be meant. That an order is right rests, where it is known what is meant, on one condition alone.
    fn only_without(&self, worlds: &Worlds<'a>, kind: &Kind, rules: &[String]) -> Vec<FindingId> {
        let of = |condition: &Condition| match condition.scope(self.patient) {
            Scope::OnlyWithout(findings) => findings,
            Scope::Within | Scope::Outside(_) | Scope::Unclear(_) => Vec::new(),
        };
        let agrees = matches!(kind, Kind::Agrees { .. });
        let rests_on = |it: &Condition| {
            let ids = rules.iter().filter_map(|rule| rule.split_once('/'));
            ids.into_iter().any(|(id, _)| id == it.id)
        };
        let one = worlds
            .worlds
            .iter()
            .find(|(it, truth)| agrees && *truth == Truth::Yes && rests_on(it));
        if let Some((condition, _)) = one {
            return of(condition);
        }
        let mut findings: Vec<FindingId> =
            worlds.worlds.iter().flat_map(|(it, _)| of(it)).collect();
        findings.sort();
        findings.dedup();
        findings
    }

    /// The recorded findings for which something that may be meant is not meant.
    pub(super) fn outside(&self, worlds: &Worlds<'a>) -> Vec<FindingId> {
        let of = |(condition, _): &(&Condition, Truth)| match condition.scope(self.patient) {
            Scope::Outside(findings) => findings,
            Scope::Within | Scope::OnlyWithout(_) | Scope::Unclear(_) => Vec::new(),
        };
        let present =
            |id: &FindingId| self.patient.findings.get(id) == Some(&FindingValue::Present(true));
        let mut findings: Vec<FindingId> = worlds.worlds.iter().flat_map(of).collect();
        findings.retain(present);
        findings.sort();
        findings.dedup();
        findings
    }
}
