//! `GET` and `POST /courses`: the courses of the groups that one leads, and a new one.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::course::{self, Course};
use riktig_journal::group;
use riktig_journal::id::GroupId;
use riktig_journal::policy::{About, Act, Role};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::plan::Filled;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The leader's courses.
#[derive(Debug, Template)]
#[template(path = "courses/list.html")]
pub(crate) struct Courses {
    shell: Shell,
    groups: Vec<Led>,
    form: Filled,
    problems: Vec<[String; 2]>,
}

/// A group that the reader leads.
#[derive(Debug)]
struct Led {
    id: String,
    name: String,
    courses: Vec<Line>,
}

/// A course in the list.
#[derive(Debug)]
struct Line {
    id: String,
    title: String,
    days: String,
}

impl Framed for Courses {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /courses`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Response, Failure> {
    let page = page(&portal, &visit, shell, Filled::default()).await?;
    Ok(Page::new(page).into_response())
}

/// `POST /courses`.
pub(crate) async fn make(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(form): Form<Filled>,
) -> Result<Response, Failure> {
    let group: GroupId = form.group.parse().map_err(|_| Failure::NotFound)?;
    let about = About::Group(group);
    let mut acting = visit.act(&portal, Act::MakeCourse, about).await?;
    let plan = match form.plan(&shell) {
        Ok(plan) => plan,
        Err(problems) => {
            drop(acting);
            let mut page = page(&portal, &visit, shell, form).await?;
            page.problems = problems;
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let course = course::make(&mut acting, &plan).await?;
    acting.done().await?;
    Ok(Redirect::to(&format!("/courses/{course}?said=made")).into_response())
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    form: Filled,
) -> Result<Courses, Failure> {
    let lang = shell.lang;
    let mut groups = Vec::new();
    for id in led(portal, visit)? {
        let mut looking = visit.look(portal, Act::SeeRoster, About::Group(id)).await?;
        let name = group::see(&mut looking).await?.name;
        let courses = course::of_group(&mut looking).await?;
        let line = |course: &Course| Line {
            id: course.id.to_string(),
            title: course.title.clone(),
            days: days(lang, course),
        };
        groups.push(Led {
            id: id.to_string(),
            name,
            courses: courses.iter().map(line).collect(),
        });
    }
    if groups.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(Courses {
        shell,
        groups,
        form,
        problems: Vec::new(),
    })
}

/// The groups that the reader leads now.
fn led(portal: &Portal, visit: &Visit) -> Result<Vec<GroupId>, Failure> {
    let mut led: Vec<GroupId> = Vec::new();
    for role in visit.logged_in()?.roles(portal.now()) {
        if let Role::GroupLeader(group) = role
            && !led.contains(group)
        {
            led.push(*group);
        }
    }
    Ok(led)
}

/// `14. desember 2023 – 11. april 2024`.
pub(crate) fn days(lang: Lang, course: &Course) -> String {
    let days = course.meetings.iter().filter_map(|meeting| meeting.day);
    let days: Vec<String> = days.map(|day| lang.day(&day.to_string())).collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => lang.fill(
            Key("course-days"),
            &[("first", Arg::Text(first)), ("last", Arg::Text(last))],
        ),
        (Some(only), _) => only.clone(),
        _ => lang.say(Key("course-no-days")),
    }
}
