//! Of whose body a diagnosis speaks, and what that means beside the sex that is registered.
//!
//! A registered sex is a fact about a register. It mostly tells of the body, and need not: so a diagnosis that does not go with it silences, and
//! is never called wrong; and a registered man counts as not pregnant only while nothing in the record speaks of a body that can be.

use riktig_codes::{Icd10Code, Sex};

use crate::condition::Condition;
use crate::context::{Diagnosis, PatientContext, Pregnancy};
use crate::unread::Unread;

/// Chapters of ICPC-2: W pregnancy and birth, X and Y the genitals.
const CHAPTERS: [(char, Sex); 3] = [('W', Sex::Female), ('X', Sex::Female), ('Y', Sex::Male)];

/// Blocks of ICD-10, first and last category: tumours and diseases of the genitals, pregnancy and birth. Diseases of the breast (N60 to N64) are
/// everybody's.
const BLOCKS: [(&str, &str, Sex); 6] = [
    ("C51", "C58", Sex::Female),
    ("C60", "C63", Sex::Male),
    ("N40", "N51", Sex::Male),
    ("N70", "N77", Sex::Female),
    ("N80", "N98", Sex::Female),
    ("O00", "O99", Sex::Female),
];

/// Concepts of SNOMED CT by which the guideline's topics are coded: its numbers have no structure to read a sex from. A test holds them against the
/// topics' other codes.
const CONCEPTS: [(u64, Sex); 7] = [
    (31_070_006, Sex::Male),
    (43_491_000, Sex::Male),
    (79_411_002, Sex::Male),
    (86_216_003, Sex::Female),
    (198_130_006, Sex::Female),
    (307_534_009, Sex::Female),
    (419_760_006, Sex::Female),
];

/// The category of ICD-10 that says itself that registered sex and body may differ.
const MAY_DIFFER: &str = "F64";

impl Diagnosis {
    /// The sex of the body that a diagnosis speaks of, by the structure of the classification; `None`: of everybody's.
    ///
    /// ```
    /// use riktig_codes::Sex;
    /// use riktig_guideline::Diagnosis;
    /// assert_eq!(Diagnosis::Icpc2("Y73".parse()?).sex(), Some(Sex::Male));
    /// assert_eq!(Diagnosis::Icd10("O23.1".parse()?).sex(), Some(Sex::Female));
    /// assert_eq!(Diagnosis::Icpc2("U71".parse()?).sex(), None);
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    #[must_use]
    pub fn sex(self) -> Option<Sex> {
        match self {
            Self::Icpc2(code) => {
                let mut chapters = CHAPTERS.iter();
                chapters.find(|(its, _)| code.chapter() == *its)
            }
            .map(|(_, sex)| *sex),
            Self::Icd10(code) => {
                let category = code.category();
                let within = |(first, last, _): &&(&str, &str, Sex)| {
                    (*first..=*last).contains(&category.as_str())
                };
                BLOCKS.iter().find(within).map(|(_, _, sex)| *sex)
            }
            Self::Snomed(concept) => {
                let mut concepts = CONCEPTS.iter();
                concepts.find(|(its, _)| concept == *its)
            }
            .map(|(_, sex)| *sex),
        }
    }
}

impl Condition {
    /// The sex of the bodies that the topic is about: of all its codes in ICPC-2 and ICD-10, where they agree.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let icpc2 = self.codes.icpc2.iter().copied().map(Diagnosis::Icpc2);
        let icd10 = self.codes.icd10.iter().copied().map(Diagnosis::Icd10);
        let mut sexes = icpc2.chain(icd10).map(Diagnosis::sex);
        let first = sexes.next()??;
        sexes.all(|it| it == Some(first)).then_some(first)
    }

    /// Of whose body the topic, or a diagnosis that means it here, speaks.
    pub(crate) fn sexes_meant(&self, patient: &PatientContext) -> Vec<Sex> {
        let coded = patient.all_diagnoses();
        let coded = coded.filter(|it| self.codes.hold(*it));
        self.sex()
            .into_iter()
            .chain(coded.filter_map(Diagnosis::sex))
            .collect()
    }
}

impl PatientContext {
    /// Diagnoses of the contact, and the reasons on its orders.
    pub(crate) fn all_diagnoses(&self) -> impl Iterator<Item = Diagnosis> {
        let reasons = self.orders.iter().flat_map(|it| &it.reasons);
        self.diagnoses.iter().chain(reasons).copied()
    }

    /// Whether what is known of the patient goes with a body of this sex; `None`: nobody knows. A recorded pregnancy tells of the body, and the
    /// register does not stand against it.
    pub(crate) fn goes_with(&self, sex: Sex) -> Option<bool> {
        match (self.pregnancy, self.sex) {
            (Pregnancy::Yes { .. }, _) => Some(sex == Sex::Female),
            (_, Sex::Unknown) => None,
            (_, registered) => Some(registered == sex),
        }
    }

    /// Whether something in the record of a registered man leaves open that he may be pregnant: a diagnosis of a body that can be, one that says
    /// that registered sex and body may differ, breast-feeding, or a word about pregnancy that cannot be read.
    pub(crate) fn leaves_pregnancy_open(&self) -> bool {
        let differs = |it: Diagnosis| match it {
            Diagnosis::Icd10(code) => {
                Icd10Code::parse(MAY_DIFFER).is_ok_and(|its| code.is_within(its))
            }
            _ => false,
        };
        self.breast_feeding == Some(true)
            || self.unread.contains(&Unread::Pregnancy)
            || self
                .all_diagnoses()
                .any(|it| it.sex() == Some(Sex::Female) || differs(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_concepts_of_a_topic_of_one_sex_are_of_that_sex() {
        for condition in crate::Guideline::shipped().conditions() {
            for concept in &condition.codes.snomed {
                let its = Diagnosis::Snomed(*concept).sex();
                assert!(
                    condition.sex().is_none() || its == condition.sex(),
                    "{concept}"
                );
            }
        }
    }

    /// The chain's table says the same, ages aside: two rooms, one classification.
    #[test]
    fn chapters_and_blocks_are_those_of_which_the_prescription_chain_warns() {
        let text = include_str!("../../../content/chain/sex-and-age.toml");
        let table: toml::Table = toml::from_str(text).unwrap();
        let mut theirs = Vec::new();
        for rule in table["rule"].as_array().unwrap() {
            let of = |key: &str| rule.get(key).and_then(toml::Value::as_str);
            let codes = of("icpc2_chapter")
                .or(of("icd10_block"))
                .unwrap()
                .to_owned();
            theirs.push((codes, of("sex").unwrap().parse().unwrap()));
        }
        let chapters = CHAPTERS.iter().map(|(it, sex)| (it.to_string(), *sex));
        let blocks = BLOCKS.iter();
        let blocks = blocks.map(|(first, last, sex)| (format!("{first}-{last}"), *sex));
        assert_eq!(chapters.chain(blocks).collect::<Vec<_>>(), theirs);
    }
}
