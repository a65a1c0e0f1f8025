use std::collections::BTreeSet;

use riktig_codes::{Codebook, Names, SafetyGroup};

use crate::facts::{DiagnosisCode, codes_of};

/// An infection of the mirror, as codes. A code holds everything that begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infection {
    /// Id of the diagnosis group (`BRONCHITIS`).
    pub id: String,
    /// The group's name.
    pub names: Names,
    /// A contact with one of these may begin an episode.
    pub own: BTreeSet<DiagnosisCode>,
    /// A contact with one of these is a return: the group's own codes and those of what it turns into.
    pub returns: BTreeSet<DiagnosisCode>,
    /// An acute admission with one of these counts: the group's own ICD-10 codes and its complications.
    pub admissions: BTreeSet<DiagnosisCode>,
}

impl Infection {
    /// The codes of a group of the mirror.
    pub(crate) fn of(group: &SafetyGroup, codebook: &Codebook) -> Infection {
        let known = |id: &String| {
            codebook
                .diagnosis_group(id)
                .expect("the codebook's mirror names its own groups")
        };
        let own = codes_of(known(&group.group));
        let mut returns = own.clone();
        group
            .returns
            .iter()
            .for_each(|id| returns.extend(codes_of(known(id))));
        let hospital = |code: &&DiagnosisCode| code.system == "ICD-10";
        let mut admissions: BTreeSet<_> = own.iter().filter(hospital).cloned().collect();
        admissions.extend(group.admissions.iter().map(|code| DiagnosisCode {
            system: "ICD-10".into(),
            code: code.as_str().into(),
        }));
        Infection {
            id: group.group.clone(),
            names: known(&group.group).names.clone(),
            own,
            returns,
            admissions,
        }
    }

    /// Whether one of `codes` is `diagnosis` or holds it.
    #[must_use]
    pub fn holds(codes: &BTreeSet<DiagnosisCode>, system: &str, code: &str) -> bool {
        codes
            .iter()
            .any(|it| it.system == system && code.starts_with(&it.code))
    }
}
