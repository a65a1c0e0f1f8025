//! Whether the diagnosis on a prescription and those of the contact it is linked to speak of one matter: decision 0018.
//!
//! The prescription's diagnosis is the one that counts; this only counts how often the contact says something else.
//!
//! ```
//! use riktig_indicators::agreement::{Agreement, Matter};
//! use riktig_indicators::{CodeFacts, DiagnosisCode};
//! let facts = CodeFacts::default();
//! let matter = |system: &str, code: &str| {
//!     Matter::of(&DiagnosisCode { system: system.into(), code: code.into() }, &facts)
//! };
//! let sinusitis = matter("ICPC-2", "R75");
//! let says = |contact: &[Matter]| Agreement::of(&sinusitis, contact);
//! // ICD-10 speaks of the same where the narrowest group of the codebook is the same …
//! assert_eq!(says(&[matter("ICD-10", "J019")]), Agreement::Same);
//! // … and both being airway infections is not enough.
//! assert_eq!(says(&[matter("ICPC-2", "R74")]), Agreement::Other);
//! // A renewed prescription is no diagnosis, and a contact without one says nothing.
//! assert_eq!(says(&[matter("ICPC-2", "-50")]), Agreement::CannotTell);
//! assert_eq!(says(&[]), Agreement::CannotTell);
//! // One of several is enough.
//! assert_eq!(says(&[matter("ICPC-2", "K86"), sinusitis.clone()]), Agreement::Same);
//! ```

use std::borrow::Borrow;

use riktig_codes::Icpc2Code;

use crate::facts::{CodeFacts, DiagnosisCode, INFECTION_GROUP};

/// What a contact says of the prescription's diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The same matter.
    Same = 0,
    /// Something else.
    Other = 1,
    /// Nobody can tell: no diagnosis, or codes of two systems that no group of the codebook brings together.
    CannotTell = 2,
}

/// What a diagnosis speaks of, as far as codes tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    system: String,
    /// The first three places: R99 of R992, J01 of J019.
    rubric: String,
    /// Places of the narrowest groups of the codebook that hold the code, ascending.
    groups: Vec<u32>,
    /// A process code of ICPC-2 says what was done, not for what.
    is_process: bool,
}

impl Matter {
    /// What the code speaks of.
    #[must_use]
    pub fn of(code: &DiagnosisCode, facts: &CodeFacts) -> Self {
        Self {
            system: code.system.clone(),
            rubric: code.code.chars().take(3).collect(),
            groups: narrowest_groups(code, facts),
            is_process: code.system == "ICPC-2"
                && Icpc2Code::parse(&code.code).is_ok_and(|code| code.is_process()),
        }
    }

    fn beside(&self, other: &Self) -> Agreement {
        let in_common = self.groups.iter().any(|group| other.groups.contains(group));
        let (same_system, known) = (
            self.system == other.system,
            !self.groups.is_empty() && !other.groups.is_empty(),
        );
        if self.is_process || other.is_process {
            Agreement::CannotTell
        } else if in_common || (same_system && self.rubric == other.rubric) {
            Agreement::Same
        } else if same_system || known {
            Agreement::Other
        } else {
            Agreement::CannotTell
        }
    }
}

impl Agreement {
    /// What all of a contact's diagnoses say together: one that says the same is enough, and *other* is said only where
    /// every one is.
    pub fn of<M: Borrow<Matter>>(
        prescription: &Matter,
        contact: impl IntoIterator<Item = M>,
    ) -> Self {
        let mut all = None;
        for diagnosis in contact {
            match prescription.beside(diagnosis.borrow()) {
                Self::Same => return Self::Same,
                one => all = all.max(Some(one)),
            }
        }
        all.unwrap_or(Self::CannotTell)
    }
}

/// Groups that hold the code and no narrower group that does. The group of all infections says nothing.
fn narrowest_groups(code: &DiagnosisCode, facts: &CodeFacts) -> Vec<u32> {
    let holding: Vec<(u32, Vec<&str>)> = (0..)
        .zip(&facts.diagnosis_groups)
        .filter(|(_, (name, _))| *name != INFECTION_GROUP && facts.is_in_group(name, code))
        .map(|(place, (_, members))| {
            let own = members.iter().filter(|it| it.system == code.system);
            (place, own.map(|it| it.code.as_str()).collect())
        })
        .collect();
    let lies_in = |inner: &[&str], outer: &[&str]| {
        inner
            .iter()
            .all(|code| outer.iter().any(|prefix| code.starts_with(prefix)))
    };
    let is_narrowest = |codes: &[&str]| {
        !holding
            .iter()
            .any(|(_, other)| lies_in(other, codes) && !lies_in(codes, other))
    };
    holding
        .iter()
        .filter(|(_, codes)| is_narrowest(codes))
        .map(|(place, _)| *place)
        .collect()
}
