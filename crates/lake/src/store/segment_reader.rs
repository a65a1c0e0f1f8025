//! Reads the columns and row groups one needs.

use std::fs::File;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use super::segment::{SegmentRows, ValuesMut};
use super::{MISSING, StoreError};

/// What is known of a row group before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowGroup {
    /// Number of rows.
    pub rows: usize,
    /// Rows of the last days of the month, which the next month links to.
    pub tail: bool,
    /// Smallest and largest patient id inside, where the segment has patients.
    pub patients: Option<(i32, i32)>,
}

/// A segment opened for some of its columns.
///
/// Each reader opens its own file, so readers on several threads do not disturb each other.
pub struct SegmentReader<R: SegmentRows> {
    path: PathBuf,
    file: SerializedFileReader<File>,
    groups: Vec<RowGroup>,
    /// Column number in the struct, column number in the file; an optional column may not be there.
    columns: Vec<(usize, Option<usize>)>,
    rows: PhantomData<fn(R)>,
}

impl<R: SegmentRows> SegmentReader<R> {
    /// Opens the file for these columns; an empty list means all.
    ///
    /// # Errors
    /// When the file cannot be read, or a column does not exist in the struct or in the file.
    pub fn open(path: &Path, columns: &[&str]) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(|source| StoreError::Io {
            act: "read",
            path: path.to_owned(),
            source,
        })?;
        let file = SerializedFileReader::new(file).map_err(|source| StoreError::Parquet {
            act: "read",
            path: path.to_owned(),
            source,
        })?;
        let all: Vec<&str> = R::COLUMNS.iter().map(|(name, _)| *name).collect();
        let wanted = if columns.is_empty() {
            &all[..]
        } else {
            columns
        };
        let schema = file.metadata().file_metadata().schema_descr();
        let columns = wanted
            .iter()
            .map(|name| {
                let here = R::position(name)?;
                let there = schema
                    .columns()
                    .iter()
                    .position(|column| column.name() == *name);
                (there.is_some() || R::OPTIONAL.contains(name)).then_some((here, there))
            })
            .zip(wanted)
            .map(|(found, name)| {
                found.ok_or_else(|| StoreError::NoColumn {
                    path: path.to_owned(),
                    column: (*name).to_owned(),
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let groups = row_groups(&file);
        Ok(SegmentReader {
            path: path.to_owned(),
            file,
            groups,
            columns,
            rows: PhantomData,
        })
    }

    /// Whether the file has the column, if it was asked for.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        let here = R::position(column);
        self.columns
            .iter()
            .any(|(known, there)| Some(*known) == here && there.is_some())
    }

    /// The row groups in file order.
    #[must_use]
    pub fn row_groups(&self) -> &[RowGroup] {
        &self.groups
    }

    /// Replaces the content of `rows` by one row group; columns not asked for stay empty.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn read(&self, group: usize, rows: &mut R) -> Result<(), StoreError> {
        rows.clear();
        self.append(group, rows)
    }

    /// Appends one row group.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn append(&self, group: usize, rows: &mut R) -> Result<(), StoreError> {
        self.append_inner(group, rows)
            .map_err(|source| StoreError::Parquet {
                act: "read",
                path: self.path.clone(),
                source,
            })
    }

    /// All row groups in one struct.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn read_all(&self) -> Result<R, StoreError> {
        let mut rows = R::default();
        for group in 0..self.groups.len() {
            self.append(group, &mut rows)?;
        }
        Ok(rows)
    }

    fn append_inner(&self, group: usize, rows: &mut R) -> Result<(), ParquetError> {
        let count = self.groups[group].rows;
        let reader = self.file.get_row_group(group)?;
        for (here, there) in &self.columns {
            let Some(there) = there else {
                missing(rows.column_mut(*here), count);
                continue;
            };
            let column = reader.get_column_reader(*there)?;
            match (rows.column_mut(*here), column) {
                (ValuesMut::Narrow(values), column @ ColumnReader::Int32ColumnReader(_)) => {
                    fill(get_typed_column_reader::<Int32Type>(column), count, values)?;
                }
                (ValuesMut::Wide(values), column @ ColumnReader::Int64ColumnReader(_)) => {
                    fill(get_typed_column_reader::<Int64Type>(column), count, values)?;
                }
                _ => {
                    return Err(ParquetError::General(
                        "a column has another type than documented".to_owned(),
                    ));
                }
            }
        }
        Ok(())
    }
}

/// A column that the file does not have: nobody knows, of any row.
fn missing(values: ValuesMut<'_>, count: usize) {
    match values {
        ValuesMut::Narrow(values) => values.resize(values.len() + count, MISSING),
        ValuesMut::Wide(values) => values.resize(values.len() + count, MISSING.into()),
    }
}

fn fill<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    count: usize,
    values: &mut Vec<T::T>,
) -> Result<(), ParquetError> {
    let start = values.len();
    values.reserve(count);
    while values.len() - start < count {
        let (records, _, _) =
            reader.read_records(count - (values.len() - start), None, None, values)?;
        if records == 0 {
            return Err(ParquetError::EOF(
                "a column ends before its row group".to_owned(),
            ));
        }
    }
    Ok(())
}

fn row_groups(file: &SerializedFileReader<File>) -> Vec<RowGroup> {
    let metadata = file.metadata();
    let tail_from = metadata
        .file_metadata()
        .key_value_metadata()
        .and_then(|pairs| {
            pairs
                .iter()
                .find(|pair| pair.key == "riktig.tail_from_row_group")
        })
        .and_then(|pair| pair.value.as_deref()?.parse::<usize>().ok())
        .unwrap_or(usize::MAX);
    let patient = metadata
        .file_metadata()
        .schema_descr()
        .columns()
        .iter()
        .position(|c| c.name() == "patient");
    let groups = metadata.row_groups().iter().enumerate();
    groups
        .map(|(at, group)| RowGroup {
            rows: usize::try_from(group.num_rows()).unwrap_or(0),
            tail: at >= tail_from,
            patients: patient.and_then(|column| match group.column(column).statistics() {
                Some(Statistics::Int32(values)) => Some((*values.min_opt()?, *values.max_opt()?)),
                _ => None,
            }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Contacts, Dataset, RowGroupPlan, write_segment};
    use super::*;

    fn contacts(days: &[(i32, i32)]) -> Contacts {
        let mut rows = Contacts::default();
        for (at, (patient, day)) in days.iter().enumerate() {
            for column in 0..Contacts::COLUMNS.len() {
                match rows.column_mut(column) {
                    ValuesMut::Narrow(values) => values.push(at as i32 - 1),
                    ValuesMut::Wide(values) => values.push(at as i64 * 1_000_000_007),
                }
            }
            rows.patient[at] = *patient;
            rows.day[at] = *day;
        }
        rows
    }

    #[test]
    fn what_is_written_is_read_column_by_column_and_group_by_group() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.parquet");
        let rows = contacts(&[(1, 5), (4, 2), (9, 3), (1, 29), (7, 30)]);
        write_segment(
            &path,
            Dataset::InfectionContacts,
            &rows,
            &RowGroupPlan::new(3, 5),
        )
        .expect("written");
        let all = SegmentReader::<Contacts>::open(&path, &[])
            .expect("opened")
            .read_all()
            .expect("read");
        assert_eq!(all, rows);
        let some = SegmentReader::<Contacts>::open(&path, &["patient", "day"]).expect("opened");
        let groups = some.row_groups();
        assert_eq!(
            groups[0],
            RowGroup {
                rows: 3,
                tail: false,
                patients: Some((1, 9))
            }
        );
        assert_eq!(
            groups[1],
            RowGroup {
                rows: 2,
                tail: true,
                patients: Some((1, 7))
            }
        );
        let mut tail = Contacts::default();
        some.read(1, &mut tail).expect("read");
        assert_eq!(
            (&tail.patient[..], &tail.day[..], tail.event.len()),
            (&[1, 7][..], &[29, 30][..], 0)
        );
    }

    #[test]
    fn a_column_that_does_not_exist_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.parquet");
        write_segment(
            &path,
            Dataset::OtherContacts,
            &contacts(&[]),
            &RowGroupPlan::new(0, 0),
        )
        .expect("written");
        let error = SegmentReader::<Contacts>::open(&path, &["colour"])
            .err()
            .expect("refused");
        assert!(error.to_string().ends_with("has no column `colour`"));
    }
}
