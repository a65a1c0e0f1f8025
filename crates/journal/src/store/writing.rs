//! A transaction of either database that may change rows.

use std::ops::{Deref, DerefMut};

use sqlx::AssertSqlSafe;

use super::reading::{Either, Reading};
use super::sql::Change;
use super::value::Value;
use super::{JournalError, postgres, several, sqlite};

/// A transaction that may change rows, the only one at its time. Nothing of it stands before it is committed; dropping it
/// takes it back. By itself it puts no line into the log: sessions, and what the journal does with itself.
#[derive(Debug)]
pub(crate) struct Writing {
    reading: Reading,
}

impl Writing {
    pub(super) fn new(reading: Reading) -> Self {
        Self { reading }
    }

    /// Changes rows and tells how many.
    pub(crate) async fn change(
        &mut self,
        change: Change,
        values: &[Value],
    ) -> Result<u64, JournalError> {
        let Change { name, text } = change;
        match &mut self.reading.transaction {
            Either::Sqlite(transaction) => {
                let bound = sqlite::bind(values).map_err(|error| JournalError::of(name, error))?;
                let done = sqlx::query_with(text, bound)
                    .execute(&mut **transaction)
                    .await;
                done.map(|done| done.rows_affected())
            }
            Either::Postgres(transaction) => {
                let bound =
                    postgres::bind(values).map_err(|error| JournalError::of(name, error))?;
                let done = sqlx::query_with(text, bound)
                    .execute(&mut **transaction)
                    .await;
                done.map(|done| done.rows_affected())
            }
        }
        .map_err(|error| JournalError::of(name, error))
    }

    /// Adds rows, many of them with one statement, whose `VALUES (…)` is repeated, and tells how many. A round trip to the
    /// server for each is what costs most.
    pub(crate) async fn add_all(
        &mut self,
        add: Change,
        rows: &[Vec<Value>],
    ) -> Result<u64, JournalError> {
        let (mut rest, mut count) = (rows, 0);
        while !rest.is_empty() {
            let (now, later) = rest.split_at(several::at_once(rest.len()));
            rest = later;
            count += self.add_some(add, now).await?;
        }
        Ok(count)
    }

    async fn add_some(&mut self, add: Change, rows: &[Vec<Value>]) -> Result<u64, JournalError> {
        let Change { name, text } = add;
        let (text, values) = (several::rows(text, rows.len()), rows.concat());
        let text = AssertSqlSafe(text);
        match &mut self.reading.transaction {
            Either::Sqlite(transaction) => {
                let bound = sqlite::bind(&values).map_err(|error| JournalError::of(name, error))?;
                let done = sqlx::query_with(text, bound).execute(&mut **transaction);
                done.await.map(|done| done.rows_affected())
            }
            Either::Postgres(transaction) => {
                let bound =
                    postgres::bind(&values).map_err(|error| JournalError::of(name, error))?;
                let done = sqlx::query_with(text, bound).execute(&mut **transaction);
                done.await.map(|done| done.rows_affected())
            }
        }
        .map_err(|error| JournalError::of(name, error))
    }

    /// Runs a text of several statements in the database's own words.
    pub(crate) async fn script(
        &mut self,
        name: &'static str,
        text: &str,
    ) -> Result<(), JournalError> {
        match &mut self.reading.transaction {
            Either::Sqlite(transaction) => sqlx::raw_sql(AssertSqlSafe(text))
                .execute(&mut **transaction)
                .await
                .map(drop),
            Either::Postgres(transaction) => sqlx::raw_sql(AssertSqlSafe(text))
                .execute(&mut **transaction)
                .await
                .map(drop),
        }
        .map_err(|error| JournalError::of(name, error))
    }

    /// Commits: what came before has happened.
    pub(crate) async fn commit(self) -> Result<(), JournalError> {
        match self.reading.transaction {
            Either::Sqlite(transaction) => transaction.commit().await,
            Either::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(|error| JournalError::of("commit", error))
    }
}

impl Deref for Writing {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}
