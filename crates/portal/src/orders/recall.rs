//! `POST /fhir/MedicationRequest/{id}/$recall`: a doctor takes back what they have prescribed (M5), as on the page.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use riktig_chain::prescriber::{PrescribeError, Sent};
use riktig_eresept::prescription::RecallReason;
use riktig_eresept::system;
use riktig_fhir::Service;
use riktig_journal::chain::PrescriptionId;
use riktig_journal::policy::Act;
use serde_json::Value;

use super::caller::{Caller, problem};
use super::create::NOT_JSON;
use super::give::{given, own_one};
use super::refusal::Refusal;
use super::told::Resource;
use crate::hooks::{Problem, arrived};
use crate::language::language;
use crate::pages::chain::send;
use crate::portal::Portal;

/// `POST /fhir/MedicationRequest/{id}/$recall`. One that is recalled already, or whose recall is on its way, is given out as it stands.
pub(crate) async fn recall(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(&portal, &parts)?;
    let body = arrived(&portal, Service::ID, &parts, body).await?;
    let asked: Value = serde_json::from_slice(&body).map_err(|_| NOT_JSON)?;
    let refuse = |it: Refusal| it.told(Resource::Request, language(&parts.headers));
    let reason = reason(&asked).ok_or_else(|| refuse(Refusal::RecallReason))?;
    let id: PrescriptionId = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    let whole = own_one(&portal, &caller, &id).await?;
    let whole = whole.ok_or(Problem::NOT_FOUND)?;
    if matches!(whole.written.kept.sent, Sent::Refused { .. }) {
        return Err(refuse(Refusal::RecallOver));
    }
    if !whole.written.kept.may_be_recalled() {
        return given(Resource::Request, &portal, StatusCode::OK, &whole);
    }
    let asking = caller.visit.asking(&portal, Act::Prescribe);
    let asking = asking.map_err(problem)?;
    let people = (caller.doctor, &whole.patient);
    let recalled = caller
        .prescriber
        .recall_as(people, &id, (reason, None), &asking)
        .await;
    recalled.map_err(|error| match error {
        PrescribeError::NoKey => refuse(Refusal::NoKey),
        other => problem(send::failed(other)),
    })?;
    caller.visit.was_let(&asking);
    let after = caller.prescriber.whole(&id).await;
    let after = after.map_err(|error| problem(send::failed(error)))?;
    given(
        Resource::Request,
        &portal,
        StatusCode::OK,
        &after.ok_or(Problem::NOT_FOUND)?,
    )
}

/// The one parameter: a code of list 7500. What another prescription takes the place of is recalled by that one (`priorPrescription`), and not here.
fn reason(asked: &Value) -> Option<RecallReason> {
    let [parameter] = asked["parameter"].as_array()?.as_slice() else {
        return None;
    };
    let coding = &parameter["valueCoding"];
    let list = coding["system"].as_str()?;
    let list = list.strip_prefix("urn:oid:").unwrap_or(list);
    let is_reason = asked["resourceType"] == "Parameters"
        && parameter["name"] == "reason"
        && list == system::RECALL_REASON;
    let reason = RecallReason::from_code(coding["code"].as_str()?)?;
    let renews = matches!(
        reason,
        RecallReason::Renewal | RecallReason::RenewalWithChange
    );
    (is_reason && !renews).then_some(reason)
}
