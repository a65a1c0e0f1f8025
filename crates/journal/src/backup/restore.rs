//! The way back.

use std::io::Read;

use super::{BackupError, Reader, Record, Summary};
use crate::audit::{self, Verified, VerifyError};
use crate::identity::{self, Keys};
use crate::store::{Journal, JournalError, TABLES, Table, Writing, migration};

/// Why a back-up was not made or not restored. Nothing of it stands then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// The file.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The journal is in use.
    #[error("cannot restore into this journal: there are rows in its table {table}")]
    NotEmpty {
        /// A table with rows.
        table: &'static str,
    },
    /// The journal is newer than the back-up.
    #[error("cannot restore a back-up of form {backup} into a journal of form {journal}")]
    Older {
        /// Form of the back-up.
        backup: i64,
        /// Form of the journal.
        journal: i64,
    },
    /// The log in the back-up is broken.
    #[error("cannot restore the back-up: its log is broken")]
    Log(#[source] VerifyError),
}

/// Puts a back-up into an empty database, checks it to the last byte and walks its log, and only then commits. A back-up
/// of an older form is brought to this program's form afterwards. Sessions are not in a back-up: everybody logs in anew.
///
/// # Errors
/// Where the database has rows, the file is not whole or not of these keys, or its log is broken.
pub async fn restore(
    address: &str,
    keys: Keys,
    from: impl Read,
) -> Result<(Journal, Summary, Verified), RestoreError> {
    let journal = Journal::connect(address, keys).await?;
    let mut writing = journal.writing().await?;
    let mut reader = Reader::open(from, journal.keys())?;
    let Some(Record::Form { form, at }) = reader.next()? else {
        return Err(BackupError::Other.into());
    };
    make_ready(&mut writing, form).await?;
    let mut summary = Summary {
        form,
        at,
        tables: 0,
        rows: 0,
    };
    let mut table: Option<Table> = None;
    while let Some(record) = reader.next()? {
        match record {
            Record::Table(next) => {
                summary.tables += 1;
                table = Some(next);
            }
            Record::Row(values) => {
                summary.rows += 1;
                let table = table.as_ref().ok_or(BackupError::Other)?;
                writing.put(table, &values).await?;
            }
            Record::Form { .. } => return Err(BackupError::Other.into()),
        }
    }
    let verified = audit::walk(&mut writing, Vec::new())
        .await
        .map_err(RestoreError::Log)?;
    migration::run_to(&mut writing, i64::MAX).await?;
    identity::of_this_journal(&mut writing, journal.keys()).await?;
    writing.commit().await?;
    Ok((journal, summary, verified))
}

/// Brings the database to the back-up's form and makes sure that it is empty.
async fn make_ready(writing: &mut Writing, form: i64) -> Result<(), RestoreError> {
    let known = migration::known();
    if form > known {
        return Err(JournalError::Newer { found: form, known }.into());
    }
    migration::run_to(writing, form).await?;
    let journal = migration::form(writing).await?;
    if journal != form {
        return Err(RestoreError::Older {
            backup: form,
            journal,
        });
    }
    for (table, columns, key) in TABLES {
        if !writing.page((table, columns, key), None).await?.is_empty() {
            return Err(RestoreError::NotEmpty { table });
        }
    }
    Ok(())
}
