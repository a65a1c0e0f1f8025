//! `GET /prescriptions/ward/{patient}`: a child's or a ward's prescriptions.

use askama::Template;
use axum::extract::{Path, State};
use riktig_chain::shown::{self, Viewer};
use riktig_journal::chain::{Link, PatientId};
use riktig_journal::policy::{About, Act};

use super::list::Rows;
use super::names::Names;
use crate::failure::Failure;
use crate::moment::day;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Somebody's whom the reader answers for.
#[derive(Debug, Template)]
#[template(path = "prescriptions/ward.html")]
pub(crate) struct WardPage {
    shell: Shell,
    list: Rows,
}

impl Framed for WardPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /prescriptions/ward/{patient}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(patient): Path<String>,
) -> Result<Page<WardPage>, Failure> {
    let patient: PatientId = patient.parse().map_err(|_| Failure::NotFound)?;
    let about = About::Patient(patient);
    let mut looking = visit
        .look(&portal, Act::SeeWardsPrescriptions, about)
        .await?;
    let whose = (patient, Viewer::Guardian);
    let today = day(portal.now());
    let journal = portal.journal();
    let found = shown::of_patient(&mut looking, journal, Link::Intermediary, whose, today).await?;
    let names = Names::of(&portal).with_prescribers(&found);
    Ok(Page::new(WardPage {
        list: Rows::of(shell.lang, &names, &found, today),
        shell,
    }))
}
