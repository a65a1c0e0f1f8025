//! The statistician's calculator: every function of `riktig_indicators::statistics` over a sheet of comma-separated values.
//!
//! [`catalogue`] is the one table of functions: what they are called, which columns they read and append, by which formula.
//! Help, reference and computation all come from it.

mod by_group;
mod by_row;
mod catalogue;
mod charts;
mod column;
mod reference;
mod result;
mod sheet;
#[cfg(test)]
mod tests;

pub(crate) use catalogue::{FUNCTIONS, Function};
pub(crate) use reference::{help, markdown};

use anyhow::Result;

use crate::failure::advise;

use column::{Compute, Group, Row};
use result::Cell;
use sheet::{Line, Sheet};

/// The sheet with the function's result columns appended; nothing when anything in it is wrong.
///
/// # Errors
/// Names line and column of what cannot be read or has no answer.
pub(crate) fn computed(function: &Function, input: &[u8]) -> Result<Vec<u8>> {
    let sheet = Sheet::read(input, function)?;
    let mut results: Vec<Vec<Cell>> = vec![Vec::new(); sheet.lines.len()];
    match function.compute {
        Compute::Row(compute) => {
            for (line, result) in sheet.lines.iter().zip(&mut results) {
                *result = compute(&Row::of(&sheet, line))?;
                finite(function, line, result)?;
            }
        }
        Compute::Group(compute) => {
            for members in sheet.groups() {
                let rows: Vec<Row> = members
                    .iter()
                    .map(|&index| Row::of(&sheet, &sheet.lines[index]))
                    .collect();
                let computed = compute(&Group { rows: &rows })?;
                for (index, result) in members.into_iter().zip(computed) {
                    finite(function, &sheet.lines[index], &result)?;
                    results[index] = result;
                }
            }
        }
    }
    Ok(sheet.with(function, &results))
}

/// No result is written that is no number: what overflowed has no answer.
fn finite(function: &Function, line: &Line, result: &[Cell]) -> Result<()> {
    let is_number = |cell: &Cell| !matches!(cell, Cell::Number(number) if !number.is_finite());
    match result.iter().position(|cell| !is_number(cell)) {
        None => Ok(()),
        Some(at) => {
            let column = function.results.get(at).map_or("the result", |it| it.name);
            Err(advise(
                format!(
                    "line {}: {column} is out of what can be computed with these numbers",
                    line.number
                ),
                "check the numbers of this line and its group: some are too large, or too small, for any real count or rate",
            ))
        }
    }
}
