//! `GET` and `POST /courses/{course}/meetings`: title, days and places; a change of somebody else is told.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::ChangeError;
use riktig_journal::course;
use riktig_journal::policy::{About, Act};
use riktig_reports::text::{Arg, Key};

use super::address::course_of;
use super::plan::Filled;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The form of one course.
#[derive(Debug, Template)]
#[template(path = "courses/meetings.html")]
pub(crate) struct Meetings {
    shell: Shell,
    course: String,
    form: Filled,
    problems: Vec<[String; 2]>,
    /// What is saved now, where somebody was faster.
    stored: Vec<String>,
}

impl Framed for Meetings {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /courses/{course}/meetings`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (group, course) = course_of(&portal, &id).await?;
    let about = About::Course(group, course);
    let mut looking = visit.look(&portal, Act::SeeAttendance, about).await?;
    let stands = course::see(&mut looking).await?;
    let page = Meetings {
        shell,
        course: id,
        form: Filled::of(&stands),
        problems: Vec::new(),
        stored: Vec::new(),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /courses/{course}/meetings`.
pub(crate) async fn change(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<Filled>,
) -> Result<Response, Failure> {
    let (group, course) = course_of(&portal, &id).await?;
    let about = About::Course(group, course);
    let mut acting = visit.act(&portal, Act::KeepCourse, about.clone()).await?;
    let plan = match form.plan(&shell) {
        Ok(plan) => plan,
        Err(problems) => {
            let page = Meetings {
                shell,
                course: id,
                form,
                problems,
                stored: Vec::new(),
            };
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match course::change(&mut acting, &plan, form.version).await {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Conflict { current }) => {
            drop(acting);
            let mut looking = visit.look(&portal, Act::SeeAttendance, about).await?;
            let stored = stored(&shell, &Filled::of(&course::see(&mut looking).await?));
            // Saved again it stands: the reader has seen what is there.
            let form = Filled {
                version: current,
                ..form
            };
            let page = Meetings {
                shell,
                course: id,
                form,
                problems: Vec::new(),
                stored,
            };
            return Ok(Page::with_status(StatusCode::CONFLICT, page).into_response());
        }
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to(&format!("/courses/{id}?said=changed")).into_response())
}

/// What stands in the journal, line by line.
fn stored(shell: &Shell, stands: &Filled) -> Vec<String> {
    let lang = shell.lang;
    let meetings = stands.rows().map(|row| {
        let number = row.number.to_string();
        let day = match row.day {
            "" => lang.say(Key("course-no-day")),
            day => lang.day(day),
        };
        let arguments = [
            ("number", Arg::Text(&number)),
            ("day", Arg::Text(&day)),
            ("place", Arg::Text(row.place)),
        ];
        lang.fill(Key("course-stored-meeting"), &arguments)
    });
    [stands.title.clone()].into_iter().chain(meetings).collect()
}
