//! `GET /operator/appointments/{appointment}` and its forms: the second operator confirms; an appointment is ended.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::NationalId;
use riktig_journal::appointment::{self, Appointment};
use riktig_journal::id::AppointmentId;
use riktig_journal::policy::{About, Act};
use riktig_journal::{group, person};
use serde::Deserialize;

use super::appointments::{self, Row, Standing, is_own_proposal, standing};
use super::role::{self, Names};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// One appointment.
#[derive(Debug, Template)]
#[template(path = "operator/appointment.html")]
pub(crate) struct OneAppointment {
    shell: Shell,
    problems: Vec<[String; 2]>,
    row: Row,
    gives: String,
    proposed: String,
    confirmed: String,
    /// The asker may confirm it.
    can_confirm: bool,
    /// The asker proposed it, or is to be appointed: another confirms.
    for_another: bool,
    /// Whom it is for is known by a hash only: the second operator writes the same identity number.
    by_person: bool,
    can_end: bool,
}

/// What the form of the second operator sends.
#[derive(Default, Deserialize)]
pub(crate) struct Confirmation {
    #[serde(default)]
    pid: String,
}

impl Framed for OneAppointment {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/appointments/{appointment}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = read(&id)?;
    let (appointment, names) = found(&portal, &visit, id).await?;
    let page = page(&portal, &visit, shell, &appointment, &names)?;
    Ok(Page::new(page).into_response())
}

/// `POST /operator/appointments/{appointment}/confirm`.
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Confirmation>,
) -> Result<Response, Failure> {
    let id = read(&id)?;
    let about = About::Appointment(id);
    // Asked before anything is read, and again in the transaction that records it.
    let asking = visit.act(&portal, Act::ConfirmAppointment, about.clone());
    drop(asking.await?);
    let (appointment, names) = found(&portal, &visit, id).await?;
    if !is_the_same(&portal, &appointment, &sent.pid).await? {
        let mut page = page(&portal, &visit, shell, &appointment, &names)?;
        let said = page.shell.say("operator-problem-other-person");
        page.problems = vec![["pid".to_owned(), said]];
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut acting = visit.act(&portal, Act::ConfirmAppointment, about).await?;
    appointment::confirm(&mut acting).await?;
    acting.done().await?;
    Ok(Redirect::to("/operator/appointments?said=confirmed").into_response())
}

/// `POST /operator/appointments/{appointment}/end`.
pub(crate) async fn end(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let about = About::Appointment(read(&id)?);
    let mut acting = visit.act(&portal, Act::EndAppointment, about).await?;
    appointment::end(&mut acting).await?;
    acting.done().await?;
    Ok(Redirect::to("/operator/appointments?said=ended").into_response())
}

fn read(id: &str) -> Result<AppointmentId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

async fn found(
    portal: &Portal,
    visit: &Visit,
    id: AppointmentId,
) -> Result<(Appointment, Names), Failure> {
    let mut looking = visit
        .look(portal, Act::SeeAppointments, About::Country)
        .await?;
    let all = appointment::all(&mut looking).await?;
    let groups = group::all(&mut looking).await?;
    let found = all.into_iter().find(|it| it.id == id);
    Ok((found.ok_or(Failure::NotFound)?, Names::of(portal, &groups)))
}

/// Where the appointee stands as a hash, two operators have to mean the same person: the second writes the number again.
async fn is_the_same(
    portal: &Portal,
    appointment: &Appointment,
    pid: &str,
) -> Result<bool, Failure> {
    let (Some(appointee), None) = (appointment.appointee, appointment.appointee_hpr) else {
        return Ok(true);
    };
    let digits: String = pid.chars().filter(|sign| !sign.is_whitespace()).collect();
    let read = NationalId::parse(&digits).ok();
    let Some(pid) = read.and_then(|read| read.known()) else {
        return Ok(false);
    };
    let id = person::id_of(portal.journal(), &pid, portal.now()).await?;
    Ok(id == appointee)
}

fn page(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    appointment: &Appointment,
    names: &Names,
) -> Result<OneAppointment, Failure> {
    let (lang, now) = (shell.lang, portal.now());
    let asker = visit.logged_in()?;
    let stands = standing(appointment, now);
    let own = (appointment.appointee.is_some() && appointment.appointee == asker.person())
        || appointment
            .appointee_hpr
            .is_some_and(|hpr| asker.is_own_matter(hpr));
    let for_another = stands == Standing::Waits && (own || is_own_proposal(appointment, asker));
    Ok(OneAppointment {
        problems: Vec::new(),
        row: appointments::row(appointment, names, asker, now, lang),
        gives: lang.say(role::gives(appointment.role.kind())),
        proposed: moment::moment(lang, appointment.proposed_at),
        confirmed: appointment
            .confirmed_at
            .map_or_else(String::new, |at| moment::moment(lang, at)),
        can_confirm: stands == Standing::Waits && !for_another,
        for_another,
        by_person: appointment.appointee.is_some() && appointment.appointee_hpr.is_none(),
        can_end: stands != Standing::Over,
        shell,
    })
}
