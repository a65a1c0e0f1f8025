//! The codes of a condition as a ValueSet.

use riktig_guideline::{Condition, Diagnosis};
use serde_json::{Value, json};

use super::{Standing, diagnoses, head, id_of, with};
use crate::code_system::{ICD10, ICPC2, SNOMED, written};
use crate::resource::without_nothing;

/// The codes, by system. A code of ICPC-2 and ICD-10 stands for its subdivisions too.
#[must_use]
pub fn value_set(condition: &Condition, base: &str) -> Value {
    let all = diagnoses(condition);
    let include = |system: &'static str| {
        let its = all.iter().filter(|it| written(**it).0 == system);
        let concepts: Vec<Value> = its
            .map(|it: &Diagnosis| json!({ "code": written(*it).1 }))
            .collect();
        (!concepts.is_empty()).then(|| json!({ "system": system, "concept": concepts }))
    };
    let include: Vec<Value> = [ICPC2, ICD10, SNOMED]
        .into_iter()
        .filter_map(include)
        .collect();
    let set = json!({
        "description": "Codes that mean this condition. A code of ICPC-2 and of ICD-10 stands for its subdivisions too.",
        "compose": { "include": include },
    });
    let standing = match condition.is_approved_by_clinician() {
        true => Standing::Approved,
        false => Standing::Unapproved,
    };
    let head = head(
        ("ValueSet", standing),
        &id_of(&[&condition.id]),
        &[&condition.id],
        &condition.name,
        base,
    );
    without_nothing(with(head, set)).expect("a ValueSet has its resourceType")
}
