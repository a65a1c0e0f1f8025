//! `GET /courses/{course}/follow-up`: what changed after the course, for its group.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use riktig_codes::{Day, HprNumber};
use riktig_indicators::followup::ScheduleProblem;
use riktig_journal::course::{self, Begun, Course};
use riktig_journal::policy::{About, Act, RoleKind};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{
    CourseProblem, Lang, follow_up_fragment, follow_up_people, follow_up_questions, fragment_defs,
};

use super::address::course_of;
use crate::failure::Failure;
use crate::follow_ups::{Asked, Told};
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// A follow-up, of a group or of one doctor.
#[derive(Debug, Template)]
#[template(path = "courses/follow_up.html")]
pub(crate) struct FollowUpPage {
    shell: Shell,
    /// Of the reader alone.
    own: bool,
    back: String,
    title: String,
    /// The course's days, and what is counted from which of them.
    days: Vec<String>,
    /// Why it cannot be told; empty where it can.
    problem: String,
    people: Vec<String>,
    defs: String,
    fragment: String,
    questions: Vec<String>,
}

impl Framed for FollowUpPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

impl FollowUpPage {
    /// Of the reader alone, also where it cannot be told.
    pub(crate) fn for_one(&mut self, has_report: bool) {
        self.own = true;
        if !has_report {
            self.problem = self.shell.say("course-follow-no-report");
        }
    }
}

/// `GET /courses/{course}/follow-up`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (group, course) = course_of(&portal, &id).await?;
    let about = About::Group(group);
    let mut looking = visit.look(&portal, Act::SeeFollowUp, about).await?;
    let courses = course::of_group(&mut looking).await?;
    let begun = Arc::new(course::begun(&mut looking).await?);
    drop(looking);
    let course = courses.into_iter().find(|one| one.id == course);
    let course = course.ok_or(Failure::NotFound)?;
    let leads = visit.logged_in()?.has(RoleKind::GroupLeader, portal.now());
    let back = if leads { "courses" } else { "learning" };
    let shelf = portal.shelf().all();
    let told = told(&portal, &shelf, (&course, None), &begun).await?;
    let page = page(shell, &course, told.as_deref(), format!("/{back}/{id}"));
    Ok(Page::new(page).into_response())
}

/// The answer of the newest of these editions that can tell; the newest one's reason where none can. `None` without a day or
/// an edition.
pub(crate) async fn told(
    portal: &Portal,
    editions: &[Arc<OnShelf>],
    (course, doctor): (&Course, Option<HprNumber>),
    begun: &Arc<Vec<Begun>>,
) -> Result<Option<Arc<Told>>, Failure> {
    let [first, ..] = &course.meetings;
    let Some(day) = first.day else {
        return Ok(None);
    };
    let asked = Asked {
        course: course.id,
        day,
        doctor,
    };
    let mut newest = None;
    for open in editions {
        let told = portal.follow_ups().told(open, asked, begun).await?;
        if told.is_ok() {
            return Ok(Some(told));
        }
        newest.get_or_insert(told);
    }
    Ok(newest)
}

/// The page of an answer, or of the reason why there is none.
pub(crate) fn page(
    shell: Shell,
    course: &Course,
    told: Option<&Told>,
    back: String,
) -> FollowUpPage {
    let lang = shell.lang;
    let mut page = FollowUpPage {
        own: false,
        back,
        title: course.title.clone(),
        days: days(lang, course),
        problem: String::new(),
        people: Vec::new(),
        defs: String::new(),
        fragment: String::new(),
        questions: Vec::new(),
        shell,
    };
    match told {
        Some(Ok(told)) => {
            let later = course.meetings.iter().skip(1);
            let later: Vec<Day> = later.filter_map(|meeting| meeting.day).collect();
            page.people = follow_up_people(told, lang);
            page.defs = fragment_defs();
            page.fragment = follow_up_fragment(told, &later, lang);
            page.questions = follow_up_questions(told, lang);
        }
        Some(Err(problem)) => page.problem = reason(lang, problem),
        None if course.meetings[0].day.is_none() => {
            page.problem = lang.say(Key("course-follow-no-day"));
        }
        None => page.problem = lang.say(Key("course-follow-no-edition")),
    }
    page
}

/// Why a follow-up cannot be told.
fn reason(lang: Lang, problem: &CourseProblem) -> String {
    let fill = |key, name, value: &str| lang.fill(key, &[(name, Arg::Text(value))]);
    match problem {
        CourseProblem::Schedule(ScheduleProblem::NotYet { last, .. }) => {
            let last = lang.month(&last.to_string());
            fill(Key("course-follow-not-yet"), "last", &last)
        }
        CourseProblem::Schedule(ScheduleProblem::TooEarly { months, .. }) => {
            let months = lang.count(*months as f64);
            fill(Key("course-follow-too-early"), "months", &months)
        }
        CourseProblem::Schedule(ScheduleProblem::NoYearBefore { first, .. }) => {
            let first = lang.month(&first.to_string());
            fill(Key("course-follow-no-year"), "first", &first)
        }
        CourseProblem::FewerThanFive => lang.say(Key("course-follow-few")),
        CourseProblem::NobodyInEdition(_) => lang.say(Key("course-follow-nobody")),
        CourseProblem::Nobody(_)
        | CourseProblem::NoCourse
        | CourseProblem::NobodyOnTheDay(_)
        | CourseProblem::SeveralDays { .. } => lang.say(Key("course-follow-nobody-enrolled")),
        CourseProblem::Months => lang.say(Key("course-follow-no-edition")),
    }
}

/// The course's days, in a line each.
fn days(lang: Lang, course: &Course) -> Vec<String> {
    let meetings = (1..).zip(&course.meetings);
    let meetings = meetings.filter_map(|(number, meeting): (u32, _)| {
        let (number, day) = (number.to_string(), lang.day(&meeting.day?.to_string()));
        let arguments = [("number", Arg::Text(&number)), ("day", Arg::Text(&day))];
        Some(lang.fill(Key("course-follow-meeting"), &arguments))
    });
    meetings.collect()
}
