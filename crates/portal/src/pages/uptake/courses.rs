//! `GET /uptake/courses`: what changed after courses, all groups of a month together, by the code of `riktig follow-up`.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use riktig_codes::{Day, Month};
use riktig_journal::course::{self, Begun};
use riktig_journal::policy::{About, Act};
use riktig_lake::intake::Membership;
use riktig_reports::text::Key;
use riktig_reports::{
    CourseProblem, CourseQuestion, Lang, follow_up_fragment, follow_up_people, fragment_defs,
};
use serde::Deserialize;

use super::edition::{self, Choice, Chosen};
use crate::failure::Failure;
use crate::follow_ups::{FEWEST, of_several};
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
    month: Option<String>,
}

/// The effect of courses.
#[derive(Debug, Template)]
#[template(path = "uptake/courses.html")]
pub(crate) struct CoursesPage {
    shell: Shell,
    period: String,
    choices: Vec<Choice>,
    months: Vec<Choice>,
    defs: String,
    /// Months followed, and how many are or are not part of it.
    people: Vec<String>,
    effect: String,
    /// Why there is no effect.
    problem: String,
    courses: Vec<[String; 3]>,
}

impl Framed for CoursesPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /uptake/courses`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<CoursesPage>, Failure> {
    let act = Act::SeeCourseEffect;
    let mut looking = visit.look(&portal, act, About::Country).await?;
    let mut begun = course::begun(&mut looking).await?;
    // As it stood at the end of yesterday: who looks before and after an enrolment sees no difference.
    let today = moment::midnight(looking.now());
    begun.retain(|it| it.enrolled_at < today);
    drop(looking);
    let lang = shell.lang;
    let mut page = empty(shell);
    let Some(chosen) = edition::chosen(&portal, asked.edition.as_deref())? else {
        page.problem = page.shell.say("uptake-nothing");
        return Ok(Page::new(page));
    };
    page.period = edition::period(&chosen.open, lang);
    page.choices = chosen.choices(lang);
    page.courses = courses(lang, &begun);
    let months = by_month(&begun);
    let wanted = asked.month.as_deref().filter(|month| !month.is_empty());
    let wanted: Option<Month> = match wanted {
        Some(month) => Some(month.parse().map_err(|_| Failure::NotFound)?),
        None => None,
    };
    if wanted.is_some_and(|month| !months.contains_key(&month)) {
        return Err(Failure::NotFound);
    }
    let order: Vec<Month> = match wanted {
        Some(month) => vec![month],
        None => months.keys().rev().copied().collect(),
    };
    let told = tell(chosen, begun, order, lang).await?;
    let shown = told.month.or_else(|| months.keys().last().copied());
    page.months = months
        .keys()
        .rev()
        .map(|it| choice(lang, *it, shown))
        .collect();
    page.people = told.people;
    page.effect = told.effect;
    page.problem = match (told.problem, months.is_empty()) {
        (_, true) => page.shell.say("uptake-courses-none"),
        (Some(problem), _) => page.shell.lang.say(why(&problem)),
        (None, _) => String::new(),
    };
    Ok(Page::new(page))
}

fn empty(shell: Shell) -> CoursesPage {
    CoursesPage {
        period: String::new(),
        choices: Vec::new(),
        months: Vec::new(),
        defs: fragment_defs(),
        people: Vec::new(),
        effect: String::new(),
        problem: String::new(),
        courses: Vec::new(),
        shell,
    }
}

/// What is told of one month's courses.
#[derive(Debug, Default)]
struct Told {
    month: Option<Month>,
    people: Vec<String>,
    effect: String,
    problem: Option<CourseProblem>,
}

/// The first of these months whose courses can be followed in the edition, else why the first cannot. Some thousand doctors'
/// months are compared: not on the threads that answer everybody.
async fn tell(
    chosen: Chosen,
    begun: Vec<Begun>,
    order: Vec<Month>,
    lang: Lang,
) -> Result<Told, Failure> {
    let work = move || {
        let memberships = memberships(&begun);
        let mut first = Told::default();
        for month in order {
            let question = CourseQuestion {
                memberships: &memberships,
                group: None,
                county: None,
                prescriber: None,
                day: Some(middle(month)),
                months: None,
                indicator: None,
            };
            match of_several(chosen.open.reports().follow_up(&question)) {
                Ok(told) => {
                    return Told {
                        month: Some(month),
                        people: follow_up_people(&told, lang),
                        effect: follow_up_fragment(&told, &[], lang),
                        problem: None,
                    };
                }
                Err(problem) if first.problem.is_none() => {
                    first.month = Some(month);
                    first.problem = Some(problem);
                }
                Err(_) => {}
            }
        }
        first
    };
    let told = tokio::task::spawn_blocking(work).await;
    told.map_err(Failure::internal)
}

/// Courses of a month are followed together: the month itself is neither before nor after, as for any course in the
/// middle of one.
fn middle(month: Month) -> Day {
    month.first_day() + 14
}

fn memberships(begun: &[Begun]) -> Vec<Membership> {
    let membership = |it: &Begun| Membership {
        group: it.course.to_string(),
        name: None,
        prescriber: it.hpr.to_string(),
        from: None,
        to: None,
        course: Some(middle(it.day.month())),
    };
    begun.iter().map(membership).collect()
}

/// How many took part in the courses of each month.
fn by_month(begun: &[Begun]) -> BTreeMap<Month, usize> {
    let mut months = BTreeMap::new();
    for it in begun {
        *months.entry(it.day.month()).or_insert(0) += 1;
    }
    months
}

fn choice(lang: Lang, month: Month, shown: Option<Month>) -> Choice {
    let value = month.to_string();
    Choice {
        name: lang.month(&value),
        chosen: Some(month) == shown,
        value,
    }
}

/// A number of doctors is told to the nearest five.
const STEP: f64 = 5.0;

/// Month, courses, doctors enrolled; the newest first. Fewer than five doctors are not counted out.
fn courses(lang: Lang, begun: &[Begun]) -> Vec<[String; 3]> {
    let row = |(month, doctors): (Month, usize)| {
        let mut ids: Vec<_> = begun.iter().filter(|it| it.day.month() == month).collect();
        ids.dedup_by_key(|it| it.course);
        let doctors = if doctors < FEWEST {
            lang.say(Key("uptake-courses-few"))
        } else {
            lang.count((doctors as f64 / STEP).round() * STEP)
        };
        [
            lang.month(&month.to_string()),
            lang.count(ids.len() as f64),
            doctors,
        ]
    };
    by_month(begun).into_iter().rev().map(row).collect()
}

/// Why courses cannot be followed, for whoever cannot change it on the page.
fn why(problem: &CourseProblem) -> Key {
    match problem {
        CourseProblem::Nobody(_) | CourseProblem::NoCourse => Key("uptake-courses-none"),
        CourseProblem::FewerThanFive
        | CourseProblem::NobodyOnTheDay(_)
        | CourseProblem::NobodyInEdition(_) => Key("uptake-courses-nobody"),
        CourseProblem::SeveralDays { .. } | CourseProblem::Months => Key("uptake-courses-damaged"),
        CourseProblem::Schedule(_) => Key("uptake-courses-other-period"),
    }
}
