//! `expected.parquet` and `coefficients.parquet`.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float32Array, Float64Array, Int32Array, Int64Array, StringArray};
use riktig_indicators::casemix::Factor;

use super::error::EditionError;
use super::expected::{CaseMix, Coefficient, Expected, LevelRole, NoExpected};
use super::prescriber::IndicatorId;
use super::table::{self, Columns, Table};

const EXPECTED: &str = "expected.parquet";
const COEFFICIENTS: &str = "coefficients.parquet";

/// Columns of [`Expected::by_factor`].
const BY_FACTOR: [&str; 6] = [
    "by_diagnosis",
    "by_age",
    "by_sex",
    "by_setting",
    "by_form",
    "by_month",
];

/// Writes both tables; nothing where the content has no models.
pub(crate) fn write(dir: &Path, casemix: &CaseMix, indicators: usize) -> Result<(), EditionError> {
    if casemix.expected.is_empty() {
        return Ok(());
    }
    let figures = ["expected", "variance", "crude", "not_expected"];
    let nullable: Vec<&str> = figures.iter().chain(&BY_FACTOR).copied().collect();
    let rows = &casemix.expected;
    table::write_long(&dir.join(EXPECTED), rows.len(), &nullable, |range| {
        expected(&rows[range.clone()], range.start, indicators.max(1))
    })?;
    table::write(&dir.join(COEFFICIENTS), coefficients(&casemix.coefficients))
}

/// Reads both tables; an edition without them is older than they are.
pub(crate) fn read(dir: &Path, people: usize, indicators: usize) -> Result<CaseMix, EditionError> {
    if !dir.join(EXPECTED).exists() {
        return Ok(CaseMix::default());
    }
    Ok(CaseMix {
        expected: read_expected(&Table::read(&dir.join(EXPECTED))?, people * indicators)?,
        coefficients: read_coefficients(&Table::read(&dir.join(COEFFICIENTS))?, indicators)?,
    })
}

fn small(value: usize) -> i32 {
    i32::try_from(value).expect("an edition has fewer than 2^31 rows of a kind")
}

fn ints(values: impl Iterator<Item = i32>) -> ArrayRef {
    Arc::new(Int32Array::from_iter_values(values))
}

fn floats(values: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(Float64Array::from_iter(values))
}

/// The columns of these rows, the first of which is row `first` of the table.
fn expected(rows: &[Result<Expected, NoExpected>], first: usize, indicators: usize) -> Columns {
    let places = first..first + rows.len();
    let figure = |pick: &dyn Fn(&Expected) -> f64| {
        floats(rows.iter().map(|row| row.as_ref().ok().map(pick)))
    };
    let mut columns: Columns = vec![
        (
            "prescriber",
            ints(places.clone().map(|row| small(row / indicators))),
        ),
        ("indicator", ints(places.map(|row| small(row % indicators)))),
        ("expected", figure(&|row| row.expected)),
        ("variance", figure(&|row| row.variance)),
        ("crude", figure(&|row| row.crude)),
    ];
    for (at, name) in BY_FACTOR.into_iter().enumerate() {
        // Single precision: they are shown with three digits, and they are most of the table.
        let parts = rows
            .iter()
            .map(|row| row.as_ref().ok().map(|row| row.by_factor[at] as f32));
        columns.push((name, Arc::new(Float32Array::from_iter(parts))));
    }
    let reasons = rows.iter().map(|row| row.err().map(NoExpected::code));
    let fitted = rows
        .iter()
        .map(|row| i32::from(row.is_ok_and(|row| row.fitted)));
    columns.push(("fitted", ints(fitted)));
    columns.push(("not_expected", Arc::new(Int32Array::from_iter(reasons))));
    columns
}

fn read_expected(
    table: &Table,
    rows: usize,
) -> Result<Vec<Result<Expected, NoExpected>>, EditionError> {
    let figures = ["expected", "variance", "crude"]
        .iter()
        .map(|name| table.optional_f64(name))
        .collect::<Result<Vec<_>, _>>()?;
    let parts = BY_FACTOR
        .iter()
        .map(|name| table.optional_f32(name))
        .collect::<Result<Vec<_>, _>>()?;
    let fitted = table.i32("fitted")?;
    let reasons = table.optional_i32("not_expected")?;
    if reasons.len() != rows {
        return Err(table.damaged("not_expected"));
    }
    let cell = |row: usize| {
        if let Some(code) = reasons[row] {
            return NoExpected::from_code(code).map(Err);
        }
        let mut by_factor = [0.0; 6];
        for (at, figure) in by_factor.iter_mut().enumerate() {
            *figure = f64::from(parts[at][row]?);
        }
        Some(Ok(Expected {
            expected: figures[0][row]?,
            variance: figures[1][row]?,
            crude: figures[2][row]?,
            by_factor,
            fitted: fitted[row] != 0,
        }))
    };
    (0..rows)
        .map(cell)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("expected"))
}

fn coefficients(rows: &[Coefficient]) -> Columns {
    let words = |row: &Coefficient| row.factor.map_or("intercept", Factor::word);
    vec![
        (
            "indicator",
            ints(rows.iter().map(|row| small(row.indicator.0 as usize))),
        ),
        (
            "factor",
            Arc::new(StringArray::from_iter_values(rows.iter().map(words))),
        ),
        (
            "level",
            Arc::new(StringArray::from_iter_values(
                rows.iter().map(|row| &row.level),
            )),
        ),
        ("role", ints(rows.iter().map(|row| row.role as i32))),
        (
            "coefficient",
            floats(rows.iter().map(|row| Some(row.coefficient))),
        ),
        (
            "standard_error",
            floats(rows.iter().map(|row| row.standard_error)),
        ),
        ("units", floats(rows.iter().map(|row| Some(row.units)))),
        (
            "events",
            Arc::new(Int64Array::from_iter_values(
                rows.iter().map(|row| row.events),
            )),
        ),
        (
            "expected",
            floats(rows.iter().map(|row| Some(row.expected))),
        ),
    ]
}

fn read_coefficients(table: &Table, indicators: usize) -> Result<Vec<Coefficient>, EditionError> {
    let of = table.i32("indicator")?;
    let factors = table.text("factor")?;
    let levels = table.text("level")?;
    let roles = table.i32("role")?;
    let [values, errors, units, expected] =
        ["coefficient", "standard_error", "units", "expected"].map(|name| table.optional_f64(name));
    let (values, errors, units, expected) = (values?, errors?, units?, expected?);
    let events = table.i64("events")?;
    let rows = levels.into_iter().enumerate().map(|(row, level)| {
        let indicator = usize::try_from(of[row])
            .ok()
            .filter(|it| *it < indicators)?;
        let factor = match factors[row].as_str() {
            "intercept" => None,
            word => Some(Factor::from_word(word)?),
        };
        let role = usize::try_from(roles[row]).ok()?;
        Some(Coefficient {
            indicator: IndicatorId(indicator as u32),
            factor,
            level,
            role: *LevelRole::ALL.get(role)?,
            coefficient: values[row]?,
            standard_error: errors[row],
            units: units[row]?,
            events: events[row],
            expected: expected[row]?,
        })
    });
    rows.collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("factor"))
}
