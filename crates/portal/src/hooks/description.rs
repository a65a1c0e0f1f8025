//! `GET /openapi.json` and `GET /fhir/openapi.json`: what is answered here, and how a doctor's system prescribes; for tools that make clients and
//! tests of it.

use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::call::service;
use super::knowledge::kept;
use crate::portal::Portal;

/// The description that stands beside the words about it.
const DESCRIPTION: &str = include_str!("../../../../docs/reference/cds-hooks.openapi.json");

/// The one of prescriptions in FHIR.
const PRESCRIBING: &str = include_str!("../../../../docs/reference/prescribing.openapi.json");

pub(super) async fn show(State(portal): State<Portal>, request: Request) -> Response {
    described(&portal, &request, DESCRIPTION)
}

pub(super) async fn prescribing(State(portal): State<Portal>, request: Request) -> Response {
    described(&portal, &request, PRESCRIBING)
}

fn described(portal: &Portal, request: &Request, shipped: &str) -> Response {
    let mut description: Value =
        serde_json::from_str(shipped).expect("the shipped description is read by the tests");
    description["servers"] = json!([{ "url": service(portal).base }]);
    kept(
        portal,
        request.headers(),
        "application/json; charset=utf-8",
        &description,
    )
}
