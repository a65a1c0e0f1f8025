//! How the vocabulary of findings is written in TOML.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::context_document::diagnoses;
use crate::error::ContentProblem;
use crate::finding::{Finding, FindingId, FindingKind, Findings};
use crate::told::Told;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingsDocument {
    #[serde(default, rename = "finding")]
    findings: Vec<FindingDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingDocument {
    id: String,
    /// Left out: answered with yes or no.
    unit: Option<String>,
    name: Told,
    #[serde(default)]
    snomed: Vec<u64>,
    #[serde(default)]
    laboratory: Vec<String>,
    #[serde(default)]
    diagnoses: Vec<String>,
    body_temperature_from: Option<f64>,
}

impl Findings {
    /// Reads `findings.toml`.
    ///
    /// # Errors
    /// Where it is not written as the format says, or an id stands twice or is not made of `a-z`, digits and `_`.
    pub fn from_toml(text: &str) -> Result<Self, ContentProblem> {
        let document: FindingsDocument = toml::from_str(text)?;
        let mut findings = BTreeMap::new();
        for it in document.findings {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            if it.id.is_empty() || !it.id.bytes().all(plain) {
                return Err(wrong(&it.id, "an id is made of a-z, digits and _"));
            }
            let id = FindingId(it.id.clone());
            let diagnoses = diagnoses("diagnoses", &it.diagnoses)
                .map_err(|error| wrong(&it.id, &error.to_string()))?;
            let finding = Finding {
                id: id.clone(),
                kind: it
                    .unit
                    .map_or(FindingKind::YesNo, |unit| FindingKind::Number { unit }),
                name: it.name,
                snomed: it.snomed,
                laboratory: it.laboratory,
                diagnoses,
                body_temperature_from: it.body_temperature_from,
            };
            if findings.insert(id, finding).is_some() {
                return Err(wrong(&it.id, "this finding stands twice"));
            }
        }
        Ok(Self(findings))
    }
}

fn wrong(id: &str, what: &str) -> ContentProblem {
    ContentProblem::Rule {
        rule: id.to_owned(),
        what: what.to_owned(),
    }
}
