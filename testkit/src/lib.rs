//! Small worlds for tests: invented people, and deliveries of a few rows that are right in every field.
//!
//! A test takes a delivery that is right and spoils one thing, so that what it sees has one cause.

mod deliveries;
pub mod issuer;
mod people;
#[cfg(unix)]
mod postgres;

pub use deliveries::{Contact, Dispensing, write_contacts, write_dispensings};
pub use people::{Person, person};
#[cfg(unix)]
pub use postgres::Postgres;
