//! Findings, and diagnoses beside the one asked about, that mean a graver illness than a topic is about, whichever topic it is.

use serde::Deserialize;

use crate::condition::Condition;
use crate::context::Diagnosis;
use crate::context_document::diagnoses;
use crate::criterion::{Criteria, Part};
use crate::error::ContentProblem;
use crate::finding::Findings;
use crate::told::Told;

/// One row of `content/guideline/dangers.toml`: signs of an illness for which what is said of drugs, of waiting and of giving none is
/// not meant. To be silent needs no source: a row only says less.
#[derive(Debug, Clone, PartialEq)]
pub struct Danger {
    /// Its id.
    pub id: String,
    /// What it is called, as a part of a sentence: "suspected sepsis".
    pub name: Told,
    /// When it is there. Each alternative names a finding. None: only diagnoses tell of it.
    pub when: Criteria,
    /// Diagnoses that are it, and their subdivisions: it is there too where one of them stands in the contact or on an order. One that a
    /// condition in [`stated_by`](Self::stated_by) has too counts by that condition.
    pub diagnoses: Vec<Diagnosis>,
    /// The conditions whose topics it is no part of. Empty: all of them.
    pub topics: Vec<String>,
    /// Conditions whose own text is about it: there nothing changes.
    pub exempt: Vec<String>,
    /// Conditions that *are* it. It is there too where the contact's diagnoses certainly mean one of them; they are exempt.
    pub stated_by: Vec<String>,
}

impl Danger {
    /// Whether a condition's topic is not meant where it is there.
    #[must_use]
    pub fn concerns(&self, condition: &str) -> bool {
        let among = |list: &[String]| list.iter().any(|it| it == condition);
        (self.topics.is_empty() || among(&self.topics))
            && !among(&self.exempt)
            && !among(&self.stated_by)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DangersDocument {
    #[serde(default, rename = "danger")]
    dangers: Vec<DangerDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DangerDocument {
    id: String,
    name: Told,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    diagnoses: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    exempt: Vec<String>,
    #[serde(default)]
    stated_by: Vec<String>,
}

/// Reads `dangers.toml`.
///
/// # Errors
/// Where it is not written as the format says, an id stands twice, a way in which it holds names no finding, or a condition is not there: a
/// topic that is misspelt would be one in which nobody is warned.
pub(crate) fn from_toml(
    text: &str,
    findings: &Findings,
    conditions: &[Condition],
) -> Result<Vec<Danger>, ContentProblem> {
    let document: DangersDocument = toml::from_str(text)?;
    let mut dangers: Vec<Danger> = Vec::new();
    for it in document.dangers {
        if dangers.iter().any(|other| other.id == it.id) {
            return Err(wrong(&it.id, "this danger stands twice"));
        }
        dangers.push(it.read(findings, conditions)?);
    }
    Ok(dangers)
}

impl DangerDocument {
    fn read(self, findings: &Findings, conditions: &[Condition]) -> Result<Danger, ContentProblem> {
        let when = Criteria::parse(&self.when, findings).map_err(|source| {
            let rule = self.id.clone();
            ContentProblem::Criterion { rule, source }
        })?;
        let named = |parts: &Vec<Part>| parts.iter().any(|part| part.observed().is_some());
        if !when.alternatives().iter().all(named) {
            return Err(wrong(
                &self.id,
                "each alternative of when names a finding, without \"not\"",
            ));
        }
        let diagnoses = diagnoses("diagnoses", &self.diagnoses)
            .map_err(|error| wrong(&self.id, &error.to_string()))?;
        if when.alternatives().is_empty() && diagnoses.is_empty() {
            return Err(wrong(&self.id, "write when, or diagnoses, or both"));
        }
        let lists = self.topics.iter().chain(&self.exempt);
        let mut named = lists.chain(&self.stated_by);
        if let Some(id) = named.find(|id| conditions.iter().all(|it| it.id != **id)) {
            let what = format!("there is no condition \"{id}\": write a file's name without .toml");
            return Err(wrong(&self.id, &what));
        }
        Ok(Danger {
            id: self.id,
            name: self.name,
            when,
            diagnoses,
            topics: self.topics,
            exempt: self.exempt,
            stated_by: self.stated_by,
        })
    }
}

fn wrong(id: &str, what: &str) -> ContentProblem {
    ContentProblem::Rule {
        rule: format!("danger {id}"),
        what: what.to_owned(),
    }
}
