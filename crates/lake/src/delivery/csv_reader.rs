//! Reads text rows without allocating per row.

use std::io::{self, Read};
use std::ops::Range;

use thiserror::Error;

/// The longest line. A delivered row is some 150 bytes; a longer line means a file without line ends or a
/// quotation mark that is never closed, and would otherwise fill the memory.
pub const LONGEST_LINE: usize = 64 * 1024;
/// The most columns a file may have (the widest foreign file known has 26).
pub const MOST_COLUMNS: usize = 512;
/// Bytes read at a time.
const CHUNK: usize = 1 << 20;

/// Why a text file cannot be read on.
#[derive(Debug, Error)]
pub enum TextError {
    /// The file system said no.
    #[error("the file cannot be read")]
    Io(#[source] io::Error),
    /// No line end in sight.
    #[error("line {line} is longer than {LONGEST_LINE} bytes")]
    LineTooLong {
        /// Line number, from 1.
        line: u64,
    },
    /// Other bytes than the encoding allows.
    #[error("line {line} is not UTF-8 text")]
    NotUtf8 {
        /// Line number, from 1.
        line: u64,
    },
    /// NUL bytes: no text at all.
    #[error("line {line} holds a NUL byte: this is not a text file")]
    Binary {
        /// Line number, from 1.
        line: u64,
    },
    /// The file ends inside a quoted field or inside a line.
    #[error("the file ends inside line {line}: it was cut off")]
    Truncated {
        /// Line number, from 1.
        line: u64,
    },
    /// More columns than any table has.
    #[error("line {line} has more than {MOST_COLUMNS} columns")]
    TooManyColumns {
        /// Line number, from 1.
        line: u64,
    },
}

impl TextError {
    /// What the user can do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            TextError::Io(_) => "check the file and its permissions",
            TextError::LineTooLong { .. } => {
                "check line ends and quotation marks; ask the sender for a new file"
            }
            TextError::NotUtf8 { .. } => {
                "convert it (iconv -f latin1 -t utf8), or declare `encoding = \"latin-1\"` in a SOURCE.toml"
            }
            TextError::Binary { .. } => "deliver text (CSV, UTF-8) or Parquet",
            TextError::Truncated { .. } => {
                "fetch the file again; the last line must end with a line feed"
            }
            TextError::TooManyColumns { .. } => "check the delimiter",
        }
    }
}

/// Fields of one row, as ranges of the reader's memory.
#[derive(Debug, Default)]
pub struct Fields {
    spans: Vec<(bool, Range<usize>)>,
    unquoted: Vec<u8>,
}

/// A reader of separated text (RFC 4180 quoting, LF or CRLF).
pub struct CsvReader<R> {
    input: R,
    delimiter: u8,
    demand_last_line_end: bool,
    buffer: Vec<u8>,
    start: usize,
    line: u64,
    next_line: u64,
    ended: bool,
}

impl<R: Read> CsvReader<R> {
    /// Reads from `input`; a UTF-8 byte order mark is skipped.
    ///
    /// # Errors
    /// When nothing can be read.
    pub fn new(input: R, delimiter: u8, demand_last_line_end: bool) -> Result<Self, TextError> {
        let mut reader = CsvReader {
            input,
            delimiter,
            demand_last_line_end,
            buffer: Vec::with_capacity(CHUNK + LONGEST_LINE),
            start: 0,
            line: 0,
            next_line: 1,
            ended: false,
        };
        reader.fill()?;
        if reader.buffer.starts_with(b"\xef\xbb\xbf") {
            reader.start = 3;
        }
        Ok(reader)
    }

    /// Gives the input back, with what was not read from it yet.
    pub fn into_input(self) -> R {
        self.input
    }

    /// The number of the line that was read last, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The field at a position of the row read last.
    #[must_use]
    pub fn field<'a>(&'a self, fields: &'a Fields, at: usize) -> &'a [u8] {
        match fields.spans.get(at) {
            Some((false, span)) => &self.buffer[span.clone()],
            Some((true, span)) => &fields.unquoted[span.clone()],
            None => &[],
        }
    }

    /// Reads the next line as it stands, without splitting.
    ///
    /// # Errors
    /// As [`CsvReader::next_row`].
    pub fn next_line(&mut self) -> Result<Option<&[u8]>, TextError> {
        self.line = self.next_line;
        let Some(end) = self.line_end(self.start)? else {
            return Ok(None);
        };
        let line = self.start..end;
        self.start = end + 1;
        self.next_line += 1;
        self.checked_text(line.clone())?;
        let start = line.start;
        Ok(Some(
            &self.buffer[start..trim_cr(&self.buffer, start, line.end.min(self.buffer.len()))],
        ))
    }

    /// Reads the next row into `fields`; `None` at the end. Blank lines are skipped.
    ///
    /// # Errors
    /// When the file cannot be read, or is not text of this shape.
    pub fn next_row(&mut self, fields: &mut Fields) -> Result<Option<usize>, TextError> {
        loop {
            self.line = self.next_line;
            fields.spans.clear();
            fields.unquoted.clear();
            let Some(first_end) = self.line_end(self.start)? else {
                return Ok(None);
            };
            let stop = first_end.min(self.buffer.len());
            let line = &self.buffer[self.start..stop];
            if memchr::memchr(b'"', line).is_some() {
                self.quoted_row(fields)?;
            } else {
                let end = trim_cr(&self.buffer, self.start, stop);
                self.checked_text(self.start..end)?;
                let mut from = self.start;
                if from == end {
                    self.start = first_end + 1;
                    self.next_line += 1;
                    continue;
                }
                for at in memchr::memchr_iter(self.delimiter, &self.buffer[from..end]) {
                    let to = self.start + at;
                    fields.spans.push((false, from..to));
                    from = to + 1;
                }
                fields.spans.push((false, from..end));
                self.start = first_end + 1;
                self.next_line += 1;
            }
            if fields.spans.len() > MOST_COLUMNS {
                return Err(TextError::TooManyColumns { line: self.line });
            }
            return Ok(Some(fields.spans.len()));
        }
    }

    /// A row with quotation marks, which may span lines.
    fn quoted_row(&mut self, fields: &mut Fields) -> Result<(), TextError> {
        let mut end = self.line_end(self.start)?.unwrap_or(self.buffer.len());
        // The row ends at the first line end with an even number of quotation marks before it.
        while memchr::memchr_iter(b'"', &self.buffer[self.start..end.min(self.buffer.len())])
            .count()
            % 2
            == 1
        {
            self.next_line += 1;
            if end >= self.buffer.len() && self.ended {
                return Err(TextError::Truncated { line: self.line });
            }
            let known = end + 1 - self.start;
            let Some(next) = self.line_end_from(known)? else {
                return Err(TextError::Truncated { line: self.line });
            };
            end = next;
        }
        let stop = end.min(self.buffer.len());
        self.checked_text(self.start..stop)?;
        let stop = trim_cr(&self.buffer, self.start, stop);
        let row = &self.buffer[self.start..stop];
        split_quoted(row, self.delimiter, fields);
        self.start = end + 1;
        self.next_line += 1;
        Ok(())
    }

    fn checked_text(&self, line: Range<usize>) -> Result<(), TextError> {
        let text = &self.buffer[line.start..line.end.min(self.buffer.len())];
        if std::str::from_utf8(text).is_err() {
            return Err(TextError::NotUtf8 { line: self.line });
        }
        if memchr::memchr(0, text).is_some() {
            return Err(TextError::Binary { line: self.line });
        }
        Ok(())
    }

    /// Position of the line feed that ends the line beginning at `start`; the end of the buffer for a last line
    /// without one; `None` at the end of the file. Moves the line to the front of the buffer when it must read on.
    fn line_end(&mut self, start: usize) -> Result<Option<usize>, TextError> {
        debug_assert_eq!(start, self.start);
        self.line_end_from(0)
    }

    fn line_end_from(&mut self, mut known: usize) -> Result<Option<usize>, TextError> {
        loop {
            let from = (self.start + known).min(self.buffer.len());
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[from..]) {
                if from + at - self.start > LONGEST_LINE {
                    return Err(TextError::LineTooLong { line: self.line });
                }
                return Ok(Some(from + at));
            }
            let open = self.buffer.len().saturating_sub(self.start);
            if open > LONGEST_LINE {
                return Err(TextError::LineTooLong { line: self.line });
            }
            if self.ended {
                if open <= known.min(open) && (open == 0 || known > 0) {
                    return Ok(None);
                }
                if self.demand_last_line_end {
                    return Err(TextError::Truncated { line: self.line });
                }
                return Ok(Some(self.buffer.len()));
            }
            known = known.max(open);
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), TextError> {
        let start = self.start.min(self.buffer.len());
        self.buffer.drain(..start);
        self.start = 0;
        let kept = self.buffer.len();
        self.buffer.resize(kept + CHUNK, 0);
        let mut filled = kept;
        while filled < kept + CHUNK {
            match self.input.read(&mut self.buffer[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(TextError::Io(error)),
            }
        }
        self.buffer.truncate(filled);
        Ok(())
    }
}

fn trim_cr(buffer: &[u8], start: usize, end: usize) -> usize {
    if end > start && buffer[end - 1] == b'\r' {
        end - 1
    } else {
        end
    }
}

/// Splits a row whose quotation marks are balanced; text after a closing mark is kept as it stands.
fn split_quoted(row: &[u8], delimiter: u8, fields: &mut Fields) {
    let mut at = 0;
    loop {
        let from = fields.unquoted.len();
        let mut quoted = false;
        while at < row.len() {
            match row[at] {
                b'"' if quoted && row.get(at + 1) == Some(&b'"') => {
                    fields.unquoted.push(b'"');
                    at += 1;
                }
                b'"' => quoted = !quoted,
                byte if byte == delimiter && !quoted => break,
                byte => fields.unquoted.push(byte),
            }
            at += 1;
        }
        fields.spans.push((true, from..fields.unquoted.len()));
        if at >= row.len() {
            return;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &[u8]) -> Result<Vec<Vec<String>>, TextError> {
        let mut reader = CsvReader::new(text, b';', false)?;
        let mut fields = Fields::default();
        let mut rows = Vec::new();
        while let Some(count) = reader.next_row(&mut fields)? {
            let text = |at| String::from_utf8_lossy(reader.field(&fields, at)).into_owned();
            rows.push((0..count).map(text).collect());
        }
        Ok(rows)
    }

    #[test]
    fn quotes_line_ends_and_marks_are_understood() {
        let read = rows(b"\xef\xbb\xbfa;b\r\n\"x;\"\"y\"\"\";\"two\nlines\"\n\n;\nlast;one")
            .expect("read");
        assert_eq!(
            read,
            [
                vec!["a", "b"],
                vec!["x;\"y\"", "two\nlines"],
                vec!["", ""],
                vec!["last", "one"]
            ]
        );
    }

    #[test]
    fn an_endless_line_is_refused_without_filling_the_memory() {
        struct Endless;
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                buffer.fill(b'x');
                Ok(buffer.len())
            }
        }
        let mut reader = CsvReader::new(Endless, b';', false).expect("opened");
        let error = reader
            .next_row(&mut Fields::default())
            .expect_err("refused");
        assert!(matches!(error, TextError::LineTooLong { line: 1 }));
    }

    #[test]
    fn a_file_cut_inside_a_line_or_a_quotation_is_refused() {
        let mut reader = CsvReader::new(&b"a;b\nc;"[..], b';', true).expect("opened");
        let mut fields = Fields::default();
        assert!(matches!(reader.next_row(&mut fields), Ok(Some(2))));
        assert!(matches!(
            reader.next_row(&mut fields),
            Err(TextError::Truncated { line: 2 })
        ));
        assert!(matches!(
            rows(b"a;\"b\nc;"),
            Err(TextError::Truncated { line: 1 })
        ));
    }

    #[test]
    fn other_encodings_are_named_with_their_line() {
        assert!(matches!(
            rows(b"a\nbl\xe5\n"),
            Err(TextError::NotUtf8 { line: 2 })
        ));
        assert!(matches!(
            rows(b"a\nb\0\n"),
            Err(TextError::Binary { line: 2 })
        ));
    }

    fn write(table: &[Vec<String>]) -> String {
        let quote = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
        table
            .iter()
            .map(|row| row.iter().map(quote).collect::<Vec<_>>().join(";") + "\n")
            .collect()
    }

    proptest! {
        #[test]
        fn whatever_is_quoted_is_read_back(table in proptest::collection::vec(
            proptest::collection::vec("[a-zæøå;\"\n\r ]{0,8}", 1..5), 0..20))
        {
            prop_assert_eq!(rows(write(&table).as_bytes()).expect("read"), table);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _outcome = rows(&bytes);
        }
    }
}
