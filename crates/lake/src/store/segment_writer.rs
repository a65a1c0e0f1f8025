//! Writes segments: required integer columns, encoded for what they hold.

use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};

use super::segment::{SegmentRows, Values, Width};
use super::{Dataset, StoreError};

/// Rows in a row group: what a reader holds in memory at a time.
pub(crate) const ROW_GROUP: usize = 262_144;
/// zstd level: 1 costs a third of level 3 and loses a few per cent on columns that are already encoded.
const ZSTD: i32 = 1;

/// Which rows form which row groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowGroupPlan {
    /// Row ranges, in file order.
    pub groups: Vec<Range<usize>>,
    /// From this group on, rows are of the last days of the month.
    pub tail_from: usize,
}

impl RowGroupPlan {
    /// Groups of rows `0..head` and then of the tail `head..rows`.
    #[must_use]
    pub fn new(head: usize, rows: usize) -> Self {
        let cut = |range: Range<usize>| {
            range
                .clone()
                .step_by(ROW_GROUP)
                .map(move |at| at..(at + ROW_GROUP).min(range.end))
        };
        let mut groups: Vec<_> = cut(0..head).collect();
        let tail_from = groups.len();
        groups.extend(cut(head..rows));
        RowGroupPlan { groups, tail_from }
    }
}

/// Writes rows that are already in segment order, in the groups of the plan. The file is not yet synced.
///
/// # Errors
/// When the file cannot be made or written.
pub fn write_segment<R: SegmentRows>(
    path: &Path,
    dataset: Dataset,
    rows: &R,
    plan: &RowGroupPlan,
) -> Result<(), StoreError> {
    let file = File::create_new(path).map_err(|source| StoreError::Io {
        act: "create",
        path: path.to_owned(),
        source,
    })?;
    write_ordered(file, dataset.name(), rows, None, plan)
        .map(|_| ())
        .map_err(|source| StoreError::Parquet {
            act: "write",
            path: path.to_owned(),
            source,
        })
}

/// Writes the rows in the given order (all of them as they stand, where none is given) and gives the sink back.
/// Only one column of one row group is copied at a time.
pub(crate) fn write_ordered<R: SegmentRows, W: Write + Send>(
    sink: W,
    name: &str,
    rows: &R,
    order: Option<&[u32]>,
    plan: &RowGroupPlan,
) -> Result<W, ParquetError> {
    let written: Vec<usize> = (0..R::COLUMNS.len())
        .filter(|at| rows.is_written(*at))
        .collect();
    let properties = Arc::new(properties::<R>(name, plan)?);
    let schema = Arc::new(schema::<R>(name, &written)?);
    let mut writer = SerializedFileWriter::new(sink, schema, properties)?;
    let (mut narrow, mut wide) = (Vec::new(), Vec::new());
    for range in &plan.groups {
        let mut group = writer.next_row_group()?;
        for at in &written {
            let Some(mut column) = group.next_column()? else {
                break;
            };
            match rows.column(*at) {
                Values::Narrow(values) => {
                    let values = gather(values, order, range, &mut narrow);
                    column
                        .typed::<Int32Type>()
                        .write_batch(values, None, None)?;
                }
                Values::Wide(values) => {
                    let values = gather(values, order, range, &mut wide);
                    column
                        .typed::<Int64Type>()
                        .write_batch(values, None, None)?;
                }
            }
            column.close()?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn gather<'a, T: Copy>(
    values: &'a [T],
    order: Option<&[u32]>,
    range: &Range<usize>,
    buffer: &'a mut Vec<T>,
) -> &'a [T] {
    let Some(order) = order else {
        return &values[range.clone()];
    };
    buffer.clear();
    buffer.extend(order[range.clone()].iter().map(|row| values[*row as usize]));
    buffer
}

fn schema<R: SegmentRows>(name: &str, written: &[usize]) -> Result<Type, ParquetError> {
    let fields = written
        .iter()
        .map(|at| {
            let (name, width) = &R::COLUMNS[*at];
            let physical = match width {
                Width::Narrow => PhysicalType::INT32,
                Width::Wide => PhysicalType::INT64,
            };
            let field =
                Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED);
            field.build().map(Arc::new)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(name).with_fields(fields).build()
}

fn properties<R: SegmentRows>(
    dataset: &str,
    plan: &RowGroupPlan,
) -> Result<WriterProperties, ParquetError> {
    let mut builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by("riktig".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_max_row_group_row_count(None)
        .set_key_value_metadata(Some(vec![
            KeyValue::new("riktig.dataset".to_owned(), dataset.to_owned()),
            KeyValue::new(
                "riktig.tail_from_row_group".to_owned(),
                plan.tail_from.to_string(),
            ),
        ]));
    for (name, _) in R::COLUMNS {
        let path = ColumnPath::from(*name);
        match *name {
            // A keyed hash neither repeats nor compresses.
            "event" => {
                builder = builder
                    .set_column_dictionary_enabled(path.clone(), false)
                    .set_column_encoding(path.clone(), Encoding::PLAIN)
                    .set_column_compression(path, Compression::UNCOMPRESSED);
            }
            // Sorted, or nearly all different: differences are small, a dictionary would be large.
            "patient" | "line" => {
                builder = builder
                    .set_column_dictionary_enabled(path.clone(), false)
                    .set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED)
                    .set_column_compression(path, Compression::UNCOMPRESSED);
            }
            _ => {}
        }
    }
    Ok(builder.build())
}
