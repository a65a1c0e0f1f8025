//! `GET /learning/{course}/follow-up`: what changed after the course for the doctor alone, for their own eyes.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act, EditionId};

use super::own::Own;
use crate::failure::Failure;
use crate::page::Page;
use crate::pages::courses::follow_up::{of_one, page};
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// `GET /learning/{course}/follow-up`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let own = Own::read(&portal, &visit, &id).await?;
    let hpr = own.doctor.to_string();
    let holds = |open: &Arc<OnShelf>| open.edition().prescriber(&hpr).is_some();
    let mut mine: Vec<Arc<OnShelf>> = portal.shelf().all();
    mine.retain(holds);
    for open in &mine {
        let edition: EditionId = open.name().parse().map_err(Failure::internal)?;
        let about = About::Report(own.doctor, edition);
        visit.look(&portal, Act::ReadOwnReport, about).await?;
    }
    let whose = (&own.course, own.doctor);
    let found = of_one(&portal, &mine, whose, &own.begun).await?;
    let back = format!("/learning/{id}");
    let mut page = page(shell, &own.course, found.as_ref(), back);
    page.for_one(!mine.is_empty());
    Ok(Page::new(page).into_response())
}
