//! A condition as a PlanDefinition.

use riktig_codes::Day;
use riktig_guideline::{
    Condition, Criteria, Danger, Diagnosis, Guideline, Indication, Line, Part, Provenance, Stance,
    Told,
};
use serde_json::{Value, json};

use super::{address, advice_of, diagnoses, drug_name, head, id_of, translations, with};
use crate::code_system::written;
use crate::resource::without_nothing;

/// The condition, with an action for each rule about giving an antibiotic and one for each line, the first choice first. `None`: nothing of
/// it is advice on this day.
///
/// For whom a rule holds stands in `condition.expression` in the language of `docs/reference/guideline-format.md`
/// (`text/x-riktig-criteria`): it is no CQL, and does not claim to be. For whom the topic is not meant is a condition of the same kind, of every
/// action but tests and referrals: of several conditions of an action all must hold.
#[must_use]
pub fn plan_definition(
    guideline: &Guideline,
    condition: &Condition,
    on: Day,
    base: &str,
) -> Option<Value> {
    let told = advice_of(condition, on)?;
    let id = id_of(&[&condition.id]);
    let mut lines = told.lines.clone();
    lines.sort_by_key(|it| it.rank);
    let scope = scope(guideline, condition);
    let indications: Vec<Value> = told
        .indications
        .iter()
        .map(|it| indication(it, &scope, base))
        .collect();
    let choices = json!({
        "condition": scope,
        "groupingBehavior": "logical-group",
        "selectionBehavior": "at-most-one",
        "action": lines.iter().map(|it| line(condition, it, base)).collect::<Vec<_>>(),
    });
    let mut actions = indications;
    if !lines.is_empty() {
        actions.push(choices);
    }
    let plan = json!({
        "type": coding("http://terminology.hl7.org/CodeSystem/plan-definition-type", "clinical-protocol"),
        "useContext": use_context(condition),
        "usage": not_for(guideline, condition),
        "relatedArtifact": [{ "type": "derived-from", "url": condition.source }],
        "action": actions,
    });
    let head = head(
        ("PlanDefinition", told.standing()),
        &id,
        &[&condition.id],
        &condition.name,
        base,
    );
    without_nothing(with(head, plan))
}

fn indication(it: &Indication, scope: &[Value], base: &str) -> Value {
    let mut conditions = Vec::from_iter(applicability(&it.when));
    if !matches!(it.stance, Stance::Test | Stance::Refer) {
        conditions.extend(scope.iter().cloned());
    }
    let system = address(base, "CodeSystem", "stance");
    json!({
        "id": id_of(&[&it.id]),
        "description": it.told.nb,
        "_description": translations(&it.told),
        "code": [coding(&system, stance(it.stance))],
        "condition": conditions,
        "documentation": [citation(&it.provenance)],
    })
}

fn line(condition: &Condition, it: &Line, base: &str) -> Value {
    let name = drug_name(it.atc);
    let id = id_of(&[&condition.id, &it.id]);
    json!({
        "id": id_of(&[&it.id]),
        "title": name.nb,
        "_title": translations(&name),
        "description": it.note.as_ref().map(|it| it.nb.as_str()),
        "_description": it.note.as_ref().map(translations),
        "textEquivalent": format!("Rank {}: rank 1 is the first choice, equal ranks are equal choices", it.rank),
        "condition": Vec::from_iter(applicability(&it.population)),
        "documentation": [citation(&it.provenance)],
        "definitionCanonical": address(base, "ActivityDefinition", &id),
    })
}

/// Whom the topic is not meant for, though they have its code; nobody: `null`.
fn not_for(guideline: &Guideline, condition: &Condition) -> Option<String> {
    let dangers = guideline.dangers().iter();
    let dangers = dangers.filter(|it| it.concerns(&condition.id));
    let all = std::iter::once(&condition.not_for).chain(dangers.map(|it| &it.when));
    let all: Vec<String> = all
        .map(Criteria::to_string)
        .filter(|it| !it.is_empty())
        .collect();
    let text = all.join(" or ");
    (!text.is_empty()).then(|| format!("Drugs, and whether one is given: not for {text}"))
}

/// One condition for each finding, or set of findings, that puts a patient outside the topic, and one for the graver diagnoses that do.
fn scope(guideline: &Guideline, condition: &Condition) -> Vec<Value> {
    let own = without(&condition.not_for, None);
    let dangers = guideline.dangers().iter();
    let dangers = dangers.filter(|it| it.concerns(&condition.id));
    let of = |it: &Danger| -> Vec<Value> {
        let mut all = without(&it.when, Some(&it.name));
        let codes = it.diagnoses.iter().map(|code| {
            let (_, code_text) = written(*code);
            format!("not {}:{code_text}", prefix(*code))
        });
        let codes: Vec<String> = codes.collect();
        if !codes.is_empty() {
            all.push(expression(&codes.join(" and "), Some(&it.name)));
        }
        all
    };
    own.into_iter().chain(dangers.flat_map(of)).collect()
}

/// That none of the alternatives holds: each in a condition of its own, since all conditions of an action must hold, and each turned round part
/// by part.
fn without(criteria: &Criteria, name: Option<&Told>) -> Vec<Value> {
    let turned = |part: &Part| {
        let negated = !part.negated;
        let fact = part.fact.clone();
        Part { negated, fact }.to_string()
    };
    let one = |parts: &Vec<Part>| {
        let parts: Vec<String> = parts.iter().map(turned).collect();
        expression(&parts.join(" or "), name)
    };
    criteria.alternatives().iter().map(one).collect()
}

/// Always: no condition.
fn applicability(criteria: &Criteria) -> Option<Value> {
    let text = criteria.to_string();
    (!text.is_empty()).then(|| expression(&text, None))
}

fn expression(text: &str, name: Option<&Told>) -> Value {
    json!({
        "kind": "applicability",
        "expression": {
            "description": name.map(|it| format!("Not for {}", it.en)),
            "language": "text/x-riktig-criteria",
            "expression": text,
        },
    })
}

/// The code system as content writes it.
fn prefix(diagnosis: Diagnosis) -> &'static str {
    match diagnosis {
        Diagnosis::Icpc2(_) => "icpc2",
        Diagnosis::Icd10(_) => "icd10",
        Diagnosis::Snomed(_) => "snomed",
    }
}

pub(super) fn citation(it: &Provenance) -> Value {
    json!({ "type": "citation", "label": it.edition, "url": it.source })
}

pub(super) fn use_context(condition: &Condition) -> Value {
    let focus = |diagnosis| {
        let (system, code) = written(diagnosis);
        json!({
            "code": { "system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "focus" },
            "valueCodeableConcept": coding(system, &code),
        })
    };
    Value::Array(diagnoses(condition).into_iter().map(focus).collect())
}

pub(super) fn coding(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Offer => "offer",
        Stance::MayOffer => "may-offer",
        Stance::Wait => "wait",
        Stance::NoAntibiotic => "no-antibiotic",
        Stance::Test => "test",
        Stance::Refer => "refer",
    }
}
