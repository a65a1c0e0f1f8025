//! A file of dispensings: with the column `waiting` where prescriptions are coded, without it where nobody codes.

use std::path::Path;

use riktig_lake::delivery::rows::DispensingRow;
use riktig_lake::delivery::{FileFormat, Header, PrescribedRow, WriteError, Written};

use super::Out;

/// A delivery of dispensings being written.
pub(crate) enum DispensedOut {
    /// Nobody was told of waiting.
    Plain(Out<DispensingRow<'static>>),
    /// Some prescriptions say whether they were to wait.
    Coded(Out<PrescribedRow<'static>>),
}

impl DispensedOut {
    pub(crate) fn create(
        path: &Path,
        header: &Header,
        format: FileFormat,
        coded: bool,
    ) -> Result<Self, WriteError> {
        Ok(if coded {
            Self::Coded(Out::create(path, header, format)?)
        } else {
            Self::Plain(Out::create(path, header, format)?)
        })
    }

    #[inline]
    pub(crate) fn write(&mut self, row: &PrescribedRow<'_>) -> Result<(), WriteError> {
        match self {
            Self::Plain(out) => out.write(&row.row),
            Self::Coded(out) => out.write(row),
        }
    }

    pub(crate) fn write_raw(&mut self, line: &[u8]) -> Result<(), WriteError> {
        match self {
            Self::Plain(out) => out.write_raw(line),
            Self::Coded(out) => out.write_raw(line),
        }
    }

    /// Rows written so far.
    pub(crate) fn rows(&self) -> u64 {
        match self {
            Self::Plain(out) => out.rows,
            Self::Coded(out) => out.rows,
        }
    }

    /// As [`Out::next_line`].
    pub(crate) fn next_line(&self) -> u64 {
        match self {
            Self::Plain(out) => out.next_line(),
            Self::Coded(out) => out.next_line(),
        }
    }

    pub(crate) fn finish(self) -> Result<Written, WriteError> {
        match self {
            Self::Plain(out) => out.finish(),
            Self::Coded(out) => out.finish(),
        }
    }
}
