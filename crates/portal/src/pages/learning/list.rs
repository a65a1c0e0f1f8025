//! `GET /learning`: the courses that the doctor is enrolled in.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use riktig_journal::course;
use riktig_journal::policy::{About, Act};
use riktig_reports::text::{Arg, Key};

use super::own::Own;
use crate::failure::Failure;
use crate::learning;
use crate::moment;
use crate::page::{Framed, Page};
use crate::pages::courses::list::days;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The doctor's courses.
#[derive(Debug, Template)]
#[template(path = "learning/list.html")]
pub(crate) struct Learning {
    shell: Shell,
    courses: Vec<Line>,
    modules: Vec<[String; 2]>,
}

/// A course in the list.
#[derive(Debug)]
struct Line {
    id: String,
    title: String,
    group: String,
    days: String,
    state: String,
}

impl Framed for Learning {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /learning`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Response, Failure> {
    let about = About::Prescriber(visit.doctor()?);
    let mut looking = visit.look(&portal, Act::SeeOwn, about).await?;
    let own = course::own(&mut looking).await?;
    drop(looking);
    let lang = shell.lang;
    let mut courses = Vec::new();
    for course in own {
        let id = course.id.to_string();
        let own = Own::read(&portal, &visit, &id).await?;
        let state = learning::fulfilment(&course, &own.attendee, learning::shipped(), own.today);
        courses.push(Line {
            id,
            days: days(lang, &course),
            group: course.group_name,
            title: course.title,
            state: match state {
                Ok(fulfilled) => {
                    let day = lang.day(&fulfilled.on.to_string());
                    lang.fill(Key("learning-fulfilled"), &[("day", Arg::Text(&day))])
                }
                Err(lacking) => {
                    let number = lang.count(lacking.len() as f64);
                    let plural = i64::try_from(lacking.len()).unwrap_or(i64::MAX);
                    let counts = [
                        ("count", Arg::Plural(plural)),
                        ("number", Arg::Text(&number)),
                    ];
                    lang.fill(Key("learning-lacking"), &counts)
                }
            },
        });
    }
    let modules = learning::valid_on(moment::day(portal.now()));
    let modules = modules.map(|it| [&it.title, &it.lead].map(|words| lang.of(words).to_owned()));
    let page = Learning {
        courses,
        modules: modules.collect(),
        shell,
    };
    Ok(Page::new(page).into_response())
}
