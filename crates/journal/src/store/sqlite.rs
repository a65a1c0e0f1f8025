//! The embedded database: a file, many readers, one writer.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use sqlx::{Arguments as _, Row as _, Sqlite, Transaction, TypeInfo as _, ValueRef as _};

use super::journal::Durability;
use super::value::Value;

/// Readers at a time: SQLite reads from the page cache, more would only wait for the processor.
const READERS: u32 = 4;
/// How long a writer waits for one of another process, and for its turn in this one.
const WAIT: Duration = Duration::from_secs(5);

/// The lock for writing is taken at once: one that is taken later may find the state overtaken.
const BEGIN: &str = "BEGIN IMMEDIATE";

/// The file, opened.
#[derive(Debug, Clone)]
pub(super) struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, or makes it.
    pub(super) async fn open(file: &Path) -> Result<Self, sqlx::Error> {
        own_file(file)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            // What is acknowledged has reached the disk, also when the power goes.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            .pragma("trusted_schema", "OFF")
            // What is erased is overwritten.
            .pragma("secure_delete", "ON");
        let pool = SqlitePoolOptions::new()
            .acquire_timeout(WAIT)
            .idle_timeout(None)
            .max_lifetime(None);
        let writer = pool
            .clone()
            .max_connections(1)
            .connect_with(options.clone().create_if_missing(true))
            .await?;
        let readers = pool
            .max_connections(READERS)
            .connect_lazy_with(options.pragma("query_only", "ON"));
        Ok(Self { writer, readers })
    }

    /// A transaction that holds the one lock for writing from its first moment.
    pub(super) async fn writing(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        match self.writer.begin_with(BEGIN).await {
            // On a full disk SQLite ends a transaction by itself, and the driver still counts it (sqlite.org,
            // lang_transaction, "Response To Errors Within A Transaction"): such a connection is of no more use.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                self.writer.acquire().await?.close().await?;
                self.writer.begin_with(BEGIN).await
            }
            begun => begun,
        }
    }

    /// A transaction that sees one state.
    pub(super) async fn reading(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.readers.begin().await
    }

    /// As the writer's connection has it.
    pub(super) async fn durability(&self) -> Result<Durability, sqlx::Error> {
        let mut writer = self.writer.acquire().await?;
        let (synchronous,): (i64,) = sqlx::query_as("PRAGMA synchronous")
            .fetch_one(&mut *writer)
            .await?;
        let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode")
            .fetch_one(&mut *writer)
            .await?;
        Ok(Durability {
            // 2 is FULL: in WAL mode each commit waits for the disk; at 1, NORMAL, only a checkpoint does.
            waits_for_the_disk: synchronous >= 2,
            settings: format!("synchronous={synchronous} journal_mode={mode}"),
        })
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Binds each value as what it is.
pub(super) fn bind(values: &[Value]) -> Result<SqliteArguments, sqlx::Error> {
    let mut bound = SqliteArguments::default();
    for value in values {
        match value {
            Value::Integer(value) => bound.add(*value),
            Value::Text(value) => bound.add(value.clone()),
            Value::Bytes(value) => bound.add(value.clone()),
            Value::Nothing => bound.add(None::<i64>),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(bound)
}

/// Reads a row whole.
pub(super) fn values(row: &SqliteRow) -> Result<Vec<Value>, sqlx::Error> {
    (0..row.len()).map(|column| value(row, column)).collect()
}

fn value(row: &SqliteRow, column: usize) -> Result<Value, sqlx::Error> {
    let raw = row.try_get_raw(column)?;
    if raw.is_null() {
        return Ok(Value::Nothing);
    }
    let of = raw.type_info().name().to_owned();
    match of.as_str() {
        "INTEGER" => row.try_get_unchecked(column).map(Value::Integer),
        "TEXT" => row.try_get_unchecked(column).map(Value::Text),
        "BLOB" => row.try_get_unchecked(column).map(Value::Bytes),
        _ => Err(sqlx::Error::TypeNotFound { type_name: of }),
    }
}
/// A new file is its owner's alone; SQLite gives the files beside it (-wal, -shm) the same permissions. One that is there keeps its own.
#[cfg(unix)]
fn own_file(file: &Path) -> Result<(), sqlx::Error> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(file);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(sqlx::Error::Io(error))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn own_file(_: &Path) -> Result<(), sqlx::Error> {
    Ok(())
}
