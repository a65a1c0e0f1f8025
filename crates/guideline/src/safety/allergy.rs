//! Allergies.

use riktig_codes::AtcCode;

use super::{SafetyTables, Verdict};
use crate::advice::Because;
use crate::context::{Allergy, Certainty, PatientContext, Reaction};
use crate::criterion::Missing;

impl SafetyTables {
    pub(super) fn judge_allergies(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        verdict: &mut Verdict,
    ) {
        if !patient.allergies.is_checked() {
            verdict.not_checked.push(Missing::Allergies);
        }
        for allergy in patient.allergies.known() {
            if !self.reaches(*allergy, drug, patient) {
                continue;
            }
            match allergy.reaction {
                Reaction::SideEffect | Reaction::DelayedMild => {}
                Reaction::Immediate | Reaction::SevereDelayed => {
                    verdict.forbidden.push(Because::Allergy {
                        to: allergy.to,
                        reaction: allergy.reaction,
                    })
                }
                // Might be any of the others, so the drug is neither advised nor forbidden.
                Reaction::Unknown => {
                    verdict.unclear_allergy = Some(allergy.to);
                    verdict.not_checked.push(Missing::Reaction);
                }
            }
        }
    }

    /// Whether an allergy is about this drug: the same substance or group, one of the same class, or one that cross-reacts.
    fn reaches(&self, allergy: Allergy, drug: AtcCode, patient: &PatientContext) -> bool {
        if allergy.certainty == Certainty::Refuted {
            return false;
        }
        let to = allergy.to;
        let same = drug.is_within(to) || to.is_within(drug) || same_chemical_group(drug, to);
        let classes = self
            .classes
            .iter()
            .any(|class| touches(&class.members, to) && holds(&class.members, drug));
        let cross = self.cross.iter().any(|row| {
            row.provenance.is_advice_on(patient.on)
                && touches(&row.from, to)
                && holds(&row.to, drug)
        });
        same || classes || cross
    }
}

/// The same fourth level of ATC, the chemical subgroup: an allergy to clarithromycin is one to erythromycin until
/// somebody has shown otherwise.
fn same_chemical_group(drug: AtcCode, to: AtcCode) -> bool {
    drug.at_level(4)
        .is_some_and(|group| to.at_level(4) == Some(group))
}

fn holds(members: &[AtcCode], drug: AtcCode) -> bool {
    members.iter().any(|member| drug.is_within(*member))
}

/// Within one of the members, or a broader group that has one in it: an allergy to `J01` is one to penicillins.
fn touches(members: &[AtcCode], to: AtcCode) -> bool {
    members
        .iter()
        .any(|member| to.is_within(*member) || member.is_within(to))
}
