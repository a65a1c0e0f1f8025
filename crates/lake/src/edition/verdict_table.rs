//! `verdicts.parquet`: dense, prescriber-major, then indicator; the current window.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int32Array, Int64Array};
use riktig_indicators::comparison::Effort;
use riktig_indicators::verdict::{Compared, Evidence, Rule, StandardisedRatio, Verdict};

use super::Content;
use super::error::EditionError;
use super::table::{self, Columns, Table};
use super::verdict::{Goal, VerdictRow};
use super::write::{ints, small};

const FILE: &str = "verdicts.parquet";

/// Writes the table, if the edition tells.
pub(super) fn write(dir: &Path, content: &Content) -> Result<(), EditionError> {
    match &content.verdicts {
        Some(rows) => {
            let indicators = content.meta.definitions.len();
            let always = ["prescriber", "indicator", "verdict", "rule"];
            let all = columns(&[], 0, indicators);
            let names = all.iter().map(|(name, _)| *name);
            let nullable: Vec<&str> = names.filter(|name| !always.contains(name)).collect();
            table::write_long(&dir.join(FILE), rows.len(), &nullable, |range| {
                columns(&rows[range.clone()], range.start, indicators)
            })
        }
        None => Ok(()),
    }
}

/// Reads the table; `None` where there is none.
pub(super) fn read(dir: &Path, expected: usize) -> Result<Option<Vec<VerdictRow>>, EditionError> {
    let path = dir.join(FILE);
    // An edition made before there were verdicts does not tell.
    if !path.exists() {
        return Ok(None);
    }
    rows(&Table::read(&path)?, expected).map(Some)
}

/// The numbers of the evidence, in the order of the columns.
const EVIDENCE: [&str; 4] = ["observed", "denominator", "expected", "variance"];
const RATIO: [&str; 3] = ["ratio", "lower", "upper"];
const COMPARED: [&str; 6] = [
    "typical",
    "tau_squared",
    "z",
    "reliability",
    "q",
    "shrunken",
];
const GOAL: [&str; 2] = ["benchmark_ratio", "benchmark"];

/// The columns of these rows, the first of which is row `first` of the table.
fn columns(rows: &[VerdictRow], first: usize, indicators: usize) -> Columns {
    let places = first..first + rows.len();
    let mut columns: Columns = vec![
        (
            "prescriber",
            ints(places.clone().map(|row| small(row / indicators))),
        ),
        ("indicator", ints(places.map(|row| small(row % indicators)))),
        ("verdict", ints(rows.iter().map(|row| row.verdict as i32))),
        ("rule", ints(rows.iter().map(|row| row.rule as i32))),
    ];
    let evidence = |it: &Evidence| [it.observed, it.denominator, it.expected, it.variance];
    numbers(&mut columns, EVIDENCE, rows, |row| {
        row.evidence.map(|it| evidence(&it))
    });
    let ratio = |it: StandardisedRatio| [it.ratio, it.lower, it.upper];
    numbers(&mut columns, RATIO, rows, |row| {
        row.evidence?.ratio.map(ratio)
    });
    let compared = |it: Compared| {
        [
            it.typical,
            it.tau_squared,
            it.z,
            it.reliability,
            it.q,
            it.shrunken,
        ]
    };
    numbers(&mut columns, COMPARED, rows, |row| {
        row.evidence?.compared.map(compared)
    });
    let doctors = |row: &VerdictRow| Some(small(row.evidence?.doctors? as usize));
    columns.push(("doctors", optional_ints(rows.iter().map(doctors))));
    numbers(&mut columns, GOAL, rows, |row| {
        row.goal.map(|it| [it.ratio, it.value])
    });
    let effort = rows.iter().map(|row| row.goal?.effort.map(signed));
    columns.push(("effort", Arc::new(Int64Array::from_iter(effort))));
    let rank = rows.iter().map(|row| row.goal?.rank.map(i32::from));
    columns.push(("effort_rank", optional_ints(rank)));
    columns
}

fn optional_ints(values: impl Iterator<Item = Option<i32>>) -> ArrayRef {
    Arc::new(Int32Array::from_iter(values))
}

/// Columns of numbers that are all there or all missing in a row.
fn numbers<const N: usize>(
    columns: &mut Columns,
    names: [&'static str; N],
    rows: &[VerdictRow],
    pick: impl Fn(&VerdictRow) -> Option<[f64; N]>,
) {
    for (at, name) in names.into_iter().enumerate() {
        let cells = rows.iter().map(|row| pick(row).map(|all| all[at]));
        columns.push((name, Arc::new(Float64Array::from_iter(cells))));
    }
}

/// Fewer is negative, more is positive, 0 is reached.
fn signed(effort: Effort) -> i64 {
    match effort {
        Effort::Reached => 0,
        Effort::Fewer(events) => -events,
        Effort::More(events) => events,
    }
}

fn effort(signed: i64) -> Effort {
    match signed {
        0 => Effort::Reached,
        ..0 => Effort::Fewer(-signed),
        1.. => Effort::More(signed),
    }
}

fn rows(table: &Table, expected: usize) -> Result<Vec<VerdictRow>, EditionError> {
    let verdicts = table.i32("verdict")?;
    let rules = table.i32("rule")?;
    let evidence = Numbers::read(table, EVIDENCE)?;
    let ratios = Numbers::read(table, RATIO)?;
    let compared = Numbers::read(table, COMPARED)?;
    let doctors = table.optional_i32("doctors")?;
    let goals = Numbers::read(table, GOAL)?;
    let efforts = table.optional_i64("effort")?;
    let ranks = table.optional_i32("effort_rank")?;
    if verdicts.len() != expected {
        return Err(table.damaged("verdict"));
    }
    let row = |row: usize| {
        let compared = compared.row(row)?;
        let compared =
            compared.map(
                |[typical, tau_squared, z, reliability, q, shrunken]| Compared {
                    typical,
                    tau_squared,
                    z,
                    reliability,
                    q,
                    shrunken,
                },
            );
        let doctors = match doctors[row] {
            Some(doctors) => Some(u32::try_from(doctors).ok()?),
            None => None,
        };
        let ratio = ratios.row(row)?;
        let ratio = ratio.map(|[ratio, lower, upper]| StandardisedRatio {
            ratio,
            lower,
            upper,
        });
        let evidence = evidence.row(row)?;
        let evidence = evidence.map(|[observed, denominator, expected, variance]| Evidence {
            observed,
            denominator,
            expected,
            variance,
            ratio,
            doctors,
            compared,
        });
        let rank = match ranks[row] {
            Some(rank) => Some(u8::try_from(rank).ok()?),
            None => None,
        };
        let goal = goals.row(row)?.map(|[ratio, value]| Goal {
            ratio,
            value,
            effort: efforts[row].map(effort),
            rank,
        });
        Some(VerdictRow {
            verdict: *Verdict::ALL.get(usize::try_from(verdicts[row]).ok()?)?,
            rule: *Rule::ALL.get(usize::try_from(rules[row]).ok()?)?,
            evidence,
            goal,
        })
    };
    (0..expected)
        .map(row)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("verdict"))
}

/// Columns that are all there or all missing in a row.
struct Numbers<const N: usize>([Vec<Option<f64>>; N]);

impl<const N: usize> Numbers<N> {
    fn read(table: &Table, names: [&str; N]) -> Result<Numbers<N>, EditionError> {
        let columns = names
            .iter()
            .map(|name| table.optional_f64(name))
            .collect::<Result<Vec<_>, _>>()?;
        columns
            .try_into()
            .map(Numbers)
            .map_err(|_| table.damaged(names[0]))
    }

    /// `None` where some are there and some are missing: damage.
    fn row(&self, row: usize) -> Option<Option<[f64; N]>> {
        let told: Vec<f64> = self.0.iter().filter_map(|column| column[row]).collect();
        if told.is_empty() {
            return Some(None);
        }
        told.try_into().ok().map(Some)
    }
}
