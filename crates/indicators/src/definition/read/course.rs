//! `course = { … }`: how long a course may be.

use riktig_codes::AtcCode;

use super::source::Table;
use crate::definition::{Course, QuantityKind};

const KEYS: &[&str] = &[
    "at_most_days",
    "pack_slack_percent",
    "at_most_ddd",
    "at_most_units",
    "more_than_ddd",
    "more_than_units",
    "known",
];

/// The limit on the course length, if there is one; exactly one rule.
pub(super) fn read_course(table: &Table<'_>, part: &str) -> Option<Course> {
    let course = table.table("course", KEYS)?;
    let ways = [
        course.flag("known").then_some(Course::Known),
        at_most_days(&course),
        limits(&course, "at_most_ddd").map(|limits| Course::AtMost {
            by: QuantityKind::Ddd,
            limits,
        }),
        limits(&course, "at_most_units").map(|limits| Course::AtMost {
            by: QuantityKind::Units,
            limits,
        }),
        limits(&course, "more_than_ddd").map(|limits| Course::MoreThan {
            by: QuantityKind::Ddd,
            limits,
        }),
        limits(&course, "more_than_units").map(|limits| Course::MoreThan {
            by: QuantityKind::Units,
            limits,
        }),
    ];
    let mut ways = ways.into_iter().flatten();
    let (rule, others) = (ways.next(), ways.count());
    if rule.is_none() || others > 0 {
        let rules = others + usize::from(rule.is_some());
        course.source.refuse(
            &course.span,
            format!("course in {part} says {rules} rules"),
            "write one of at_most_days = 3, at_most_ddd = { J01CA08 = 3.3 }, at_most_units = { J01CA08 = 10 }, more_than_ddd = { J01CA08 = 3.4 }, known = true",
        );
    }
    rule
}

fn at_most_days(course: &Table<'_>) -> Option<Course> {
    course.get("at_most_days")?;
    let small = |key: &str, limits| {
        course
            .whole_in(key, limits)
            .and_then(|number| u32::try_from(number).ok())
    };
    Some(Course::AtMostDays {
        days: small("at_most_days", 1..=366).unwrap_or(1),
        pack_slack_percent: small("pack_slack_percent", 0..=100).unwrap_or(0),
    })
}

/// Limits by ATC prefix, in the order of the codes.
fn limits(course: &Table<'_>, key: &str) -> Option<Vec<(String, i64)>> {
    let drugs = course.get(key)?.get_ref().as_table()?;
    let names: Vec<&str> = drugs
        .iter()
        .map(|(name, _)| name.get_ref().as_ref())
        .collect();
    let table = course.table(key, &names)?;
    let mut limits = Vec::new();
    for name in names {
        match AtcCode::parse(name) {
            Ok(_) => limits.push((name.to_owned(), table.milli(name).unwrap_or(0))),
            Err(_) => table.source.refuse(
                &table.span,
                format!("{name:?} is no ATC code"),
                "write { J01CA08 = 10 }",
            ),
        }
    }
    Some(limits)
}
