//! `GET /group/{group}/shared/{share}`: a report that a member shares with the leader.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use riktig_journal::policy::{About, Act};
use riktig_journal::share;

use super::id_of;
use crate::failure::Failure;
use crate::pages::mine::choice::Asked;
use crate::pages::shared;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// `GET /group/{group}/shared/{share}`. Whose report it is, the share says; nothing in the address does.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path((group, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let group = id_of(&group)?;
    let about = About::Group(group);
    let mut looking = visit.look(&portal, Act::SeeRoster, about).await?;
    let shares = share::with_group(&mut looking).await?;
    drop(looking);
    let path = format!("/group/{group}");
    shared::page((&portal, &visit), shell, (&shares, &id), (&path, &asked)).await
}
