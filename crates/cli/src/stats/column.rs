//! Reading a function's columns: a missing value is `None`, never 0.

use std::fmt::Display;
use std::str::FromStr;

use anyhow::Result;
use riktig_indicators::statistics::{Confidence, OutOfDomain};

use super::result::Cell;
use super::sheet::{Line, Sheet};
use crate::failure::advise;

/// The column that says which rows belong together.
pub(super) const GROUP: &str = "group";

/// A column that a function reads or appends, and what stands in it.
pub(crate) struct Column {
    pub(super) name: &'static str,
    pub(super) meaning: &'static str,
}

/// How a function looks at the sheet.
#[derive(Clone, Copy)]
pub(super) enum Compute {
    /// Row by row. An empty answer leaves the row's results empty.
    Row(fn(&Row) -> Result<Vec<Cell>>),
    /// Group by group; one answer a row.
    Group(fn(&Group) -> Result<Vec<Vec<Cell>>>),
}

/// One line of the sheet, by column names.
pub(super) struct Row<'a> {
    sheet: &'a Sheet<'a>,
    line: &'a Line,
}

impl<'a> Row<'a> {
    pub(super) fn of(sheet: &'a Sheet, line: &'a Line) -> Self {
        Self { sheet, line }
    }

    /// The field, or `None` when the column is not there or the field is empty.
    fn text(&self, column: &str) -> Option<&str> {
        let field = self.line.fields[self.sheet.place(column)?].trim();
        (!field.is_empty()).then_some(field)
    }

    fn parsed<T: FromStr>(
        &self,
        column: &str,
        kind: &str,
        remedy: &str,
        is_valid: impl Fn(&T) -> bool,
    ) -> Result<Option<T>> {
        let Some(text) = self.text(column) else {
            return Ok(None);
        };
        match text.parse::<T>().ok().filter(is_valid) {
            Some(value) => Ok(Some(value)),
            None => Err(advise(
                format!(
                    "line {}, column \"{column}\": \"{text}\" is not {kind}",
                    self.line.number
                ),
                remedy,
            )),
        }
    }

    /// A whole number of at least 0.
    pub(super) fn count(&self, column: &str) -> Result<Option<u64>> {
        let remedy =
            "write digits only, such as 12; leave the field empty when the number is not known";
        self.parsed(column, "a whole number of at least 0", remedy, |_| true)
    }

    /// A finite number.
    pub(super) fn number(&self, column: &str) -> Result<Option<f64>> {
        let remedy = "write it with a decimal point, such as 0.25; leave the field empty when it is not known";
        self.parsed(column, "a number", remedy, |number: &f64| {
            number.is_finite()
        })
    }

    /// One of some words.
    pub(super) fn word(
        &self,
        column: &str,
        words: &[&'static str],
    ) -> Result<Option<&'static str>> {
        let remedy = format!("write one of: {}", words.join(", "));
        let found = |text: &str| words.iter().copied().find(|word| *word == text);
        match self.text(column) {
            None => Ok(None),
            Some(text) => found(text).map(Some).ok_or_else(|| {
                let number = self.line.number;
                advise(
                    format!("line {number}, column \"{column}\": \"{text}\" is not known"),
                    remedy,
                )
            }),
        }
    }

    /// The level of the interval: 0.95 unless the row says otherwise.
    pub(super) fn confidence(&self) -> Result<Confidence> {
        match self.number("confidence")? {
            None => Ok(Confidence::P95),
            Some(level) => self.answer(Confidence::new(level)),
        }
    }

    /// Both, when both are there.
    pub(super) fn share(&self, numerator: &str, denominator: &str) -> Result<Option<(u64, u64)>> {
        Ok(self.count(numerator)?.zip(self.count(denominator)?))
    }

    /// What a function answers, with the line where it has no answer; its exposure is the column "denominator".
    pub(super) fn answer<T>(&self, answer: Result<T, OutOfDomain>) -> Result<T> {
        self.answer_per(answer, "denominator")
    }

    /// The same where the exposure stands in another column.
    pub(super) fn answer_per<T>(
        &self,
        answer: Result<T, OutOfDomain>,
        exposure: &'static str,
    ) -> Result<T> {
        answer.map_err(|error| {
            let error = by_column(error, exposure);
            advise(
                format!("line {}: {error}", self.line.number),
                remedy(&error),
            )
        })
    }
}

/// The rows of one group; there is at least one.
pub(super) struct Group<'a> {
    pub(super) rows: &'a [Row<'a>],
}

impl Group<'_> {
    /// A parameter of the whole group: its rows must agree.
    pub(super) fn agreed<T: PartialEq + Display>(
        &self,
        column: &str,
        read: impl Fn(&Row) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        let first = read(&self.rows[0])?;
        for row in &self.rows[1..] {
            if read(row)? != first {
                let number = row.line.number;
                return Err(advise(
                    format!(
                        "line {number}, column \"{column}\": differs from the group's first row (line {})",
                        self.rows[0].line.number
                    ),
                    "give all rows of a group the same value: it is about the group",
                ));
            }
        }
        Ok(first)
    }

    /// The level of the group's intervals.
    pub(super) fn confidence(&self) -> Result<Confidence> {
        self.agreed("confidence", |row| row.number("confidence"))?;
        self.rows[0].confidence()
    }

    /// What a function answers about the group; without an answer, its first line is named. Its exposure is the column
    /// "denominator".
    pub(super) fn answer<T>(&self, answer: Result<T, OutOfDomain>) -> Result<T> {
        self.answer_per(answer, "denominator")
    }

    /// The same where the exposure stands in another column.
    pub(super) fn answer_per<T>(
        &self,
        answer: Result<T, OutOfDomain>,
        exposure: &'static str,
    ) -> Result<T> {
        answer.map_err(|error| {
            let error = by_column(error, exposure);
            advise(
                format!(
                    "the group that begins on line {}: {error}",
                    self.rows[0].line.number
                ),
                remedy(&error),
            )
        })
    }

    /// The same result on each row.
    pub(super) fn repeated(&self, result: &[Cell]) -> Vec<Vec<Cell>> {
        vec![result.to_vec(); self.rows.len()]
    }
}

/// The method's exposure, by the name of the column that it came from.
fn by_column(error: OutOfDomain, column: &'static str) -> OutOfDomain {
    let of_exposure = |what: &str| what == "exposure";
    match error {
        OutOfDomain::NothingToDivideBy(what) if of_exposure(what) => {
            OutOfDomain::NothingToDivideBy(column)
        }
        OutOfDomain::Negative { what, value } if of_exposure(what) => OutOfDomain::Negative {
            what: column,
            value,
        },
        OutOfDomain::Outside {
            what,
            value,
            from,
            to,
        } if of_exposure(what) => OutOfDomain::Outside {
            what: column,
            value,
            from,
            to,
        },
        other => other,
    }
}

fn remedy(error: &OutOfDomain) -> &'static str {
    match error {
        OutOfDomain::Confidence(_) => "write a share such as 0.95",
        OutOfDomain::NothingToDivideBy(_) => {
            "leave out what has nothing to divide by; there is no rate of it, not a rate of 0"
        }
        OutOfDomain::MoreEventsThanTrials { .. } => {
            "check that the two columns have not changed places"
        }
        OutOfDomain::TooFew { .. } => "leave the group out, or put it together with another",
        OutOfDomain::PooledTarget { .. } => {
            "no unit differs from another by chance there: give the value to compare with in a column \"target\""
        }
        OutOfDomain::Negative { .. }
        | OutOfDomain::NotInside { .. }
        | OutOfDomain::Outside { .. }
        | OutOfDomain::TooLarge(_) => "`riktig stats --reference` says what each column may hold",
    }
}
