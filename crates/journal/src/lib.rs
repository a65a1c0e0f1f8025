//! What must never be lost: sessions, people and their appointments, groups, courses, goals, and who did what.
//!
//! The only room that knows sqlx. [`Journal::open`] opens a SQLite file or a PostgreSQL database and brings it to this
//! program's form. Everything that changes it goes through [`Acting`], everything that reads about another person
//! through [`Looking`]; both are had for a permit only and put their line into the log of who did what ([`audit`]) in
//! the same transaction. Tables, the log's chain, keys, back-up and limits of age: `docs/reference/journal.md`.

#![expect(
    dead_code,
    unused_imports,
    reason = "what is built on the store lands with the next commits"
)]

pub mod audit;
mod canonical;
pub mod id;
pub mod identity;
pub mod policy;
pub mod session;
mod store;
#[cfg(test)]
pub(crate) mod suite;

pub use store::{Acting, Asked, Deciding, Journal, JournalError, Looking, Reading};
