//! One code table as text: named columns, known lines, refusals that name file, line and remedy.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use crate::CodeError;

/// Why the code tables cannot be used. The text names file and line and says what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// A table is not there or not readable.
    #[error("cannot open code table {}: the folder needs antibiotics.csv, diagnosis_groups.csv, contact_forms.csv, course_doses.csv and safety_mirror.csv, and for the rules of prescriptions diagnosis_rules.csv and prescription_validity.csv", path.display())]
    Open {
        /// The missing file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A row or the header says something that cannot be right.
    #[error("cannot use {file} at line {line}: {problem}; {remedy}")]
    Table {
        /// The table's file name.
        file: &'static str,
        /// The line in the file, counted from 1.
        line: u64,
        /// What is wrong.
        problem: String,
        /// What to write instead.
        remedy: String,
    },
}

/// A table with its rows in order.
pub(super) struct Table {
    file: &'static str,
    columns: BTreeMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row, which knows where it stands.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    line: u64,
    fields: &'t csv::StringRecord,
}

impl Table {
    /// Reads a table that has exactly these columns, in any order. Lines that start with `#` are comments.
    pub(super) fn read(
        file: &'static str,
        text: &str,
        expected: &[&str],
    ) -> Result<Self, CodebookError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let refusal = |line, problem: String| CodebookError::Table {
            file,
            line,
            problem,
            remedy: format!(
                "the columns are {}, separated by semicolons",
                expected.join(";")
            ),
        };
        let line_of = |error: &csv::Error| error.position().map_or(1, csv::Position::line);
        let header = reader
            .headers()
            .map_err(|error| refusal(line_of(&error), "the header is not readable".into()))?;
        let columns: BTreeMap<String, usize> = header
            .iter()
            .enumerate()
            .map(|(at, name)| (name.trim().to_owned(), at))
            .collect();
        let same = columns.len() == expected.len() && header.len() == expected.len();
        if !same || !expected.iter().all(|name| columns.contains_key(*name)) {
            let line = reader.position().line().saturating_sub(1).max(1);
            return Err(refusal(
                line,
                "the header does not name the right columns".into(),
            ));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                refusal(
                    line_of(&error),
                    "the row has too few or too many fields or is not text".into(),
                )
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record));
        }
        Ok(Self {
            file,
            columns,
            rows,
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, fields)| Row {
            table: self,
            line: *line,
            fields,
        })
    }
}

impl<'t> Row<'t> {
    /// A field, trimmed.
    pub(super) fn text(&self, column: &str) -> &'t str {
        let at = self
            .table
            .columns
            .get(column)
            .expect("tables ask only for columns they declare");
        self.fields.get(*at).unwrap_or_default().trim()
    }

    /// A field that must not be empty.
    pub(super) fn required(&self, column: &str) -> Result<&'t str, CodebookError> {
        match self.text(column) {
            "" => Err(self.refusal(format!("{column} is empty"), format!("fill in {column}"))),
            text => Ok(text),
        }
    }

    /// A checked value.
    pub(super) fn value<T: FromStr<Err = CodeError>>(
        &self,
        column: &str,
    ) -> Result<T, CodebookError> {
        self.text(column).parse().map_err(|error: CodeError| {
            self.refusal(format!("{column}: {error}"), "mend the field".into())
        })
    }

    /// A checked value, or nothing where the field is empty.
    pub(super) fn optional<T: FromStr<Err = CodeError>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, CodebookError> {
        if self.text(column).is_empty() {
            Ok(None)
        } else {
            self.value(column).map(Some)
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &self,
        column: &str,
        words: &[(&str, T)],
    ) -> Result<T, CodebookError> {
        let text = self.text(column);
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| {
                let allowed: Vec<_> = words.iter().map(|(word, _)| *word).collect();
                self.refusal(
                    format!("{column} is \"{text}\""),
                    format!("write one of {}", allowed.join(", ")),
                )
            })
    }

    /// `yes` or `no`.
    pub(super) fn yes_or_no(&self, column: &str) -> Result<bool, CodebookError> {
        self.word(column, &[("yes", true), ("no", false)])
    }

    /// A whole number from 1 to 65,535, or nothing where the field is empty.
    pub(super) fn count(&self, column: &str) -> Result<Option<u16>, CodebookError> {
        match self.text(column) {
            "" => Ok(None),
            text => text
                .parse()
                .ok()
                .filter(|count| *count > 0)
                .map(Some)
                .ok_or_else(|| {
                    self.refusal(
                        format!("{column} is \"{text}\""),
                        "write a whole number above 0".into(),
                    )
                }),
        }
    }

    /// A decimal with at most three places, in thousandths, or nothing where the field is empty.
    pub(super) fn thousandths(&self, column: &str) -> Result<Option<u32>, CodebookError> {
        match self.text(column) {
            "" => Ok(None),
            text => thousandths(text)
                .filter(|amount| *amount > 0)
                .map(Some)
                .ok_or_else(|| {
                    self.refusal(
                        format!("{column} is \"{text}\""),
                        "write a decimal above 0 with a point and at most three places, like 0.75"
                            .into(),
                    )
                }),
        }
    }

    /// A refusal of this row.
    pub(super) fn refusal(&self, problem: String, remedy: String) -> CodebookError {
        CodebookError::Table {
            file: self.table.file,
            line: self.line,
            problem,
            remedy,
        }
    }
}

fn thousandths(text: &str) -> Option<u32> {
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| {
        (1..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(places) || places.len() > 3 {
        return None;
    }
    whole
        .parse::<u32>()
        .ok()?
        .checked_mul(1000)?
        .checked_add(format!("{places:0<3}").parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly_and_never_rounded() {
        assert_eq!(
            ["0.75", "14", "1.05", "0.1", "3.6"].map(thousandths),
            [Some(750), Some(14_000), Some(1_050), Some(100), Some(3_600)]
        );
        assert_eq!(
            ["", ".5", "1.", "0,5", "1.0005", "-1", "1e3", "1234567"].map(thousandths),
            [None; 8]
        );
    }

    #[test]
    fn the_line_in_an_error_counts_comments_and_a_byte_order_mark_is_accepted() {
        let table = Table::read(
            "t.csv",
            "\u{feff}# one\n# two\na;b\n1;2\n\"3\";4\n",
            &["b", "a"],
        )
        .unwrap();
        let lines: Vec<_> = table
            .rows()
            .map(|row| (row.line, row.text("a"), row.text("b")))
            .collect();
        assert_eq!(lines, [(4, "1", "2"), (5, "3", "4")]);
    }

    #[test]
    fn a_wrong_header_and_a_short_row_are_refused_with_the_right_columns() {
        for (text, line) in [
            ("a;c\n1;2\n", 1),
            ("a;b;b\n1;2;3\n", 1),
            ("# x\na\n", 2),
            ("a;b\n1\n", 2),
            ("", 1),
        ] {
            let message = Table::read("t.csv", text, &["a", "b"])
                .err()
                .expect(text)
                .to_string();
            assert!(
                message.contains(&format!("t.csv at line {line}")) && message.contains("a;b"),
                "{text:?}: {message}"
            );
        }
    }
}
