//! What the diagnosis may mean.

use riktig_codes::{Codebook, Sex};

use super::Asking;
use super::completion::one_always_holds;
use crate::advice::SilenceReason;
use crate::condition::{Condition, Line};
use crate::context::Diagnosis;
use crate::criterion::{Criteria, Missing};
use crate::truth::Truth;

/// The conditions that the codes may mean for this patient.
pub(super) struct Worlds<'a> {
    /// Each with whether it holds.
    pub(super) worlds: Vec<(&'a Condition, Truth)>,
    /// Those of them that give way to a graver one: their tests and referrals hold, and nothing else.
    pub(super) given_way: Vec<(&'a Condition, Truth)>,
    /// Facts that would tell which.
    pub(super) missing: Vec<Missing>,
    /// One of the diagnoses may be an infection that the guideline has no condition for here: then an order may be for that
    /// one, and nothing is said against it.
    pub(super) elsewhere: bool,
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
            given_way: Vec::new(),
            missing: Vec::new(),
            elsewhere: diagnoses
                .iter()
                .any(|it| !self.is_explained(*it, diagnoses) && self.may_be_elsewhere(*it)),
            silence: None,
        };
        for condition in self.guideline.conditions() {
            let truth = self.is_meant(condition, diagnoses);
            if truth.possible() {
                worlds.worlds.push((condition, truth));
            }
        }
        self.give_way(&mut worlds);
        for (condition, _) in worlds.worlds.iter().chain(&worlds.given_way) {
            // One possibility of which nothing may be said: nothing is said at all.
            if self.off.condition(&condition.id) {
                worlds.silence = Some(SilenceReason::SwitchedOff);
            } else if self.patient.on > condition.review_by && worlds.silence.is_none() {
                worlds.silence = Some(SilenceReason::Expired);
            }
        }
        for (condition, _) in worlds.worlds.iter().filter(|it| it.1 == Truth::Unknown) {
            let missing = condition.applies.missing(self.patient);
            worlds.missing.extend(missing);
        }
        // With the sex known, a diagnosis that does not go with it would silence.
        let mut meant = worlds.worlds.iter();
        let open = |sex: Sex| self.patient.goes_with(sex).is_none();
        if meant.any(|(it, _)| it.sexes_meant(self.patient).into_iter().any(open)) {
            self.not_checked.push(Missing::Sex);
        }
        let none_is_known = worlds.worlds.iter().all(|it| it.1 == Truth::Unknown);
        if worlds.worlds.is_empty() {
            worlds.silence = Some(SilenceReason::NoCondition);
        } else if none_is_known && worlds.elsewhere && worlds.silence.is_none() {
            // Perhaps none of them is meant.
            self.not_checked.extend(worlds.missing.clone());
            worlds.silence = Some(SilenceReason::Depends);
        }
        worlds
    }

    /// Whether the diagnoses mean this condition. One that states it means it, whatever else is known.
    pub(super) fn is_meant(&self, condition: &Condition, diagnoses: &[Diagnosis]) -> Truth {
        let means = |it: &Diagnosis| {
            condition.codes.hold(*it)
                && (condition.codes.state(*it) || !self.is_explained(*it, diagnoses))
        };
        if diagnoses.iter().any(|it| condition.codes.state(*it)) {
            Truth::Yes
        } else if diagnoses.iter().any(means) {
            condition.applies_to(self.patient)
        } else {
            Truth::No
        }
    }

    /// Whether a code that several conditions share is there beside one that states one of them: the two are one illness, written
    /// twice (pneumonia, and pneumonia by mycoplasma), and the vaguer code means nothing more.
    fn is_explained(&self, diagnosis: Diagnosis, diagnoses: &[Diagnosis]) -> bool {
        let conditions = self.guideline.conditions();
        let held: Vec<&Condition> = conditions
            .iter()
            .filter(|it| it.codes.hold(diagnosis))
            .collect();
        let stated = |it: &&Condition| diagnoses.iter().any(|code| it.codes.state(*code));
        !held.iter().any(|it| it.codes.state(diagnosis)) && held.iter().any(stated)
    }

    /// Whether a diagnosis may be an infection that no condition is about: none has its code, or none of those that have it
    /// need be meant. Symptoms and diagnoses of other kinds are accompanied by an infection and are none.
    fn may_be_elsewhere(&self, diagnosis: Diagnosis) -> bool {
        let conditions = self.guideline.conditions().iter();
        let with_code: Vec<&Condition> = conditions.filter(|it| it.codes.hold(diagnosis)).collect();
        if with_code.iter().any(|it| it.codes.state(diagnosis)) {
            return false;
        }
        let applies: Vec<&Criteria> = with_code.iter().map(|it| &it.applies).collect();
        let told = applies.is_empty() && !may_be_infection(diagnosis);
        !told && !one_always_holds(&applies, self.patient)
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
        let verdict = self.judge(first);
        if !verdict.forbidden.is_empty() {
            return Truth::Yes;
        }
        // That the kidneys may not clear it is no reason for the alternative, and none against it.
        let told = verdict.may_be_named() || verdict.only_the_kidneys_forbid_to_name();
        let unclear = !told || !verdict.unasked.is_empty() || !self.patient.allergies.is_checked();
        if unclear { Truth::Unknown } else { Truth::No }
    }

    /// The facts that would decide whether a line is for this patient.
    pub(super) fn missing_for(&self, line: &Line) -> Vec<Missing> {
        let mut missing = line.population.missing(self.patient);
        if let Some(first) = line.alternative_for
            && self.cannot_have(line) == Truth::Unknown
        {
            let verdict = self.judge(first);
            missing.extend(verdict.what_may_forbid());
            missing.extend(verdict.unasked);
            if !self.patient.allergies.is_checked() {
                missing.push(Missing::Allergies);
            }
        }
        missing
    }

    /// Whether a line may be given as advice today. A line that names a group of drugs names none.
    pub(super) fn may_be_given(&self, condition: &Condition, line: &Line) -> bool {
        line.provenance.is_advice_on(self.patient.on)
            && line.atc.is_substance()
            && !self.off.holds(&condition.id, &line.id)
    }

    /// Whether a line might hold today and may not be given: nobody has read it, or it is switched off.
    pub(super) fn unread(&self, condition: &Condition, line: &Line) -> bool {
        !self.may_be_given(condition, line)
            && (!line.provenance.is_advice() || line.provenance.holds_on(self.patient.on))
    }
}

fn may_be_infection(diagnosis: Diagnosis) -> bool {
    let codebook = Codebook::embedded();
    match diagnosis {
        Diagnosis::Icpc2(code) => code.is_diagnosis() && codebook.is_infection(code),
        Diagnosis::Icd10(code) => codebook.is_infection_icd10(code),
        // Nothing tells what the other concepts are.
        Diagnosis::Snomed(_) => true,
    }
}
