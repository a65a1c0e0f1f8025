//! Small Parquet tables, whole in memory: the same columns always give the same bytes.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use super::error::EditionError;

/// Named columns of equal length.
pub(crate) type Columns = Vec<(&'static str, ArrayRef)>;

/// Rows that are columns at a time while a long table is written: what it costs in memory beside its rows.
const AT_A_TIME: usize = 1 << 16;

/// Writes one table.
pub(crate) fn write(path: &Path, columns: Columns) -> Result<(), EditionError> {
    let nullable = |array: &ArrayRef| array.null_count() > 0;
    let fields = columns
        .iter()
        .map(|(name, array)| Field::new(*name, array.data_type().clone(), nullable(array)));
    let schema = Schema::new(fields.collect::<Vec<_>>());
    let mut writer = Writer::create(path, schema)?;
    writer.add(columns)?;
    writer.finish()
}

/// Writes one table of `rows` rows, of which only a part is columns at any time. `columns` makes the columns of a range of
/// rows; only those named in `nullable` may miss a value.
pub(crate) fn write_long(
    path: &Path,
    rows: usize,
    nullable: &[&str],
    columns: impl Fn(Range<usize>) -> Columns,
) -> Result<(), EditionError> {
    let fields = columns(0..0)
        .into_iter()
        .map(|(name, array)| Field::new(name, array.data_type().clone(), nullable.contains(&name)));
    let mut writer = Writer::create(path, Schema::new(fields.collect::<Vec<_>>()))?;
    for first in (0..rows).step_by(AT_A_TIME) {
        writer.add(columns(first..rows.min(first + AT_A_TIME)))?;
    }
    writer.finish()
}

/// A table on its way. The writer's name is fixed so that bytes depend on the rows alone.
struct Writer<'a> {
    path: &'a Path,
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
}

impl<'a> Writer<'a> {
    fn create(path: &'a Path, schema: Schema) -> Result<Writer<'a>, EditionError> {
        let schema = Arc::new(schema);
        let failed = |source| unwritten(path, source);
        let level = ZstdLevel::try_new(1).map_err(failed)?;
        let mut properties = WriterProperties::builder()
            .set_created_by("riktig".to_owned())
            .set_compression(Compression::ZSTD(level));
        for field in schema.fields() {
            // Fractions are all different: looking for repeats costs more than it saves.
            if field.data_type().is_floating() {
                let column = ColumnPath::from(field.name().as_str());
                properties = properties.set_column_dictionary_enabled(column, false);
            }
        }
        let file = File::create_new(path).map_err(|source| EditionError::Io {
            act: "create",
            path: path.to_owned(),
            source,
        })?;
        let properties = Some(properties.build());
        let writer = ArrowWriter::try_new(file, schema.clone(), properties).map_err(failed)?;
        Ok(Writer {
            path,
            schema,
            writer,
        })
    }

    fn add(&mut self, columns: Columns) -> Result<(), EditionError> {
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        RecordBatch::try_new(self.schema.clone(), arrays)
            .map_err(ParquetError::from)
            .and_then(|batch| self.writer.write(&batch))
            .map_err(|source| unwritten(self.path, source))
    }

    fn finish(self) -> Result<(), EditionError> {
        let path = self.path;
        let file = self
            .writer
            .into_inner()
            .map_err(|source| unwritten(path, source))?;
        file.sync_all().map_err(|source| EditionError::Io {
            act: "write",
            path: path.to_owned(),
            source,
        })
    }
}

fn unwritten(path: &Path, source: ParquetError) -> EditionError {
    EditionError::Parquet {
        act: "write",
        path: path.to_owned(),
        source,
    }
}

/// A table read back.
pub(crate) struct Table {
    path: PathBuf,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// Reads every row group of a table.
    pub(crate) fn read(path: &Path) -> Result<Table, EditionError> {
        let file = File::open(path).map_err(|source| EditionError::Io {
            act: "read",
            path: path.to_owned(),
            source,
        })?;
        let failed = |source: ParquetError| EditionError::Parquet {
            act: "read",
            path: path.to_owned(),
            source,
        };
        let reader = ParquetRecordBatchReaderBuilder::try_new(file)
            .map_err(failed)?
            .with_batch_size(65_536)
            .build()
            .map_err(failed)?;
        let batches = reader
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| failed(error.into()))?;
        Ok(Table {
            path: path.to_owned(),
            batches,
        })
    }

    /// A column of `T`; a null is damage.
    fn primitive<T: ArrowPrimitiveType>(&self, name: &str) -> Result<Vec<T::Native>, EditionError> {
        let mut values = Vec::new();
        for batch in &self.batches {
            let array = self.column(batch, name)?;
            let array = array
                .as_primitive_opt::<T>()
                .filter(|array| array.null_count() == 0);
            values.extend_from_slice(array.ok_or_else(|| self.damaged(name))?.values());
        }
        Ok(values)
    }

    fn optional<T: ArrowPrimitiveType>(
        &self,
        name: &str,
    ) -> Result<Vec<Option<T::Native>>, EditionError> {
        let mut values = Vec::new();
        for batch in &self.batches {
            let array = self.column(batch, name)?;
            values.extend(
                array
                    .as_primitive_opt::<T>()
                    .ok_or_else(|| self.damaged(name))?
                    .iter(),
            );
        }
        Ok(values)
    }

    /// 32-bit integers.
    pub(crate) fn i32(&self, name: &str) -> Result<Vec<i32>, EditionError> {
        self.primitive::<Int32Type>(name)
    }

    /// 64-bit integers.
    pub(crate) fn i64(&self, name: &str) -> Result<Vec<i64>, EditionError> {
        self.primitive::<Int64Type>(name)
    }

    /// 32-bit integers or nothing.
    pub(crate) fn optional_i32(&self, name: &str) -> Result<Vec<Option<i32>>, EditionError> {
        self.optional::<Int32Type>(name)
    }

    /// 64-bit integers or nothing.
    pub(crate) fn optional_i64(&self, name: &str) -> Result<Vec<Option<i64>>, EditionError> {
        self.optional::<Int64Type>(name)
    }

    /// Floating-point numbers or nothing.
    pub(crate) fn optional_f64(&self, name: &str) -> Result<Vec<Option<f64>>, EditionError> {
        self.optional::<Float64Type>(name)
    }

    /// Floating-point numbers of single precision or nothing.
    pub(crate) fn optional_f32(&self, name: &str) -> Result<Vec<Option<f32>>, EditionError> {
        self.optional::<Float32Type>(name)
    }

    /// Texts or nothing.
    pub(crate) fn optional_text(&self, name: &str) -> Result<Vec<Option<String>>, EditionError> {
        let mut values = Vec::new();
        for batch in &self.batches {
            let array = self.column(batch, name)?;
            let array = array
                .as_string_opt::<i32>()
                .ok_or_else(|| self.damaged(name))?;
            values.extend(array.iter().map(|text| text.map(str::to_owned)));
        }
        Ok(values)
    }

    /// Texts.
    pub(crate) fn text(&self, name: &str) -> Result<Vec<String>, EditionError> {
        self.optional_text(name)?
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| self.damaged(name))
    }

    /// Whether the table has the column; one without rows has all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.batches
            .iter()
            .all(|batch| batch.column_by_name(name).is_some())
    }

    fn column<'a>(&self, batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, EditionError> {
        batch.column_by_name(name).ok_or_else(|| self.damaged(name))
    }

    /// The error for a column that is not as `docs/reference/edition.md` says.
    pub(crate) fn damaged(&self, column: &str) -> EditionError {
        EditionError::Damaged {
            path: self.path.clone(),
            what: format!("column {column:?} is missing, of another type, or out of range"),
        }
    }
}
