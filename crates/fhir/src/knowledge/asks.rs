//! What decides in a condition: the findings that its rules ask for, and how a record says them.

use std::collections::BTreeMap;

use riktig_guideline::{Condition, Fact, Finding, FindingKind, Guideline};
use serde_json::{Value, json};

use super::{Advised, plain::words};
use crate::code_system::SNOMED;

/// The findings that what is told of a condition depends on, by id: its name, whether it is answered with yes or no (`unit` is null)
/// or with a number in this unit, and the codes by which an Observation may say it besides our own.
pub(super) fn asks(guideline: &Guideline, condition: &Condition, told: &Advised<'_>) -> Vec<Value> {
    let dangers = guideline.dangers().iter();
    let dangers = dangers.filter(|danger| danger.concerns(&condition.id));
    let criteria = [&condition.applies, &condition.not_for]
        .into_iter()
        .chain(dangers.map(|it| &it.when))
        .chain(told.indications.iter().map(|it| &it.when))
        .chain(told.lines.iter().map(|it| &it.population));
    let facts = criteria.flat_map(|it| it.alternatives()).flatten();
    let findings = facts.filter_map(|part| match &part.fact {
        Fact::Finding(id) | Fact::Measured(id, ..) => guideline.findings().get(id.as_str()),
        _ => None,
    });
    let by_id: BTreeMap<&str, &Finding> = findings.map(|it| (it.id.as_str(), it)).collect();
    by_id.into_values().map(asked).collect()
}

fn asked(finding: &Finding) -> Value {
    let unit = match &finding.kind {
        FindingKind::YesNo => None,
        FindingKind::Number { unit } => Some(unit),
    };
    let snomed = finding.snomed.iter();
    let snomed = snomed.map(|code| json!({ "system": SNOMED, "code": code.to_string() }));
    json!({
        "finding": finding.id.as_str(),
        "name": words(&finding.name),
        "unit": unit,
        "concepts": snomed.collect::<Vec<_>>(),
        "laboratory": finding.laboratory,
    })
}
