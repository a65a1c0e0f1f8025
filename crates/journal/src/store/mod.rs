//! The store: one text of SQL, two databases (decision 0010, point 3).
//!
//! How a noun's file writes its statements:
//!
//! ```text
//! statements! {
//!     /// The goals of a doctor, newest first.
//!     OF_DOCTOR: Select = "SELECT id, indicator, set_at FROM goal WHERE hpr = $1 ORDER BY set_at DESC, id";
//!     /// A new goal.
//!     SET: Change = "INSERT INTO goal (id, hpr, indicator, set_at) VALUES ($1, $2, $3, $4)";
//! }
//!
//! pub async fn of_doctor(reading: &mut Reading, hpr: HprNumber) -> Result<Vec<Goal>, JournalError> {
//!     let rows = reading.rows(OF_DOCTOR, params![hpr]).await?;
//!     rows.iter().map(|row| Ok(Goal { id: row.get(0)?, indicator: row.get(1)?, set_at: row.get(2)? })).collect()
//! }
//!
//! pub async fn set(acting: &mut Acting, goal: &Goal) -> Result<(), JournalError> {
//!     acting.change(SET, params![goal.id, goal.hpr, goal.indicator.as_str(), goal.set_at]).await?;
//!     Ok(())
//! }
//! ```
//!
//! `Acting`, `Looking` and `Deciding` lend themselves as `&mut Reading`. The shared SQL: `$1 …` for values; `BIGINT` (a
//! moment is microseconds since 1970), `TEXT`, `BYTEA`/`BLOB`, nothing; no `RETURNING`, no function of time or chance;
//! `sum(…)` is cast: `CAST(sum(x) AS BIGINT)`. Many rows go with `add_all` and `rows_in`, which repeat the text's `VALUES (…)`
//! or last `IN ($n)`. A file that has `statements!` is named in [`STATEMENTS`], by which a test prepares every statement on
//! both databases.

mod acting;
mod error;
#[cfg(test)]
mod faults;
mod journal;
pub(crate) mod migration;
mod postgres;
mod reading;
mod several;
mod sql;
mod sqlite;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod writing;

pub use acting::{Acting, Asked, Deciding, Looking};
pub use error::JournalError;
pub use journal::{Durability, Journal};
pub use reading::Reading;

#[cfg(test)]
pub(crate) use sql::Listed;
pub(crate) use sql::{Change, Select, statements};
pub(crate) use table::{LEFT_OUT, STRIDE, TABLES, Table, is_name};
pub(crate) use value::{FromValue, Row, Value, params};
pub(crate) use writing::Writing;

/// Every file's statements. A test holds the list against the source.
#[cfg(test)]
pub(crate) const STATEMENTS: &[&[Listed]] = &[
    crate::advice_cards::STATEMENTS,
    crate::advised::STATEMENTS,
    crate::appointment::STATEMENTS,
    crate::audit::STATEMENTS,
    crate::cds_client::STATEMENTS,
    crate::cds_showing::STATEMENTS,
    crate::chain::OF_CHOICE,
    crate::chain::OF_GUARDIAN,
    crate::chain::OF_INBOX,
    crate::chain::OF_LOG,
    crate::chain::OF_OUTBOX,
    crate::chain::OF_PATIENT,
    crate::chain::OF_PRESCRIPTION,
    crate::chain::OF_RESEAL,
    crate::chain::OF_TAKE,
    crate::cohort::STATEMENTS,
    crate::course::STATEMENTS,
    crate::course::OF_ATTENDANCE,
    crate::dispute::STATEMENTS,
    crate::dots::STATEMENTS,
    crate::fetch::STATEMENTS,
    crate::goal::STATEMENTS,
    crate::group::STATEMENTS,
    crate::mailing::STATEMENTS,
    crate::person::STATEMENTS,
    crate::share::STATEMENTS,
    crate::shelf::STATEMENTS,
    crate::switch::STATEMENTS,
    crate::tests::asking::STATEMENTS,
    crate::waiver::STATEMENTS,
    crate::audit::OF_OWN,
    crate::audit::OF_VERIFY,
    crate::erasure::STATEMENTS,
    crate::identity::OF_CHECK,
    crate::identity::OF_FIELD,
    crate::retention::STATEMENTS,
    migration::STATEMENTS,
    crate::session::STATEMENTS,
    crate::session::OF_LOGOUT,
    crate::session::OF_ONCE,
    crate::session::OF_PENDING,
];
