//! Deliveries as Parquet.

use std::fs::File;
use std::sync::Arc;

use arrow_array::builder::{
    Date32Builder, Decimal64Builder, Int64Builder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as ArrowField, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::rows::{ColumnType, Row};
use super::{Field, Header};

/// Rows gathered before they are encoded: small enough for the cache, large enough to amortise.
const BATCH: usize = 16_384;
/// Rows in a row group, as the benchmark's peers use.
const ROW_GROUP: usize = 500_000;
/// Milliseconds in a minute and in a day.
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

enum Column {
    Text(StringBuilder),
    Whole(Int64Builder),
    Day(Date32Builder),
    Minute(TimestampMillisecondBuilder),
    Milli(Decimal64Builder),
}

pub(super) struct ParquetWriter {
    columns: Vec<Column>,
    names: &'static [(&'static str, ColumnType)],
    rows: usize,
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
}

impl ParquetWriter {
    pub(super) fn new(
        file: File,
        header: &Header,
        names: &'static [(&'static str, ColumnType)],
    ) -> Result<Self, ParquetError> {
        let schema = Arc::new(Schema::new(
            names
                .iter()
                .map(|(name, kind)| ArrowField::new(*name, data_type(*kind), true))
                .collect::<Vec<_>>(),
        ));
        let metadata = header
            .pairs()
            .into_iter()
            .map(|(key, value)| KeyValue::new(format!("riktig.{key}"), value))
            .collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_key_value_metadata(Some(metadata))
            .build();
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        let columns = names.iter().map(|(_, kind)| Column::new(*kind)).collect();
        Ok(ParquetWriter {
            columns,
            names,
            rows: 0,
            schema,
            writer,
        })
    }

    /// Adds a row; answers with the name of the column that cannot hold its value.
    pub(super) fn push<R: Row>(&mut self, row: &R) -> Result<(), &'static str> {
        let mut at = 0;
        let mut wrong = None;
        row.each_field(|field| {
            if !self.columns[at].push(field) {
                wrong.get_or_insert(self.names[at].0);
            }
            at += 1;
        });
        self.rows += 1;
        wrong.map_or(Ok(()), Err)
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows >= BATCH
    }

    pub(super) fn flush(&mut self) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let arrays: Vec<ArrayRef> = self.columns.iter_mut().map(Column::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)?;
        self.rows = 0;
        self.writer.write(&batch)
    }

    pub(super) fn finish(mut self) -> Result<(), ParquetError> {
        self.flush()?;
        self.writer.close().map(|_| ())
    }
}

impl Column {
    fn new(kind: ColumnType) -> Self {
        match kind {
            ColumnType::Text => Column::Text(StringBuilder::with_capacity(BATCH, BATCH * 8)),
            ColumnType::Whole => Column::Whole(Int64Builder::with_capacity(BATCH)),
            ColumnType::Day => Column::Day(Date32Builder::with_capacity(BATCH)),
            ColumnType::Minute => Column::Minute(TimestampMillisecondBuilder::with_capacity(BATCH)),
            ColumnType::Milli => Column::Milli(
                Decimal64Builder::with_capacity(BATCH).with_data_type(data_type(ColumnType::Milli)),
            ),
        }
    }

    /// Appends the field, or a null and `false` where its type does not fit.
    fn push(&mut self, field: &Field<'_>) -> bool {
        match (self, *field) {
            (Column::Text(builder), Field::Missing) => builder.append_null(),
            (Column::Text(builder), Field::Text(text)) => builder.append_value(text),
            (Column::Text(builder), Field::Whole(number)) => {
                builder.append_value(number.to_string())
            }
            (Column::Whole(builder), Field::Missing) => builder.append_null(),
            (Column::Whole(builder), Field::Whole(number)) => builder.append_value(number),
            (Column::Day(builder), Field::Missing) => builder.append_null(),
            (Column::Day(builder), Field::Day(day)) => builder.append_value(day),
            (Column::Minute(builder), Field::Missing) => builder.append_null(),
            (Column::Minute(builder), Field::Minute(day, minute)) => {
                builder.append_value(i64::from(day) * DAY_MS + i64::from(minute) * MINUTE_MS);
            }
            (Column::Milli(builder), Field::Missing) => builder.append_null(),
            (Column::Milli(builder), Field::Milli(milli)) => builder.append_value(milli),
            (column, _) => {
                column.push(&Field::Missing);
                return false;
            }
        }
        true
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Text(builder) => Arc::new(builder.finish()),
            Column::Whole(builder) => Arc::new(builder.finish()),
            Column::Day(builder) => Arc::new(builder.finish()),
            Column::Minute(builder) => Arc::new(builder.finish()),
            Column::Milli(builder) => Arc::new(builder.finish()),
        }
    }
}

fn data_type(kind: ColumnType) -> DataType {
    match kind {
        ColumnType::Text => DataType::Utf8,
        ColumnType::Whole => DataType::Int64,
        ColumnType::Day => DataType::Date32,
        ColumnType::Minute => DataType::Timestamp(TimeUnit::Millisecond, None),
        ColumnType::Milli => DataType::Decimal64(18, 3),
    }
}
