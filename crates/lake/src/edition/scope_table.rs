//! Tables of groups: which there are, what each comes to, and where a prescriber stands among them.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int32Array, Int64Array};

use super::Content;
use super::error::EditionError;
use super::scope::{ScopeFigures, ScopeValue, Suppression};
use super::table::{self, Columns};
use super::write::{ints, keys, small, texts};

pub(super) fn scopes(content: &Content) -> Columns {
    let rows = &content.scopes;
    vec![
        ("scope", ints((0..rows.len()).map(small))),
        ("kind", ints(rows.iter().map(|row| row.kind as i32))),
        ("code", texts(rows.iter().map(|row| &row.area.code))),
        ("name", texts(rows.iter().map(|row| &row.area.name))),
    ]
}

/// Names of the quantile columns.
pub(super) const DECILES: [&str; 9] = [
    "p10", "p20", "p30", "p40", "p50", "p60", "p70", "p80", "p90",
];
pub(super) const QUARTILES: [&str; 3] = ["q1", "q2", "q3"];

/// Writes a dense table of groups' figures.
pub(super) fn scope_values(
    dir: &Path,
    file: &str,
    rows: &[ScopeValue],
    indicators: usize,
) -> Result<(), EditionError> {
    let counts = ["prescribers", "numerator", "denominator"];
    let reasons = ["benchmark", "suppressed", "unavailable"];
    let nullable: Vec<&str> = [&counts[..], &DECILES, &QUARTILES, &reasons].concat();
    table::write_long(&dir.join(file), rows.len(), &nullable, |range| {
        let keys = keys("scope", range.clone(), indicators);
        with_figures(keys, &rows[range])
    })
}

fn with_figures(mut columns: Columns, rows: &[ScopeValue]) -> Columns {
    let figure = |pick: &dyn Fn(&ScopeFigures) -> Option<f64>| {
        let cell = |value: &ScopeValue| match value {
            ScopeValue::Measured(figures) => pick(figures),
            _ => None,
        };
        Arc::new(Float64Array::from_iter(rows.iter().map(cell))) as ArrayRef
    };
    let count = |pick: &dyn Fn(&ScopeFigures) -> i64| {
        let cell = |value: &ScopeValue| match value {
            ScopeValue::Measured(figures) => Some(pick(figures)),
            _ => None,
        };
        Arc::new(Int64Array::from_iter(rows.iter().map(cell))) as ArrayRef
    };
    let suppressed = rows.iter().map(|value| match value {
        ScopeValue::Suppressed(reason) => Suppression::ALL
            .iter()
            .position(|one| one == reason)
            .map(small),
        _ => None,
    });
    let unavailable = rows.iter().map(|value| match value {
        ScopeValue::Unavailable(reason) => Some(reason.code()),
        _ => None,
    });
    columns.push((
        "prescribers",
        count(&|figures| i64::from(figures.prescribers)),
    ));
    columns.push(("numerator", count(&|figures| figures.numerator)));
    columns.push(("denominator", count(&|figures| figures.denominator)));
    columns.extend(DECILES.iter().enumerate().map(|(index, name)| {
        (
            *name,
            figure(&move |figures| figures.deciles.map(|all| all[index])),
        )
    }));
    columns.extend(QUARTILES.iter().enumerate().map(|(index, name)| {
        (
            *name,
            figure(&move |figures| figures.quartiles.map(|all| all[index])),
        )
    }));
    columns.push(("benchmark", figure(&|figures| figures.benchmark)));
    columns.push(("suppressed", Arc::new(Int32Array::from_iter(suppressed))));
    columns.push(("unavailable", Arc::new(Int32Array::from_iter(unavailable))));
    columns
}

pub(super) fn positions(content: &Content, indicators: usize) -> Columns {
    let rows: Vec<_> = content
        .positions
        .iter()
        .enumerate()
        .filter_map(|(row, position)| position.map(|position| (row, position)))
        .collect();
    vec![
        (
            "prescriber",
            ints(rows.iter().map(|(row, _)| small(row / (2 * indicators)))),
        ),
        (
            "indicator",
            ints(rows.iter().map(|(row, _)| small(row / 2 % indicators))),
        ),
        ("kind", ints(rows.iter().map(|(row, _)| small(row % 2)))),
        (
            "percentile",
            Arc::new(Float64Array::from_iter_values(
                rows.iter().map(|(_, position)| position.percentile),
            )),
        ),
        (
            "of",
            ints(rows.iter().map(|(_, position)| small(position.of as usize))),
        ),
    ]
}
