//! What our FHIR refers to that is not of the guideline: the codes of the chain's controls, the names of reasons, our own extensions.

use std::collections::BTreeMap;

use riktig_codes::Day;
use riktig_eresept::control::Control;
use riktig_guideline::{Guideline, PatientContext};
use riktig_reports::{Lang, tell_buttons};
use serde_json::{Value, json};

/// The CodeSystem of the controls' codes, each with what its sender is told; `{…}` is filled in from the prescription.
pub(super) fn chain_control(base: &str) -> Value {
    let concept = |control: &Control| {
        let words = control.sentence();
        named(
            json!({ "code": control.code() }),
            [&words.nb, &words.nn, &words.en],
        )
    };
    let concepts: Vec<Value> = Control::ALL.iter().map(concept).collect();
    let id = "chain-control";
    json!({
        "resourceType": "CodeSystem",
        "id": id,
        "url": format!("{base}/fhir/CodeSystem/{id}"),
        "version": env!("CARGO_PKG_VERSION"),
        "name": "RiktigChainControl",
        "title": "What the controls of the prescription chain find",
        "status": "active",
        "experimental": false,
        "publisher": "Riktig",
        "language": "nb",
        "content": "complete",
        "caseSensitive": true,
        "count": concepts.len(),
        "concept": concepts,
    })
}

/// Gives the reasons why a doctor chose otherwise the names that they have on cards.
pub(super) fn name_reasons(system: &mut Value, on: Day) {
    let [nb, nn, en] = [Lang::Nb, Lang::Nn, Lang::En].map(|lang| reasons(lang, on));
    let concepts = system["concept"].as_array_mut();
    for concept in concepts.into_iter().flatten() {
        let code = concept["code"].as_str().unwrap_or_default();
        if let (Some(nb), Some(nn), Some(en)) = (nb.get(code), nn.get(code), en.get(code)) {
            *concept = named(json!({ "code": code }), [nb, nn, en]);
        }
    }
    system["language"] = json!("nb");
}

fn reasons(lang: Lang, on: Day) -> BTreeMap<&'static str, String> {
    let patient = PatientContext::unknown(on);
    let answer = Guideline::shipped().advise(&patient);
    let buttons = tell_buttons(lang, Guideline::shipped(), &patient, &answer);
    let reasons = buttons.override_reasons.into_iter();
    reasons.map(|it| (it.reason.as_str(), it.name)).collect()
}

/// A concept with its name in bokmål, and in nynorsk and English beside it.
fn named(mut concept: Value, [nb, nn, en]: [&String; 3]) -> Value {
    let other = |language: &str, value: &str| json!({ "language": language, "value": value });
    concept["display"] = json!(nb);
    concept["designation"] = json!([other("nn", nn), other("en", en)]);
    concept
}

/// What an extension of ours holds: its parts with their types, or one value.
struct Shape {
    id: &'static str,
    title: &'static str,
    parts: &'static [(&'static str, &'static str)],
    value: Option<&'static str>,
}

const SHAPES: [Shape; 4] = [
    Shape {
        id: "waiting-prescription",
        title: "Whether a prescription waits to be needed, and until which day it cannot be fetched",
        parts: &[("waiting", "boolean"), ("not-before", "date")],
        value: None,
    },
    Shape {
        id: "chain-warnings",
        title: "What the intermediary said of a prescription that it took: a contained OperationOutcome",
        parts: &[],
        value: Some("Reference"),
    },
    Shape {
        id: "replaced-by",
        title: "The prescription that took the place of this one",
        parts: &[],
        value: Some("Reference"),
    },
    Shape {
        id: "dispensed",
        title: "A day on which a pharmacy dispensed of it, as far as was told and not taken back",
        parts: &[],
        value: Some("date"),
    },
];

/// The StructureDefinitions of our own extensions.
pub(super) fn structures(base: &str) -> Vec<Value> {
    SHAPES.iter().map(|it| structure(it, base)).collect()
}

fn structure(shape: &Shape, base: &str) -> Value {
    let url = format!("{base}/fhir/StructureDefinition/{}", shape.id);
    let mut elements =
        vec![json!({ "id": "Extension", "path": "Extension", "short": shape.title, "max": "1" })];
    for (part, kind) in shape.parts {
        let at = format!("Extension.extension:{part}");
        elements.push(
            json!({ "id": at, "path": "Extension.extension", "sliceName": part, "max": "1" }),
        );
        elements.push(json!({ "id": format!("{at}.url"), "path": "Extension.extension.url", "fixedUri": part }));
        elements.push(json!({ "id": format!("{at}.value[x]"), "path": "Extension.extension.value[x]", "type": [{ "code": kind }] }));
    }
    elements.push(json!({ "id": "Extension.url", "path": "Extension.url", "fixedUri": url }));
    elements.push(match shape.value {
        Some(kind) => json!({ "id": "Extension.value[x]", "path": "Extension.value[x]", "min": 1, "type": [{ "code": kind }] }),
        None => json!({ "id": "Extension.value[x]", "path": "Extension.value[x]", "max": "0" }),
    });
    let context = ["MedicationRequest", "MedicationStatement"];
    let context = context.map(|it| json!({ "type": "element", "expression": it }));
    json!({
        "resourceType": "StructureDefinition",
        "id": shape.id,
        "url": url,
        "version": env!("CARGO_PKG_VERSION"),
        "name": name_of(shape.id),
        "title": shape.title,
        "status": "active",
        "experimental": false,
        "publisher": "Riktig",
        "language": "en",
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": false,
        "context": context,
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": { "element": elements },
    })
}

/// `RiktigReplacedBy`.
fn name_of(id: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    format!("Riktig{}", id.split('-').map(capital).collect::<String>())
}

/// What is done with prescriptions, where this server has a part in the chain.
pub(super) fn prescriptions(base: &str) -> [Value; 2] {
    let interactions = ["create", "read", "search-type"].map(|it| json!({ "code": it }));
    let of = |kind: &str| {
        json!({
            "type": kind,
            "documentation": "A doctor who is logged in, their own prescriptions only. Searches are posted to _search: no number stands in an address.",
            "interaction": interactions,
            "conditionalCreate": true,
            "searchParam": [{ "name": "patient.identifier", "type": "token", "documentation": "The patient's identity number" }],
        })
    };
    let mut request = of("MedicationRequest");
    request["operation"] = json!([{
        "name": "recall",
        "definition": format!("{base}/fhir/openapi.json"),
        "documentation": "POST [id]/$recall with the parameter reason, a Coding of list 7500: 2, 4 or 5",
    }]);
    [request, of("MedicationStatement")]
}
