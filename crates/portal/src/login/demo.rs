//! `POST /login/demo`: a session of an invented person. It exists in the demo only.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;

use super::session::{self, NoSession, Proven};
use super::{Way, return_to};
use crate::failure::Failure;
use crate::metrics::LoginResult;
use crate::portal::Portal;
use crate::visit::Visit;

/// Whom to be.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    persona: String,
}

pub(crate) async fn demo(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Failure> {
    let Way::Demo(people) = portal.login() else {
        return Err(Failure::NotFound);
    };
    let person = people
        .iter()
        .find(|person| person.persona.id == chosen.persona)
        .ok_or(Failure::Invalid)?;
    let proven = Proven {
        pid: &person.pid,
        hpr: person.hpr,
        organisation: None,
        sub: format!("demo {}", person.persona.id),
        sid: None,
        // Stands where an issuer's token would: by it the frame finds the name again.
        id_token: person.persona.id.clone(),
    };
    let https = portal.is_https();
    let came_with = session::token(&headers, https);
    let asked = visit.asked(portal.now());
    let mut headers_set = session::begin(&portal, proven, came_with.as_ref(), asked)
        .await
        .map_err(|error| match error {
            NoSession::Journal(error) => error.into(),
            other => Failure::internal(other),
        })?;
    portal.metrics().login(LoginResult::Succeeded);
    let to = HeaderValue::try_from(return_to::remembered(&headers, https));
    headers_set.extend([
        (header::SET_COOKIE, return_to::forget(https)),
        (header::LOCATION, to.map_err(Failure::internal)?),
    ]);
    Ok((StatusCode::SEE_OTHER, AppendHeaders(headers_set)).into_response())
}
