//! `docs/reference/prescribing.openapi.json` is what is served and answered: its paths are routes, its examples and our answers fit its schemas.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use riktig_portal::MACHINE_ROUTES;
use serde_json::{Value, json};

use crate::intermediary::world;
use crate::world::{Answer, Browser, World};

fn document() -> Value {
    let text = include_str!("../../../../docs/reference/prescribing.openapi.json");
    serde_json::from_str(text).expect("JSON")
}

/// What of JSON Schema the document uses, and no more: another keyword would be looked at by nobody.
const KEYWORDS: [&str; 13] = [
    "$ref",
    "additionalProperties",
    "const",
    "description",
    "enum",
    "format",
    "items",
    "maxLength",
    "minItems",
    "minLength",
    "minimum",
    "properties",
    "required",
];

/// What in a value is not as the schema says.
fn misfits(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let document = document();
        let schema = document.pointer(reference.trim_start_matches('#'));
        return misfits(schema.expect("a schema that is there"), value, at, out);
    }
    for keyword in schema.as_object().expect("a schema").keys() {
        let known =
            KEYWORDS.contains(&keyword.as_str()) || keyword == "type" || keyword == "pattern";
        assert!(known, "{at}: nobody looks at {keyword}");
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
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
    must(schema["type"].as_str().is_none_or(|it| it == kind), "type");
    must(schema.get("const").is_none_or(|it| it == value), "const");
    let allowed = schema["enum"].as_array();
    must(allowed.is_none_or(|them| them.contains(value)), "enum");
    let text = value
        .as_str()
        .unwrap_or("0190c0de-0000-7000-8000-00000000abcd");
    let long = u64::try_from(text.chars().count()).expect("short");
    must(
        schema["minLength"].as_u64().is_none_or(|it| long >= it),
        "minLength",
    );
    must(
        schema["maxLength"].as_u64().is_none_or(|it| long <= it),
        "maxLength",
    );
    must(
        schema["format"] != "uuid" || uuid::Uuid::try_parse(text).is_ok(),
        "uuid",
    );
    let is_day = text.parse::<riktig_codes::Day>().is_ok();
    must(schema["format"] != "date" || is_day, "date");
    must(
        schema["pattern"].is_null() || is_patient(schema, text),
        "pattern",
    );
    for key in schema["required"].as_array().into_iter().flatten() {
        let key = key.as_str().expect("a name");
        must(value.get(key).is_some(), &format!("{key} is missing"));
    }
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    let few = schema["minItems"].as_u64();
    must(few.is_none_or(|it| list.len() as u64 >= it), "minItems");
    if schema["items"].is_object() {
        for it in list {
            misfits(&schema["items"], it, &format!("{at}[]"), out);
        }
    }
    for (key, it) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        match &schema["properties"][key] {
            Value::Null if schema["additionalProperties"] == false => {
                out.push(at + ": not described")
            }
            Value::Null => {}
            known => misfits(known, it, &at, out),
        }
    }
}

/// The one pattern of the document: an identity number, with or without its system.
fn is_patient(schema: &Value, text: &str) -> bool {
    assert_eq!(schema["pattern"], r"^(urn:oid:[0-9.]{5,40}\|)?[0-9]{11}$");
    let digits = text.rsplit('|').next().unwrap_or_default();
    digits.len() == 11 && digits.bytes().all(|it| it.is_ascii_digit())
}

fn assert_fits(content: &Value, value: &Value) {
    let mut out = Vec::new();
    misfits(&content["schema"], value, "", &mut out);
    assert_eq!(out, Vec::<String>::new(), "{value:#}");
}

/// Every pair of a schema and its example, by where they stand.
fn examples(value: &Value, at: &str, out: &mut Vec<(String, Value)>) {
    if value.get("schema").is_some() && value.get("example").is_some() {
        out.push((at.to_owned(), value.clone()));
    }
    for (key, it) in value.as_object().into_iter().flatten() {
        examples(it, &format!("{at} {key}"), out);
    }
}

/// The schema of an answer, as the document has it for this operation and status.
fn answer_of<'a>(operation: &'a Value, answer: &Answer) -> &'a Value {
    let response = &operation["responses"][answer.status.as_str()];
    let kind = answer.headers.get("content-type").expect("a kind");
    let kind = kind
        .to_str()
        .expect("ASCII")
        .split(';')
        .next()
        .expect("one");
    let content = &response["content"][kind];
    assert!(
        content.is_object(),
        "{} {kind} is not described",
        answer.status
    );
    content
}

async fn post(browser: &Browser<'_>, path: &str, order: &Value) -> (Answer, Value) {
    let kind = [("content-type", "application/fhir+json")];
    let answer = browser.post_body(path, &kind, order.to_string()).await;
    let read = serde_json::from_slice(&answer.bytes).expect("JSON");
    (answer, read)
}

#[test]
fn every_path_that_is_described_is_a_route_and_every_such_route_is_described() {
    let document = document();
    let mut described = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            described.insert((method.to_uppercase(), path.clone()));
        }
    }
    let routes = MACHINE_ROUTES.iter().filter(|it| it.session);
    let routes = routes.map(|it| (it.method.to_owned(), it.path.to_owned()));
    assert_eq!(described, routes.collect());
}

#[test]
fn every_example_fits_its_schema_and_there_is_one_for_each_body() {
    let mut found = Vec::new();
    examples(&document(), "", &mut found);
    for (at, content) in &found {
        let mut out = Vec::new();
        misfits(&content["schema"], &content["example"], at, &mut out);
        assert_eq!(out, Vec::<String>::new());
    }
    let bodies = found.iter().filter(|it| it.0.contains(" requestBody "));
    assert_eq!(bodies.count(), 5, "two orders, two searches, a recall");
    let order = include_str!("../../../../docs/examples/prescribing/order.json");
    let order: Value = serde_json::from_str(order).expect("JSON");
    let request = &document()["paths"]["/fhir/MedicationRequest"]["post"]["requestBody"];
    assert_eq!(
        request["content"]["application/fhir+json"]["example"],
        order
    );
    // The schemas do refuse something.
    let mut wrong = order;
    wrong["resourceType"] = json!("MedicationStatement");
    let mut out = Vec::new();
    let content = &request["content"]["application/fhir+json"]["schema"];
    misfits(content, &wrong, "", &mut out);
    assert_eq!(out, ["/resourceType: const"]);
}

#[tokio::test]
async fn the_examples_are_prescribed_from_and_every_answer_is_as_it_is_described() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let document = document();
    for kind in ["MedicationRequest", "MedicationStatement"] {
        let path = format!("/fhir/{kind}");
        let create = &document["paths"][&path]["post"];
        let body = &create["requestBody"]["content"]["application/fhir+json"];
        // The examples are of the demo's day.
        let order = body["example"]
            .to_string()
            .replace("2026-12-01", "2026-11-22");
        let order = serde_json::from_str(&order).expect("JSON");
        let mut other = order;
        let (created, resource) = post(&doctor, &path, &other).await;
        assert_eq!(created.status, StatusCode::CREATED, "{resource:#}");
        assert_fits(answer_of(create, &created), &resource);
        let (again, resource) = post(&doctor, &path, &other).await;
        assert_eq!(again.status, StatusCode::OK);
        assert_fits(answer_of(create, &again), &resource);
        let nobody = world.nobody();
        let (refused, outcome) = post(&nobody, &path, &other).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_fits(answer_of(create, &refused), &outcome);
        other["reasonCode"] = json!([]);
        other["identifier"][0]["value"] = json!("another");
        let (refused, outcome) = post(&doctor, &path, &other).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_fits(answer_of(create, &refused), &outcome);
        let read = &document["paths"][format!("{path}/{{id}}")]["get"];
        let id = resource["id"].as_str().expect("an id");
        let given = doctor.get(&format!("{path}/{id}")).await;
        let resource = serde_json::from_slice(&given.bytes).expect("JSON");
        assert_fits(answer_of(read, &given), &resource);
        let found = search(&doctor, &document, &path).await;
        assert!(
            found["total"].as_u64().is_some_and(|it| it >= 1),
            "{found:#}"
        );
    }
}

/// Looks for the patient of the example.
async fn search(doctor: &Browser<'_>, document: &Value, path: &str) -> Value {
    let path = format!("{path}/_search");
    let search = &document["paths"][&path]["post"];
    let form = &search["requestBody"]["content"]["application/x-www-form-urlencoded"];
    let whose = form["example"]["patient.identifier"].as_str().expect("one");
    let answer = doctor.post(&path, &[("patient.identifier", whose)]).await;
    let found = serde_json::from_slice(&answer.bytes).expect("JSON");
    assert_fits(answer_of(search, &answer), &found);
    found
}

#[tokio::test]
async fn the_description_is_served_to_everybody_with_the_servers_own_address() {
    let world = World::new().await;
    let answer = world.nobody().get("/fhir/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    let served: Value = serde_json::from_slice(&answer.bytes).expect("JSON");
    let mut written = document();
    written["servers"] = json!([{ "url": served["servers"][0]["url"] }]);
    assert_eq!(served, written);
    let url = served["servers"][0]["url"].as_str().expect("an address");
    assert!(url.starts_with("http://127.0.0.1:8080"), "{url}");
    let answer = world.nobody().get("/openapi.json").await;
    assert!(
        !answer.text().contains("MedicationRequest/_search"),
        "that one is of the hooks"
    );
}
