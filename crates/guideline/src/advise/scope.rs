//! Whom a topic is about: a recorded finding may put the patient outside it.

use riktig_codes::Sex;

use super::Asking;
use super::world::Worlds;
use crate::advice::{Kind, Treatment};
use crate::condition::Condition;
use crate::context::{Diagnosis, DraftOrder, PatientContext};
use crate::criterion::{Criteria, Fact, Missing, Part};
use crate::danger::Danger;
use crate::finding::{FindingId, FindingValue};
use crate::truth::Truth;
use crate::unread::Unread;

/// Whether what a condition says of drugs is meant for this patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// It is, on conditions of which nobody has told, if there are any.
    Within(Conditions),
    /// It is not, because of these.
    Outside(Found),
    /// One of the findings is there, and whether it counts depends on another fact; or a graver condition may be meant.
    Unclear(Vec<Missing>),
}

/// What must not be there, and nobody has told of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Conditions {
    /// Findings for which the topic is not meant: told first, of each piece of advice.
    pub(super) only_without: Vec<FindingId>,
    /// Dangers, by their ids: told once, with the answer.
    pub(super) standing: Vec<String>,
}

/// What is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    pub(super) findings: Vec<FindingId>,
    pub(super) dangers: Vec<String>,
    /// The topic, or its code, speaks of bodies of this sex, and what is known of the patient does not go with it.
    pub(super) topic_for: Option<Sex>,
}

/// How criteria stand of which each alternative names a finding.
pub(super) enum Stand {
    Absent,
    /// It is there, and these findings say so.
    There(Vec<FindingId>),
    /// It is not if none of these is there: they are enough, not always needed.
    NotKnown(Vec<FindingId>),
    Depends(Vec<Missing>),
}

impl Stand {
    /// `names` tells which part of an alternative is one of which nobody may have told.
    pub(super) fn of(
        criteria: &Criteria,
        patient: &PatientContext,
        names: fn(&Part) -> Option<&FindingId>,
    ) -> Self {
        let mut without = Vec::new();
        let mut unclear = Vec::new();
        for parts in criteria.alternatives() {
            let holds = parts
                .iter()
                .fold(Truth::Yes, |so_far, part| so_far.and(part.holds(patient)));
            if holds == Truth::No {
                continue;
            }
            if holds == Truth::Yes {
                let found = parts.iter().filter_map(Part::finding).cloned();
                return Self::There(found.collect());
            }
            let open = parts
                .iter()
                .filter(|it| it.holds(patient) == Truth::Unknown);
            let findings: Vec<FindingId> = open.filter_map(names).cloned().collect();
            if findings.is_empty() {
                unclear.extend(criteria.missing(patient));
            }
            without.extend(findings);
        }
        match (unclear.is_empty(), without.is_empty()) {
            (false, _) => Self::Depends(unclear),
            (true, false) => Self::NotKnown(without),
            (true, true) => Self::Absent,
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
        let Conditions {
            only_without,
            standing,
        } = self.conditions(worlds, &kind, &rules);
        let mut unless: Vec<Missing> = only_without.iter().cloned().map(Missing::Finding).collect();
        if !worlds.certain() && kind.leaves_something_open() {
            unless.extend(worlds.missing.clone());
        }
        self.say_unless(order, kind, rules, unless);
        if let Some(advice) = self.advice.last_mut() {
            advice.only_without = only_without;
            advice.standing = standing;
        }
    }

    /// What is known of whether the patient is one for whom the condition's topic is not meant.
    pub(super) fn scope(&self, condition: &Condition) -> Scope {
        let (mut found, mut told) = (Found::default(), Conditions::default());
        let mut sexes = condition.sexes_meant(self.patient).into_iter();
        found.topic_for = sexes.find(|it| self.patient.goes_with(*it) == Some(false));
        let mut unclear = self.perhaps_gives_way(condition);
        unclear.extend(self.unread_in(&condition.not_for));
        match Stand::of(&condition.not_for, self.patient, Part::finding) {
            Stand::There(findings) => return Scope::Outside(Found { findings, ..found }),
            Stand::NotKnown(findings) => told.only_without = findings,
            Stand::Depends(missing) => unclear.extend(missing),
            Stand::Absent => {}
        }
        let dangers = self.guideline.dangers().iter();
        for danger in dangers.filter(|it| it.concerns(&condition.id)) {
            unclear.extend(self.unread_in(&danger.when));
            match Stand::of(&danger.when, self.patient, Part::observed) {
                Stand::There(findings) => {
                    found.findings.extend(findings);
                    found.dangers.push(danger.id.clone());
                }
                _ if self.is_stated(danger) == Truth::Yes => found.dangers.push(danger.id.clone()),
                _ if self.is_stated(danger) == Truth::Unknown => {
                    unclear.extend(self.what_would_state(danger));
                }
                Stand::NotKnown(_) => told.standing.push(danger.id.clone()),
                Stand::Depends(missing) => unclear.extend(missing),
                Stand::Absent => {}
            }
        }
        told.only_without.sort();
        told.only_without.dedup();
        let outside = !found.dangers.is_empty() || found.topic_for.is_some();
        match (!outside, unclear.is_empty()) {
            (false, _) => Scope::Outside(found),
            (true, false) => Scope::Unclear(unclear),
            (true, true) => Scope::Within(told),
        }
    }

    /// Findings that the criteria ask for, and whose answer was sent and cannot be read.
    fn unread_in(&self, criteria: &Criteria) -> Vec<Missing> {
        let asked = |id: &FindingId| {
            criteria.facts().any(|fact| match fact {
                Fact::Finding(its) | Fact::Measured(its, _, _) => its == id,
                _ => false,
            })
        };
        let unread = self.patient.unread.iter();
        let unread = unread.filter(|it| matches!(it, Unread::Finding(id) if asked(id)));
        unread.cloned().map(Missing::Unread).collect()
    }

    /// Whether a diagnosis of the contact is the danger itself.
    pub(super) fn is_stated(&self, danger: &Danger) -> Truth {
        let topics = || {
            let ids = danger.stated_by.iter();
            ids.filter_map(|id| self.guideline.condition(id))
        };
        let told_by_a_topic = |it: Diagnosis| topics().any(|topic| topic.codes.hold(it));
        let is = |it: Diagnosis| danger.diagnoses.iter().any(|its| it.is_within(*its));
        let mut all = self.patient.all_diagnoses();
        if all.any(|it| is(it) && !told_by_a_topic(it)) {
            return Truth::Yes;
        }
        self.graver
            .iter()
            .filter(|(it, _)| danger.stated_by.contains(&it.id))
            .fold(Truth::No, |so_far, (_, truth)| so_far.or(*truth))
    }

    fn what_would_state(&self, danger: &Danger) -> Vec<Missing> {
        let stating = self.graver.iter();
        let stating = stating.filter(|(it, _)| danger.stated_by.contains(&it.id));
        stating
            .flat_map(|(it, _)| it.applies.missing(self.patient))
            .collect()
    }

    /// The conditions of all that may be meant. That an order is right rests, where it is known what is meant, on one condition alone.
    fn conditions(&self, worlds: &Worlds<'a>, kind: &Kind, rules: &[String]) -> Conditions {
        let of = |condition: &Condition| match self.scope(condition) {
            Scope::Within(conditions) => conditions,
            Scope::Outside(_) | Scope::Unclear(_) => Conditions::default(),
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
        let mut all = Conditions::default();
        for its in worlds.worlds.iter().map(|(it, _)| of(it)) {
            all.only_without.extend(its.only_without);
            all.standing.extend(its.standing);
        }
        all.only_without.sort();
        all.only_without.dedup();
        all.standing.sort();
        all.standing.dedup();
        all
    }

    /// What is recorded for which something that may be meant is not meant.
    pub(super) fn outside(&self, worlds: &Worlds<'a>) -> Found {
        let present =
            |id: &FindingId| self.patient.findings.get(id) == Some(&FindingValue::Present(true));
        let mut all = Found::default();
        for (condition, _) in &worlds.worlds {
            if let Scope::Outside(found) = self.scope(condition) {
                all.findings.extend(found.findings);
                all.dangers.extend(found.dangers);
                all.topic_for = all.topic_for.or(found.topic_for);
            }
        }
        all.findings.retain(present);
        all.findings.sort();
        all.findings.dedup();
        all.dangers.sort();
        all.dangers.dedup();
        all
    }
}
