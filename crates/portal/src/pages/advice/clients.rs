//! `POST /operator/advice/clients/{client}` and below: systems that may ask, proposed by one operator and confirmed by another.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_helseid::KeySet;
use riktig_journal::ChangeError;
use riktig_journal::cds_client::{self, Keys, Terms};
use riktig_journal::id::ClientId;
use riktig_journal::policy::{About, Act};
use serde::Deserialize;

use super::show;
use crate::failure::Failure;
use crate::moment;
use crate::page::Page;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What is proposed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Proposal {
    pub(super) name: String,
    pub(super) issuer: String,
    pub(super) keys: String,
    pub(super) fhir_server: String,
    pub(super) newer: String,
    pub(super) until: String,
}

/// `POST /operator/advice/clients/{client}`. A new client is silent; two operators change that when its numbers have been looked at.
pub(crate) async fn propose(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Proposal>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::ProposeClient, about).await?;
    let proposed = match terms(&sent) {
        Some(terms) => cds_client::propose(&mut acting, &terms).await,
        None => Err(ChangeError::Invalid {
            field: "the client",
            rule: "keys and a day",
        }),
    };
    match proposed {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Invalid { .. }) => {
            drop(acting);
            let said = shell.say("hooks-problem-client");
            let mut page = show::page(&portal, &visit, shell).await?;
            page.problems = vec![["name".to_owned(), said]];
            page.form = sent;
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(other) => return Err(other.into()),
    }
    Ok(back("proposed"))
}

fn terms(sent: &Proposal) -> Option<Terms> {
    let keys = match sent.keys.trim() {
        text if text.starts_with('{') => {
            KeySet::read(text.as_bytes()).filter(|set| !set.is_empty())?;
            Keys::Here(text.to_owned())
        }
        text => Keys::At(text.to_owned()),
    };
    let server = sent.fhir_server.trim();
    // Until the end of the day.
    let until = sent
        .until
        .parse()
        .ok()
        .and_then(|day: jiff::civil::Date| day.tomorrow().ok());
    Some(Terms {
        name: sent.name.clone(),
        issuer: sent.issuer.trim().to_owned(),
        keys,
        fhir_server: (!server.is_empty()).then(|| server.to_owned()),
        newer: sent.newer == "yes",
        until: until.and_then(moment::begins)?,
    })
}

/// `POST /operator/advice/clients/{client}/confirm`.
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::ConfirmClient, about).await?;
    cds_client::confirm(&mut acting).await?;
    acting.done().await?;
    portal.advising().changed();
    Ok(back("confirmed"))
}

/// `POST /operator/advice/clients/{client}/end`.
pub(crate) async fn end(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::KeepClient, about).await?;
    cds_client::end(&mut acting).await?;
    acting.done().await?;
    portal.advising().changed();
    Ok(back("ended"))
}

pub(super) fn read(id: &str) -> Result<ClientId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

pub(super) fn back(said: &str) -> Response {
    Redirect::to(&format!("/operator/advice?said={said}")).into_response()
}
