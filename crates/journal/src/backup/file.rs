//! The file, read: nothing in it is believed.

use std::io::{self, Read};

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;

use crate::canonical;
use crate::identity::Keys;
use crate::store::{FromValue, Table, Value, is_name};

/// The first line.
pub(crate) const MAGIC: &[u8] = b"riktig journal backup 1\n";
/// Longest record: the longest row is a text of some thousand letters.
const LONGEST_RECORD: usize = 1 << 20;
/// Most columns of a table.
const MOST_COLUMNS: usize = 64;

/// What a back-up holds, by its own word and checked to its last byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Number of the newest migration of the journal it was made of.
    pub form: i64,
    /// When.
    pub at: Timestamp,
    /// Its tables.
    pub tables: usize,
    /// Its rows.
    pub rows: u64,
}

/// Why a file is not a back-up that can be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The file cannot be read or written.
    #[error("cannot read or write the back-up")]
    File(#[from] io::Error),
    /// It is no back-up.
    #[error("cannot read the back-up: it does not begin like one")]
    Other,
    /// It ends in the middle.
    #[error("cannot read the back-up: it ends in record {record}")]
    CutOff {
        /// From 1.
        record: u64,
    },
    /// A record is not what it should be.
    #[error("cannot read the back-up at record {record}: {rule}")]
    Record {
        /// From 1.
        record: u64,
        /// What is expected.
        rule: &'static str,
    },
    /// Its checksum is another: a byte has changed.
    #[error("cannot use the back-up: its checksum is not that of its content")]
    Checksum,
    /// It was not made with these keys.
    #[error("cannot use the back-up: it is not signed with this journal's keys")]
    Signature,
}

/// A record of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Record {
    /// The first: of which form, made when.
    Form { form: i64, at: Timestamp },
    /// Rows of this table follow.
    Table(Table),
    /// A row of the table before.
    Row(Vec<Value>),
}

/// Reads record by record, and at the end checks count, checksum and signature.
pub(crate) struct Reader<'k, R> {
    from: R,
    keys: &'k Keys,
    hash: Context,
    record: u64,
    rows: u64,
    columns: Option<usize>,
}

/// Reads a whole back-up and keeps nothing of it.
///
/// # Errors
/// At the first thing that is not as it should be.
pub fn check(from: impl Read, keys: &Keys) -> Result<Summary, BackupError> {
    let mut reader = Reader::open(from, keys)?;
    let mut summary = None;
    while let Some(record) = reader.next()? {
        match (record, &mut summary) {
            (Record::Form { form, at }, none) => {
                *none = Some(Summary {
                    form,
                    at,
                    tables: 0,
                    rows: 0,
                });
            }
            (Record::Table(_), Some(summary)) => summary.tables += 1,
            (Record::Row(_), Some(summary)) => summary.rows += 1,
            (_, None) => {}
        }
    }
    summary.ok_or(BackupError::Other)
}

impl<'k, R: Read> Reader<'k, R> {
    pub(crate) fn open(mut from: R, keys: &'k Keys) -> Result<Self, BackupError> {
        let mut magic = vec![0; MAGIC.len()];
        match from.read_exact(&mut magic) {
            Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => return Err(error.into()),
            result if result.is_err() || magic != MAGIC => return Err(BackupError::Other),
            _ => {}
        }
        let mut hash = Context::new(&SHA256);
        hash.update(&magic);
        Ok(Self {
            from,
            keys,
            hash,
            record: 0,
            rows: 0,
            columns: None,
        })
    }

    /// The next record; nothing after the last, when all of it has been found right.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, BackupError> {
        self.record += 1;
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let count = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if count > LONGEST_RECORD {
            return Err(self.wrong("a record has at most 1 MiB"));
        }
        let mut bytes = vec![0; count];
        self.fill(&mut bytes)?;
        self.hash.update(&length);
        self.hash.update(&bytes);
        let values =
            canonical::read(&bytes).ok_or_else(|| self.wrong("a record is made of values"))?;
        let (kind, values) = values
            .split_first()
            .ok_or_else(|| self.wrong("a record has a kind"))?;
        let kind =
            String::from_value(kind).ok_or_else(|| self.wrong("the kind of a record is a text"))?;
        match kind.as_str() {
            "form" => self.form(values).map(Some),
            "table" => self.table(values).map(Some),
            "row" => self.row(values).map(Some),
            "end" => self.end(values).map(|()| None),
            _ => Err(self.wrong("a record is a form, a table, a row or the end")),
        }
    }

    fn form(&self, values: &[Value]) -> Result<Record, BackupError> {
        let read = || match values {
            [form, at] => Some((i64::from_value(form)?, Timestamp::from_value(at)?)),
            _ => None,
        };
        match read() {
            Some((form, at)) if self.record == 1 => Ok(Record::Form { form, at }),
            _ => Err(self.wrong("the form is a number and a moment, and the first record")),
        }
    }

    fn table(&mut self, values: &[Value]) -> Result<Record, BackupError> {
        let names: Option<Vec<String>> = values.iter().map(String::from_value).collect();
        let names = names.filter(|names| names.iter().all(|name| is_name(name)));
        let names = names.filter(|names| (2..=MOST_COLUMNS + 1).contains(&names.len()));
        let Some((name, columns)) = names.as_deref().and_then(<[String]>::split_first) else {
            return Err(self.wrong("a table is its name and its columns' names"));
        };
        if self.record == 1 {
            return Err(self.wrong("the first record is the form"));
        }
        self.columns = Some(columns.len());
        Ok(Record::Table(Table {
            name: name.clone(),
            columns: columns.to_vec(),
        }))
    }

    fn row(&mut self, values: &[Value]) -> Result<Record, BackupError> {
        if self.columns != Some(values.len()) {
            return Err(self.wrong("a row has a value for each column of the table before it"));
        }
        self.rows += 1;
        Ok(Record::Row(values.to_vec()))
    }

    /// The end says how many rows there were; then come checksum, number of the key and signature, and nothing more.
    fn end(&mut self, values: &[Value]) -> Result<(), BackupError> {
        if values != [Value::from(i64::try_from(self.rows).unwrap_or(i64::MAX))] || self.record == 1
        {
            return Err(self.wrong("the end says how many rows there were"));
        }
        let (mut checksum, mut key, mut signature) = ([0; 32], [0; 4], [0; 32]);
        self.fill(&mut checksum)?;
        self.fill(&mut key)?;
        self.fill(&mut signature)?;
        if self.hash.clone().finish().as_ref() != checksum {
            return Err(BackupError::Checksum);
        }
        if !self
            .keys
            .backup_is_ours(u32::from_be_bytes(key), &checksum, &signature)
        {
            return Err(BackupError::Signature);
        }
        match self.from.read(&mut [0])? {
            0 => Ok(()),
            _ => Err(self.wrong("nothing comes after the end")),
        }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), BackupError> {
        self.from
            .read_exact(bytes)
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => BackupError::CutOff {
                    record: self.record,
                },
                _ => error.into(),
            })
    }

    fn wrong(&self, rule: &'static str) -> BackupError {
        BackupError::Record {
            record: self.record,
            rule,
        }
    }
}
