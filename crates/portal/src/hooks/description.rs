//! `GET /openapi.json`: what is answered here, for tools that make clients and tests of it.

use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::call::service;
use super::knowledge::kept;
use crate::portal::Portal;

/// The description that stands beside the words about it.
const DESCRIPTION: &str = include_str!("../../../../docs/reference/cds-hooks.openapi.json");

pub(super) async fn show(State(portal): State<Portal>, request: Request) -> Response {
    let mut description: Value =
        serde_json::from_str(DESCRIPTION).expect("the shipped description is read by the tests");
    description["servers"] = json!([{ "url": service(&portal).base }]);
    kept(
        &portal,
        request.headers(),
        "application/json; charset=utf-8",
        &description,
    )
}
