//! The database server of production.

use std::time::Duration;

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow, PgTypeInfo,
};
use sqlx::{
    Arguments as _, Encode, Postgres, Row as _, Transaction, Type, TypeInfo as _, ValueRef as _,
};

use super::journal::Durability;
use super::value::Value;

/// Connections of one portal: two cores' worth of readers and a queue of writers; the server's own default is 100.
const CONNECTIONS: u32 = 16;
/// How long one waits for a free connection.
const WAIT: Duration = Duration::from_secs(5);
/// The server's own limits on us: a writer waits 5 s for its turn, a statement takes 30 s, a forgotten transaction 60 s.
const LIMITS: [(&str, &str); 4] = [
    ("lock_timeout", "5s"),
    ("statement_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("synchronous_commit", "on"),
];
/// One writer at a time, as in SQLite: the chain of the log has one end, and two acts cannot be weighed on the same
/// facts. The number is ASCII `riktig`.
const ONE_WRITER: &str = "SELECT pg_advisory_xact_lock(125762588240231)";

/// The server, connected to.
#[derive(Debug, Clone)]
pub(super) struct PostgresStore {
    pool: PgPool,
}

impl PostgresStore {
    pub(super) async fn open(options: PgConnectOptions) -> Result<Self, sqlx::Error> {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(WAIT)
            .connect_with(options.options(LIMITS).application_name("riktig"))
            .await?;
        Ok(Self { pool })
    }

    /// A transaction that holds the one lock for writing from its first moment.
    pub(super) async fn writing(&self) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query(ONE_WRITER).execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// A transaction that sees one state.
    pub(super) async fn reading(&self) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        self.pool
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await
    }

    /// As a connection of ours has it; a server's administrator can take the first away.
    pub(super) async fn durability(&self) -> Result<Durability, sqlx::Error> {
        let mut answers = Vec::new();
        for name in ["fsync", "synchronous_commit", "full_page_writes"] {
            let asked: (String,) = sqlx::query_as("SELECT current_setting($1)")
                .bind(name)
                .fetch_one(&self.pool)
                .await?;
            answers.push((name, asked.0));
        }
        let said = answers.iter().map(|(name, is)| format!("{name}={is}"));
        Ok(Durability {
            waits_for_the_disk: answers.iter().all(|(_, is)| is == "on"),
            settings: said.collect::<Vec<_>>().join(" "),
        })
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Binds each value as what it is.
pub(super) fn bind(values: &[Value]) -> Result<PgArguments, sqlx::Error> {
    let mut bound = PgArguments::default();
    for value in values {
        match value {
            Value::Integer(value) => bound.add(*value),
            Value::Text(value) => bound.add(value.as_str()),
            Value::Bytes(value) => bound.add(value.as_slice()),
            Value::Nothing => bound.add(Untyped),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(bound)
}

/// Nothing, of the type that the server finds fitting: a `NULL` declared as integer does not go into a text column.
struct Untyped;

impl Type<Postgres> for Untyped {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for Untyped {
    fn encode_by_ref(&self, _: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Ok(IsNull::Yes)
    }
}

/// Reads a row whole.
pub(super) fn values(row: &PgRow) -> Result<Vec<Value>, sqlx::Error> {
    (0..row.len()).map(|column| value(row, column)).collect()
}

fn value(row: &PgRow, column: usize) -> Result<Value, sqlx::Error> {
    let raw = row.try_get_raw(column)?;
    if raw.is_null() {
        return Ok(Value::Nothing);
    }
    let of = raw.type_info().name().to_owned();
    match of.as_str() {
        "INT8" => row.try_get(column).map(Value::Integer),
        "INT4" => row
            .try_get::<i32, _>(column)
            .map(|value| Value::Integer(value.into())),
        "TEXT" => row.try_get(column).map(Value::Text),
        "BYTEA" => row.try_get(column).map(Value::Bytes),
        _ => Err(sqlx::Error::TypeNotFound { type_name: of }),
    }
}
