//! `safety.parquet`.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, Int64Array};
use riktig_indicators::safety::Followed;

use super::error::EditionError;
use super::prescriber::PrescriberId;
use super::safety::{InfectionId, NotFollowed, SafetyOutcome, SafetyRow};
use super::scope::Suppression;
use super::table::{self, Columns, Table};

const FILE: &str = "safety.parquet";

/// An outcome's columns: followed, events, kept back, not known.
const RECONTACTS: [&str; 4] = [
    "followed",
    "recontacts",
    "recontacts_suppressed",
    "recontacts_unavailable",
];
const ADMISSIONS: [&str; 4] = [
    "admissions_followed",
    "admissions",
    "admissions_suppressed",
    "admissions_unavailable",
];

/// Writes the table.
pub(crate) fn write(dir: &Path, rows: &[SafetyRow]) -> Result<(), EditionError> {
    let mut columns: Columns = vec![
        (
            "prescriber",
            nullable(
                rows.iter()
                    .map(|row| row.prescriber.map(|id| id.0 as usize)),
            ),
        ),
        (
            "infection",
            nullable(rows.iter().map(|row| Some(row.infection.0 as usize))),
        ),
        (
            "treated",
            nullable(rows.iter().map(|row| Some(usize::from(row.treated)))),
        ),
        (
            "episodes",
            Arc::new(Int64Array::from_iter_values(
                rows.iter().map(|row| row.episodes),
            )),
        ),
    ];
    let recontacts: Vec<_> = rows.iter().map(|row| row.recontacts).collect();
    let admissions: Vec<_> = rows.iter().map(|row| row.admissions).collect();
    columns.extend(outcomes(RECONTACTS, &recontacts));
    columns.extend(outcomes(ADMISSIONS, &admissions));
    table::write(&dir.join(FILE), columns)
}

fn nullable(values: impl Iterator<Item = Option<usize>>) -> ArrayRef {
    let small =
        |value| i32::try_from(value).expect("an edition has fewer than 2^31 rows of a kind");
    Arc::new(Int32Array::from_iter(values.map(|value| value.map(small))))
}

fn outcomes(names: [&'static str; 4], outcomes: &[SafetyOutcome]) -> Columns {
    let count = |pick: fn(Followed) -> i64| -> ArrayRef {
        let counts = outcomes.iter().map(|it| it.measured().map(pick));
        Arc::new(Int64Array::from_iter(counts))
    };
    let suppressed = outcomes.iter().map(|it| match it {
        SafetyOutcome::Suppressed(reason) => Suppression::ALL.iter().position(|it| it == reason),
        _ => None,
    });
    let unavailable = outcomes.iter().map(|it| match it {
        SafetyOutcome::Unavailable(reason) => Some(*reason as usize),
        _ => None,
    });
    let columns = [
        count(|it| it.followed),
        count(|it| it.events),
        nullable(suppressed),
        nullable(unavailable),
    ];
    names.into_iter().zip(columns).collect()
}

/// Reads the table; an edition without it is older than it is.
pub(crate) fn read(
    dir: &Path,
    people: usize,
    infections: usize,
) -> Result<Vec<SafetyRow>, EditionError> {
    let path = dir.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let table = Table::read(&path)?;
    let prescribers = table.optional_i32("prescriber")?;
    let ids = table.i32("infection")?;
    let treated = table.i32("treated")?;
    let episodes = table.i64("episodes")?;
    let recontacts = read_outcomes(&table, RECONTACTS)?;
    let admissions = read_outcomes(&table, ADMISSIONS)?;
    let below = |value: i32, limit: usize| {
        u32::try_from(value)
            .ok()
            .filter(|value| (*value as usize) < limit)
    };
    let row = |row: usize| {
        let prescriber = match prescribers[row] {
            None => None,
            Some(id) => Some(PrescriberId(below(id, people)?)),
        };
        Some(SafetyRow {
            prescriber,
            infection: InfectionId(below(ids[row], infections)?),
            treated: below(treated[row], 2)? == 1,
            episodes: episodes[row],
            recontacts: recontacts[row],
            admissions: admissions[row],
        })
    };
    let rows: Option<Vec<SafetyRow>> = (0..ids.len()).map(row).collect();
    let key = |row: &SafetyRow| (row.prescriber, row.infection, row.treated);
    rows.filter(|rows| rows.is_sorted_by_key(key))
        .ok_or_else(|| table.damaged("prescriber"))
}

fn read_outcomes(table: &Table, names: [&str; 4]) -> Result<Vec<SafetyOutcome>, EditionError> {
    let followed = table.optional_i64(names[0])?;
    let events = table.optional_i64(names[1])?;
    let suppressed = table.optional_i32(names[2])?;
    let unavailable = table.optional_i32(names[3])?;
    fn of<T: Copy>(all: &[T], code: i32) -> Option<T> {
        usize::try_from(code)
            .ok()
            .and_then(|code| all.get(code))
            .copied()
    }
    let one = |row: usize| match (
        followed[row].zip(events[row]),
        suppressed[row],
        unavailable[row],
    ) {
        (Some((followed, events)), None, None) => {
            Some(SafetyOutcome::Measured(Followed { followed, events }))
        }
        (None, Some(code), None) => of(&Suppression::ALL, code).map(SafetyOutcome::Suppressed),
        (None, None, Some(code)) => of(&NotFollowed::ALL, code).map(SafetyOutcome::Unavailable),
        _ => None,
    };
    (0..followed.len())
        .map(one)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged(names[3]))
}
