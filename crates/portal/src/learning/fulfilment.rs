//! When a course is fulfilled: three meetings attended, and every module of the day passed.

use std::collections::BTreeSet;

use riktig_codes::Day;
use riktig_journal::course::{Attendee, Course, Presence, TestResult};

use super::module::{Module, Score};
use crate::moment;

/// What is missing for the course certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing<'m> {
    /// The meeting, 1 to 3, has no day yet, or its day has not come.
    NotHeld(usize),
    /// Nobody has noted who was there.
    NotNoted(usize),
    /// It was noted that the doctor was not there.
    Away(usize),
    /// The module's test has not been passed.
    Test(&'m Module),
    /// No module is valid: there is nothing to pass.
    NoModule,
}

/// A course that is fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fulfilled<'m> {
    /// The first day on which nothing was missing.
    pub on: Day,
    /// What was passed by then.
    pub passed: Vec<Passed<'m>>,
}

/// A test that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed<'m> {
    /// Of which module.
    pub module: &'m Module,
    /// When it was passed first.
    pub day: Day,
    /// The best result so far.
    pub best: Score,
}

/// Since when the course is fulfilled; else what is missing today.
///
/// Fulfilled once is fulfilled: a module that comes later, or one that is past its validity, takes no certificate away.
///
/// # Errors
/// What is missing, meetings first.
pub fn fulfilment<'m>(
    course: &Course,
    attendee: &Attendee,
    modules: &'m [Module],
    today: Day,
) -> Result<Fulfilled<'m>, Vec<Missing<'m>>> {
    let meetings = course.meetings.iter().filter_map(|meeting| meeting.day);
    let tests = attendee.tests.iter().map(|test| moment::day(test.taken_at));
    let days: BTreeSet<Day> = meetings.chain(tests).chain([today]).collect();
    for on in days.into_iter().filter(|day| *day <= today) {
        if missing(course, attendee, modules, on).is_empty() {
            let valid = modules.iter().filter(|module| module.is_valid_on(on));
            let passed = valid.filter_map(|module| passed(attendee, module, today));
            return Ok(Fulfilled {
                on,
                passed: passed.collect(),
            });
        }
    }
    Err(missing(course, attendee, modules, today))
}

/// What was missing on a day.
fn missing<'m>(
    course: &Course,
    attendee: &Attendee,
    modules: &'m [Module],
    on: Day,
) -> Vec<Missing<'m>> {
    let meetings = (1..).zip(course.meetings.iter().zip(attendee.meetings));
    let meetings = meetings.filter_map(|(number, (meeting, presence))| {
        if meeting.day.is_none_or(|day| day > on) {
            return Some(Missing::NotHeld(number));
        }
        match presence {
            Presence::There => None,
            Presence::NotNoted => Some(Missing::NotNoted(number)),
            Presence::Away => Some(Missing::Away(number)),
        }
    });
    let valid = || modules.iter().filter(|module| module.is_valid_on(on));
    let tests = valid().filter(|module| {
        let passed = passed(attendee, module, on);
        passed.is_none_or(|passed| passed.day > on)
    });
    let none = valid().next().is_none().then_some(Missing::NoModule);
    meetings
        .chain(tests.map(Missing::Test))
        .chain(none)
        .collect()
}

/// When a test was passed first, and its best result.
fn passed<'m>(attendee: &Attendee, module: &'m Module, until: Day) -> Option<Passed<'m>> {
    let score = |result: &TestResult| Score {
        correct: result.correct,
        questions: result.questions,
    };
    let mut days = attendee
        .tests
        .iter()
        .filter(|result| result.test == module.id && module.is_passed(score(result)))
        .map(|result| moment::day(result.taken_at))
        .filter(|day| *day <= until);
    let first = days.next()?;
    Some(Passed {
        module,
        day: days.fold(first, Day::min),
        best: score(attendee.best(&module.id)?),
    })
}
