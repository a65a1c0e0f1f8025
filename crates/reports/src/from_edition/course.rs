//! Whose course it is, when, and who of them can be followed in an edition.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{Day, Month};
use riktig_indicators::followup::{Schedule, ScheduleProblem};
use riktig_lake::edition::{Edition, Prescriber, PrescriberId};
use riktig_lake::intake::Membership;
use thiserror::Error;

use crate::model::{People, Whose};

/// What is asked of a delivery of course groups.
#[derive(Debug, Clone, Copy)]
pub struct CourseQuestion<'a> {
    /// The delivery's memberships.
    pub memberships: &'a [Membership],
    /// Only this group.
    pub group: Option<&'a str>,
    /// Only doctors of this county, by number or name.
    pub county: Option<&'a str>,
    /// Only this doctor, for their own eyes.
    pub prescriber: Option<&'a str>,
    /// Only the course of this day.
    pub day: Option<Day>,
    /// At most so many months after the course.
    pub months: Option<usize>,
    /// Only this indicator; else all that have a direction.
    pub indicator: Option<&'a str>,
}

/// Why a course cannot be followed.
#[derive(Debug, Error)]
pub enum CourseProblem {
    /// Nobody in the file is asked about.
    #[error("nobody in the delivery of course groups is {0}")]
    Nobody(String),
    /// No course was held.
    #[error("no course is held in the delivery for those asked about")]
    NoCourse,
    /// Several courses at once.
    #[error("those asked about had courses on {count} days: {first}")]
    SeveralDays {
        /// How many days.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// Nobody was a member on the day.
    #[error("nobody asked about was a member on the day of the course, {0}")]
    NobodyOnTheDay(Day),
    /// The edition has none of them.
    #[error("none of the {0} who took part has a report in the edition")]
    NobodyInEdition(usize),
    /// A group's follow-up that others read is about five doctors or more.
    #[error("fewer than five of those who took part have a report in the edition")]
    FewerThanFive,
    /// Course and edition do not fit.
    #[error(transparent)]
    Schedule(#[from] ScheduleProblem),
    /// The edition's own months are no months.
    #[error("the edition's list of months is damaged")]
    Months,
}

impl CourseProblem {
    /// What the user can do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            CourseProblem::Nobody(_) => {
                "check the number, or leave the filter out to follow everybody in the file"
            }
            CourseProblem::NoCourse => "fill in course_date, or name another group",
            CourseProblem::SeveralDays { .. } => {
                "name one with --date YYYY-MM-DD, or one group with --group"
            }
            CourseProblem::NobodyOnTheDay(_) => "check `from` and `to` of the memberships",
            CourseProblem::NobodyInEdition(_) => {
                "check that edition and course are of the same country; who has little activity in the period has no report"
            }
            CourseProblem::FewerThanFive => "it is told when five of them have a report",
            CourseProblem::Schedule(ScheduleProblem::NoYearBefore { .. }) => {
                "build an edition whose period begins no later than the course: it holds the year before as well"
            }
            CourseProblem::Schedule(_) => {
                "build an edition with a later period, when its months have been delivered"
            }
            CourseProblem::Months => "build the edition again",
        }
    }
}

/// A course that can be followed.
pub(super) struct Course<'e> {
    pub(super) whose: Whose,
    pub(super) day: Day,
    pub(super) schedule: Schedule,
    pub(super) people: People,
    /// Who took part and has a report.
    pub(super) doctors: Vec<&'e Prescriber>,
    /// Who may be compared with: no course within the edition's months.
    pub(super) others: Vec<&'e Prescriber>,
}

impl<'e> Course<'e> {
    pub(super) fn of(
        edition: &'e Edition,
        question: &CourseQuestion<'_>,
    ) -> Result<Course<'e>, CourseProblem> {
        let (whose, asked) = asked_about(edition, question)?;
        let day = one_day(&asked, question.day)?;
        let held: Vec<&Membership> = asked
            .into_iter()
            .filter(|it| it.course == Some(day))
            .collect();
        let months = months_of(edition)?;
        let (Some(&first), Some(&last)) = (months.first(), months.last()) else {
            return Err(CourseProblem::Months);
        };
        let schedule = Schedule::of(day, first, months.len(), question.months)?;
        let took_part = numbers(held.iter().copied().filter(|it| it.is_on(day)));
        let absent = numbers(held.iter().copied());
        let mut people = People {
            took_part: took_part.len(),
            not_members_on_the_day: absent
                .difference(&took_part)
                .map(|it| (*it).to_owned())
                .collect(),
            ..People::default()
        };
        if took_part.is_empty() {
            return Err(CourseProblem::NobodyOnTheDay(day));
        }
        let (known, unknown): (Vec<&str>, Vec<&str>) = took_part
            .iter()
            .copied()
            .partition(|it| edition.prescriber(it).is_some());
        people.not_in_edition = unknown.into_iter().map(str::to_owned).collect();
        let doctors: Vec<&Prescriber> = known
            .iter()
            .filter_map(|it| edition.prescriber(it))
            .collect();
        if doctors.is_empty() {
            return Err(CourseProblem::NobodyInEdition(took_part.len()));
        }
        people.dual_role = doctors.iter().filter(|it| it.dual_role).count();
        let within = |day: Day| first.first_day() <= day && day <= last.last_day();
        let busy = numbers(
            question
                .memberships
                .iter()
                .filter(|it| it.course.is_some_and(within)),
        );
        let followed: BTreeSet<PrescriberId> = doctors.iter().map(|it| it.id).collect();
        let (with, without): (Vec<&Prescriber>, Vec<&Prescriber>) = edition
            .prescribers()
            .iter()
            .filter(|it| !followed.contains(&it.id))
            .partition(|it| busy.contains(it.external_id.as_str()));
        people.others_with_a_course = with.len();
        Ok(Course {
            whose,
            day,
            schedule,
            people,
            doctors,
            others: without,
        })
    }
}

/// The memberships that the question is about, and how that is called.
fn asked_about<'a>(
    edition: &Edition,
    question: &CourseQuestion<'a>,
) -> Result<(Whose, Vec<&'a Membership>), CourseProblem> {
    let all = question.memberships.iter();
    if let Some(id) = question.prescriber {
        let own: Vec<_> = all.filter(|it| it.prescriber == id).collect();
        let whose = Whose::Prescriber { id: id.to_owned() };
        return some(own, whose, || format!("prescriber \"{id}\""));
    }
    if let Some(code) = question.group {
        let members: Vec<_> = all.filter(|it| it.group == code).collect();
        let name = members
            .iter()
            .find_map(|it| it.name.clone())
            .unwrap_or_else(|| code.to_owned());
        let whose = Whose::Group {
            code: code.to_owned(),
            name,
        };
        return some(members, whose, || format!("a member of group \"{code}\""));
    }
    if let Some(county) = question.county {
        let area = |it: &&Membership| {
            let area = edition.prescriber(&it.prescriber)?.county.clone()?;
            (area.code == county || area.name == county).then_some(area)
        };
        let here: Vec<_> = all.filter(|it| area(it).is_some()).collect();
        let found = here.first().and_then(area);
        let (code, name) = found.map(|it| (it.code, it.name)).unwrap_or_default();
        return some(here, Whose::County { code, name }, || {
            format!("in county \"{county}\" and in the edition")
        });
    }
    some(all.collect(), Whose::Everybody, || "a member".to_owned())
}

fn some(
    asked: Vec<&Membership>,
    whose: Whose,
    words: impl FnOnce() -> String,
) -> Result<(Whose, Vec<&Membership>), CourseProblem> {
    if asked.is_empty() {
        Err(CourseProblem::Nobody(words()))
    } else {
        Ok((whose, asked))
    }
}

fn one_day(asked: &[&Membership], wanted: Option<Day>) -> Result<Day, CourseProblem> {
    let days: BTreeMap<Day, ()> = asked
        .iter()
        .filter_map(|it| it.course)
        .filter(|day| wanted.is_none_or(|wanted| wanted == *day))
        .map(|day| (day, ()))
        .collect();
    let mut days = days.into_keys();
    match (days.next(), days.len()) {
        (None, _) => Err(CourseProblem::NoCourse),
        (Some(day), 0) => Ok(day),
        (Some(day), more) => {
            let first: Vec<String> = [day]
                .into_iter()
                .chain(days)
                .take(4)
                .map(|it| it.to_string())
                .collect();
            Err(CourseProblem::SeveralDays {
                count: more + 1,
                first: first.join(", "),
            })
        }
    }
}

fn numbers<'a>(memberships: impl Iterator<Item = &'a Membership>) -> BTreeSet<&'a str> {
    memberships.map(|it| it.prescriber.as_str()).collect()
}

/// The edition's months, which follow each other.
fn months_of(edition: &Edition) -> Result<Vec<Month>, CourseProblem> {
    let months: Result<Vec<Month>, _> = edition
        .meta()
        .months
        .iter()
        .map(|it| it.month.parse())
        .collect();
    let months = months.map_err(|_| CourseProblem::Months)?;
    let gaps = months.windows(2).any(|pair| pair[1] - pair[0] != 1);
    if gaps || months.is_empty() {
        Err(CourseProblem::Months)
    } else {
        Ok(months)
    }
}
