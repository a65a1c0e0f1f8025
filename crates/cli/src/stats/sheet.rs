//! The sheet as it came: its bytes are kept, so that what is not ours passes through untouched.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result};

use super::catalogue::Function;
use super::column::GROUP;
use super::result::Cell;
use crate::failure::{Hint, advise};

/// One line below the header.
pub(super) struct Line {
    /// Its number in the input, the header being line 1.
    pub(super) number: u64,
    pub(super) fields: Vec<String>,
    bytes: Range<usize>,
}

/// A header and lines.
pub(super) struct Sheet<'a> {
    input: &'a [u8],
    header: Line,
    /// The bytes that end the header's line, used for all.
    line_end: &'static str,
    places: HashMap<String, usize>,
    pub(super) lines: Vec<Line>,
}

impl<'a> Sheet<'a> {
    /// Reads the sheet and checks that its header has what the function needs.
    pub(super) fn read(input: &'a [u8], function: &Function) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(input);
        let mut lines = Vec::new();
        let mut record = csv::StringRecord::new();
        while reader
            .read_record(&mut record)
            .context("cannot read the sheet from standard input")
            .hint(|| "write it as comma-separated values in UTF-8".into())?
        {
            let start = record.position().map_or(0, |it| it.byte() as usize);
            let line = record.position().map_or(1, csv::Position::line);
            lines.push(line_of(
                input,
                start..reader.position().byte() as usize,
                line,
                &record,
            ));
        }
        closed(input, &lines)?;
        let mut lines = lines.into_iter();
        let header = lines.next().ok_or_else(|| {
            advise(
                "there is nothing on standard input",
                format!("give a header at least: {}", function.columns().join(",")),
            )
        })?;
        let ends_in_crlf = input[header.bytes.end..].starts_with(b"\r\n");
        let sheet = Sheet {
            input,
            line_end: if ends_in_crlf { "\r\n" } else { "\n" },
            places: places(&header)?,
            header,
            lines: lines.collect(),
        };
        sheet.check(function)?;
        Ok(sheet)
    }

    fn check(&self, function: &Function) -> Result<()> {
        for column in function.needed() {
            if !self.places.contains_key(column) {
                return Err(advise(
                    format!("line 1: there is no column \"{column}\""),
                    format!(
                        "{} needs {}, separated by commas; the header has {}; `riktig stats --reference` describes each column",
                        function.name,
                        function.needed().collect::<Vec<_>>().join(", "),
                        self.header.fields.join(", "),
                    ),
                ));
            }
        }
        if let Some(taken) = function
            .results
            .iter()
            .find(|it| self.places.contains_key(it.name))
        {
            return Err(advise(
                format!("line 1: column \"{}\" is there already", taken.name),
                "rename or remove it: it is one of the result columns that are appended",
            ));
        }
        let wanted = self.header.fields.len();
        match self.lines.iter().find(|line| line.fields.len() != wanted) {
            None => Ok(()),
            Some(line) => Err(advise(
                format!(
                    "line {} has {}, the header has {wanted}",
                    line.number,
                    fields(line.fields.len())
                ),
                "give every line as many fields as the header; a field with a comma inside needs quotes",
            )),
        }
    }

    /// Where a column stands.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.places.get(column).copied()
    }

    /// The lines of each group, by their index, in the order of first appearance. Without a `group` column all lines are
    /// one group; a line whose group is missing belongs to none.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let Some(place) = self.place(GROUP) else {
            let all: Vec<usize> = (0..self.lines.len()).collect();
            return if all.is_empty() {
                Vec::new()
            } else {
                vec![all]
            };
        };
        let mut order: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let name = line.fields[place].trim();
            if name.is_empty() {
                continue;
            }
            let group = *order.entry(name).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(index);
        }
        groups
    }

    /// The sheet's own bytes with the results behind each line; a line without results gets empty fields.
    pub(super) fn with(&self, function: &Function, results: &[Vec<Cell>]) -> Vec<u8> {
        let names = function
            .results
            .iter()
            .map(|it| it.name.to_owned())
            .collect();
        let mut output = self.extended(&self.header, names);
        for (line, cells) in self.lines.iter().zip(results) {
            let cell = |index| cells.get(index).copied().unwrap_or(Cell::Empty).text();
            let texts = (0..function.results.len()).map(cell).collect();
            output.extend(self.extended(line, texts));
        }
        output
    }

    fn extended(&self, line: &Line, fields: Vec<String>) -> Vec<u8> {
        let mut bytes = self.input[line.bytes.clone()].to_vec();
        for field in fields {
            bytes.push(b',');
            bytes.extend(field.into_bytes());
        }
        bytes.extend(self.line_end.bytes());
        bytes
    }
}

/// Refuses a field whose quotes are never closed: it would swallow the lines behind it. Only the last record can have one.
fn closed(input: &[u8], lines: &[Line]) -> Result<()> {
    let Some(last) = lines.last() else {
        return Ok(());
    };
    let bytes = &input[last.bytes.clone()];
    let mut quoted = false;
    let mut begins = true;
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        match (quoted, *byte) {
            (true, b'"') if rest.peek() == Some(&&b'"') => drop(rest.next()),
            (true, b'"') => quoted = false,
            (false, b'"') => quoted = begins,
            _ => (),
        }
        begins = !quoted && *byte == b',';
    }
    if !quoted {
        return Ok(());
    }
    Err(advise(
        format!("line {}: a quote is opened and never closed", last.number),
        "close the quotes, or write two of them where one is meant",
    ))
}

/// The line without the ends of lines around it; empty lines before it are left out but counted.
fn line_of(input: &[u8], bytes: Range<usize>, line: u64, record: &csv::StringRecord) -> Line {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let text = &input[bytes.clone()];
    let before = text.iter().take_while(|byte| is_end(byte)).count();
    let after = text.iter().rev().take_while(|byte| is_end(byte)).count();
    let skipped = text[..before].iter().filter(|byte| **byte == b'\n').count();
    Line {
        number: line + skipped as u64,
        fields: record.iter().map(str::to_owned).collect(),
        bytes: bytes.start + before..bytes.end.saturating_sub(after).max(bytes.start + before),
    }
}

fn fields(count: usize) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} field{s}")
}

fn places(header: &Line) -> Result<HashMap<String, usize>> {
    let mut places = HashMap::new();
    for (index, name) in header.fields.iter().enumerate() {
        let name = name.trim_start_matches('\u{feff}').trim().to_owned();
        if places.insert(name.clone(), index).is_some() {
            return Err(advise(
                format!("line 1: column \"{name}\" is there twice"),
                "remove or rename one of them",
            ));
        }
    }
    Ok(places)
}
