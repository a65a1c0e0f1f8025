//! What a doctor may have found or asked: the closed vocabulary that criteria are written in.

use std::collections::BTreeMap;
use std::fmt;

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// All findings, by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings(pub(crate) BTreeMap<FindingId, Finding>);

impl Findings {
    /// The finding with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Finding> {
        self.0.get(&FindingId(id.to_owned()))
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.values()
    }
}
