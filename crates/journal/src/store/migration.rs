//! Bringing a database to this program's form: forward only, each migration once, whole or not at all.

use super::value::params;
use super::writing::Writing;
use super::{Journal, JournalError, Reading, statements};
use crate::identity;

/// A step forward, in the words of either database.
struct Migration {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// In order; a migration that has been released is never changed.
const MIGRATIONS: &[Migration] = migrations![1 "0001_store", 2 "0002_nouns", 3 "0003_cohort", 4 "0004_tests", 5 "0005_advice", 6 "0006_chain", 7 "0007_choice", 8 "0008_showing", 9 "0009_keys"];

/// Made before all else; it holds which migrations have been run.
const FORM: &str = "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL)";

statements! {
    /// What has been run.
    RUN: Select = "SELECT number, digest FROM migration ORDER BY number";
    /// A migration has been run.
    ADD: Change = "INSERT INTO migration (number, name, digest) VALUES ($1, $2, $3)";
}

impl Migration {
    fn text(&self, sqlite: bool) -> &'static str {
        if sqlite { self.sqlite } else { self.postgres }
    }

    /// A changed migration is noticed, whatever its line ends.
    fn digest(&self, sqlite: bool) -> String {
        let text = self.text(sqlite).replace("\r\n", "\n");
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}

/// Runs what is missing, and holds the keys against those that the journal was written with: where they are others, nothing of it stands.
pub(super) async fn run(journal: &Journal) -> Result<(), JournalError> {
    let mut writing = journal.writing().await?;
    run_to(&mut writing, i64::MAX).await?;
    identity::of_this_journal(&mut writing, journal.keys()).await?;
    writing.commit().await
}

/// Runs what is missing up to a form.
pub(crate) async fn run_to(writing: &mut Writing, form: i64) -> Result<(), JournalError> {
    let sqlite = writing.is_sqlite();
    writing.script("migration::FORM", FORM).await?;
    let run = writing.rows(RUN, params![]).await?;
    let known = known();
    for row in &run {
        let (found, digest): (i64, String) = (row.get(0)?, row.get(1)?);
        let Some(ours) = MIGRATIONS.iter().find(|ours| ours.number == found) else {
            return Err(JournalError::Newer { found, known });
        };
        if ours.digest(sqlite) != digest {
            return Err(JournalError::Changed { number: found });
        }
    }
    let done = run.last().map_or(Ok(0), |row| row.get::<i64>(0))?;
    for migration in MIGRATIONS
        .iter()
        .filter(|migration| migration.number > done && migration.number <= form)
    {
        writing
            .script(migration.name, migration.text(sqlite))
            .await?;
        let line = params![migration.number, migration.name, migration.digest(sqlite)];
        writing.change(ADD, line).await?;
    }
    Ok(())
}

/// Number of this program's newest migration.
pub(crate) fn known() -> i64 {
    MIGRATIONS.last().map_or(0, |last| last.number)
}

/// Number of the newest migration in the database.
pub(crate) async fn form(reading: &mut Reading) -> Result<i64, JournalError> {
    let rows = reading.rows(RUN, params![]).await?;
    rows.last().map_or(Ok(0), |row| row.get(0))
}
