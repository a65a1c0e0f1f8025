//! The allergy list: to what, what happened, how sure.

use riktig_codes::AtcCode;
use riktig_guideline::{Allergy, Certainty, Checked, Diagnosis, PatientContext, Reaction, Unread};

use super::allergen::{self, Named};
use super::diagnosis::diagnoses;
use super::recognition::Recognition;
use super::{checked, reaction};
use crate::hooks::{HookRequest, Key, Prefetched};
use crate::resource::AllergyIntolerance;

/// What an entry says.
enum Entry {
    /// An allergy to drugs that are known here.
    To(Vec<Allergy>),
    /// The same, and to something that is not.
    AlsoTo(Vec<Allergy>),
    /// Nothing that concerns drugs: food, pollen, also where only the words say so; "no known allergies", an entry made in error.
    Nothing,
    /// It may be about a drug, and cannot be told.
    Unclear,
    /// The same, and it is called grave, or described so, or is to antibiotics and not said which; beside it those that are known.
    UnclearAndGrave(Vec<Allergy>),
}

/// No known allergy; no known allergy to drugs.
const NONE_KNOWN: [u64; 2] = [716_186_003, 409_137_002];

impl HookRequest {
    /// The allergies, and whether these are all.
    pub(super) fn read_allergies(
        &self,
        recognition: Recognition<'_>,
        patient: &mut PatientContext,
    ) {
        let entry = |it: AllergyIntolerance<'_>| entry(it, recognition);
        let (list, mut whole) = self.list(Key::Allergies);
        let mut allergies = Vec::new();
        for resource in list {
            match AllergyIntolerance::of(resource).map_or(Entry::Unclear, entry) {
                Entry::To(its) => allergies.extend(its),
                Entry::AlsoTo(its) => {
                    allergies.extend(its);
                    whole = false;
                }
                Entry::Nothing => {}
                Entry::Unclear => whole = false,
                Entry::UnclearAndGrave(its) => {
                    allergies.extend(its);
                    whole = false;
                    patient.unread.push(Unread::GraveAllergy);
                }
            }
        }
        patient.unread.dedup();
        let among_diagnoses = self.allergies_among_diagnoses();
        let stands_there = !among_diagnoses.is_empty();
        allergies.extend(among_diagnoses);
        patient.allergies = match self.came(Key::Allergies) {
            Prefetched::Absent | Prefetched::Null | Prefetched::Failed if stands_there => {
                Checked::Partly(allergies)
            }
            came => checked(allergies, whole, came),
        };
    }

    /// A history of allergy to penicillin (Z88.0) or sulfonamides (Z88.2) in ICD-10, whatever the list says.
    fn allergies_among_diagnoses(&self) -> Vec<Allergy> {
        let active = self.active_conditions();
        let all = active.iter().flat_map(|it| diagnoses(&it.code()));
        let group = |it| match it {
            Diagnosis::Icd10(code) => match code.dotted().to_string().as_str() {
                "Z88.0" => AtcCode::parse("J01C").ok(),
                "Z88.2" => AtcCode::parse("J01E").ok(),
                _ => None,
            },
            Diagnosis::Icpc2(_) | Diagnosis::Snomed(_) => None,
        };
        all.filter_map(group)
            .map(|to| Allergy {
                to,
                reaction: Reaction::Unknown,
                certainty: Certainty::Told,
            })
            .collect()
    }
}

fn entry(allergy: AllergyIntolerance<'_>, recognition: Recognition<'_>) -> Entry {
    if allergy.verification().is_any(&["entered-in-error"]) {
        return Entry::Nothing;
    }
    let Named { mut drugs, whole } = allergen::named_by(allergy, recognition);
    drugs.sort();
    drugs.dedup();
    let (reaction, certainty) = (reaction::of(allergy), certainty(allergy));
    let grave = allergy.is_grave() || reaction > Reaction::Unknown;
    let refuted = certainty == Certainty::Refuted;
    let code = allergy.code();
    let mut concepts = code.codings().filter_map(|it| it.snomed());
    // Of an upset stomach by some antibiotic no drug needs be kept away.
    let of_any = allergen::is_to_some_antibiotic(allergy) && reaction != Reaction::SideEffect;
    let none_known = concepts.any(|it| NONE_KNOWN.contains(&it));
    if drugs.is_empty() {
        return match (none_known, refuted) {
            // That there are none is refuted, or comes with a reaction.
            (true, true) => Entry::Unclear,
            (true, false) if grave || allergy.reacted() => Entry::UnclearAndGrave(Vec::new()),
            (true, false) => Entry::Nothing,
            (false, false) if of_any => Entry::UnclearAndGrave(Vec::new()),
            (false, _) if allergy.is_not_about_drugs() => Entry::Nothing,
            (false, _) if allergen::is_plainly_no_drug(allergy) => Entry::Nothing,
            (false, false) if grave => Entry::UnclearAndGrave(Vec::new()),
            (false, _) => Entry::Unclear,
        };
    }
    let entry = |to: AtcCode| Allergy {
        to,
        reaction,
        certainty,
    };
    let all = drugs.into_iter().map(entry).collect();
    if of_any && !refuted {
        Entry::UnclearAndGrave(all)
    } else if whole && !none_known {
        Entry::To(all)
    } else {
        Entry::AlsoTo(all)
    }
}

/// Refuted or resolved: no allergy any more. Inactive alone is not refuted.
fn certainty(allergy: AllergyIntolerance<'_>) -> Certainty {
    let verification = allergy.verification();
    if verification.is_any(&["refuted"]) || allergy.clinical().is_any(&["resolved"]) {
        Certainty::Refuted
    } else if verification.is_any(&["confirmed"]) {
        Certainty::Confirmed
    } else {
        Certainty::Told
    }
}
