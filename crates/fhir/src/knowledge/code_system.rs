//! The words that we coined, as CodeSystems: what cards and feedback refer to.

use riktig_guideline::{Guideline, OverrideReason, Told};
use serde_json::{Value, json};

use super::{Standing, head, with};
use crate::resource::without_nothing;

/// Their ids.
pub const CODE_SYSTEMS: [&str; 4] = ["advice-kind", "override-reason", "finding", "stance"];

/// Kinds of advice, as [`riktig_guideline::Kind::as_str`] writes them.
const KINDS: [&str; 15] = [
    "contraindicated",
    "refer",
    "clarify_allergy",
    "no_antibiotic",
    "consider_waiting",
    "diagnosis_missing",
    "first_choice",
    "differs",
    "interacts",
    "second_antibiotic",
    "caution",
    "take_test",
    "depends",
    "cannot_be_told",
    "agrees",
];

const STANCES: [&str; 6] = [
    "offer",
    "may-offer",
    "wait",
    "no-antibiotic",
    "test",
    "refer",
];

/// The code system with this id; `None`: there is none. Findings can be sent to us as Observations in these codes, beside those of SNOMED CT
/// and of laboratories.
#[must_use]
pub fn code_system(id: &str, guideline: &Guideline, base: &str) -> Option<Value> {
    let plain = |code: &str| json!({ "code": code });
    let (title, concepts): (&str, Vec<Value>) = match id {
        "advice-kind" => ("Kinds of advice", KINDS.map(plain).to_vec()),
        "override-reason" => (
            "Why a doctor chose otherwise",
            OverrideReason::ALL.map(|it| plain(it.as_str())).to_vec(),
        ),
        "stance" => (
            "What the guideline says of giving an antibiotic",
            STANCES.map(plain).to_vec(),
        ),
        "finding" => (
            "Findings that the guideline asks about",
            findings(guideline),
        ),
        _ => return None,
    };
    let title = Told {
        nb: title.to_owned(),
        nn: title.to_owned(),
        en: title.to_owned(),
    };
    let system = json!({
        "language": "en",
        "_title": null,
        "content": "complete",
        "caseSensitive": true,
        "count": concepts.len(),
        "concept": concepts,
    });
    // Words of our own: nothing that a clinician approves.
    let kind = ("CodeSystem", Standing::Approved);
    without_nothing(with(head(kind, id, &[id], &title, base), system))
}

fn findings(guideline: &Guideline) -> Vec<Value> {
    let finding = |it: &riktig_guideline::Finding| {
        let other = |language: &str, value: &str| json!({ "language": language, "value": value });
        json!({
            "code": it.id.as_str(),
            "display": it.name.en,
            "designation": [other("nb", &it.name.nb), other("nn", &it.name.nn)],
        })
    };
    let own = ["nursing_home", "breast_feeding"].map(|code| json!({ "code": code }));
    guideline
        .findings()
        .iter()
        .map(finding)
        .chain(own)
        .collect()
}
