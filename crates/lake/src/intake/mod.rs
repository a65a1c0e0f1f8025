//! From a delivery file to segments in the lake: whole or not at all.
//!
//! ```no_run
//! use std::path::Path;
//! use riktig_lake::intake::{Intake, IntakeOptions, Outcome, PseudonymKey};
//! let lake = Path::new("lake");
//! let key = PseudonymKey::read_or_create(Path::new("riktig.key"), lake)?;
//! let mut intake = Intake::open(lake, key, IntakeOptions::default())?;
//! match intake.take(Path::new("lmr-2024-03.csv"), &mut |_progress| {})? {
//!     Outcome::Taken(record) => println!("{} rows kept", record.counts.kept),
//!     Outcome::AlreadyThere { delivery } => println!("the lake already has {delivery}"),
//! }
//! # Ok::<(), riktig_lake::intake::IntakeError>(())
//! ```

mod cancel;
mod checks;
mod columns;
mod course_groups;
mod csv_rows;
mod disk;
mod error;
mod hashed_input;
mod identity;
mod krav_rows;
mod lock;
mod memo;
mod open;
mod options;
mod parquet_rows;
mod patients;
mod pseudonym;
mod reason;
mod repeated;
mod session;
mod sort;
mod staged;
mod table;
mod write;

pub use course_groups::{CourseGroups, Membership, course_groups};
pub use disk::BeforeFileOperation;
pub use error::IntakeError;
pub use open::count_rows;
pub use options::{IntakeOptions, Outcome, Progress};
pub use pseudonym::PseudonymKey;
pub use reason::{Reason, Refusal};
pub use session::Intake;
pub use table::IntakeTable;

pub(crate) use columns::exists as column_exists;
pub(crate) use lock::LakeLock;
