//! The guideline for whoever wants to hold it in a system of their own: as FHIR R4, and as plain JSON by diagnosis.
//!
//! | | |
//! |---|---|
//! | [`plan_definition`] | a condition: when an antibiotic is given, and in which order which |
//! | [`activity_definition`] | a line: drug, dose, times a day, days |
//! | [`value_set`] | the codes of a condition |
//! | [`code_system`] | the words that we coined: kinds of advice, override reasons, findings, stances |
//! | [`collection`] | all of it |
//! | [`guideline_json`] | the conditions of a diagnosis as plain JSON |
//!
//! Only what may be given as advice on the day is handed out ([`riktig_guideline::Provenance::is_advice_on`]): what nobody has read in the
//! guideline is silent here too, and a condition whose time for a new reading has passed is left out. What no clinician has approved is a draft, and
//! experimental.

mod activity;
mod asks;
mod code_system;
mod plain;
mod plan;
mod value_set;

use riktig_codes::{AtcCode, Day};
use riktig_guideline::{Condition, Diagnosis, Guideline, Indication, Line, Provenance, Told};
use serde_json::{Value, json};

pub use activity::activity_definition;
pub use code_system::{CODE_SYSTEMS, code_system};
pub use plain::guideline_json;
pub use plan::plan_definition;
pub use value_set::value_set;

/// A condition with what of it is advice on a day.
pub(crate) struct Advised<'a> {
    indications: Vec<&'a Indication>,
    lines: Vec<&'a Line>,
}

impl Advised<'_> {
    fn standing(&self) -> Standing {
        let lines = self.lines.iter().map(|it| &it.provenance);
        Standing::of(lines.chain(self.indications.iter().map(|it| &it.provenance)))
    }
}

/// What of a condition is advice on a day; `None`: nothing.
pub(crate) fn advice_of(condition: &Condition, on: Day) -> Option<Advised<'_>> {
    let indications = condition
        .indications
        .iter()
        .filter(|it| it.provenance.is_advice_on(on));
    let lines = condition
        .lines
        .iter()
        .filter(|it| it.provenance.is_advice_on(on));
    let told = Advised {
        indications: indications.collect(),
        lines: lines.collect(),
    };
    let something = !told.indications.is_empty() || !told.lines.is_empty();
    (something && on <= condition.review_by).then_some(told)
}

/// Everything as one Bundle of type `collection`.
#[must_use]
pub fn collection(guideline: &Guideline, on: Day, base: &str) -> Value {
    let mut resources: Vec<Value> = Vec::new();
    for condition in guideline.conditions() {
        let Some(plan) = plan_definition(guideline, condition, on, base) else {
            continue;
        };
        resources.push(plan);
        resources.push(value_set(condition, base));
        let lines = condition.lines.iter();
        resources.extend(lines.filter_map(|it| activity_definition(condition, it, on, base)));
    }
    resources.extend(
        CODE_SYSTEMS
            .iter()
            .filter_map(|it| code_system(it, guideline, base)),
    );
    let entry = |it: Value| {
        let url = it["url"].clone();
        json!({ "fullUrl": url, "resource": it })
    };
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": resources.into_iter().map(entry).collect::<Vec<_>>(),
    })
}

/// A FHIR id: no underscore.
fn id_of(parts: &[&str]) -> String {
    parts.join(".").replace('_', "-")
}

/// A name that programs can take for an identifier.
fn name_of(parts: &[&str]) -> String {
    let words = parts
        .iter()
        .flat_map(|it| it.split(|it: char| !it.is_ascii_alphanumeric()));
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    };
    format!("Riktig{}", words.map(capital).collect::<String>())
}

fn address(base: &str, kind: &str, id: &str) -> String {
    format!("{base}/fhir/{kind}/{id}")
}

/// How far somebody may rely on a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// A clinician has approved all of it.
    Approved,
    /// It is for trying and measuring.
    Unapproved,
}

impl Standing {
    fn of<'p>(mut rules: impl Iterator<Item = &'p Provenance>) -> Self {
        match rules.all(|it| it.clinician.is_some()) {
            true => Self::Approved,
            false => Self::Unapproved,
        }
    }
}

/// What all definitions say of themselves.
///
/// R4 has two words for what nobody has approved, and both are true of it: a draft is not ready for normal use, and what is experimental is for
/// testing and evaluation and not for genuine use. A program that looks at one of them only is stopped by either.
fn head(
    (kind, standing): (&str, Standing),
    id: &str,
    parts: &[&str],
    title: &Told,
    base: &str,
) -> Value {
    let approved = standing == Standing::Approved;
    json!({
        "resourceType": kind,
        "id": id,
        "url": address(base, kind, id),
        "version": env!("CARGO_PKG_VERSION"),
        "name": name_of(parts),
        "title": title.nb,
        "_title": translations(title),
        "status": if approved { "active" } else { "draft" },
        "experimental": !approved,
        "publisher": "Riktig",
        "jurisdiction": [{ "coding": [{ "system": "urn:iso:std:iso:3166", "code": "NO" }] }],
        "language": "nb",
    })
}

/// A bokmål text's other languages, as FHIR's extension for that has it.
fn translations(told: &Told) -> Value {
    let one = |language: &str, text: &str| {
        json!({
            "url": "http://hl7.org/fhir/StructureDefinition/translation",
            "extension": [
                { "url": "lang", "valueCode": language },
                { "url": "content", "valueString": text },
            ],
        })
    };
    json!({ "extension": [one("nn", &told.nn), one("en", &told.en)] })
}

/// What a drug is called; the code itself where the tables do not know it.
fn drug_name(drug: AtcCode) -> Told {
    riktig_guideline::drug_name(drug).unwrap_or_else(|| Told {
        nb: drug.to_string(),
        nn: drug.to_string(),
        en: drug.to_string(),
    })
}

/// All codes of a condition.
fn diagnoses(condition: &Condition) -> Vec<Diagnosis> {
    let codes = &condition.codes;
    let icpc2 = codes.icpc2.iter().copied().map(Diagnosis::Icpc2);
    let icd10 = codes.icd10.iter().copied().map(Diagnosis::Icd10);
    let snomed = codes.snomed.iter().copied().map(Diagnosis::Snomed);
    icpc2.chain(icd10).chain(snomed).collect()
}

/// Puts fields into an object.
fn with(mut object: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}
