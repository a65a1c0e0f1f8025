//! `GET /courses/{course}/follow-up`: what changed after the course, for its group.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use riktig_codes::{Day, HprNumber};
use riktig_indicators::followup::ScheduleProblem;
use riktig_journal::Looking;
use riktig_journal::cohort::{self, Beside, Followed};
use riktig_journal::course::{self, Begun, Course};
use riktig_journal::policy::{About, Act, EditionId, RoleKind};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{
    CourseProblem, Lang, follow_up_fragment, follow_up_people, follow_up_questions, fragment_defs,
};

use super::address::course_of;
use crate::failure::Failure;
use crate::follow_ups::{Asked, FEWEST, Told, of_cohort};
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

/// What a page of a follow-up says.
pub(crate) enum Found {
    /// What the edition tells, or why it does not.
    Told(Arc<Told>),
    /// Less what was told before it would tell of one or two doctors (`riktig_journal::cohort`).
    KeptBack,
}

impl Found {
    fn is_told(&self) -> bool {
        matches!(self, Found::Told(told) if told.is_ok())
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
    let course = courses.into_iter().find(|one| one.id == course);
    let course = course.ok_or(Failure::NotFound)?;
    let leads = visit.logged_in()?.has(RoleKind::GroupLeader, portal.now());
    let back = if leads { "courses" } else { "learning" };
    let found = of_group(&portal, &visit, looking, &course).await?;
    let page = page(shell, &course, found.as_ref(), format!("/{back}/{id}"));
    Ok(Page::new(page).into_response())
}

/// The answer about everybody of the course, of the newest edition that tells it: with the doctors who are fixed beside it,
/// and they are fixed before anybody reads it.
async fn of_group(
    portal: &Portal,
    visit: &Visit,
    mut looking: Looking,
    course: &Course,
) -> Result<Option<Found>, Failure> {
    let begun = Arc::new(course::begun(&mut looking).await?);
    let Some(day) = course.meetings[0].day else {
        return Ok(None);
    };
    let mut editions = Vec::new();
    for open in portal.shelf().all() {
        let edition: EditionId = open.name().parse().map_err(Failure::internal)?;
        let with_report = with_report(&open, course, &begun);
        let followed = Followed {
            course: course.id,
            day,
            edition: &edition,
            with_report: &with_report,
        };
        let beside = cohort::beside(&mut looking, followed).await?;
        editions.push((open, edition, with_report, beside));
    }
    drop(looking);
    let asked = Asked {
        course: course.id,
        day,
        doctor: None,
    };
    let mut newest = None;
    for (open, edition, with_report, beside) in editions {
        let followed = Followed {
            course: course.id,
            day,
            edition: &edition,
            with_report: &with_report,
        };
        let mut found = answer(portal, &open, asked, &begun, &beside).await?;
        if let (Beside::Open(cohort), true) = (&beside, found.is_told()) {
            let about = About::Group(course.group);
            let mut acting = visit.act(portal, Act::SeeFollowUp, about).await?;
            let fixed = cohort::fix(&mut acting, followed, cohort).await?;
            acting.done().await?;
            found = answer(portal, &open, asked, &begun, &fixed).await?;
        }
        if found.is_told() {
            return Ok(Some(found));
        }
        newest.get_or_insert(found);
    }
    Ok(newest)
}

async fn answer(
    portal: &Portal,
    open: &Arc<OnShelf>,
    asked: Asked,
    begun: &Arc<Vec<Begun>>,
    beside: &Beside,
) -> Result<Found, Failure> {
    let of = match beside {
        Beside::KeptBack => return Ok(Found::KeptBack),
        // Why so few are not followed is a matter of everybody who is enrolled.
        Beside::Open(cohort) if cohort.hprs.len() < FEWEST => Arc::clone(begun),
        Beside::Open(cohort) | Beside::Stands(cohort) => Arc::new(of_cohort(begun, asked, cohort)),
    };
    let told = portal.follow_ups().told(open, asked, &of).await?;
    Ok(Found::Told(told))
}

/// Who is enrolled in the course and has a report in the edition.
fn with_report(open: &OnShelf, course: &Course, begun: &[Begun]) -> Vec<HprNumber> {
    let enrolled = begun.iter().filter(|one| one.course == course.id);
    let numbers = enrolled.map(|one| one.hpr);
    let has_report = |hpr: &HprNumber| open.edition().prescriber(&hpr.to_string()).is_some();
    numbers.filter(has_report).collect()
}

/// What the newest of these editions that can tell says of one doctor, for their own eyes; the newest one's reason where none can.
/// `None` without a day or an edition.
pub(crate) async fn of_one(
    portal: &Portal,
    editions: &[Arc<OnShelf>],
    (course, doctor): (&Course, HprNumber),
    begun: &Arc<Vec<Begun>>,
) -> Result<Option<Found>, Failure> {
    let [first, ..] = &course.meetings;
    let Some(day) = first.day else {
        return Ok(None);
    };
    let asked = Asked {
        course: course.id,
        day,
        doctor: Some(doctor),
    };
    let mut newest = None;
    for open in editions {
        let found = Found::Told(portal.follow_ups().told(open, asked, begun).await?);
        if found.is_told() {
            return Ok(Some(found));
        }
        newest.get_or_insert(found);
    }
    Ok(newest)
}

/// The page of an answer, or of the reason why there is none.
pub(crate) fn page(
    shell: Shell,
    course: &Course,
    found: Option<&Found>,
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
    let told = match found {
        Some(Found::KeptBack) => {
            page.problem = lang.say(Key("course-follow-kept-back"));
            return page;
        }
        Some(Found::Told(told)) => Some(told.as_ref()),
        None => None,
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
