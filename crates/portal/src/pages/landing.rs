//! `GET /`: what this is and the way in; who is logged in is led to where their work is.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::policy::{Actor, RoleKind};
use serde::Deserialize;

use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::{Section, Shell};
use crate::visit::Visit;

/// The front page, for who is not logged in.
#[derive(Debug, Template)]
#[template(path = "landing.html")]
pub struct Landing {
    shell: Shell,
    /// Said to who has just had everything about them erased.
    erased: bool,
}

/// What the page says on top.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    /// `erased`.
    said: Option<String>,
}

impl Framed for Landing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /`.
pub(crate) async fn front(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    said: Query<Said>,
) -> Response {
    match visit.actor() {
        Some(actor) if only_prescriptions(actor, &portal) => {
            Redirect::to("/prescriptions").into_response()
        }
        Some(actor) => Redirect::to(home(actor, &portal).path()).into_response(),
        None => show(shell, said).await.into_response(),
    }
}

/// Whoever has neither an HPR number nor an appointment is here for prescriptions: their own, or a child's or ward's.
fn only_prescriptions(actor: &Actor, portal: &Portal) -> bool {
    actor.hpr().is_none() && actor.roles(portal.now()).next().is_none()
}

/// Where somebody's work is. Of several the first: the pharmacy's counter, the own report, what one leads, the own municipality, the running of the
/// service, the published tables (`docs/reference/pages.md`).
fn home(actor: &Actor, portal: &Portal) -> Section {
    let has = |kind| actor.has(kind, portal.now());
    let leads = [
        RoleKind::GroupLeader,
        RoleKind::NursingHomeLeader,
        RoleKind::OutOfHoursLeader,
    ];
    let doctor = actor.hpr();
    if doctor.is_some_and(|hpr| portal.is_pharmacist(hpr)) {
        Section::Pharmacy
    } else if doctor.is_some_and(|hpr| has_report(portal, &hpr.to_string())) {
        Section::Report
    } else if doctor.is_some() && leads.into_iter().any(has) {
        Section::Group
    } else if has(RoleKind::ChiefDoctor) {
        Section::Area
    } else if has(RoleKind::Operator) {
        Section::Operator
    } else if has(RoleKind::Researcher) {
        Section::Research
    } else if doctor.is_some() {
        Section::Report // it says why there is none
    } else {
        Section::Log
    }
}

/// Whether an edition on the shelf holds a report of this HPR number.
fn has_report(portal: &Portal, hpr: &str) -> bool {
    let editions = portal.shelf().all();
    let mut editions = editions.iter();
    editions.any(|open| open.edition().prescriber(hpr).is_some())
}

/// The page itself.
pub async fn show(shell: Shell, Query(said): Query<Said>) -> Page<Landing> {
    let erased = said.said.as_deref() == Some("erased") && shell.reader.is_none();
    Page::new(Landing { shell, erased })
}
