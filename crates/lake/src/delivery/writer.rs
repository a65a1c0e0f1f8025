//! Writes deliveries.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::csv_writer::CsvWriter;
use super::parquet_writer::ParquetWriter;
use super::rows::Row;
use super::{Header, Kind};

/// How a delivery is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// `;`-separated text with a preamble.
    Csv,
    /// Parquet, zstd level 3, with the preamble as footer metadata.
    Parquet,
}

/// A finished delivery file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Rows written.
    pub rows: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// Why a delivery could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The file system said no.
    #[error("cannot write delivery \"{}\"", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The Parquet writer said no.
    #[error("cannot write delivery \"{}\" as parquet", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What the library said.
        source: parquet::errors::ParquetError,
    },
    /// Text in a column that has a type in Parquet.
    #[error(
        "row {row}: column `{column}` cannot hold this value in parquet; write the delivery as csv"
    )]
    WrongType {
        /// Row number, from 1.
        row: u64,
        /// Name of the column.
        column: &'static str,
    },
    /// Rows of one kind into a file of another.
    #[error("a {row} row does not belong in a {file} delivery")]
    WrongKind {
        /// Kind of the row type.
        row: Kind,
        /// Kind in the header.
        file: Kind,
    },
}

/// Writes one delivery file; rows go out as they come and nothing is kept in memory but a buffer.
///
/// ```
/// use riktig_lake::delivery::{DeliveryWriter, Field, FileFormat, Header, Kind, rows::CourseGroupRow};
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("groups.csv");
/// let header = Header {
///     kind: Kind::CourseGroups, delivery: "groups-1".into(), source: "SKIL".into(), period: None, corrects: None,
/// };
/// let mut writer = DeliveryWriter::create(&path, &header, FileFormat::Csv)?;
/// writer.write(&CourseGroupRow {
///     group_id: Field::Text("g1"), prescriber_hpr: Field::Whole(1234567), ..Default::default()
/// })?;
/// assert_eq!(writer.finish()?.rows, 1);
/// assert!(std::fs::read_to_string(&path)?.ends_with("g1;;1234567;;;\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DeliveryWriter<R: Row> {
    sink: Sink,
    rows: u64,
    path: PathBuf,
    row_type: std::marker::PhantomData<fn(R)>,
}

enum Sink {
    Csv(CsvWriter),
    Parquet(Box<ParquetWriter>),
}

impl<R: Row> DeliveryWriter<R> {
    /// Creates (or overwrites) the file and writes what comes before the rows.
    ///
    /// # Errors
    /// When the header is of another kind than the rows, or the file cannot be made.
    pub fn create(path: &Path, header: &Header, format: FileFormat) -> Result<Self, WriteError> {
        if header.kind != R::KIND {
            return Err(WriteError::WrongKind {
                row: R::KIND,
                file: header.kind,
            });
        }
        let failed = |source| WriteError::Io {
            path: path.to_owned(),
            source,
        };
        let file = File::create(path).map_err(failed)?;
        let sink = match format {
            FileFormat::Csv => Sink::Csv(CsvWriter::new(file, header, R::COLUMNS).map_err(failed)?),
            FileFormat::Parquet => Sink::Parquet(Box::new(
                ParquetWriter::new(file, header, R::COLUMNS).map_err(|source| {
                    WriteError::Parquet {
                        path: path.to_owned(),
                        source,
                    }
                })?,
            )),
        };
        Ok(DeliveryWriter {
            sink,
            rows: 0,
            path: path.to_owned(),
            row_type: std::marker::PhantomData,
        })
    }

    /// Appends a row.
    ///
    /// # Errors
    /// When the disk refuses, or a Parquet column cannot hold the value.
    #[inline]
    pub fn write(&mut self, row: &R) -> Result<(), WriteError> {
        self.write_borrowed(row)
    }

    /// Appends a row whose texts live shorter than the writer's own row type says. Nothing of the row is kept,
    /// so a writer that lives in a struct can take rows from a scratch pad.
    ///
    /// # Errors
    /// As [`DeliveryWriter::write`]; also when the row is of another kind.
    #[inline]
    pub fn write_borrowed<S: Row>(&mut self, row: &S) -> Result<(), WriteError> {
        if S::KIND != R::KIND {
            return Err(WriteError::WrongKind {
                row: S::KIND,
                file: R::KIND,
            });
        }
        self.rows += 1;
        match &mut self.sink {
            Sink::Csv(csv) => csv.write(row).map_err(|source| WriteError::Io {
                path: self.path.clone(),
                source,
            }),
            Sink::Parquet(parquet) => {
                if let Err(column) = parquet.push(row) {
                    return Err(WriteError::WrongType {
                        row: self.rows,
                        column,
                    });
                }
                if parquet.is_full() {
                    parquet.flush().map_err(|source| WriteError::Parquet {
                        path: self.path.clone(),
                        source,
                    })?;
                }
                Ok(())
            }
        }
    }

    /// Writes a line as it stands, to plant what no row type can express (a line with too few columns).
    ///
    /// # Errors
    /// When the disk refuses, or the delivery is Parquet, where lines do not exist.
    pub fn write_raw_line(&mut self, line: &[u8]) -> Result<(), WriteError> {
        self.rows += 1;
        match &mut self.sink {
            Sink::Csv(csv) => csv.write_line(line).map_err(|source| WriteError::Io {
                path: self.path.clone(),
                source,
            }),
            Sink::Parquet(_) => Err(WriteError::WrongType {
                row: self.rows,
                column: "(a raw line)",
            }),
        }
    }

    /// Writes what is left and closes the file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> Result<Written, WriteError> {
        let path = self.path;
        match self.sink {
            Sink::Csv(csv) => {
                csv.finish().map_err(|source| WriteError::Io {
                    path: path.clone(),
                    source,
                })?;
            }
            Sink::Parquet(parquet) => {
                parquet.finish().map_err(|source| WriteError::Parquet {
                    path: path.clone(),
                    source,
                })?;
            }
        }
        let bytes = std::fs::metadata(&path)
            .map_err(|source| WriteError::Io {
                path: path.clone(),
                source,
            })?
            .len();
        Ok(Written {
            rows: self.rows,
            bytes,
        })
    }
}
