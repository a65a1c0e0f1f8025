//! `GET /learning/{course}`: the doctor's own meetings, modules and certificate of one course.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use riktig_reports::text::{Arg, Key};

use super::own::Own;
use crate::failure::Failure;
use crate::learning::{self, Missing};
use crate::page::{Framed, Page};
use crate::pages::courses::course::tested;
use crate::pages::courses::{missing, presence};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// One course, for somebody in it.
#[derive(Debug, Template)]
#[template(path = "learning/course.html")]
pub(crate) struct OwnCourse {
    shell: Shell,
    id: String,
    title: String,
    group: String,
    meetings: Vec<Held>,
    modules: Vec<Listed>,
    /// Since when the course is fulfilled; empty: not yet.
    fulfilled: String,
    missing: Vec<String>,
}

/// A meeting with the reader's own attendance.
#[derive(Debug)]
struct Held {
    number: usize,
    day: String,
    place: String,
    presence: String,
}

/// A module in the list.
#[derive(Debug)]
struct Listed {
    id: String,
    title: String,
    lead: String,
    minutes: String,
    state: String,
    passed: bool,
}

impl Framed for OwnCourse {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /learning/{course}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let own = Own::read(&portal, &visit, &id).await?;
    Ok(Page::new(page(&own, shell)).into_response())
}

fn page(own: &Own, shell: Shell) -> OwnCourse {
    let lang = shell.lang;
    let course = &own.course;
    let meetings = (1..).zip(course.meetings.iter().zip(own.attendee.meetings));
    let meetings = meetings.map(|(number, (meeting, noted))| Held {
        number,
        day: meeting.day.map_or_else(
            || lang.say(Key("course-no-day")),
            |day| lang.day(&day.to_string()),
        ),
        place: meeting.place.clone(),
        presence: match meeting.day {
            Some(day) if day <= own.today => presence(lang, noted),
            _ => lang.say(Key("course-not-held")),
        },
    });
    let fulfilled = learning::fulfilment(course, &own.attendee, learning::shipped(), own.today);
    let lacking = fulfilled.as_ref().err();
    let modules = learning::valid_on(own.today).map(|module| {
        let is_missing = |lacking: &Vec<Missing<'_>>| lacking.contains(&Missing::Test(module));
        let minutes = lang.count(f64::from(module.minutes));
        Listed {
            id: module.id.clone(),
            title: lang.of(&module.title).to_owned(),
            lead: lang.of(&module.lead).to_owned(),
            minutes: lang.fill(Key("learning-minutes"), &[("minutes", Arg::Text(&minutes))]),
            state: tested(&shell, &own.attendee, module),
            passed: !lacking.is_some_and(is_missing),
        }
    });
    OwnCourse {
        id: own.id.to_string(),
        title: course.title.clone(),
        group: course.group_name.clone(),
        meetings: meetings.collect(),
        modules: modules.collect(),
        missing: lacking
            .map(|lacking| lacking.iter().map(|it| missing(lang, it)).collect())
            .unwrap_or_default(),
        fulfilled: fulfilled.map_or_else(
            |_| String::new(),
            |fulfilled| lang.day(&fulfilled.on.to_string()),
        ),
        shell,
    }
}
