//! A transaction of either database, for reading.

use sqlx::{Postgres, Sqlite, Transaction};

use super::sql::Select;
use super::value::{Row, Value};
use super::{JournalError, postgres, sqlite};

/// A transaction that sees one state of the journal. Outside of this room it can do nothing but be lent on.
pub struct Reading {
    pub(super) transaction: Either,
}

pub(super) enum Either {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Reading {
    pub(super) fn new(transaction: Either) -> Self {
        Self { transaction }
    }

    /// All rows.
    pub(crate) async fn rows(
        &mut self,
        select: Select,
        values: &[Value],
    ) -> Result<Vec<Row>, JournalError> {
        let Select { name, text } = select;
        let answer = match &mut self.transaction {
            Either::Sqlite(transaction) => {
                let bound = sqlite::bind(values).map_err(|error| JournalError::of(name, error))?;
                let rows = sqlx::query_with(text, bound)
                    .fetch_all(&mut **transaction)
                    .await;
                rows.and_then(|rows| {
                    rows.iter()
                        .map(sqlite::values)
                        .collect::<Result<Vec<_>, _>>()
                })
            }
            Either::Postgres(transaction) => {
                let bound =
                    postgres::bind(values).map_err(|error| JournalError::of(name, error))?;
                let rows = sqlx::query_with(text, bound)
                    .fetch_all(&mut **transaction)
                    .await;
                rows.and_then(|rows| {
                    rows.iter()
                        .map(postgres::values)
                        .collect::<Result<Vec<_>, _>>()
                })
            }
        };
        let answer = answer.map_err(|error| JournalError::of(name, error))?;
        Ok(answer
            .into_iter()
            .map(|values| Row {
                statement: name,
                values,
            })
            .collect())
    }

    /// The one row, if it is there; of several the first.
    pub(crate) async fn row(
        &mut self,
        select: Select,
        values: &[Value],
    ) -> Result<Option<Row>, JournalError> {
        Ok(self.rows(select, values).await?.into_iter().next())
    }

    /// Whether the database understands a statement.
    #[cfg(test)]
    pub(super) async fn prepare(&mut self, text: &'static str) -> Result<(), JournalError> {
        use sqlx::{Executor as _, SqlSafeStr as _};
        match &mut self.transaction {
            Either::Sqlite(transaction) => transaction.prepare(text.into_sql_str()).await.map(drop),
            Either::Postgres(transaction) => {
                transaction.prepare(text.into_sql_str()).await.map(drop)
            }
        }
        .map_err(|error| JournalError::of("prepare", error))
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self.transaction, Either::Sqlite(_))
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_sqlite() {
            "Reading(SQLite)"
        } else {
            "Reading(PostgreSQL)"
        })
    }
}
