//! What was prescribed, by its id or by its patient. The patient is in the body of the search, never in an address.

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use riktig_chain::prescriber::Whole;
use riktig_journal::chain::PrescriptionId;
use riktig_journal::policy::{About, Act};
use serde_json::{Value, json};

use super::asked::{self, Whose};
use super::caller::{Caller, problem};
use super::told::Resource;
use crate::hooks::{Problem, base};
use crate::layers::arrival;
use crate::pages::chain::{own, send};
use crate::portal::Portal;

const FHIR: &str = "application/fhir+json; charset=utf-8";
/// Bytes of a search.
const LONGEST_SEARCH: usize = 2_000;

/// `GET /fhir/MedicationRequest/{id}`.
pub(crate) async fn one_request(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    one(Resource::Request, &portal, &id, request).await
}

/// `GET /fhir/MedicationStatement/{id}`.
pub(crate) async fn one_statement(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    one(Resource::Statement, &portal, &id, request).await
}

/// `POST /fhir/MedicationRequest/_search`.
pub(crate) async fn requests(
    State(portal): State<Portal>,
    request: Request,
) -> Result<Response, Problem> {
    search(Resource::Request, &portal, request).await
}

/// `POST /fhir/MedicationStatement/_search`.
pub(crate) async fn statements(
    State(portal): State<Portal>,
    request: Request,
) -> Result<Response, Problem> {
    search(Resource::Statement, &portal, request).await
}

async fn one(
    kind: Resource,
    portal: &Portal,
    id: &str,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let caller = Caller::of(portal, &parts)?;
    let id: PrescriptionId = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    let whole = own_one(portal, &caller, &id).await?;
    let whole = whole.ok_or(Problem::NOT_FOUND)?;
    given(kind, portal, StatusCode::OK, &whole)
}

/// The prescription of this id, if the policy lets this doctor see it; its line names the patient and is written before anything is told.
pub(super) async fn own_one(
    portal: &Portal,
    caller: &Caller<'_>,
    id: &PrescriptionId,
) -> Result<Option<Whole>, Problem> {
    let whole = caller.prescriber.whole(id).await;
    let Some(whole) = whole.map_err(|error| problem(send::failed(error)))? else {
        return Ok(None);
    };
    let about = About::Prescribed(whole.written.kept.prescriber, whole.written.patient);
    let acting = caller.visit.act(portal, Act::SeePrescribed, about).await;
    let done = acting.map_err(problem)?.done().await;
    done.map_err(|error| problem(error.into()))?;
    Ok(Some(whole))
}

async fn search(kind: Resource, portal: &Portal, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(portal, &parts)?;
    let form = arrival::read(body, LONGEST_SEARCH).await;
    let form = form.map_err(Problem::of_status)?;
    let patient = match asked::whose(&form) {
        Whose::This(patient) => patient,
        Whose::Nobodys => return Err(NOBODYS),
        Whose::Narrowed => return Err(NARROWED),
    };
    let whose = (caller.doctor, &patient);
    own::look(portal, &caller.visit, whose)
        .await
        .map_err(problem)?;
    let found = caller.prescriber.wholes(caller.doctor, &patient).await;
    let found = found.map_err(|error| problem(send::failed(error)))?;
    let base = base(portal);
    let entry = |whole: &Whole| {
        let resource = kind.of(whole, &base)?;
        let url = format!("{base}/fhir/{}/{}", kind.name(), whole.written.id);
        Some(json!({ "fullUrl": url, "resource": resource, "search": { "mode": "match" } }))
    };
    let entries: Vec<Value> = found.iter().filter_map(entry).collect();
    let mut bundle = json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": entries.len(),
        "link": [{ "relation": "self", "url": format!("{base}/fhir/{}/_search", kind.name()) }],
    });
    if !entries.is_empty() {
        bundle["entry"] = json!(entries);
    }
    Ok(fhir(StatusCode::OK, &bundle))
}

const NOBODYS: Problem = Problem::Other(
    StatusCode::BAD_REQUEST,
    "required",
    "say whose: patient.identifier=SYSTEM|NUMBER in the body, one patient, an identity number",
);
const NARROWED: Problem = Problem::Other(
    StatusCode::BAD_REQUEST,
    "not-supported",
    "nothing but the patient can be asked for: leave the other parameters out and choose among what comes",
);

/// A prescription as a resource, with where it stands.
pub(super) fn given(
    kind: Resource,
    portal: &Portal,
    status: StatusCode,
    whole: &Whole,
) -> Result<Response, Problem> {
    let base = base(portal);
    let resource = kind.of(whole, &base).ok_or(Problem::NOT_FOUND)?;
    let place = format!("{base}/fhir/{}/{}", kind.name(), whole.written.id);
    let place = [(header::LOCATION, place)];
    Ok(match status {
        StatusCode::CREATED => (place, fhir(status, &resource)).into_response(),
        _ => fhir(status, &resource),
    })
}

fn fhir(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, FHIR)], body.to_string()).into_response()
}
