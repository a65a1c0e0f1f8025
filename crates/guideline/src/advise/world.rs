//! What the diagnosis may mean.

use super::Asking;
use crate::advice::SilenceReason;
use crate::condition::{Condition, Line};
use crate::context::{Diagnosis, Reaction};
use crate::criterion::Missing;
use crate::truth::Truth;

/// The conditions that the codes may mean for this patient.
pub(super) struct Worlds<'a> {
    /// Each with whether it holds.
    pub(super) worlds: Vec<(&'a Condition, Truth)>,
    /// Facts that would tell which.
    pub(super) missing: Vec<Missing>,
    silence: Option<SilenceReason>,
}

impl Worlds<'_> {
    /// Why nothing can be said, if so.
    pub(super) fn silence(&self) -> Option<SilenceReason> {
        self.silence
    }

    /// Whether it is known which conditions are meant.
    pub(super) fn certain(&self) -> bool {
        self.worlds.iter().all(|(_, truth)| *truth == Truth::Yes)
    }
}

impl<'a> Asking<'a> {
    pub(super) fn worlds(&mut self, diagnoses: &[Diagnosis]) -> Worlds<'a> {
        let mut worlds = Worlds {
            worlds: Vec::new(),
            missing: Vec::new(),
            silence: None,
        };
        for condition in self.guideline.conditions() {
            if !diagnoses.iter().any(|it| condition.codes.hold(*it)) {
                continue;
            }
            let truth = self.is_meant(condition, diagnoses);
            if !truth.possible() {
                continue;
            }
            // One possibility of which nothing may be said: nothing is said at all.
            if self.off.condition(&condition.id) {
                worlds.silence = Some(SilenceReason::SwitchedOff);
            } else if self.patient.on > condition.review_by {
                worlds.silence = Some(SilenceReason::Expired);
            }
            if truth == Truth::Unknown {
                worlds
                    .missing
                    .extend(condition.applies.missing(self.patient));
            }
            worlds.worlds.push((condition, truth));
        }
        match worlds.worlds.as_slice() {
            [] => worlds.silence = Some(SilenceReason::NoCondition),
            // Another condition with the code is not meant: perhaps this one is not meant either.
            [(_, Truth::Unknown)] if worlds.silence.is_none() => {
                self.not_checked.extend(worlds.missing.clone());
                worlds.silence = Some(SilenceReason::Depends);
            }
            _ => {}
        }
        worlds
    }

    /// Whether the diagnoses mean this condition. One that states it means it, whatever else is known.
    fn is_meant(&self, condition: &Condition, diagnoses: &[Diagnosis]) -> Truth {
        if diagnoses.iter().any(|it| condition.codes.state(*it)) {
            Truth::Yes
        } else {
            condition.applies_to(self.patient)
        }
    }

    /// Whether a line is for this patient, its drug's safety aside.
    pub(super) fn fits(&self, line: &Line) -> Truth {
        let population = line.population.holds(self.patient);
        match line.alternative_for {
            None => population,
            Some(_) => population.and(self.cannot_have(line)),
        }
    }

    /// Whether the patient cannot have the drug for which the line stands in.
    fn cannot_have(&self, line: &Line) -> Truth {
        let Some(first) = line.alternative_for else {
            return Truth::Yes;
        };
        let verdict = self.guideline.safety().judge(first, self.patient);
        if !verdict.forbidden.is_empty() {
            return Truth::Yes;
        }
        let unclear = verdict.unclear_allergy.is_some() || !self.patient.allergies.is_checked();
        if unclear { Truth::Unknown } else { Truth::No }
    }

    /// The facts that would decide whether a line is for this patient.
    pub(super) fn missing_for(&self, line: &Line) -> Vec<Missing> {
        let mut missing = line.population.missing(self.patient);
        if self.cannot_have(line) == Truth::Unknown {
            let listed = self
                .patient
                .allergies
                .known()
                .iter()
                .any(|it| it.reaction == Reaction::Unknown);
            missing.push(if listed {
                Missing::Reaction
            } else {
                Missing::Allergies
            });
        }
        missing
    }

    /// Whether a line may be given as advice today.
    pub(super) fn may_be_given(&self, condition: &Condition, line: &Line) -> bool {
        line.provenance.is_advice_on(self.patient.on) && !self.off.holds(&condition.id, &line.id)
    }

    /// Whether a line might hold today and may not be given: nobody has read it, or it is switched off.
    pub(super) fn unread(&self, condition: &Condition, line: &Line) -> bool {
        !self.may_be_given(condition, line)
            && (!line.provenance.is_advice() || line.provenance.holds_on(self.patient.on))
    }
}
