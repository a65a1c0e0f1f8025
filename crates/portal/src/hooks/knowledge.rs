//! The guideline for whoever wants to hold it: by diagnosis as plain JSON, as FHIR resources, and what of it changes when. Public
//! knowledge, open to everybody. Rules that are switched off are left out, as if nobody had read them.

use std::borrow::Cow;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use riktig_codes::Day;
use riktig_fhir::knowledge::{CODE_SYSTEMS, code_system, collection, guideline_json};
use riktig_guideline::{Diagnosis, Guideline, SwitchedOff};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::call::service;
use super::outcome::Problem;
use super::terms;
use crate::moment;
use crate::portal::Portal;

/// The kinds of resource that are given.
const KINDS: [&str; 5] = [
    "PlanDefinition",
    "ActivityDefinition",
    "ValueSet",
    "CodeSystem",
    "StructureDefinition",
];

/// Whoever keeps an answer asks again after an hour; a rule that was switched off is gone by then.
const KEPT: &str = "public, max-age=3600, must-revalidate";

/// A diagnosis: `icpc2:R81`, `icd10:J18.9`, `snomed:385093006`.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    code: Option<String>,
}

/// `GET /guideline.json?code=icpc2:R81`.
pub(super) async fn by_code(
    State(portal): State<Portal>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Result<Response, Problem> {
    let words = "say which diagnosis: ?code=icpc2:R81, icd10:J18.9 or snomed:385093006";
    let wrong = Problem::Other(StatusCode::BAD_REQUEST, "invalid", words);
    let diagnosis = asked
        .code
        .as_deref()
        .and_then(Diagnosis::with_system)
        .ok_or(wrong)?;
    let guideline = as_it_stands(&portal).await.ok_or(Problem::NOT_NOW)?;
    let told = guideline_json(&guideline, diagnosis, today(&portal));
    Ok(kept(
        &portal,
        request.headers(),
        "application/json; charset=utf-8",
        &told,
    ))
}

/// `GET /fhir/{kind}`: all resources of a kind, as a search answers.
pub(super) async fn all(
    State(portal): State<Portal>,
    Path(kind): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let resources = resources(&portal, &kind).await?;
    let entry = |resource: Value| json!({ "fullUrl": resource["url"], "resource": resource, "search": { "mode": "match" } });
    let bundle = json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": resources.len(),
        "link": [{ "relation": "self", "url": format!("{}/fhir/{kind}", service(&portal).base) }],
        "entry": resources.into_iter().map(entry).collect::<Vec<_>>(),
    });
    Ok(kept(&portal, request.headers(), FHIR, &bundle))
}

/// `GET /fhir/{kind}/{id}`.
pub(super) async fn one(
    State(portal): State<Portal>,
    Path((kind, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let resources = resources(&portal, &kind).await?;
    let found = resources
        .into_iter()
        .find(|resource| resource["id"] == id.as_str());
    let found = found.ok_or(Problem::NOT_FOUND)?;
    Ok(kept(&portal, request.headers(), FHIR, &found))
}

const FHIR: &str = "application/fhir+json; charset=utf-8";

async fn resources(portal: &Portal, kind: &str) -> Result<Vec<Value>, Problem> {
    if !KINDS.contains(&kind) {
        return Err(Problem::NOT_FOUND);
    }
    let guideline = as_it_stands(portal).await.ok_or(Problem::NOT_NOW)?;
    let base = service(portal).base;
    if kind == "CodeSystem" {
        let systems = CODE_SYSTEMS.iter();
        let mut systems: Vec<Value> = systems
            .filter_map(|id| code_system(id, &guideline, &base))
            .collect();
        let reasons = systems.iter_mut().find(|it| it["id"] == "override-reason");
        if let Some(reasons) = reasons {
            terms::name_reasons(reasons, today(portal));
        }
        systems.push(terms::chain_control(&base));
        return Ok(systems);
    }
    if kind == "StructureDefinition" {
        return Ok(terms::structures(&base));
    }
    let mut bundle = collection(&guideline, today(portal), &base);
    let entries = bundle["entry"]
        .as_array_mut()
        .map(std::mem::take)
        .unwrap_or_default();
    let resources = entries
        .into_iter()
        .map(|mut entry| entry["resource"].take());
    Ok(resources
        .filter(|resource| resource["resourceType"] == kind)
        .collect())
}

/// `GET /fhir/metadata`: what is given, and nothing more.
pub(super) async fn metadata(State(portal): State<Portal>, request: Request) -> Response {
    let read = [json!({ "code": "read" }), json!({ "code": "search-type" })];
    let resource = |kind: &&str| json!({ "type": kind, "interaction": read });
    let mut resources: Vec<Value> = KINDS.iter().map(resource).collect();
    if portal.prescriber().is_some() {
        resources.extend(terms::prescriptions(&service(&portal).base));
    }
    let statement = json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": moment::date(portal.now()).to_string(),
        "kind": "instance",
        "software": { "name": "Riktig", "version": env!("CARGO_PKG_VERSION") },
        "implementation": {
            "description": "The Norwegian guideline for antibiotics in primary care, as far as it was read and held against its source",
            "url": format!("{}/fhir", service(&portal).base),
        },
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [{ "mode": "server", "resource": resources }],
    });
    kept(&portal, request.headers(), FHIR, &statement)
}

/// `GET /guideline/changes`: from which day which text holds, the newest first (JSON Feed 1.1).
pub(super) async fn changes(
    State(portal): State<Portal>,
    request: Request,
) -> Result<Response, Problem> {
    let guideline = as_it_stands(&portal).await.ok_or(Problem::NOT_NOW)?;
    let service = service(&portal);
    let mut items: Vec<(Date, Value)> = Vec::new();
    for (rule, condition, provenance) in dated(&guideline) {
        let days = [
            ("holds from", Some(provenance.valid_from)),
            ("does not hold any more after", provenance.valid_to),
        ];
        for (what, day) in days {
            let Some(date) = day.and_then(date_of) else {
                continue;
            };
            let item = json!({
                "id": format!("{}/guideline/changes#{rule}-{date}", service.base),
                "url": service.condition_page(&condition),
                "title": format!("{rule} {what} {date}"),
                "content_text": format!("{rule} {what} {date}: {}, {}",
                    provenance.source.as_deref().unwrap_or_default(), provenance.edition.as_deref().unwrap_or_default()),
                "date_published": format!("{date}T00:00:00+01:00"),
                "tags": [condition],
            });
            items.push((date, item));
        }
    }
    items.sort_by(|one, other| {
        other
            .0
            .cmp(&one.0)
            .then_with(|| one.1["id"].as_str().cmp(&other.1["id"].as_str()))
    });
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Riktig: the guideline",
        "home_page_url": format!("{}/guideline", service.base),
        "feed_url": format!("{}/guideline/changes", service.base),
        "items": items.into_iter().map(|(_, item)| item).collect::<Vec<_>>(),
    });
    Ok(kept(
        &portal,
        request.headers(),
        "application/feed+json; charset=utf-8",
        &feed,
    ))
}

/// The rules that may be given as advice, with where and when they stand.
fn dated(guideline: &Guideline) -> Vec<(String, String, &riktig_guideline::Provenance)> {
    let mut all = Vec::new();
    for condition in guideline.conditions() {
        let lines = condition
            .lines
            .iter()
            .map(|line| (&line.id, &line.provenance));
        let indications = condition
            .indications
            .iter()
            .map(|it| (&it.id, &it.provenance));
        for (id, provenance) in indications.chain(lines) {
            if provenance.is_advice() {
                all.push((
                    format!("{}/{id}", condition.id),
                    condition.id.clone(),
                    provenance,
                ));
            }
        }
    }
    all
}

fn date_of(day: Day) -> Option<Date> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch
        .checked_add(jiff::Span::new().days(day.epoch_days()))
        .ok()
}

fn today(portal: &Portal) -> Day {
    moment::day(portal.now())
}

/// The guideline without what is switched off; nothing where that cannot be told.
pub(crate) async fn as_it_stands(portal: &Portal) -> Option<Cow<'static, Guideline>> {
    let stands = portal.advising().standing.now(portal).await?;
    let whole = Guideline::shipped();
    if stands.off == SwitchedOff::nothing() {
        return Some(Cow::Borrowed(whole));
    }
    let mut left = whole.clone();
    for condition in whole.conditions() {
        let mut condition = condition.clone();
        let id = condition.id.clone();
        condition
            .lines
            .retain(|line| !stands.off.holds(&id, &line.id));
        condition
            .indications
            .retain(|it| !stands.off.holds(&id, &it.id));
        condition
            .facts
            .retain(|fact| !stands.off.holds(&id, &fact.id));
        left = left.with_condition(&condition);
    }
    Some(Cow::Owned(left))
}

/// The guideline by which this server advises.
pub(crate) fn guideline(portal: &Portal) -> &Guideline {
    &portal.advising().guideline
}

/// What is switched off; nothing where that cannot be told.
pub(crate) async fn switched_off(portal: &Portal) -> Option<SwitchedOff> {
    let stands = portal.advising().standing.now(portal).await?;
    Some(stands.off.clone())
}

/// An answer that may be kept, with its digest as the tag; 304 for whoever has it already.
pub(super) fn kept(
    portal: &Portal,
    asked: &HeaderMap,
    kind: &'static str,
    body: &Value,
) -> Response {
    let text = body.to_string();
    let digest = Sha256::digest(text.as_bytes());
    let tag: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{tag}\"");
    let has = asked.get_all(header::IF_NONE_MATCH).iter().any(|known| {
        let known = known.to_str().unwrap_or_default();
        known
            .split(',')
            .map(str::trim)
            .any(|it| it.trim_start_matches("W/") == tag || it == "*")
    });
    let headers = [
        (header::ETAG, HeaderValue::try_from(&tag)),
        (header::CACHE_CONTROL, HeaderValue::try_from(KEPT)),
        (
            header::LAST_MODIFIED,
            HeaderValue::try_from(last_modified(portal)),
        ),
    ];
    let headers = headers.map(|(name, value)| {
        (
            name,
            value.expect("a digest, a literal and a date are visible ASCII"),
        )
    });
    if has {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (StatusCode::OK, headers, kind, text).into_response()
}

/// The last day on which a text began or ceased to hold: what is said changes by the day only.
fn last_modified(portal: &Portal) -> String {
    let today = today(portal);
    let guideline = Guideline::shipped();
    let days = dated(guideline)
        .into_iter()
        .flat_map(|(_, _, it)| [Some(it.valid_from), it.valid_to]);
    let last = days
        .flatten()
        .filter(|day| *day <= today)
        .max()
        .unwrap_or(today);
    let date = date_of(last).unwrap_or(jiff::civil::date(1970, 1, 1));
    date.strftime("%a, %d %b %Y 00:00:00 GMT").to_string()
}
