//! `GET` and `POST /operator/disputes/{dispute}`: one dispute, and the answer that its doctor reads.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::ChangeError;
use riktig_journal::dispute::{self, Dispute, State as Settled};
use riktig_journal::id::DisputeId;
use riktig_journal::policy::{About, Act};
use serde::Deserialize;

use super::disputes::{self, Row, TOLD_FOR};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// One dispute.
#[derive(Debug, Template)]
#[template(path = "operator/dispute.html")]
pub(crate) struct OneDispute {
    shell: Shell,
    problems: Vec<[String; 2]>,
    row: Row,
    /// The doctor's number, by which the rows are looked up at the source.
    doctor: String,
    words: String,
    open: bool,
    /// It is about the operator: another answers.
    own: bool,
    form: Answer,
}

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    version: i64,
    /// `upheld` or `rejected`.
    #[serde(default)]
    answer: String,
    #[serde(default)]
    reason: String,
}

impl Framed for OneDispute {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/disputes/{dispute}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let dispute = found(&portal, &visit, read(&id)?).await?;
    let form = Answer {
        version: dispute.version,
        ..Answer::default()
    };
    let page = page(&portal, &visit, shell, &dispute, form);
    Ok(Page::new(page).into_response())
}

/// `POST /operator/disputes/{dispute}`.
pub(crate) async fn resolve(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<Answer>,
) -> Result<Response, Failure> {
    let id = read(&id)?;
    let mut acting = visit
        .act(&portal, Act::ResolveDispute, About::Dispute(id))
        .await?;
    let upheld = match form.answer.as_str() {
        "upheld" => Some(true),
        "rejected" => Some(false),
        _ => None,
    };
    let mut problems = Vec::new();
    if upheld.is_none() {
        let said = shell.say("operator-problem-answer");
        problems.push(["answer".to_owned(), said]);
    }
    if let Some(upheld) = upheld {
        match dispute::resolve(&mut acting, upheld, &form.reason, form.version).await {
            Ok(()) => {
                acting.done().await?;
                let to = format!("/operator/disputes?said={}", form.answer);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(ChangeError::Conflict { .. }) => {
                return Ok(Redirect::to("/operator/disputes?said=settled").into_response());
            }
            Err(ChangeError::Invalid { .. }) => {
                let said = shell.say("operator-problem-reason");
                problems.push(["reason".to_owned(), said]);
            }
            Err(other) => return Err(other.into()),
        }
    }
    drop(acting);
    let dispute = found(&portal, &visit, id).await?;
    let mut page = page(&portal, &visit, shell, &dispute, form);
    page.problems = problems;
    Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn read(id: &str) -> Result<DisputeId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

async fn found(portal: &Portal, visit: &Visit, id: DisputeId) -> Result<Dispute, Failure> {
    let mut looking = visit.look(portal, Act::SeeDisputes, About::Country).await?;
    let since = looking.now() - TOLD_FOR;
    let mut all = dispute::open(&mut looking).await?;
    all.extend(dispute::settled_since(&mut looking, since).await?);
    let found = all.into_iter().find(|it| it.id == id);
    found.ok_or(Failure::NotFound)
}

fn page(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    dispute: &Dispute,
    form: Answer,
) -> OneDispute {
    let asker = visit.actor();
    OneDispute {
        problems: Vec::new(),
        row: disputes::row(portal, shell.lang, dispute),
        doctor: dispute.hpr.to_string(),
        words: dispute.flag.words.clone(),
        open: dispute.state == Settled::Open,
        own: asker.is_some_and(|it| it.is_own_matter(dispute.hpr)),
        form,
        shell,
    }
}
