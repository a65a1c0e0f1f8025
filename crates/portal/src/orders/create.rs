//! `POST /fhir/MedicationRequest` and `POST /fhir/MedicationStatement`: an order becomes a signed prescription that is on its way.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use riktig_chain::prescriber::{Order, PrescribeError, Sent};
use riktig_fhir::Service;
use riktig_fhir::prescribing::{self as fhir, Read};
use riktig_journal::chain::PrescriptionId;
use riktig_journal::policy::Act;
use riktig_reports::Lang;
use serde_json::Value;

use super::agree::unlike;
use super::asked::Number;
use super::caller::{Caller, problem};
use super::give::{given, own_one};
use super::outcome::{refused, refused_there};
use super::refusal::{Refusal, told};
use super::renewed;
use super::told::Resource;
use crate::hooks::{Problem, arrived, base};
use crate::language::language;
use crate::moment;
use crate::pages::chain::{last_day, send};
use crate::portal::Portal;
use crate::prescribing;

/// `POST /fhir/MedicationRequest`.
pub(crate) async fn request(
    State(portal): State<Portal>,
    request: Request,
) -> Result<Response, Problem> {
    create(Resource::Request, &portal, request).await
}

/// `POST /fhir/MedicationStatement`.
pub(crate) async fn statement(
    State(portal): State<Portal>,
    request: Request,
) -> Result<Response, Problem> {
    create(Resource::Statement, &portal, request).await
}

async fn create(kind: Resource, portal: &Portal, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(portal, &parts)?;
    let body = arrived(portal, Service::ID, &parts, body).await?;
    let resource: Value = serde_json::from_slice(&body).map_err(|_| NOT_JSON)?;
    let lang = language(&parts.headers);
    let refuse = |it: Refusal| it.told(kind, lang);
    let asked = order((kind, lang), &resource, caller.doctor)?;
    let prior = renewed::prior(kind, &resource, &base(portal)).map_err(refuse)?;
    let number = Number::of(&parts.headers, (&resource, &asked), caller.doctor).map_err(refuse)?;
    let id: PrescriptionId = number.id.as_str().parse().map_err(|_| Problem::NOT_FOUND)?;
    let before = caller.prescriber.whole(&id).await;
    let before = before.map_err(|error| problem(send::failed(error)))?;
    if let (true, Some(_)) = (number.conditional, &before) {
        let whole = own_one(portal, &caller, &id).await?;
        return given(
            kind,
            portal,
            StatusCode::OK,
            &whole.ok_or(Problem::NOT_FOUND)?,
        );
    }
    let order = prescribing::order(&asked, number.id).map_err(|it| refuse(Refusal::Lack(it)))?;
    if before.is_none() {
        check(kind, portal, &caller, (&order, lang))?;
    }
    let asking = caller
        .visit
        .asking(portal, Act::Prescribe)
        .map_err(problem)?;
    let written = match &prior {
        Some(old) => caller.prescriber.renew_as(&order, old, &asking).await,
        None => caller.prescriber.prescribe_as(&order, &asking).await,
    };
    let written = written.map_err(|error| match error {
        PrescribeError::NotOpen => refuse(Refusal::PriorGone),
        // The policy has refused it and said so in the log.
        PrescribeError::Refused(_) if order.prescriber != caller.doctor => {
            refuse(Refusal::Anothers)
        }
        other => problem(send::failed(other)),
    })?;
    if let Sent::Refused { errors } = &written.kept.sent {
        return Err(refused_there(errors));
    }
    let whole = caller.prescriber.whole(&id).await;
    let whole = whole.map_err(|error| problem(send::failed(error)))?;
    let status = match before {
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    given(kind, portal, status, &whole.ok_or(Problem::NOT_FOUND)?)
}

pub(super) const NOT_JSON: Problem = Problem::Other(
    StatusCode::BAD_REQUEST,
    "structure",
    "the body is not JSON: send one resource",
);
const OTHER_RESOURCE: Problem = Problem::Other(
    StatusCode::BAD_REQUEST,
    "invalid",
    "the body is not the resource that the address names",
);

/// The order that a resource tells, all of it understood and its numbers those of its words. Whoever is logged in prescribes where nobody is named, and
/// the last day is the rule's where none is.
fn order(
    (kind, lang): (Resource, Lang),
    resource: &Value,
    doctor: riktig_codes::HprNumber,
) -> Result<fhir::Order, Problem> {
    if resource["resourceType"] != kind.name() {
        return Err(OTHER_RESOURCE);
    }
    let read = Read::of(resource, |_| None);
    let read = read.map_err(|error| Refusal::Order(error).told(kind, lang))?;
    let unread = read.unread.iter().map(|it| Refusal::Unread(it));
    let refusals: Vec<Refusal> = unread.chain(unlike(&read.order)).collect();
    if !refusals.is_empty() {
        return Err(told(kind, lang, &refusals));
    }
    let mut order = read.order;
    order.prescriber = order.prescriber.or(Some(doctor));
    if let (None, Some(atc), Some(day)) = (order.expires, order.drug.atc, order.prescribed) {
        order.expires = last_day(atc, day);
    }
    Ok(order)
}

/// What would come back refused is refused before anything is signed.
fn check(
    kind: Resource,
    portal: &Portal,
    caller: &Caller<'_>,
    (order, lang): (&Order, Lang),
) -> Result<(), Problem> {
    let today = moment::day(portal.now());
    if order.prescribed != today {
        return Err(Refusal::OtherDay.told(kind, lang));
    }
    // Another doctor's order goes on to the policy, which refuses it and says so in the log.
    if order.prescriber == caller.doctor && !caller.prescriber.can_sign(caller.doctor) {
        return Err(Refusal::NoKey.told(kind, lang));
    }
    let found = caller.prescriber.checked(order, today);
    match found.is_accepted() {
        true => Ok(()),
        false => Err(refused(kind.name(), lang, &found.refused, &base(portal))),
    }
}
