//! A transaction of either database, for reading.

use sqlx::{AssertSqlSafe, Postgres, SqlSafeStr as _, SqlStr, Sqlite, Transaction};

use super::sql::Select;
use super::value::{Row, Value};
use super::{JournalError, postgres, several, sqlite};

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
        self.ask(select.name, select.text.into_sql_str(), values)
            .await
    }

    /// All rows of a statement that ends with `IN ($n)`, for any number of values in the place of the last.
    pub(crate) async fn rows_in(
        &mut self,
        select: Select,
        values: &[Value],
        among: &[Value],
    ) -> Result<Vec<Row>, JournalError> {
        let mut found = Vec::new();
        for part in among.chunks(several::MOST) {
            let (text, last) = several::among(select.text, part);
            let values = [values, &last].concat();
            let text = AssertSqlSafe(text).into_sql_str();
            found.extend(self.ask(select.name, text, &values).await?);
        }
        Ok(found)
    }

    async fn ask(
        &mut self,
        name: &'static str,
        text: SqlStr,
        values: &[Value],
    ) -> Result<Vec<Row>, JournalError> {
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
        use sqlx::Executor as _;
        match &mut self.transaction {
            Either::Sqlite(transaction) => transaction.prepare(text.into_sql_str()).await.map(drop),
            Either::Postgres(transaction) => {
                transaction.prepare(text.into_sql_str()).await.map(drop)
            }
        }
        .map_err(|error| JournalError::of("prepare", error))
    }

    /// How the database would go about a statement whatever its values are, a line for each step; by indexes where it can.
    #[cfg(test)]
    pub(crate) async fn plan(&mut self, text: &str) -> Vec<String> {
        use sqlx::Row as _;
        match &mut self.transaction {
            Either::Sqlite(transaction) => {
                let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
                let steps = sqlx::query(explain).fetch_all(&mut **transaction).await;
                let steps = steps.expect("it is a statement").into_iter();
                steps.map(|step| step.get("detail")).collect()
            }
            Either::Postgres(transaction) => {
                let count = several::numbers(text).max().unwrap_or(0);
                let nothing = vec!["NULL"; count].join(", ");
                let prepare = format!(
                    "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; PREPARE planned AS {text}"
                );
                let done = sqlx::raw_sql(AssertSqlSafe(prepare))
                    .execute(&mut **transaction)
                    .await;
                done.expect("it is a statement");
                let explain = format!("EXPLAIN (COSTS OFF) EXECUTE planned({nothing})");
                let steps = sqlx::raw_sql(AssertSqlSafe(explain))
                    .fetch_all(&mut **transaction)
                    .await;
                let steps = steps.expect("it is prepared").into_iter();
                let steps = steps.map(|step| step.get(0)).collect();
                let done = sqlx::raw_sql("DEALLOCATE planned")
                    .execute(&mut **transaction)
                    .await;
                done.expect("it was prepared");
                steps
            }
        }
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
