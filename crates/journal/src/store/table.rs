//! The tables that must not be lost: what a back-up holds.

use sqlx::AssertSqlSafe;

use super::reading::{Either, Reading};
use super::value::{Row, Value};
use super::writing::Writing;
use super::{JournalError, postgres, sqlite};

/// A table as a back-up holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

/// Name, columns and primary key of each table, a table after those that it points at.
pub(crate) const TABLES: &[(&str, &[&str], &[&str])] = &[
    (
        "audit",
        &[
            "line", "previous", "at", "actor", "act", "basis", "subject", "kind", "object",
            "result", "request", "hash",
        ],
        &["line"],
    ),
    (
        "audit_actor",
        &["line", "salt", "verb", "person", "hpr", "organisation"],
        &["line"],
    ),
    (
        "audit_subject",
        &["line", "salt", "verb", "person", "hpr", "organisation"],
        &["line"],
    ),
    ("audit_erased", &["part", "line", "upon"], &["part", "line"]),
    (
        "identity",
        &["person", "field", "key", "sealed"],
        &["person", "field"],
    ),
    (
        "person",
        &[
            "id",
            "pid",
            "hpr",
            "seen_hpr",
            "language",
            "known_at",
            "first_login_at",
            "last_login_at",
            "version",
        ],
        &["id"],
    ),
    (
        "appointment",
        &[
            "id",
            "role",
            "reach",
            "appointee",
            "appointee_hpr",
            "from_at",
            "until_at",
            "reason",
            "proposed_by",
            "proposed_at",
            "confirmed_by",
            "confirmed_at",
            "ended_by",
            "ended_at",
        ],
        &["id"],
    ),
    (
        "course_group",
        &["id", "name", "origin", "made_at", "version"],
        &["id"],
    ),
    (
        "membership",
        &["course_group", "hpr", "from_at", "until_at"],
        &["course_group", "hpr", "from_at"],
    ),
    (
        "course",
        &["id", "course_group", "title", "made_at", "version"],
        &["id"],
    ),
    (
        "meeting",
        &["course", "number", "day", "place"],
        &["course", "number"],
    ),
    (
        "enrolment",
        &["course", "hpr", "enrolled_at"],
        &["course", "hpr"],
    ),
    (
        "attendance",
        &["course", "number", "hpr", "attended", "noted_at"],
        &["course", "number", "hpr"],
    ),
    (
        "test_result",
        &["course", "hpr", "test", "taken_at", "correct", "questions"],
        &["course", "hpr", "test", "taken_at"],
    ),
    (
        "cohort",
        &["course", "edition", "day", "as_of", "doctors"],
        &["course", "edition"],
    ),
    (
        "cohort_doctor",
        &["course", "edition", "hpr"],
        &["course", "edition", "hpr"],
    ),
    ("goal", &["id", "hpr", "indicator", "version"], &["id"]),
    (
        "goal_version",
        &[
            "goal", "version", "edition", "target", "plan", "given_up", "set_at",
        ],
        &["goal", "version"],
    ),
    (
        "share",
        &[
            "id",
            "hpr",
            "audience",
            "reach",
            "edition",
            "given_at",
            "withdrawn_at",
        ],
        &["id"],
    ),
    (
        "dispute",
        &[
            "id",
            "hpr",
            "edition",
            "indicator",
            "why",
            "month",
            "rows",
            "words",
            "opened_at",
            "state",
            "settled_by",
            "settled_at",
            "reason",
            "version",
        ],
        &["id"],
    ),
    (
        "fetched",
        &[
            "hpr",
            "edition",
            "first_opened_at",
            "last_opened_at",
            "first_downloaded_at",
            "last_downloaded_at",
        ],
        &["hpr", "edition"],
    ),
    (
        "mailing",
        &["id", "edition", "notice", "made_by", "made_at"],
        &["id"],
    ),
    (
        "mailing_recipient",
        &["mailing", "hpr", "result", "tried_at", "tries"],
        &["mailing", "hpr"],
    ),
    (
        "shelf",
        &[
            "edition",
            "folder",
            "first_month",
            "last_month",
            "published_by",
            "published_at",
            "withdrawn_by",
            "withdrawn_at",
            "reason",
        ],
        &["edition"],
    ),
    (
        "visit_waiver",
        &["hpr", "given_at", "taken_back_at", "words"],
        &["hpr", "given_at"],
    ),
    (
        "cds_client",
        &[
            "id",
            "name",
            "issuer",
            "key_set_url",
            "key_set",
            "fhir_server",
            "mode",
            "newer",
            "until_at",
            "proposed_by",
            "proposed_at",
            "confirmed_by",
            "confirmed_at",
            "ended_by",
            "ended_at",
            "version",
        ],
        &["id"],
    ),
    (
        "cds_showing",
        &[
            "client",
            "number",
            "proposed_by",
            "proposed_at",
            "until_at",
            "settled_by",
            "settled_at",
            "outcome",
            "reason",
        ],
        &["client", "number"],
    ),
    (
        "rule_switch",
        &["rule", "off_by", "off_at", "reason", "on_by", "on_at"],
        &["rule", "off_at"],
    ),
    (
        "advice_shown",
        &[
            "card", "rule", "client", "at", "hook", "instance", "kind", "content", "shown", "hpr",
        ],
        &["client", "card", "rule"],
    ),
    (
        "advice_feedback",
        &["client", "card", "outcome", "reason", "told_at", "noted_at"],
        &["client", "card"],
    ),
    (
        "chain_patient",
        &["id", "pid", "key", "sealed", "known_at"],
        &["id"],
    ),
    (
        "chain_choice",
        &["person", "choice", "hpr", "at"],
        &["person", "choice", "hpr"],
    ),
    (
        "chain_guardian",
        &["ward", "guardian", "kind"],
        &["ward", "guardian"],
    ),
    (
        "chain_message",
        &[
            "link",
            "id",
            "digest",
            "kind",
            "hpr",
            "organisation",
            "patient",
            "at",
            "line",
            "result",
            "key",
            "sealed",
            "answer",
        ],
        &["link", "id"],
    ),
    (
        "chain_prescription",
        &[
            "link",
            "id",
            "patient",
            "message",
            "status",
            "locked",
            "reserved",
            "expires_on",
            "closed_at",
            "version",
            "key",
            "state",
        ],
        &["link", "id"],
    ),
    (
        "chain_event",
        &[
            "link",
            "prescription",
            "version",
            "at",
            "line",
            "message",
            "key",
            "sealed",
        ],
        &["link", "prescription", "version"],
    ),
    (
        "chain_outbox",
        &[
            "link",
            "id",
            "number",
            "to_link",
            "kind",
            "made_at",
            "tries",
            "next_at",
            "settled_at",
            "result",
            "key",
            "sealed",
            "answer",
        ],
        &["link", "id"],
    ),
];

/// Tables that a back-up leaves out: what is of the hour, because a session that was ended must not come back from a back-up; and with which keys
/// the journal was opened, because it is opened with some before a back-up is put into it.
pub(crate) const LEFT_OUT: [&str; 4] = ["session", "pending_login", "used_once", "key_check"];

/// Rows in memory at a time.
pub(crate) const STRIDE: usize = 1000;

/// Longest name of a table or column, and what it is made of: such a name cannot be anything else in a statement.
const LONGEST_NAME: usize = 63;

pub(crate) fn is_name(name: &str) -> bool {
    let fits = (1..=LONGEST_NAME).contains(&name.len());
    fits && name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl Reading {
    /// The rows of a table whose keys come after `after`, at most [`STRIDE`], in the order of their keys.
    pub(crate) async fn page(
        &mut self,
        (name, columns, key): (&str, &[&str], &[&str]),
        after: Option<&[Value]>,
    ) -> Result<Vec<Row>, JournalError> {
        let keys = key.join(", ");
        let beyond = after.map_or_else(String::new, |_| {
            format!("WHERE ({keys}) > ({})", places(key.len()))
        });
        let text = format!(
            "SELECT {} FROM {name} {beyond} ORDER BY {keys} LIMIT {STRIDE}",
            columns.join(", ")
        );
        let values = after.unwrap_or_default();
        let rows = match &mut self.transaction {
            Either::Sqlite(transaction) => {
                let bound = sqlite::bind(values).map_err(of_table)?;
                let rows = sqlx::query_with(AssertSqlSafe(text), bound)
                    .fetch_all(&mut **transaction)
                    .await;
                rows.and_then(|rows| {
                    rows.iter()
                        .map(sqlite::values)
                        .collect::<Result<Vec<_>, _>>()
                })
            }
            Either::Postgres(transaction) => {
                let bound = postgres::bind(values).map_err(of_table)?;
                let rows = sqlx::query_with(AssertSqlSafe(text), bound)
                    .fetch_all(&mut **transaction)
                    .await;
                rows.and_then(|rows| {
                    rows.iter()
                        .map(postgres::values)
                        .collect::<Result<Vec<_>, _>>()
                })
            }
        };
        let rows = rows.map_err(of_table)?.into_iter();
        Ok(rows
            .map(|values| Row {
                statement: STATEMENT,
                values,
            })
            .collect())
    }
}

impl Writing {
    /// Puts a row of a back-up into its table.
    pub(crate) async fn put(
        &mut self,
        table: &Table,
        values: &[Value],
    ) -> Result<(), JournalError> {
        assert!(
            is_name(&table.name) && table.columns.iter().all(|name| is_name(name)),
            "checked when it was read"
        );
        let places = places(values.len());
        let text = format!(
            "INSERT INTO {} ({}) VALUES ({places})",
            table.name,
            table.columns.join(", ")
        );
        match &mut self.transaction {
            Either::Sqlite(transaction) => {
                let bound = sqlite::bind(values).map_err(of_table)?;
                sqlx::query_with(AssertSqlSafe(text), bound)
                    .execute(&mut **transaction)
                    .await
                    .map(drop)
            }
            Either::Postgres(transaction) => {
                let bound = postgres::bind(values).map_err(of_table)?;
                sqlx::query_with(AssertSqlSafe(text), bound)
                    .execute(&mut **transaction)
                    .await
                    .map(drop)
            }
        }
        .map_err(of_table)
    }
}

const STATEMENT: &str = "a table of a back-up";

fn of_table(error: sqlx::Error) -> JournalError {
    JournalError::of(STATEMENT, error)
}

fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
    places.join(", ")
}
