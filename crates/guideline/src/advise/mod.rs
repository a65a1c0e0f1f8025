//! A patient and the guideline, into advice.
//!
//! One idea carries all of it: **what is said holds whatever the missing facts are**. A code may mean several conditions, a
//! line may fit or not, depending on what is not known; each possibility is asked, and only an answer that all of them share
//! is given. So taking a fact away can make advice softer and never bolder. What has not been read in the guideline counts as
//! a possibility too: a drug that an unread line might allow is not criticised.

mod beside;
mod choice;
mod comparison;
mod completion;
mod graver;
mod indication;
mod kept_back;
mod order;
mod outcome;
mod scope;
mod shared;
#[cfg(test)]
mod tests;
mod unread;
mod world;

use riktig_codes::{AtcCode, Codebook};

use crate::advice::{Advice, Answer, Because, Kind, Silence, SilenceReason, Treatment};
use crate::condition::Condition;
use crate::context::{Diagnosis, DraftOrder, PatientContext};
use crate::criterion::Missing;
use crate::guideline::{Guideline, SwitchedOff};
use crate::safety::Verdict;
use crate::truth::Truth;
use crate::unread::OrderPart;

use indication::Given;
use outcome::Outcome;
use world::Worlds;

impl Guideline {
    /// What the guideline says to this patient's doctor. Total: whatever is asked has an answer, at worst silence with a
    /// reason.
    #[must_use]
    pub fn advise(&self, patient: &PatientContext) -> Answer {
        self.advise_without(patient, &SwitchedOff::nothing())
    }

    /// Like [`advise`](Self::advise), with rules switched off. A rule that is off is treated as one that nobody has read: it
    /// is not given, and nothing is said against what it might allow.
    #[must_use]
    pub fn advise_without(&self, patient: &PatientContext, off: &SwitchedOff) -> Answer {
        let mut asking = Asking {
            guideline: self,
            patient,
            off,
            beside: Vec::new(),
            graver: Vec::new(),
            advice: Vec::new(),
            silence: Vec::new(),
            not_checked: Vec::new(),
        };
        if off.everything() {
            asking.silent_about_all(SilenceReason::SwitchedOff);
            return asking.answer();
        }
        asking.graver = asking.graver();
        if patient.orders.is_empty() {
            asking.about_the_contact();
        }
        for at in 0..patient.orders.len() {
            asking.about_one_of_the_orders(at);
        }
        asking.answer()
    }
}

/// One question on its way to its answer.
struct Asking<'a> {
    guideline: &'a Guideline,
    patient: &'a PatientContext,
    off: &'a SwitchedOff,
    /// The drugs of the other orders, while one is judged.
    beside: Vec<AtcCode>,
    /// What the contact may mean of the conditions that others give way to, or that are a danger to others.
    graver: Vec<(&'a Condition, Truth)>,
    advice: Vec<Advice>,
    silence: Vec<Silence>,
    not_checked: Vec<Missing>,
}

impl<'a> Asking<'a> {
    fn answer(mut self) -> Answer {
        self.say_what_could_not_be_read();
        self.advice.sort_by_key(|it| it.kind.weight());
        let mut advice: Vec<Advice> = Vec::new();
        for it in self.advice {
            // The same about the same order, or about the contact twice, is said once.
            if !advice.contains(&it) {
                advice.push(it);
            }
        }
        self.not_checked
            .extend(advice.iter().flat_map(|it| it.unless.clone()));
        // A number that cannot be right may be another patient's: it is named whatever was asked.
        let implausible = self.patient.implausible.iter().cloned();
        self.not_checked
            .extend(implausible.map(Missing::Implausible));
        let unread = self.patient.unread.iter().cloned();
        self.not_checked.extend(unread.map(Missing::Unread));
        // Of what the patient must not have nothing is left out.
        let forbidden = |it: &&Advice| matches!(it.kind, Kind::Contraindicated { .. });
        let forbidden = advice.iter().filter(forbidden).count();
        advice.truncate(Answer::MOST.max(forbidden));
        self.not_checked.sort();
        self.not_checked.dedup();
        Answer {
            advice,
            silence: self.silence,
            not_checked: self.not_checked,
        }
    }

    fn about_the_contact(&mut self) {
        if self.patient.diagnoses.is_empty() {
            return self.silent(None, SilenceReason::NothingAsked);
        }
        let worlds = self.worlds(&self.patient.diagnoses);
        if let Some(reason) = worlds.silence() {
            return self.silent(None, reason);
        }
        let before = self.advice.len();
        let given = self.indications(&worlds, None);
        let outcome = match given {
            Given::No => None,
            Given::NotRead => Some(Outcome::Unclear(SilenceReason::LineNotRead, Vec::new())),
            Given::Outside => Some(Outcome::Unclear(SilenceReason::OutsideScope, Vec::new())),
            Given::Maybe => Some(self.first_choices(&worlds)),
        };
        match outcome {
            Some(Outcome::Other(choices)) => self.first_choice(&worlds, None, choices),
            Some(Outcome::Unclear(SilenceReason::OutsideScope, _)) => {
                self.outside_scope(&worlds, None);
            }
            Some(Outcome::Unclear(reason, missing)) => {
                self.not_checked.extend(missing);
                if reason == SilenceReason::Pregnancy {
                    self.say_what_is_minded_in_pregnancy(&worlds);
                }
                if self.advice.len() == before || reason.is_told_beside_advice() {
                    self.silent(None, reason);
                }
            }
            _ => {}
        }
    }

    fn about(&mut self, order: &'a DraftOrder) {
        // A group of drugs may be any drug within it.
        let Some(drug) = order.atc.filter(AtcCode::is_substance) else {
            // Codes of different drugs are more than a drug that is not told: that is said.
            let reason = match order.unread.contains(&OrderPart::Drug) {
                true => SilenceReason::Depends,
                false => SilenceReason::NoDrug,
            };
            return self.silent(Some(order), reason);
        };
        let lines = self.guideline.conditions().iter().flat_map(|it| &it.lines);
        let named = lines.into_iter().any(|line| drug.is_within(line.atc));
        if !named && !Codebook::embedded().is_antibiotic(drug) {
            return self.about_another_drug(order, drug);
        }
        let unread = order.unread.iter().copied();
        self.not_checked.extend(unread.map(Missing::OrderPart));
        // A reason that nobody can read is not the contact's.
        let unread_reason = order.unread.contains(&OrderPart::Reason);
        let reasons: &[Diagnosis] = if order.reasons.is_empty() && !unread_reason {
            &self.patient.diagnoses
        } else {
            &order.reasons
        };
        let worlds = self.worlds(reasons);
        self.name_a_second_antibiotic(&worlds, order, drug);
        let before = self.advice.len();
        let verdict = self.judge(drug);
        self.not_checked.extend(verdict.not_checked.iter().cloned());
        for kind in &verdict.cautions {
            let rules = caution_rule(kind).into_iter().collect();
            self.say(Some(order), kind.clone(), rules);
        }
        if let Some(because) = verdict.forbidden.first() {
            let instead = self.instead(&worlds);
            self.mind(Some(order), &instead);
            let rules = because.rule().into_iter().collect();
            let kind = Kind::Contraindicated {
                drug,
                because: because.clone(),
                instead,
            };
            match &kind {
                Kind::Contraindicated { instead, .. } if !instead.is_empty() => {
                    self.say_within(&worlds, Some(order), kind, rules);
                }
                _ => self.say(Some(order), kind, rules),
            }
        } else if let Some(to) = verdict.unclear_allergy {
            self.say(Some(order), Kind::ClarifyAllergy { to }, Vec::new());
        }
        if reasons.is_empty() && unread_reason {
            return self.silent_or_kept_back(
                order,
                &verdict,
                Some(reasons),
                Some(SilenceReason::Depends),
            );
        }
        if reasons.is_empty() {
            self.say(Some(order), Kind::DiagnosisMissing, Vec::new());
            return self.silent_or_kept_back(order, &verdict, Some(reasons), None);
        }
        let reason = match worlds.silence() {
            Some(reason) => Some(reason),
            None => self.against_the_guideline(&worlds, order, drug, &verdict),
        };
        let untold = self.advice.len() == before;
        match reason {
            Some(SilenceReason::OutsideScope) => self.outside_scope(&worlds, Some(order)),
            Some(reason) if !reason.holds_back() => {
                let topicless = (reason == SilenceReason::NoCondition).then_some(reasons);
                self.silent_or_kept_back(order, &verdict, topicless, untold.then_some(reason));
            }
            Some(reason) if untold || reason.is_told_beside_advice() => {
                self.silent(Some(order), reason)
            }
            _ => {}
        }
    }

    /// Told even beside a test or a word of caution: without it, silence about the drug might pass for consent.
    fn outside_scope(&mut self, worlds: &Worlds<'a>, order: Option<&DraftOrder>) {
        let found = self.outside(worlds);
        let order = order.map(|it| it.id.clone());
        let recorded = !found.findings.is_empty() || !found.dangers.is_empty();
        if let Some(sex) = found.topic_for {
            self.silence.push(Silence {
                order: order.clone(),
                reason: SilenceReason::SexDiffers,
                findings: Vec::new(),
                dangers: Vec::new(),
                topic_for: Some(sex),
            });
        }
        if recorded || found.topic_for.is_none() {
            self.silence.push(Silence {
                order,
                reason: SilenceReason::OutsideScope,
                findings: found.findings,
                dangers: found.dangers,
                topic_for: None,
            });
        }
    }

    /// What to give instead, where it can be told and an antibiotic is not unneeded.
    fn instead(&self, worlds: &Worlds<'a>) -> Vec<Treatment> {
        if worlds.silence().is_some() || self.as_a_rule_none(worlds) {
            return Vec::new();
        }
        match self.first_choices(worlds) {
            Outcome::Other(choices) => choices,
            _ => Vec::new(),
        }
    }

    fn first_choice(
        &mut self,
        worlds: &Worlds<'a>,
        order: Option<&DraftOrder>,
        choices: Vec<Treatment>,
    ) {
        let rules = choices.iter().flat_map(Treatment::rules).cloned().collect();
        self.mind(order, &choices);
        self.say_within(worlds, order, Kind::FirstChoice { choices }, rules);
    }

    /// Names what is to be minded with drugs that are named, and what was not looked at.
    fn mind(&mut self, order: Option<&DraftOrder>, choices: &[Treatment]) {
        for choice in choices {
            let verdict = self.judge(choice.drug);
            self.not_checked.extend(verdict.not_checked);
            for kind in verdict.cautions {
                let rules = caution_rule(&kind).into_iter().collect();
                self.say(order, kind, rules);
            }
        }
    }

    fn judge(&self, drug: AtcCode) -> Verdict {
        let safety = self.guideline.safety();
        safety.judge_beside(drug, self.patient, &self.beside, self.off)
    }

    fn silent_about_all(&mut self, reason: SilenceReason) {
        if self.patient.orders.is_empty() {
            self.silent(None, reason);
        }
        for order in &self.patient.orders {
            self.silent(Some(order), reason);
        }
    }

    fn say(&mut self, order: Option<&DraftOrder>, kind: Kind, rules: Vec<String>) {
        self.say_unless(order, kind, rules, Vec::new());
    }

    fn say_unless(
        &mut self,
        order: Option<&DraftOrder>,
        kind: Kind,
        rules: Vec<String>,
        unless: Vec<Missing>,
    ) {
        self.advice.push(Advice {
            order: order.map(|it| it.id.clone()),
            kind,
            rules,
            unless,
            only_without: Vec::new(),
            standing: Vec::new(),
        });
    }

    fn silent(&mut self, order: Option<&DraftOrder>, reason: SilenceReason) {
        self.silence.push(Silence {
            order: order.map(|it| it.id.clone()),
            reason,
            findings: Vec::new(),
            dangers: Vec::new(),
            topic_for: None,
        });
    }
}

impl Because {
    /// The row it rests on; an allergy and a culture are the patient's own.
    #[must_use]
    pub fn rule(&self) -> Option<String> {
        match self {
            Self::Row { row } | Self::Interaction { row, .. } => Some(format!("safety/{row}")),
            Self::Allergy { .. } | Self::Resistance { .. } => None,
        }
    }
}

fn caution_rule(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Interacts { row, .. } => Some(format!("safety/{row}")),
        Kind::Caution { because, .. } => because.rule(),
        _ => None,
    }
}
