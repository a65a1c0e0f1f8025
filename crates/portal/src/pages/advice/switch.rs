//! `POST /operator/advice/off` and `/on`: rules are switched, with effect on the next answer.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_guideline::Guideline;
use riktig_journal::policy::{About, Act, RuleName};
use riktig_journal::{ChangeError, switch};
use serde::Deserialize;

use super::show;
use crate::failure::Failure;
use crate::page::Page;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What is to be switched.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    rule: String,
    #[serde(default)]
    reason: String,
}

/// `POST /operator/advice/off`.
pub(crate) async fn off(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let about = About::Rule(known(&sent.rule)?);
    let mut acting = visit.act(&portal, Act::SwitchRuleOff, about).await?;
    match switch::off(&mut acting, &sent.reason).await {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Invalid {
            field: "the reason",
            ..
        }) => {
            drop(acting);
            let said = shell.say("hooks-problem-reason");
            let mut page = show::page(&portal, &visit, shell).await?;
            page.problems = vec![["reason".to_owned(), said]];
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        // It is off already: what was asked for stands.
        Err(ChangeError::Invalid { .. }) => drop(acting),
        Err(other) => return Err(other.into()),
    }
    portal.advising().changed();
    Ok(Redirect::to("/operator/advice?said=off").into_response())
}

/// `POST /operator/advice/on`.
pub(crate) async fn on(
    State(portal): State<Portal>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let rule: RuleName = sent.rule.parse().map_err(|_| Failure::Invalid)?;
    let mut acting = visit
        .act(&portal, Act::SwitchRuleOn, About::Rule(rule))
        .await?;
    switch::on(&mut acting).await?;
    acting.done().await?;
    portal.advising().changed();
    Ok(Redirect::to("/operator/advice?said=on").into_response())
}

/// A rule that the guideline has: a switch with a slip in it would silence nothing and look as if it did.
fn known(text: &str) -> Result<RuleName, Failure> {
    let name: RuleName = text.parse().map_err(|_| Failure::Invalid)?;
    let guideline = Guideline::shipped();
    let there = name.as_str() == "*"
        || guideline.condition(name.as_str()).is_some()
        || guideline.rule(name.as_str()).is_some();
    there.then_some(name).ok_or(Failure::Invalid)
}
