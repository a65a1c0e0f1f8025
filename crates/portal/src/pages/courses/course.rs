//! `GET /courses/{course}`: meetings, who is enrolled, attendance, tests, who has fulfilled the course.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_codes::{Day, HprNumber};
use riktig_journal::course::{self, Attendee, Course, Presence};
use riktig_journal::id::{CourseId, GroupId};
use riktig_journal::policy::{About, Act};
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::address::course_of;
use super::words::{missing, presence};
use crate::failure::Failure;
use crate::learning::{self, Module, Score};
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// One course, for its leader.
#[derive(Debug, Template)]
#[template(path = "courses/course.html")]
pub(crate) struct OneCourse {
    shell: Shell,
    id: String,
    title: String,
    group: String,
    notice: String,
    problems: Vec<[String; 2]>,
    /// What others have noted meanwhile; empty where nobody has.
    conflicts: Vec<String>,
    /// What was written into the field of a new attendee.
    enrolling: String,
    meetings: Vec<Held>,
    people: Vec<Person>,
    modules: Vec<String>,
    /// How many have fulfilled the course.
    fulfilled: String,
}

/// A meeting as it is told.
#[derive(Debug)]
struct Held {
    number: usize,
    day: String,
    place: String,
}

/// Somebody who is enrolled.
#[derive(Debug)]
struct Person {
    hpr: String,
    noted: Vec<Noted>,
    tests: Vec<Tested>,
    /// Since when the course is fulfilled; empty: not yet.
    fulfilled: String,
    missing: Vec<String>,
}

/// What was noted of a meeting, as a field.
#[derive(Debug)]
struct Noted {
    number: usize,
    /// Whether it has been held: only then can anything be noted.
    held: bool,
    /// What stands there of the reader, whom somebody else notes; empty of others.
    own: String,
    stands: &'static str,
    chosen: &'static str,
}

/// How a test went.
#[derive(Debug)]
struct Tested {
    title: String,
    said: String,
}

impl Framed for OneCourse {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a page says on top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// `made`, `changed`, `enrolled`, `taken-out` or `noted`.
    said: Option<String>,
}

/// A course as its leader sees it.
pub(super) struct Matter {
    pub(super) group: GroupId,
    pub(super) id: CourseId,
    pub(super) course: Course,
    pub(super) attendees: Vec<Attendee>,
    pub(super) today: Day,
    /// The reader's own number: somebody else notes their attendance.
    pub(super) own: Option<HprNumber>,
}

/// What a form that must be mended shows again.
#[derive(Debug, Default)]
pub(super) struct Again {
    pub(super) problems: Vec<[String; 2]>,
    pub(super) conflicts: Vec<String>,
    pub(super) enrolling: String,
    /// What was chosen in the table, by doctor and meeting.
    pub(super) chosen: BTreeMap<(HprNumber, usize), Presence>,
}

/// `GET /courses/{course}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let matter = Matter::read(&portal, &visit, &id).await?;
    let notice = match said.said.as_deref() {
        Some("made") => shell.say("course-said-made"),
        Some("changed") => shell.say("course-said-changed"),
        Some("enrolled") => shell.say("course-said-enrolled"),
        Some("taken-out") => shell.say("course-said-taken-out"),
        Some("noted") => shell.say("course-said-noted"),
        _ => String::new(),
    };
    let mut page = matter.page(shell, Again::default());
    page.notice = notice;
    Ok(Page::new(page).into_response())
}

impl Matter {
    /// The course of an address, upon leave to see its attendance.
    pub(super) async fn read(portal: &Portal, visit: &Visit, id: &str) -> Result<Matter, Failure> {
        let (group, id) = course_of(portal, id).await?;
        let about = About::Course(group, id);
        let mut looking = visit.look(portal, Act::SeeAttendance, about).await?;
        Ok(Matter {
            group,
            id,
            course: course::see(&mut looking).await?,
            attendees: course::attendees(&mut looking).await?,
            today: moment::day(portal.now()),
            own: visit.logged_in()?.hpr(),
        })
    }

    /// Whether a meeting, 1 to 3, has been held.
    pub(super) fn is_held(&self, number: usize) -> bool {
        let meeting = number.checked_sub(1);
        let meeting = meeting.and_then(|index| self.course.meetings.get(index));
        meeting.is_some_and(|it| it.day.is_some_and(|day| day <= self.today))
    }

    /// Somebody who is enrolled, by the HPR number of a form.
    pub(super) fn attendee(&self, hpr: &str) -> Option<&Attendee> {
        let hpr = number(hpr)?;
        self.attendees.iter().find(|one| one.hpr == hpr)
    }

    /// The page again, with what must be mended.
    pub(super) fn mended(&self, shell: Shell, status: StatusCode, again: Again) -> Response {
        Page::with_status(status, self.page(shell, again)).into_response()
    }

    fn page(&self, shell: Shell, again: Again) -> OneCourse {
        let lang = shell.lang;
        let modules: Vec<&Module> = learning::valid_on(self.today).collect();
        let meetings = (1..).zip(&self.course.meetings);
        let meetings = meetings.map(|(number, meeting)| Held {
            number,
            day: meeting.day.map_or_else(
                || lang.say(Key("course-no-day")),
                |day| lang.day(&day.to_string()),
            ),
            place: meeting.place.clone(),
        });
        let person = |one| self.person(&shell, one, &modules, &again);
        let people: Vec<Person> = self.attendees.iter().map(person).collect();
        let done = people.iter().filter(|one| !one.fulfilled.is_empty());
        let [done, all] = [done.count(), people.len()].map(|it| lang.count(it as f64));
        let counts = [("done", Arg::Text(&done)), ("all", Arg::Text(&all))];
        OneCourse {
            id: self.id.to_string(),
            title: self.course.title.clone(),
            group: self.course.group_name.clone(),
            notice: String::new(),
            meetings: meetings.collect(),
            modules: modules
                .iter()
                .map(|it| lang.of(&it.title).to_owned())
                .collect(),
            fulfilled: lang.fill(Key("course-fulfilled-of"), &counts),
            people,
            problems: again.problems,
            conflicts: again.conflicts,
            enrolling: again.enrolling,
            shell,
        }
    }

    fn person(
        &self,
        shell: &Shell,
        attendee: &Attendee,
        modules: &[&Module],
        again: &Again,
    ) -> Person {
        let lang = shell.lang;
        let noted = (1..).zip(attendee.meetings).map(|(number, stands)| {
            let chosen = again.chosen.get(&(attendee.hpr, number));
            Noted {
                number,
                held: self.is_held(number),
                own: match Some(attendee.hpr) == self.own {
                    true => presence(lang, stands),
                    false => String::new(),
                },
                stands: word(stands),
                chosen: word(chosen.copied().unwrap_or(stands)),
            }
        });
        let tests = modules.iter().map(|module| Tested {
            title: lang.of(&module.title).to_owned(),
            said: tested(shell, attendee, module),
        });
        let fulfilled =
            learning::fulfilment(&self.course, attendee, learning::shipped(), self.today);
        let (since, lacking) = match fulfilled {
            Ok(fulfilled) => (lang.day(&fulfilled.on.to_string()), Vec::new()),
            Err(lacking) => {
                let lacking = lacking.iter().map(|it| missing(lang, it));
                (String::new(), lacking.collect())
            }
        };
        Person {
            hpr: attendee.hpr.to_string(),
            noted: noted.collect(),
            tests: tests.collect(),
            fulfilled: since,
            missing: lacking,
        }
    }
}

/// The best result of a test in words.
pub(crate) fn tested(shell: &Shell, attendee: &Attendee, module: &Module) -> String {
    let lang = shell.lang;
    let Some(best) = attendee.best(&module.id) else {
        return shell.say("course-test-none");
    };
    let score = Score {
        correct: best.correct,
        questions: best.questions,
    };
    let [right, questions] = [best.correct, best.questions].map(|it| lang.count(f64::from(it)));
    let counts = [
        ("right", Arg::Text(&right)),
        ("questions", Arg::Text(&questions)),
    ];
    let key = if module.is_passed(score) {
        Key("course-test-passed")
    } else {
        Key("course-test-not-passed")
    };
    lang.fill(key, &counts)
}

/// An HPR number as people write it.
pub(super) fn number(text: &str) -> Option<HprNumber> {
    let digits: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    digits.parse().ok().and_then(HprNumber::from_value)
}

/// What a field sends.
pub(super) fn word(presence: Presence) -> &'static str {
    match presence {
        Presence::NotNoted => "not-noted",
        Presence::There => "there",
        Presence::Away => "away",
    }
}

/// What a field has sent.
pub(super) fn from_word(word: &str) -> Option<Presence> {
    match word {
        "not-noted" => Some(Presence::NotNoted),
        "there" => Some(Presence::There),
        "away" => Some(Presence::Away),
        _ => None,
    }
}
