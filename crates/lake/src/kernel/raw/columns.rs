//! Columns of a delivery file, batch by batch.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Int32Type};
use arrow_array::{Array, PrimitiveArray, RecordBatch, StringViewArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::errors::ParquetError;

use crate::kernel::KernelError;
use crate::store::StoreError;

/// Rows in a batch. Dictionaries are translated once a batch, so a batch has many more rows than a dictionary has words.
const BATCH: usize = 65_536;

/// Columns with nearly as many values as rows: read as views into the page, not copied.
const IDENTIFIERS: [&str; 4] = ["dispensing_id", "contact_id", "admission_id", "patient_id"];

/// A reader of some columns of one file.
pub(super) struct Columns {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
}

/// Why a file could not be read.
pub(super) fn failed(path: &Path, source: ParquetError) -> KernelError {
    StoreError::Parquet {
        act: "read",
        path: path.to_owned(),
        source,
    }
    .into()
}

impl Columns {
    /// Opens a file for some columns, and for some rows.
    pub(super) fn open(
        path: &Path,
        names: &[&str],
        rows: Option<RowSelection>,
    ) -> Result<Columns, KernelError> {
        Columns::try_open(path, names, rows)
            .map(|reader| Columns {
                path: path.to_owned(),
                reader,
            })
            .map_err(|source| failed(path, source))
    }

    fn try_open(
        path: &Path,
        names: &[&str],
        rows: Option<RowSelection>,
    ) -> Result<ParquetRecordBatchReader, ParquetError> {
        let file = File::open(path)?;
        let delivered = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
        let options = ArrowReaderOptions::new().with_schema(packed(delivered.schema()));
        let metadata = ArrowReaderMetadata::load(&file, options)?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_batch_size(BATCH);
        let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
        let builder = builder.with_projection(mask);
        match rows {
            Some(rows) => builder.with_row_selection(rows).build(),
            None => builder.build(),
        }
    }

    /// The next batch.
    pub(super) fn next(&mut self) -> Result<Option<Batch>, KernelError> {
        let batch = self.reader.next().transpose();
        batch
            .map(|batch| batch.map(Batch))
            .map_err(|source| failed(&self.path, source.into()))
    }
}

/// Texts that repeat stay dictionaries, identifiers stay views: neither is copied row by row.
fn packed(delivered: &Schema) -> SchemaRef {
    let field = |field: &Arc<Field>| {
        let kind = match field.data_type() {
            DataType::Utf8 if IDENTIFIERS.contains(&field.name().as_str()) => DataType::Utf8View,
            DataType::Utf8 => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            other => other.clone(),
        };
        Field::new(field.name(), kind, field.is_nullable())
    };
    Arc::new(Schema::new(
        delivered.fields().iter().map(field).collect::<Vec<_>>(),
    ))
}

/// Some rows of some columns.
pub(super) struct Batch(RecordBatch);

impl Batch {
    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.0.num_rows()
    }

    fn column(&self, name: &str) -> Result<&dyn Array, KernelError> {
        let column = self.0.column_by_name(name);
        column.map(AsRef::as_ref).ok_or_else(|| {
            let missing = ArrowError::SchemaError(format!("no column {name}"));
            failed(Path::new(""), missing.into())
        })
    }

    /// A column of numbers, dates or times.
    pub(super) fn numbers<T: ArrowPrimitiveType>(
        &self,
        name: &str,
    ) -> Result<&PrimitiveArray<T>, KernelError> {
        self.column(name)?
            .as_primitive_opt()
            .ok_or_else(|| wrong_type(name))
    }

    /// A column of identifiers.
    pub(super) fn identifiers(&self, name: &str) -> Result<&StringViewArray, KernelError> {
        self.column(name)?
            .as_string_view_opt()
            .ok_or_else(|| wrong_type(name))
    }

    /// As [`Batch::texts`], of a column that a delivery may leave out: `None` where it does.
    pub(super) fn texts_if_there<V: Copy>(
        &self,
        name: &str,
        missing: V,
        translate: impl Fn(&str) -> V,
    ) -> Result<Option<Texts<'_, V>>, KernelError> {
        match self.0.column_by_name(name) {
            Some(_) => self.texts(name, missing, translate).map(Some),
            None => Ok(None),
        }
    }

    /// A column of repeated texts, each distinct text translated once. `missing` stands for nulls.
    pub(super) fn texts<V: Copy>(
        &self,
        name: &str,
        missing: V,
        translate: impl Fn(&str) -> V,
    ) -> Result<Texts<'_, V>, KernelError> {
        let column = self
            .column(name)?
            .as_dictionary_opt::<Int32Type>()
            .ok_or_else(|| wrong_type(name))?;
        let words = column
            .values()
            .as_string_opt::<i32>()
            .ok_or_else(|| wrong_type(name))?;
        let values = words
            .iter()
            .map(|word| word.map_or(missing, &translate))
            .collect();
        Ok(Texts {
            keys: column.keys(),
            values,
            missing,
        })
    }
}

fn wrong_type(name: &str) -> KernelError {
    let wrong = ArrowError::SchemaError(format!("column {name} has another type than documented"));
    failed(Path::new(""), wrong.into())
}

/// A translated column.
pub(super) struct Texts<'a, V> {
    keys: &'a PrimitiveArray<Int32Type>,
    values: Vec<V>,
    missing: V,
}

impl<V: Copy> Texts<'_, V> {
    /// The value of a row.
    #[inline]
    pub(super) fn get(&self, row: usize) -> V {
        if self.keys.is_null(row) {
            return self.missing;
        }
        usize::try_from(self.keys.value(row))
            .ok()
            .and_then(|key| self.values.get(key))
            .copied()
            .unwrap_or(self.missing)
    }
}

/// A number where there is one.
#[inline]
pub(super) fn value<T: ArrowPrimitiveType>(
    column: &PrimitiveArray<T>,
    row: usize,
) -> Option<T::Native> {
    (!column.is_null(row)).then(|| column.value(row))
}

/// Text where there is some.
#[inline]
pub(super) fn bytes(column: &StringViewArray, row: usize) -> Option<&[u8]> {
    (!column.is_null(row))
        .then(|| column.value(row).as_bytes())
        .filter(|text| !text.is_empty())
}

/// A delivered id as an event: its number, or 63 bits of a hash of its text (FNV-1a).
#[inline]
pub(super) fn event(id: &[u8]) -> i64 {
    if id.len() <= 18
        && let Some(number) = number(id)
    {
        return number as i64;
    }
    let hash = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 1) as i64
}

/// Digits as a number.
#[inline]
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u64::from(byte - b'0'))
    })
}

/// An identity number; `None` for the masks.
#[inline]
pub(super) fn identity(text: Option<&[u8]>) -> Option<u64> {
    text.and_then(number)
        .filter(|number| !matches!(number, 0 | 99_999_999_999))
}
