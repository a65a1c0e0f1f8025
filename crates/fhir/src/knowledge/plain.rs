//! The conditions of a diagnosis as plain JSON, for a record that speaks neither FHIR nor CDS Hooks.

use riktig_codes::Day;
use riktig_guideline::{
    Condition, Danger, Diagnosis, Dose, Guideline, Indication, Line, Provenance, Statement, Told,
};
use serde_json::{Value, json};

use super::{advice_of, asks::asks, diagnoses, drug_name, plan::stance};
use crate::code_system::written;

/// What the guideline says for a diagnosis on a day. A code that means several conditions gives several; none: an empty list. What is
/// not told is `null`.
///
/// ```
/// use riktig_guideline::{Diagnosis, Guideline};
/// let bronchitis = Diagnosis::Icpc2("R78".parse()?);
/// let json = riktig_fhir::knowledge::guideline_json(Guideline::shipped(), bronchitis, "2026-01-10".parse()?);
/// assert_eq!(json["conditions"][0]["indications"][0]["stance"], "no-antibiotic");
/// assert_eq!(json["conditions"][0]["lines"], serde_json::json!([]));
/// // What an Observation may say, and what depends on it; a danger that nobody has told of is asked for too.
/// let asks = json["conditions"][0]["asks"].as_array().ok_or("a list")?;
/// assert!(asks.iter().any(|it| it["finding"] == "suspected_sepsis" && it["unit"].is_null()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn guideline_json(guideline: &Guideline, diagnosis: Diagnosis, on: Day) -> Value {
    let meant = guideline
        .conditions()
        .iter()
        .filter(|it| it.codes.hold(diagnosis));
    let (system, code) = written(diagnosis);
    json!({
        "diagnosis": { "system": system, "code": code },
        "on": on.to_string(),
        "conditions": meant.filter_map(|it| condition(guideline, it, on)).collect::<Vec<_>>(),
    })
}

fn condition(guideline: &Guideline, it: &Condition, on: Day) -> Option<Value> {
    let told = advice_of(it, on)?;
    let code = |diagnosis| {
        let (system, code) = written(diagnosis);
        json!({ "system": system, "code": code })
    };
    let facts = it.facts.iter().filter(|it| it.provenance.is_advice_on(on));
    let dangers = guideline
        .dangers()
        .iter()
        .filter(|danger| danger.concerns(&it.id));
    let danger = |it: &Danger| {
        // No criteria would read as "always".
        let when = Some(it.when.to_string()).filter(|when| !when.is_empty());
        let diagnoses: Vec<Value> = it.diagnoses.iter().map(|it| code(*it)).collect();
        json!({ "id": it.id, "when": when, "diagnoses": diagnoses, "stated_by": it.stated_by, "name": words(&it.name) })
    };
    Some(json!({
        "id": it.id,
        "name": words(&it.name),
        "codes": diagnoses(it).into_iter().map(code).collect::<Vec<_>>(),
        "applies": it.applies.to_string(),
        "not_for": it.not_for.to_string(),
        "dangers": dangers.map(danger).collect::<Vec<_>>(),
        "asks": asks(guideline, it, &told),
        "source": it.source,
        "review_by": it.review_by.to_string(),
        "indications": told.indications.iter().map(|it| indication(it)).collect::<Vec<_>>(),
        "lines": told.lines.iter().map(|it| line(it)).collect::<Vec<_>>(),
        "facts": facts.map(fact).collect::<Vec<_>>(),
    }))
}

fn indication(it: &Indication) -> Value {
    json!({
        "id": it.id,
        "stance": stance(it.stance),
        "when": it.when.to_string(),
        "told": words(&it.told),
        "basis": basis(&it.provenance),
    })
}

fn line(it: &Line) -> Value {
    let days = it.length.map(riktig_guideline::Length::range);
    let (mut mg, mut mg_between, mut mg_per_kg) = (None, None, None);
    match &it.dose {
        Some(Dose::Milligrams(each)) => mg = Some(each.clone()),
        Some(Dose::Between(least, most)) => mg_between = Some([*least, *most]),
        Some(Dose::PerKilogram(each)) => mg_per_kg = Some(*each),
        None => {}
    }
    json!({
        "id": it.id,
        "rank": it.rank,
        "population": it.population.to_string(),
        "drug": { "atc": it.atc.as_str(), "name": words(&drug_name(it.atc)) },
        "route": it.route.as_str(),
        "mg": mg,
        "mg_between": mg_between,
        "mg_per_kg": mg_per_kg,
        "first_day_mg": it.first_day,
        "times_per_day": it.times_per_day,
        "days": days.map(|(least, most)| [least, most]),
        "alternative_for": it.alternative_for.map(|it| it.to_string()),
        "note": it.note.as_ref().map(words),
        "basis": basis(&it.provenance),
    })
}

fn fact(it: &Statement) -> Value {
    json!({ "id": it.id, "told": words(&it.told), "basis": basis(&it.provenance) })
}

fn basis(it: &Provenance) -> Value {
    json!({
        "source": it.source,
        "edition": it.edition,
        "valid_from": it.valid_from.to_string(),
        "valid_to": it.valid_to.map(|it| it.to_string()),
    })
}

pub(super) fn words(told: &Told) -> Value {
    json!({ "nb": told.nb, "nn": told.nn, "en": told.en })
}
