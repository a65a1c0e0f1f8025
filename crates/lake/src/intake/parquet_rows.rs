//! Rows of a Parquet delivery.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal64Type, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use sha2::{Digest, Sha256};

use super::IntakeError;
use super::hashed_input::FileDigest;
use super::open::{Delivered, Opened, Rows, Visited, positions, without_diagnosis};
use crate::delivery::{Header, Raw};
use crate::store::hex;

/// Rows decoded at a time.
const BATCH: usize = 8_192;

pub(crate) struct ParquetRows {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    /// Of our columns, those that the file has.
    positions: Vec<Option<usize>>,
    digest: FileDigest,
}

impl ParquetRows {
    pub(super) fn open(path: &Path, mut file: File) -> Result<Opened, IntakeError> {
        let digest = digest(&mut file).map_err(|source| IntakeError::Io {
            path: path.to_owned(),
            source,
        })?;
        let failed = |source| IntakeError::Parquet {
            path: path.to_owned(),
            source,
        };
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let builder =
            undamaged(|| ParquetRecordBatchReaderBuilder::try_new_with_options(file, options))
                .map_err(failed)?;
        let pairs = builder
            .metadata()
            .file_metadata()
            .key_value_metadata()
            .cloned()
            .unwrap_or_default();
        let find = |key: &str| {
            let wanted = |name: &str| name.strip_prefix("riktig.") == Some(key);
            pairs
                .iter()
                .find(|pair| wanted(&pair.key))
                .and_then(|pair| pair.value.as_deref())
        };
        if find("kind").is_none() {
            let source = crate::delivery::HeaderError::NoPreamble;
            return Err(IntakeError::Header {
                path: path.to_owned(),
                source,
            });
        }
        let names = || {
            pairs
                .iter()
                .filter_map(|pair| pair.key.strip_prefix("riktig."))
        };
        let header = Header::once(names)
            .and_then(|()| Header::from_pairs(find))
            .map_err(|source| IntakeError::Header {
                path: path.to_owned(),
                source,
            })?;
        let names: Vec<String> = builder
            .schema()
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect();
        let positions = positions(path, 0, header.kind, &names)?;
        for (name, position) in names.iter().zip(0..) {
            let kind = builder.schema().field(position).data_type();
            if let Some(what) = unreadable(kind) {
                return Err(IntakeError::Columns {
                    path: path.to_owned(),
                    line: 0,
                    what: format!("column `{name}` {what}"),
                });
            }
        }
        let reader = undamaged(|| builder.with_batch_size(BATCH).build()).map_err(failed)?;
        let rows = ParquetRows {
            path: path.to_owned(),
            reader,
            positions,
            digest,
        };
        let kind = header.kind;
        Ok(Opened {
            kind,
            header: Some(header),
            spec: None,
            without_diagnosis: without_diagnosis(kind, names.iter()),
            rows: Rows::Parquet(Box::new(rows)),
        })
    }

    pub(super) fn each(
        self,
        visit: &mut dyn FnMut(u64, Delivered<'_>) -> Visited,
    ) -> Result<FileDigest, IntakeError> {
        let mut line = 0;
        let mut reader = self.reader;
        while let Some(batch) = undamaged(|| {
            let general =
                |error: arrow_schema::ArrowError| ParquetError::General(error.to_string());
            reader.next().transpose().map_err(general)
        })
        .map_err(|source| IntakeError::Parquet {
            path: self.path.clone(),
            source,
        })? {
            let columns: Vec<Column<'_>> = self
                .positions
                .iter()
                .map(|at| at.map_or(Column::Nothing, |at| Column::new(&batch, at)))
                .collect();
            let mut row = vec![Raw::Missing; columns.len()];
            for at in 0..batch.num_rows() {
                line += 1;
                for (slot, column) in row.iter_mut().zip(&columns) {
                    *slot = column.get(at);
                }
                visit(line, Delivered::Row(&row))?;
            }
        }
        Ok(self.digest)
    }
}

/// Runs a step of the library, which panics at some damaged files: that is an error of the file, too. What the step
/// worked on is dropped afterwards, so a state that the panic broke is never seen.
fn undamaged<T>(step: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(step))
        .unwrap_or_else(|_| Err(ParquetError::General("the file is damaged".to_owned())))
}

fn digest(file: &mut File) -> io::Result<FileDigest> {
    use std::io::Seek;
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0u8; 1 << 18];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
        bytes += count as u64;
    }
    file.rewind()?;
    Ok(FileDigest {
        sha256: hex(&hasher.finalize()),
        bytes,
    })
}

/// What is wrong with the type of a column.
fn unreadable(kind: &DataType) -> Option<String> {
    match kind {
        // Midnight in Norway is 23:00 of the day before in UTC, and 22:00 in summer.
        DataType::Timestamp(_, Some(_)) => Some(
            "holds times of a time zone, which would move midnight to the day before: \
             write local time without zone (isAdjustedToUTC=false), a date, or text"
                .to_owned(),
        ),
        kind if is_readable(kind) => None,
        kind => Some(format!(
            "has the type {kind}, which no column of a delivery has"
        )),
    }
}

fn is_readable(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8
            | DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::Date32
            | DataType::Timestamp(_, None)
            | DataType::Float64
            | DataType::Null
    ) || matches!(kind, DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) if (0..=3).contains(scale))
}

/// A column of a batch, its type found out once.
enum Column<'a> {
    Text(&'a arrow_array::StringArray),
    Whole8(&'a arrow_array::Int8Array),
    Whole16(&'a arrow_array::Int16Array),
    Whole32(&'a arrow_array::Int32Array),
    Whole64(&'a arrow_array::Int64Array),
    Day(&'a arrow_array::Date32Array),
    /// Values and how many of them make a minute.
    Time(arrow_array::PrimitiveArray<Int64Type>, i64),
    Decimal64(&'a arrow_array::Decimal64Array, i64),
    Decimal128(&'a arrow_array::Decimal128Array, i64),
    Float(&'a arrow_array::Float64Array),
    Nothing,
}

impl<'a> Column<'a> {
    fn new(batch: &'a RecordBatch, at: usize) -> Self {
        let array = batch.column(at);
        let factor = |scale: i8| 10i64.pow(u32::from(3 - scale.clamp(0, 3).unsigned_abs()));
        match array.data_type() {
            DataType::Utf8 => Column::Text(array.as_string()),
            DataType::Int8 => Column::Whole8(array.as_primitive::<Int8Type>()),
            DataType::Int16 => Column::Whole16(array.as_primitive::<Int16Type>()),
            DataType::Int32 => Column::Whole32(array.as_primitive::<Int32Type>()),
            DataType::Int64 => Column::Whole64(array.as_primitive::<Int64Type>()),
            DataType::Date32 => Column::Day(array.as_primitive::<Date32Type>()),
            DataType::Float64 => Column::Float(array.as_primitive()),
            DataType::Decimal64(_, scale) => {
                Column::Decimal64(array.as_primitive::<Decimal64Type>(), factor(*scale))
            }
            DataType::Decimal128(_, scale) => {
                Column::Decimal128(array.as_primitive::<Decimal128Type>(), factor(*scale))
            }
            DataType::Timestamp(TimeUnit::Second, _) => Column::Time(
                array
                    .as_primitive::<TimestampSecondType>()
                    .reinterpret_cast(),
                60,
            ),
            DataType::Timestamp(TimeUnit::Millisecond, _) => Column::Time(
                array
                    .as_primitive::<TimestampMillisecondType>()
                    .reinterpret_cast(),
                60_000,
            ),
            DataType::Timestamp(TimeUnit::Microsecond, _) => Column::Time(
                array
                    .as_primitive::<TimestampMicrosecondType>()
                    .reinterpret_cast(),
                60_000_000,
            ),
            DataType::Timestamp(TimeUnit::Nanosecond, _) => Column::Time(
                array
                    .as_primitive::<TimestampNanosecondType>()
                    .reinterpret_cast(),
                60_000_000_000,
            ),
            _ => Column::Nothing,
        }
    }

    #[inline]
    fn get(&self, at: usize) -> Raw<'_> {
        match self {
            Column::Text(array) if array.is_valid(at) => Raw::text(array.value(at).as_bytes()),
            Column::Whole8(array) if array.is_valid(at) => Raw::Whole(i64::from(array.value(at))),
            Column::Whole16(array) if array.is_valid(at) => Raw::Whole(i64::from(array.value(at))),
            Column::Whole32(array) if array.is_valid(at) => Raw::Whole(i64::from(array.value(at))),
            Column::Whole64(array) if array.is_valid(at) => Raw::Whole(array.value(at)),
            Column::Day(array) if array.is_valid(at) => Raw::Day(array.value(at)),
            Column::Time(array, minute) if array.is_valid(at) => time(array.value(at), *minute),
            Column::Decimal64(array, factor) if array.is_valid(at) => array
                .value(at)
                .checked_mul(*factor)
                .map_or(Raw::Text(b"too large"), Raw::Milli),
            Column::Decimal128(array, factor) if array.is_valid(at) => {
                i64::try_from(array.value(at))
                    .ok()
                    .and_then(|value| value.checked_mul(*factor))
                    .map_or(Raw::Text(b"too large"), Raw::Milli)
            }
            Column::Float(array) if array.is_valid(at) => float(array.value(at)),
            _ => Raw::Missing,
        }
    }
}

fn time(value: i64, units_per_minute: i64) -> Raw<'static> {
    let minutes = value.div_euclid(units_per_minute);
    match i32::try_from(minutes.div_euclid(1_440)) {
        Ok(day) => Raw::Minute(day, minutes.rem_euclid(1_440) as u16),
        Err(_) => Raw::Text(b"too large"),
    }
}

fn float(value: f64) -> Raw<'static> {
    let milli = (value * 1000.0).round();
    // A float is taken to the nearest thousandth; what is no number, or too large, is refused by its check.
    if milli.is_finite() && milli.abs() < 1e15 {
        Raw::Milli(milli as i64)
    } else {
        Raw::Text(b"not a number")
    }
}
