//! What a leader writes about a course: title, days and places.

use riktig_codes::Day;
use riktig_journal::course::{Course, Meeting, Plan};
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use crate::shell::Shell;

/// Most characters of a title and a place, as the journal has it.
const LONGEST: usize = 200;
/// Years in which a meeting can be: what lies outside is a slip of the hand.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// What stands in the form.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Filled {
    /// The version that the form was made of; of a new course none.
    #[serde(default)]
    pub(super) version: i64,
    /// The group of a new course.
    #[serde(default)]
    pub(super) group: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) day1: String,
    #[serde(default)]
    pub(super) place1: String,
    #[serde(default)]
    pub(super) day2: String,
    #[serde(default)]
    pub(super) place2: String,
    #[serde(default)]
    pub(super) day3: String,
    #[serde(default)]
    pub(super) place3: String,
}

/// One meeting's fields, for the template.
#[derive(Debug)]
pub(crate) struct Row<'f> {
    pub(crate) number: usize,
    pub(crate) day: &'f str,
    pub(crate) place: &'f str,
}

impl Filled {
    /// What stands in the journal.
    pub(super) fn of(course: &Course) -> Filled {
        let day = |meeting: &Meeting| meeting.day.map_or_else(String::new, |day| day.to_string());
        let [one, two, three] = &course.meetings;
        Filled {
            version: course.version,
            group: String::new(),
            title: course.title.clone(),
            day1: day(one),
            place1: one.place.clone(),
            day2: day(two),
            place2: two.place.clone(),
            day3: day(three),
            place3: three.place.clone(),
        }
    }

    /// The meetings' fields.
    pub(crate) fn rows(&self) -> [Row<'_>; 3] {
        let row = |number, day, place| Row { number, day, place };
        [
            row(1, &self.day1, &self.place1),
            row(2, &self.day2, &self.place2),
            row(3, &self.day3, &self.place3),
        ]
    }

    /// What the form says, or what must be mended, each with its field.
    pub(super) fn plan(&self, shell: &Shell) -> Result<Plan, Vec<[String; 2]>> {
        let mut problems = Vec::new();
        let mut problem = |field: String, said: String| problems.push([field, said]);
        if self.title.trim().is_empty() || !is_line(&self.title) {
            problem("title".to_owned(), shell.say("course-problem-title"));
        }
        let mut meetings: [Meeting; 3] = Default::default();
        let mut latest: Option<Day> = None;
        for (row, meeting) in self.rows().iter().zip(&mut meetings) {
            let number = row.number.to_string();
            let of = |key| shell.lang.fill(key, &[("number", Arg::Text(&number))]);
            match read(row.day) {
                Ok(day) => {
                    if let (Some(day), Some(before)) = (day, latest)
                        && day < before
                    {
                        let said = of(Key("course-problem-order"));
                        problem(format!("day{number}"), said);
                    }
                    latest = day.or(latest);
                    meeting.day = day;
                }
                Err(()) => problem(format!("day{number}"), of(Key("course-problem-day"))),
            }
            if !is_line(row.place) {
                problem(format!("place{number}"), of(Key("course-problem-place")));
            }
            row.place.trim().clone_into(&mut meeting.place);
        }
        if problems.is_empty() {
            let title = self.title.trim().to_owned();
            return Ok(Plan { title, meetings });
        }
        Err(problems)
    }
}

/// `YYYY-MM-DD`, as a browser's field of days sends it; `DD.MM.YYYY`, as people write it. Empty is no day.
fn read(text: &str) -> Result<Option<Day>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = match text.split('.').collect::<Vec<_>>()[..] {
        [day, month, year] if year.len() == 4 => {
            let number = |text: &str| text.trim().parse::<u8>().map_err(|_| ());
            let year: i32 = year.trim().parse().map_err(|_| ())?;
            Day::from_ymd(year, number(month)?, number(day)?).ok_or(())?
        }
        _ => text.parse().map_err(|_| ())?,
    };
    YEARS.contains(&day.year()).then_some(Some(day)).ok_or(())
}

fn is_line(text: &str) -> bool {
    text.trim().chars().count() <= LONGEST && !text.trim().chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_browsers_and_people_write_it() {
        let day = Day::from_ymd(2026, 2, 5);
        assert_eq!(read("2026-02-05"), Ok(day));
        assert_eq!(read(" 5.2.2026 "), Ok(day));
        assert_eq!(read("05.02.2026"), Ok(day));
        assert_eq!(read("  "), Ok(None));
        for bad in [
            "30.2.2026",
            "2026-13-01",
            "0202-02-02",
            "i morgen",
            "5.2.26",
        ] {
            assert_eq!(read(bad), Err(()), "{bad}");
        }
    }
}
