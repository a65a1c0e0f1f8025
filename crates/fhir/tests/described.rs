//! `docs/reference/cds-hooks.openapi.json` says what the service does: its answers fit, and its words are ours.

use riktig_fhir::{HookRequest, Service, Version};
use riktig_guideline::OverrideReason;
use serde_json::{Value, json};

mod world;
use world::{answer, bundle, guideline};

fn document() -> Value {
    serde_json::from_str(include_str!(
        "../../../docs/reference/cds-hooks.openapi.json"
    ))
    .unwrap()
}

/// What in a value is not as the schema says: the part of JSON Schema that the document uses.
fn misfits(document: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = document
            .pointer(reference.trim_start_matches('#'))
            .expect("a schema that is there");
        return misfits(document, schema, value, at, out);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let mut must = |holds: bool, what: &str| {
        if !holds {
            out.push(format!("{at}: {what}"));
        }
    };
    match &schema["type"] {
        Value::String(one) => must(one == kind, "type"),
        Value::Array(several) => must(several.iter().any(|it| it == kind), "type"),
        _ => {}
    }
    if let Some(allowed) = schema["enum"].as_array() {
        must(allowed.contains(value), "enum");
    }
    if let Some(text) = value.as_str() {
        let length = u64::try_from(text.chars().count()).unwrap();
        must(
            schema["minLength"].as_u64().is_none_or(|it| length >= it),
            "minLength",
        );
        must(
            schema["maxLength"].as_u64().is_none_or(|it| length <= it),
            "maxLength",
        );
        must(
            schema["pattern"] != "^https?://" || text.starts_with("http"),
            "pattern",
        );
    }
    for (key, needed) in schema["dependentRequired"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let missing = needed
            .as_array()
            .unwrap()
            .iter()
            .any(|it| value.get(it.as_str().unwrap()).is_none());
        must(value.get(key).is_none() || !missing, "dependentRequired");
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        must(
            value.get(key.as_str().unwrap()).is_some(),
            &format!("{key} is missing"),
        );
    }
    if let Some(list) = value.as_array() {
        let length = u64::try_from(list.len()).unwrap();
        must(
            schema["minItems"].as_u64().is_none_or(|it| length >= it),
            "minItems",
        );
        must(
            schema["maxItems"].as_u64().is_none_or(|it| length <= it),
            "maxItems",
        );
        if schema["items"].is_object() {
            list.iter()
                .for_each(|it| misfits(document, &schema["items"], it, &format!("{at}[]"), out));
        }
    }
    for (key, it) in value.as_object().into_iter().flatten() {
        let (known, other) = (&schema["properties"][key], &schema["additionalProperties"]);
        match (known.is_object(), other) {
            (true, _) => misfits(document, known, it, &format!("{at}/{key}"), out),
            (false, Value::Bool(false)) => out.push(format!("{at}/{key}: not described")),
            (false, Value::Object(_)) => misfits(document, other, it, &format!("{at}/{key}"), out),
            _ => {}
        }
    }
}

fn fits(schema: &str, value: &Value) {
    let document = document();
    let mut out = Vec::new();
    misfits(
        &document,
        &json!({ "$ref": format!("#/components/schemas/{schema}") }),
        value,
        "",
        &mut out,
    );
    assert_eq!(out, Vec::<String>::new(), "{value:#}");
}

#[test]
fn what_is_offered_and_answered_is_as_it_is_described() {
    for version in [Version::V2, Version::V3] {
        fits(
            "Discovery",
            &serde_json::to_value(Service::discovery(version)).unwrap(),
        );
        let mut cards = 0;
        for condition in guideline().conditions() {
            for hook in ["patient-view", "order-select", "order-sign"] {
                let code = condition.codes.icpc2[0].to_string();
                let response = answer(version, |it| {
                    it["hook"] = json!(hook);
                    it["prefetch"]["conditions"] = bundle(json!([world::condition(
                        "urn:oid:2.16.578.1.12.4.1.1.7170",
                        &code
                    )]));
                });
                cards += response.cards.len();
                fits("Response", &serde_json::to_value(&response).unwrap());
            }
        }
        assert!(cards > 8, "{cards}");
    }
}

#[test]
fn a_refusal_is_as_it_is_described() {
    for body in ["", "[]", "{}", r#"{"hook":"order-dispatch"}"#] {
        let refusal = HookRequest::read(body.as_bytes()).unwrap_err();
        fits("OperationOutcome", &refusal.outcome());
    }
}

#[test]
fn a_call_that_is_read_is_described_and_one_that_is_described_is_read() {
    fits("Request", &world::call());
    let mut sloppy = world::call();
    sloppy["prefetch"]["allergies"] = Value::Null;
    sloppy["context"]["draftOrders"] = json!([world::draft()]);
    sloppy["context"]["selections"] = json!("MedicationRequest/o1");
    fits("Request", &sloppy);
    let read = HookRequest::from_value(&sloppy).unwrap();
    assert_eq!((read.drafts.len(), read.selections.len()), (1, 1));
}

#[test]
fn the_described_override_reasons_are_ours() {
    let codes = document()
        .pointer("/components/schemas/OverrideReason/properties/code/enum")
        .unwrap()
        .clone();
    assert_eq!(
        codes,
        json!(OverrideReason::ALL.map(OverrideReason::as_str))
    );
    let id = document()
        .pointer("/components/parameters/id/schema/enum/0")
        .unwrap()
        .clone();
    assert_eq!(id, Service::ID);
}
