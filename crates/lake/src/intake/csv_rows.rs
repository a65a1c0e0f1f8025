//! Rows of a CSV delivery, native or foreign.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::hashed_input::{FileDigest, HashedInput};
use super::open::{Delivered, Opened, Rows, Visited, positions, without_diagnosis};
use super::{IntakeError, columns};
use crate::delivery::{CsvReader, Fields, Header, Raw, TextError};
use crate::source::{Encoding, FileSpec, Shape, Source, SourceError};

/// Where a column of ours comes from.
enum Take {
    Nowhere,
    Column(usize),
    Shaped {
        at: usize,
        part: Option<std::ops::Range<usize>>,
        shape: Shape,
    },
    Constant(Vec<u8>),
}

/// The longest prefix of the file that is looked at to recognise a foreign file's header.
const HEADER_BYTES: u64 = 64 * 1024;

pub(crate) struct CsvRows {
    path: PathBuf,
    reader: CsvReader<HashedInput>,
    columns: Vec<Take>,
    width: usize,
    /// Position and value that mark a total.
    totals: Vec<(usize, Vec<u8>)>,
}

impl CsvRows {
    pub(super) fn open(
        path: &Path,
        file: File,
        source: Option<&Source>,
    ) -> Result<Opened, IntakeError> {
        let failed = |source: TextError| text_error(path, source);
        match source {
            Some(source) => CsvRows::open_foreign(path, file, source),
            None => {
                let mut reader = CsvReader::new(HashedInput::new(file, Encoding::Utf8), b';', true)
                    .map_err(failed)?;
                let line = reader.next_line().map_err(failed)?.unwrap_or_default();
                let header = Header::parse(&String::from_utf8_lossy(line)).map_err(|source| {
                    IntakeError::Header {
                        path: path.to_owned(),
                        source,
                    }
                })?;
                let names = header_names(path, &mut reader)?;
                let columns = positions(path, reader.line(), header.kind, &names)?;
                let take = |at: Option<usize>| at.map_or(Take::Nowhere, Take::Column);
                let takes = columns.into_iter().map(take).collect();
                let rows = CsvRows {
                    path: path.to_owned(),
                    reader,
                    columns: takes,
                    width: names.len(),
                    totals: Vec::new(),
                };
                let kind = header.kind;
                Ok(Opened {
                    kind,
                    header: Some(header),
                    spec: None,
                    without_diagnosis: without_diagnosis(kind, names.iter()),
                    rows: Rows::Csv(Box::new(rows)),
                })
            }
        }
    }

    fn open_foreign(path: &Path, file: File, source: &Source) -> Result<Opened, IntakeError> {
        let spec = recognise(path, source)?;
        let failed = |source: TextError| text_error(path, source);
        let delimiter = spec.delimiter_byte()?;
        let mut reader = CsvReader::new(HashedInput::new(file, spec.encoding), delimiter, false)
            .map_err(failed)?;
        let names = header_names(path, &mut reader)?;
        let position = |column: &str| {
            names.iter().position(|name| name == column).ok_or_else(|| {
                let (name, path, column) =
                    (source.name.clone(), path.to_owned(), column.to_owned());
                IntakeError::Source(SourceError::NoColumn { name, path, column })
            })
        };
        let mut takes = Vec::new();
        for ours in columns::all(spec.kind) {
            let found = spec
                .columns
                .iter()
                .find(|(name, _)| columns::canonical(name) == ours);
            takes.push(match found {
                None => Take::Nowhere,
                Some((name, column)) => match (column.constant(), column.column()) {
                    (Some(constant), _) => Take::Constant(constant.as_bytes().to_vec()),
                    (None, Some(theirs)) => Take::Shaped {
                        at: position(theirs)?,
                        part: column.part()?,
                        shape: column.shape(name)?,
                    },
                    (None, None) => Take::Nowhere,
                },
            });
        }
        let totals = spec
            .totals
            .iter()
            .map(|(column, value)| Ok((position(column)?, value.clone().into_bytes())))
            .collect::<Result<Vec<_>, IntakeError>>()?;
        let rows = CsvRows {
            path: path.to_owned(),
            reader,
            columns: takes,
            width: names.len(),
            totals,
        };
        Ok(Opened {
            kind: spec.kind,
            header: None,
            spec: Some(spec.clone()),
            without_diagnosis: without_diagnosis(spec.kind, spec.columns.keys()),
            rows: Rows::Csv(Box::new(rows)),
        })
    }

    pub(super) fn each(
        mut self,
        visit: &mut dyn FnMut(u64, Delivered<'_>) -> Visited,
    ) -> Result<FileDigest, IntakeError> {
        let mut fields = Fields::default();
        let path = self.path;
        let reader = &mut self.reader;
        while let Some(count) = reader
            .next_row(&mut fields)
            .map_err(|source| text_error(&path, source))?
        {
            let line = reader.line();
            if count != self.width {
                visit(line, Delivered::WrongColumnCount)?;
                continue;
            }
            if self
                .totals
                .iter()
                .any(|(at, value)| reader.field(&fields, *at) == value)
            {
                visit(line, Delivered::Total)?;
                continue;
            }
            let mut row = [Raw::Missing; 32];
            for (slot, take) in row.iter_mut().zip(&self.columns) {
                *slot = match take {
                    Take::Nowhere => Raw::Missing,
                    Take::Column(at) => Raw::text(reader.field(&fields, *at)),
                    Take::Constant(constant) => Raw::text(constant),
                    Take::Shaped { at, part, shape } => {
                        shape.apply(slice(reader.field(&fields, *at), part.as_ref()))
                    }
                };
            }
            visit(line, Delivered::Row(&row[..self.columns.len()]))?;
        }
        self.reader
            .into_input()
            .digest()
            .map_err(|source| IntakeError::Io { path, source })
    }
}

fn slice<'a>(text: &'a [u8], part: Option<&std::ops::Range<usize>>) -> &'a [u8] {
    match part {
        None => text,
        Some(part) => &text[part.start.min(text.len())..part.end.min(text.len())],
    }
}

fn header_names(
    path: &Path,
    reader: &mut CsvReader<HashedInput>,
) -> Result<Vec<String>, IntakeError> {
    let mut fields = Fields::default();
    let count = reader
        .next_row(&mut fields)
        .map_err(|source| text_error(path, source))?;
    let Some(count) = count else {
        let what = "the line with the column names is missing".to_owned();
        return Err(IntakeError::Columns {
            path: path.to_owned(),
            line: reader.line(),
            what,
        });
    };
    Ok((0..count)
        .map(|at| String::from_utf8_lossy(reader.field(&fields, at)).into_owned())
        .collect())
}

/// Reads the header once for every delimiter that the description names.
fn recognise<'a>(path: &Path, source: &'a Source) -> Result<&'a FileSpec, IntakeError> {
    use std::io::Read;
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEADER_BYTES).read_to_end(&mut start))
        .map_err(|source| IntakeError::Io {
            path: path.to_owned(),
            source,
        })?;
    let has_columns = |spec: &FileSpec| {
        let Ok(delimiter) = spec.delimiter_byte() else {
            return false;
        };
        // The names that tell files apart are ASCII in every encoding we read.
        let line: Vec<u8> = start
            .iter()
            .copied()
            .take_while(|byte| *byte != b'\n')
            .collect();
        let line = String::from_utf8_lossy(&line).into_owned();
        let Ok(mut reader) = CsvReader::new(line.as_bytes(), delimiter, false) else {
            return false;
        };
        let mut fields = Fields::default();
        let Ok(Some(count)) = reader.next_row(&mut fields) else {
            return false;
        };
        spec.recognise
            .iter()
            .all(|wanted| (0..count).any(|at| reader.field(&fields, at) == wanted.as_bytes()))
    };
    source.recognise(has_columns).ok_or_else(|| {
        IntakeError::Source(SourceError::Unrecognised {
            name: source.name.clone(),
            path: path.to_owned(),
        })
    })
}

fn text_error(path: &Path, source: TextError) -> IntakeError {
    IntakeError::Text {
        path: path.to_owned(),
        source,
    }
}
