//! What can go wrong with the journal.

use std::fmt;

/// What can go wrong with the journal. No text of it holds a value of a row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The address is of no database that the journal knows.
    #[error("cannot open the journal: its address begins neither with sqlite: nor with postgres:")]
    Address,
    /// The database cannot be opened.
    #[error("cannot open the journal in {place}")]
    Open {
        /// The file or the server and database, without a password.
        place: String,
        /// What the database said.
        source: Cause,
    },
    /// The database has a form that this program does not know.
    #[error(
        "cannot open the journal: its form is number {found}, this program knows forms to {known}"
    )]
    Newer {
        /// Number of the newest migration in the database.
        found: i64,
        /// Number of the newest migration in this program.
        known: i64,
    },
    /// A migration in the database is not the one of this program.
    #[error(
        "cannot open the journal: its migration {number} is not this program's migration {number}"
    )]
    Changed {
        /// The migration.
        number: i64,
    },
    /// The keys are another journal's.
    #[error("cannot open the journal: it was not written with the keys{}", of_file(file.as_deref()))]
    OtherKeys {
        /// The file that they were read from.
        file: Option<String>,
    },
    /// Somebody else writes, and did not finish in time.
    #[error("cannot write to the journal: another writer did not finish in time")]
    Busy,
    /// There is no room on the disk.
    #[error("cannot write to the journal: there is no room left for it")]
    Full,
    /// The database cannot be reached at the moment.
    #[error("cannot reach the journal's database")]
    Lost {
        /// What the connection said.
        source: Cause,
    },
    /// A row with the same key is there, or a row that is pointed at is not: somebody else was first.
    #[error("cannot run {statement}: another change came first")]
    Conflict {
        /// Name of the statement.
        statement: &'static str,
    },
    /// A statement was refused.
    #[error("cannot run {statement}")]
    Statement {
        /// Name of the statement.
        statement: &'static str,
        /// What the database said.
        source: Cause,
    },
    /// A field's key is not there, or the field was moved.
    #[error("cannot open a field that is sealed with key {key}")]
    Sealed {
        /// Number of the key.
        key: u32,
    },
    /// The operating system gave no chance.
    #[error("cannot get random bytes from the operating system")]
    Chance,
    /// A column is not what this program wrote.
    #[error("cannot read column {column} of {statement}")]
    Unreadable {
        /// Name of the statement.
        statement: &'static str,
        /// From 0.
        column: usize,
    },
}

/// What a database or a connection said: a code and a sentence, without the rows' values that drivers keep beside it.
#[derive(Debug)]
pub struct Cause {
    code: Option<String>,
    message: String,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} (code {code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Cause {}

impl JournalError {
    /// What one can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Address => Some("write sqlite:journal.db or postgres://user@host/database"),
            Self::Newer { .. } => {
                Some("use the program that wrote it, or a newer one; there is no way back")
            }
            Self::Changed { .. } => {
                Some("the program is of another branch than the one that made the database")
            }
            Self::OtherKeys { .. } => Some(
                "nothing was written; name the file of keys that belongs to this journal (--keys, of a portal journal.keys_file), or a journal of its own for these keys",
            ),
            Self::Busy | Self::Lost { .. } => Some("try again; what was acknowledged is kept"),
            Self::Sealed { .. } => Some("put the key with this number back into the file of keys"),
            Self::Full => Some("make room on the disk; what was acknowledged is kept"),
            _ => None,
        }
    }

    /// Whether it came of what one wanted to write, so that others in the same transaction can be written without it.
    pub(crate) fn is_of_one(&self) -> bool {
        matches!(
            self,
            Self::Conflict { .. }
                | Self::Statement { .. }
                | Self::Sealed { .. }
                | Self::Unreadable { .. }
                | Self::Chance
        )
    }

    pub(super) fn of(statement: &'static str, error: sqlx::Error) -> Self {
        match Kind::of(&error) {
            Kind::Busy => Self::Busy,
            Kind::Full => Self::Full,
            Kind::Lost => Self::Lost {
                source: Cause::of(error),
            },
            Kind::Conflict => Self::Conflict { statement },
            Kind::Other => Self::Statement {
                statement,
                source: Cause::of(error),
            },
        }
    }
}

fn of_file(file: Option<&str>) -> String {
    file.map_or_else(
        || " that it is opened with".to_owned(),
        |file| format!(" of {file:?}"),
    )
}

impl Cause {
    pub(super) fn of(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(said) => Self {
                code: said.code().map(|code| code.into_owned()),
                message: said.message().to_owned(),
            },
            other => Self {
                code: None,
                message: other.to_string(),
            },
        }
    }
}

enum Kind {
    Busy,
    Full,
    Lost,
    Conflict,
    Other,
}

impl Kind {
    fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::Tls(_) => Self::Lost,
            sqlx::Error::Database(said) => {
                let code = said.code().unwrap_or_default();
                if said
                    .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
                    .is_some()
                {
                    Self::of_postgres(&code)
                } else {
                    Self::of_sqlite(&code)
                }
            }
            _ => Self::Other,
        }
    }

    /// Codes: PostgreSQL's appendix A.
    fn of_postgres(code: &str) -> Self {
        match code {
            "55P03" | "40001" | "40P01" => Self::Busy,
            "53100" | "53200" => Self::Full,
            "57P01" | "57P02" | "57P03" | "25P03" | "53300" => Self::Lost,
            "23505" | "23503" => Self::Conflict,
            code if code.starts_with("08") => Self::Lost,
            _ => Self::Other,
        }
    }

    /// Codes: sqlite.org/rescode.html; the low byte is the primary code.
    fn of_sqlite(code: &str) -> Self {
        let extended: i32 = code.parse().unwrap_or(0);
        match (extended & 0xff, extended) {
            (5 | 6, _) => Self::Busy,
            (13, _) => Self::Full,
            (10 | 14, _) => Self::Lost,
            (_, 787 | 1555 | 2067) => Self::Conflict,
            _ => Self::Other,
        }
    }
}
