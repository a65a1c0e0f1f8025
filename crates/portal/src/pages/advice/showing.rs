//! `POST /operator/advice/clients/{client}/showing` and below: that a system is shown its advice is proposed by one operator and approved
//! by another; `POST …/silent` is one operator's, at once.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act};
use riktig_journal::{ChangeError, cds_client, cds_showing};
use serde::Deserialize;

use super::clients::{back, read};
use super::show;
use crate::failure::Failure;
use crate::page::Page;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What the operator saw, and why it is refused.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    version: i64,
    #[serde(default)]
    reason: String,
}

/// `POST /operator/advice/clients/{client}/showing`. Nothing is shown yet.
pub(crate) async fn propose(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::ProposeShowing, about).await?;
    cds_showing::propose(&mut acting, sent.version).await?;
    acting.done().await?;
    Ok(back("showing-proposed"))
}

/// `POST /operator/advice/clients/{client}/showing/approve`.
pub(crate) async fn approve(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::ApproveShowing, about).await?;
    cds_showing::approve(&mut acting, sent.version).await?;
    acting.done().await?;
    portal.advising().changed();
    Ok(back("showing"))
}

/// `POST /operator/advice/clients/{client}/showing/refuse`.
pub(crate) async fn refuse(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let client = read(&id)?;
    let about = About::Client(client);
    let mut acting = visit.act(&portal, Act::RefuseShowing, about).await?;
    match cds_showing::refuse(&mut acting, sent.version, &sent.reason).await {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Invalid { .. }) => {
            drop(acting);
            let said = shell.say("hooks-problem-reason");
            let mut page = show::page(&portal, &visit, shell).await?;
            page.problems = vec![[format!("refuse-{client}"), said]];
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(other) => return Err(other.into()),
    }
    Ok(back("refused"))
}

/// `POST /operator/advice/clients/{client}/showing/withdraw`.
pub(crate) async fn withdraw(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::WithdrawShowing, about).await?;
    cds_showing::withdraw(&mut acting, sent.version).await?;
    acting.done().await?;
    Ok(back("withdrawn"))
}

/// `POST /operator/advice/clients/{client}/silent`.
pub(crate) async fn hush(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let about = About::Client(read(&id)?);
    let mut acting = visit.act(&portal, Act::KeepClient, about).await?;
    cds_client::hush(&mut acting).await?;
    acting.done().await?;
    portal.advising().changed();
    Ok(back("silent"))
}
