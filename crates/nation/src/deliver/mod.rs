//! From events to the delivered files, with the faults that real deliveries have.

pub(crate) mod advice;
pub(crate) mod claims;
pub(crate) mod dispensed;
pub(crate) mod faults;
pub(crate) mod month_files;
pub(crate) mod registers;
pub(crate) mod rows;
pub mod truth;

use std::path::{Path, PathBuf};

use riktig_lake::delivery::{
    DeliveryWriter, FileFormat, Header, Kind, Period, Row, WriteError, Written,
};

/// Where and how files are written.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    pub(crate) format: FileFormat,
}

impl Folder {
    fn extension(&self) -> &'static str {
        match self.format {
            FileFormat::Csv => "csv",
            FileFormat::Parquet => "parquet",
        }
    }

    /// `dispensings-2023-01` becomes a path in the folder.
    pub(crate) fn file(&self, stem: &str) -> (String, PathBuf) {
        let name = format!("{stem}.{}", self.extension());
        let path = self.path.join(&name);
        (name, path)
    }
}

/// A delivery being written that knows where its next row will stand.
pub(crate) struct Out<R: Row> {
    writer: DeliveryWriter<R>,
    rows: u64,
    csv: bool,
}

impl<R: Row> Out<R> {
    pub(crate) fn create(
        path: &Path,
        header: &Header,
        format: FileFormat,
    ) -> Result<Self, WriteError> {
        Ok(Out {
            writer: DeliveryWriter::create(path, header, format)?,
            rows: 0,
            csv: format == FileFormat::Csv,
        })
    }

    #[inline]
    pub(crate) fn write<S: Row>(&mut self, row: &S) -> Result<(), WriteError> {
        self.rows += 1;
        self.writer.write_borrowed(row)
    }

    pub(crate) fn write_raw(&mut self, line: &[u8]) -> Result<(), WriteError> {
        self.rows += 1;
        self.writer.write_raw_line(line)
    }

    /// Where the next row goes: the line of a CSV file (after preamble and header), the row of a Parquet file.
    pub(crate) fn next_line(&self) -> u64 {
        self.rows + if self.csv { 3 } else { 1 }
    }

    pub(crate) fn finish(self) -> Result<Written, WriteError> {
        self.writer.finish()
    }
}

/// The sender of each kind of delivery.
fn source(kind: Kind) -> &'static str {
    match kind {
        Kind::Dispensings => "LMR",
        Kind::Contacts | Kind::Behandlerkrav => "KPR",
        Kind::PracticeLists => "FLO",
        Kind::Inhabitants => "SSB",
        Kind::Prescribers => "HPR",
        Kind::CourseGroups => "SKIL",
        Kind::Admissions => "NPR",
        Kind::Advice => "RIKTIG",
    }
}

/// The header of a delivery; `id` is its name without the source.
pub(crate) fn header(kind: Kind, id: &str, period: Option<Period>) -> Header {
    let source = source(kind);
    Header {
        kind,
        delivery: format!("{}-{id}", source.to_lowercase()),
        source: source.to_owned(),
        period,
        corrects: None,
    }
}
