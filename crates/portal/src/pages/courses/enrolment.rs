//! `POST /courses/{course}/enrol` and `/take-out`: members of the group come into the course and go out of it.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::policy::{About, Act};
use riktig_journal::{ChangeError, course, group};
use riktig_reports::text::Key;
use serde::Deserialize;

use super::course::{Again, Matter, number};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    hpr: String,
    /// `one` or `whole-group`.
    #[serde(default)]
    who: String,
}

/// `POST /courses/{course}/enrol`.
pub(crate) async fn enrol(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let matter = Matter::read(&portal, &visit, &id).await?;
    let whole = sent.who == "whole-group";
    let coming: Vec<HprNumber> = if whole {
        missing_members(&portal, &visit, &matter).await?
    } else {
        number(&sent.hpr).into_iter().collect()
    };
    let mend = |shell: Shell, key: Key| {
        let again = Again {
            problems: vec![["hpr".to_owned(), shell.lang.say(key)]],
            enrolling: sent.hpr.clone(),
            ..Again::default()
        };
        Ok(matter.mended(shell, StatusCode::UNPROCESSABLE_ENTITY, again))
    };
    if coming.is_empty() {
        let key = if whole {
            Key("course-problem-everybody")
        } else {
            Key("course-problem-hpr")
        };
        return mend(shell, key);
    }
    for hpr in coming {
        let about = About::Attendee(matter.group, matter.id, hpr);
        let mut acting = visit.act(&portal, Act::KeepAttendance, about).await?;
        match course::enrol(&mut acting).await {
            Ok(()) => acting.done().await?,
            Err(ChangeError::Invalid { .. }) => return mend(shell, Key("course-problem-member")),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(Redirect::to(&format!("/courses/{id}?said=enrolled")).into_response())
}

/// Members of the group who are not enrolled.
async fn missing_members(
    portal: &Portal,
    visit: &Visit,
    matter: &Matter,
) -> Result<Vec<HprNumber>, Failure> {
    let about = About::Group(matter.group);
    let mut looking = visit.look(portal, Act::SeeRoster, about).await?;
    let members = group::roster(&mut looking).await?;
    let is_in = |hpr| matter.attendees.iter().any(|one| one.hpr == hpr);
    let members = members.into_iter().map(|member| member.hpr);
    Ok(members.filter(|hpr| !is_in(*hpr)).collect())
}

/// `POST /courses/{course}/take-out`.
pub(crate) async fn take_out(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let matter = Matter::read(&portal, &visit, &id).await?;
    let attendee = matter.attendee(&sent.hpr).ok_or(Failure::Invalid)?;
    let about = About::Attendee(matter.group, matter.id, attendee.hpr);
    let mut acting = visit.act(&portal, Act::KeepAttendance, about).await?;
    course::take_out(&mut acting).await?;
    acting.done().await?;
    Ok(Redirect::to(&format!("/courses/{id}?said=taken-out")).into_response())
}
