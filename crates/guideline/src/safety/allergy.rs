//! Allergies.

use riktig_codes::AtcCode;

use super::{SafetyTables, Standing, Verdict, acts_in_the_whole_body};
use crate::advice::Because;
use crate::context::{Allergy, Certainty, PatientContext, Reaction};
use crate::criterion::Missing;
use crate::drug_name::same_substance;
use crate::evidence::Provenance;
use crate::guideline::SwitchedOff;
use crate::unread::Unread;

impl SafetyTables {
    pub(super) fn judge_allergies(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
        verdict: &mut Verdict,
    ) {
        if !patient.allergies.is_checked() {
            verdict.not_checked.push(Missing::Allergies);
        }
        if patient.unread.contains(&Unread::GraveAllergy) {
            let missing = Missing::Unread(Unread::GraveAllergy);
            verdict.may_be_forbidden_by.push(missing);
        }
        for allergy in patient.allergies.known() {
            let reach = self.reach(*allergy, drug, patient, off);
            match allergy.reaction {
                _ if reach == Reach::No => {}
                Reaction::Immediate | Reaction::SevereDelayed | Reaction::Unknown
                    if reach == Reach::Unread =>
                {
                    verdict.unread = true;
                }
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
    fn reach(
        &self,
        allergy: Allergy,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
    ) -> Reach {
        if allergy.certainty == Certainty::Refuted {
            return Reach::No;
        }
        let same = same_substance(allergy.to);
        if same.contains(&drug) {
            return Reach::Yes;
        }
        // What is known of classes is known of the code for the whole body.
        let others = same.into_iter().filter(|it| acts_in_the_whole_body(*it));
        std::iter::once(allergy.to)
            .chain(others)
            .map(|to| self.reach_of(to, drug, patient, off))
            .max()
            .unwrap_or(Reach::No)
    }

    fn reach_of(
        &self,
        to: AtcCode,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
    ) -> Reach {
        if drug.is_within(to) || to.is_within(drug) || same_chemical_group(drug, to) {
            return Reach::Yes;
        }
        let by_row = |id: &str, basis: &Provenance, reaches: bool| match (
            Standing::of(id, basis, patient, off),
            reaches,
        ) {
            (_, false) | (Standing::Ended, _) => Reach::No,
            (Standing::Unread, true) => Reach::Unread,
            (Standing::Read, true) => Reach::Yes,
        };
        // A class can only make advice more careful, so it forbids whatever its status.
        let classes = self.classes.iter().map(|it| {
            match touches(&it.members, to) && holds(&it.members, drug) {
                true if off.holds("safety", &it.id) => Reach::Unread,
                true => Reach::Yes,
                false => Reach::No,
            }
        });
        let cross = self.cross.iter().map(|it| {
            let both = touches(&it.from, to) && holds(&it.to, drug);
            by_row(&it.id, &it.provenance, both)
        });
        classes.chain(cross).max().unwrap_or(Reach::No)
    }
}

/// Whether an allergy forbids a drug.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    No,
    /// By a row that nobody has read.
    Unread,
    Yes,
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
