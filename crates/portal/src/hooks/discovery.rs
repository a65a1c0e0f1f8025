//! `GET /cds-services`: what is offered, and what is to be sent along.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use riktig_fhir::Service;

use super::caller::Caller;
use super::outcome::{Problem, json_response};
use crate::portal::Portal;

pub(super) async fn show(
    State(portal): State<Portal>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let caller = Caller::of(&portal, &parts).await?;
    let offered = serde_json::json!(Service::discovery(caller.version()));
    Ok(json_response(StatusCode::OK, &offered))
}
