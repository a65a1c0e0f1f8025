//! What must never be lost: sessions, people and their appointments, groups, courses, goals, and who did what.
//!
//! The only room that knows sqlx. [`Journal::open`] opens a SQLite file or a PostgreSQL database and brings it to this
//! program's form. Everything that changes it goes through [`Acting`], everything that reads about another person
//! through [`Looking`]; both are had for a permit only and put their line into the log of who did what ([`audit`]) in
//! the same transaction. Tables, the log's chain, keys, back-up and limits of age: `docs/reference/journal.md`.

pub mod advice_cards;
pub mod advised;
pub mod appointment;
mod ask;
pub mod audit;
pub mod backup;
mod canonical;
pub mod cds_client;
pub mod cds_showing;
pub mod chain;
mod change;
pub mod cohort;
pub mod course;
pub mod dispute;
pub mod dots;
pub mod erasure;
mod facts;
pub mod fetch;
pub mod goal;
pub mod group;
pub mod id;
pub mod identity;
pub mod mailing;
mod natural;
pub mod person;
pub mod policy;
pub mod retention;
pub mod session;
pub mod share;
pub mod shelf;
mod store;
#[cfg(test)]
pub(crate) mod suite;
pub mod switch;
#[cfg(test)]
mod tests;
pub mod uptake;
pub mod waiver;

pub use ask::AskError;
pub use change::ChangeError;
pub use natural::{Piece, natural};
pub use store::{Acting, Asked, Deciding, Durability, Journal, JournalError, Looking, Reading};
