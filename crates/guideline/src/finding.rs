//! What a doctor may have found or asked: the closed vocabulary that criteria are written in.

use std::collections::BTreeMap;
use std::fmt;

use crate::context::{Diagnosis, PatientContext};

/// The id of a finding in `content/guideline/findings.toml`, such as `symptom_days`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub(crate) String);

impl FindingId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was found. A finding that nobody looked for is not in the map at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FindingValue {
    /// Present or absent.
    Present(bool),
    /// A number in the finding's unit.
    Number(f64),
}

/// Whether a finding is answered with yes or no, or with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// Yes or no.
    YesNo,
    /// A number, in this unit.
    Number {
        /// `days`, `mg/l`, `per_minute` …
        unit: String,
    },
}

/// One finding of the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its id.
    pub id: FindingId,
    /// How it is answered.
    pub kind: FindingKind,
    /// What a page calls it.
    pub name: crate::Told,
    /// SNOMED CT concepts that state it in a record.
    pub snomed: Vec<u64>,
    /// LOINC and NPU/NLK codes of laboratory results that state it.
    pub laboratory: Vec<String>,
    /// Diagnoses of the contact that state it; a category of ICD-10 for its subdivisions too.
    pub diagnoses: Vec<Diagnosis>,
    /// The body temperature in °C from which on it is there. A lower one does not say that it is not: it may have been taken after a tablet.
    pub body_temperature_from: Option<f64>,
}

impl Finding {
    /// Whether a diagnosis states it.
    #[must_use]
    pub fn is_stated_by(&self, diagnosis: Diagnosis) -> bool {
        self.diagnoses.iter().any(|its| diagnosis.is_within(*its))
    }
}

/// All findings, by id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings(pub(crate) BTreeMap<FindingId, Finding>);

impl Findings {
    /// The finding with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Finding> {
        self.0.get(&FindingId(id.to_owned()))
    }

    /// Adds to what was found what the patient's diagnoses, and the reasons of the orders, state. A number that was measured stands; a "no"
    /// beside a diagnosis that says yes does not.
    pub fn add_what_diagnoses_state(&self, patient: &mut PatientContext) {
        let reasons = patient.orders.iter().flat_map(|it| &it.reasons);
        let diagnoses: Vec<Diagnosis> = patient.diagnoses.iter().chain(reasons).copied().collect();
        for finding in self.iter() {
            if diagnoses.iter().any(|it| finding.is_stated_by(*it)) {
                let answer = patient.findings.entry(finding.id.clone());
                let answer = answer.or_insert(FindingValue::Present(true));
                if *answer == FindingValue::Present(false) {
                    *answer = FindingValue::Present(true);
                }
            }
        }
    }

    /// Those that are there by a body temperature in °C.
    pub fn by_temperature(&self, celsius: f64) -> impl Iterator<Item = &FindingId> {
        let there =
            move |it: &&Finding| it.body_temperature_from.is_some_and(|from| celsius >= from);
        self.iter().filter(there).map(|it| &it.id)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.values()
    }
}
