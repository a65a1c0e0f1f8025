//! The journal itself: which database, opened and brought to form.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;

use super::error::Cause;
use super::postgres::PostgresStore;
use super::reading::{Either, Reading};
use super::sqlite::SqliteStore;
use super::writing::Writing;
use super::{JournalError, migration};
use crate::identity::{Keys, NameKey};

/// What the database promises of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// Whether what is committed has reached the disk.
    pub waits_for_the_disk: bool,
    /// The settings that say so, as the database names them.
    pub settings: String,
}

/// The journal, opened. A clone is the same journal.
#[derive(Clone)]
pub struct Journal {
    store: Store,
    keys: Arc<Keys>,
}

#[derive(Clone)]
enum Store {
    Sqlite(SqliteStore),
    Postgres(PostgresStore),
}

impl Journal {
    /// Opens the journal at an address, makes it where it is a SQLite file that is not there, and brings it to this
    /// program's form.
    ///
    /// `sqlite:path/to/journal.db` or `postgres://user:password@host/database` (with the parameters of the PostgreSQL
    /// client library, such as `sslmode=verify-full`).
    ///
    /// # Errors
    /// [`JournalError::Address`], [`JournalError::Open`], [`JournalError::Newer`] for a database that a newer program
    /// wrote, [`JournalError::OtherKeys`] for one that was written with others, and what migrations may meet.
    pub async fn open(address: &str, keys: Keys) -> Result<Self, JournalError> {
        let journal = Self::connect(address, keys).await?;
        migration::run(&journal).await?;
        Ok(journal)
    }

    pub(crate) async fn connect(address: &str, keys: Keys) -> Result<Self, JournalError> {
        let store = if let Some(path) = address.strip_prefix("sqlite:") {
            let file = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
            let store = SqliteStore::open(&file).await;
            Store::Sqlite(store.map_err(|error| cannot_open(file.display().to_string(), error))?)
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(address)
                .map_err(|error| cannot_open("PostgreSQL".to_owned(), error))?;
            let place = format!(
                "{} on {}",
                options.get_database().unwrap_or(options.get_username()),
                options.get_host()
            );
            let store = PostgresStore::open(options).await;
            Store::Postgres(store.map_err(|error| cannot_open(place, error))?)
        } else {
            return Err(JournalError::Address);
        };
        Ok(Self {
            store,
            keys: Arc::new(keys),
        })
    }

    /// A transaction that reads one state. Whoever lends it on answers for what is read: about another person only
    /// through [`super::Looking`].
    pub(crate) async fn reading(&self) -> Result<Reading, JournalError> {
        let begun = match &self.store {
            Store::Sqlite(store) => store.reading().await.map(Either::Sqlite),
            Store::Postgres(store) => store.reading().await.map(Either::Postgres),
        };
        begun
            .map(Reading::new)
            .map_err(|error| JournalError::of("begin", error))
    }

    /// A transaction that may write, alone among all. By itself it puts no line into the log.
    pub(crate) async fn writing(&self) -> Result<Writing, JournalError> {
        let begun = match &self.store {
            Store::Sqlite(store) => store.writing().await.map(Either::Sqlite),
            Store::Postgres(store) => store.writing().await.map(Either::Postgres),
        };
        let begun = begun.map_err(|error| match (&self.store, error) {
            // The one writer's turn did not come; of a server the same says that it does not answer.
            (Store::Sqlite(_), sqlx::Error::PoolTimedOut) => JournalError::Busy,
            (_, error) => JournalError::of("begin", error),
        })?;
        Ok(Writing::new(Reading::new(begun)))
    }

    /// The keys it was opened with.
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The key that names new cards of advice.
    pub fn name_key(&self) -> NameKey<'_> {
        self.keys.name()
    }

    /// The keys that may have named a card, the present one first.
    pub fn name_keys(&self) -> impl Iterator<Item = NameKey<'_>> {
        self.keys.names()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), JournalError> {
        let mut reading = self.reading().await?;
        migration::form(&mut reading).await.map(drop)
    }

    /// Whether a commit waits for the disk, and by which settings of the database.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn durability(&self) -> Result<Durability, JournalError> {
        let asked = match &self.store {
            Store::Sqlite(store) => store.durability().await,
            Store::Postgres(store) => store.durability().await,
        };
        asked.map_err(|error| JournalError::of("durability", error))
    }

    /// Ends all connections, after what runs has ended.
    pub async fn close(&self) {
        match &self.store {
            Store::Sqlite(store) => store.close().await,
            Store::Postgres(store) => store.close().await,
        }
    }
}

fn cannot_open(place: String, error: sqlx::Error) -> JournalError {
    JournalError::Open {
        place,
        source: Cause::of(error),
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.store {
            Store::Sqlite(_) => "Journal(SQLite)",
            Store::Postgres(_) => "Journal(PostgreSQL)",
        })
    }
}
