//! Reads a delivery of course groups without taking it in: a course may be followed before the lake knows of it.

use std::collections::BTreeSet;
use std::path::Path;

use riktig_codes::{Day, HprNumber, MaybeMasked};

use super::checks::{optional_day, span, stored_text};
use super::error::IntakeError;
use super::open::{Delivered, open};
use super::reason::{Reason, Refusal, Refusals};
use crate::delivery::{Kind, Raw};

/// The largest share of refused rows, as `riktig intake` has it by default.
const MOST_REFUSED: f64 = 0.05;

/// One membership of a course group (etterutdanningsgruppe).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    /// Id of the group.
    pub group: String,
    /// Its name, where delivered.
    pub name: Option<String>,
    /// HPR number of the member.
    pub prescriber: String,
    /// First day; `None`: always.
    pub from: Option<Day>,
    /// Last day; `None`: still.
    pub to: Option<Day>,
    /// Day of the course; `None`: none was held.
    pub course: Option<Day>,
}

impl Membership {
    /// Whether the doctor was a member on a day.
    #[must_use]
    pub fn is_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A read delivery of course groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseGroups {
    /// Memberships, sorted, each once.
    pub memberships: Vec<Membership>,
    /// Rows that could not be read.
    pub refused: u64,
    /// The most frequent reasons; empty where no row was refused.
    pub refusals: String,
}

/// Reads and checks a delivery of course groups (`docs/reference/deliveries.md`), CSV or Parquet, with the rules of intake.
///
/// # Errors
/// The file is of another kind, cannot be read, has no row, or more than 5 % of its rows are wrong.
pub fn course_groups(path: &Path) -> Result<CourseGroups, IntakeError> {
    let opened = open(path, None)?;
    if opened.kind != Kind::CourseGroups {
        return Err(IntakeError::WrongFormat {
            path: path.to_owned(),
            what: "a delivery of another kind than course_groups",
            hint: "name the delivery of course groups (docs/reference/deliveries.md)",
        });
    }
    let (mut found, mut refusals, mut rows) = (BTreeSet::new(), Refusals::default(), 0u64);
    opened.rows.each(&mut |line, row| {
        rows += 1;
        let read = match row {
            Delivered::Row(row) => membership(row),
            Delivered::WrongColumnCount => Err(Reason::WrongColumnCount.at("")),
            Delivered::Total => return Ok(()),
        };
        match read {
            Ok(membership) => {
                found.insert(membership);
            }
            Err(refusal) => refusals.add(line, refusal),
        }
        Ok(())
    })?;
    let refused = refusals.rows();
    if refused as f64 > rows as f64 * MOST_REFUSED {
        return Err(IntakeError::TooManyRefused {
            path: path.to_owned(),
            refused,
            rows,
            limit: MOST_REFUSED * 100.0,
            summary: refusals.summary(),
        });
    }
    if found.is_empty() {
        return Err(IntakeError::NoRows {
            path: path.to_owned(),
            kind: Kind::CourseGroups,
        });
    }
    Ok(CourseGroups {
        memberships: found.into_iter().collect(),
        refused,
        refusals: refusals.summary(),
    })
}

fn membership(row: &[Raw<'_>]) -> Result<Membership, Refusal> {
    let [group, name, prescriber, from, to, course] = row else {
        return Err(Reason::WrongColumnCount.at(""));
    };
    let group = stored_text(group, "group_id")?.ok_or(Reason::MissingValue.at("group_id"))?;
    let mut buffer = Vec::new();
    let number = HprNumber::parse_bytes(prescriber.bytes(&mut buffer))
        .map_err(|_| Reason::BadPrescriber.at("prescriber_hpr"))?;
    let MaybeMasked::Known(number) = number else {
        return Err(Reason::MissingPrescriber.at("prescriber_hpr"));
    };
    span(from, to, ["from", "to"])?;
    let day = |raw: &Raw<'_>, column| Ok(optional_day(raw, column)?.map(Day::from_epoch_days));
    Ok(Membership {
        group,
        name: stored_text(name, "group_name")?,
        prescriber: number.value().to_string(),
        from: day(from, "from")?,
        to: day(to, "to")?,
        course: day(course, "course_date")?,
    })
}
