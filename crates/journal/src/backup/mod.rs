//! Back-up: one file, of one form for both databases, and the way back into an empty journal.
//!
//! What is encrypted in the journal is encrypted in the file, with the same keys: the file without the keys tells no
//! identity, and the keys are kept elsewhere. Form: `docs/reference/journal.md`.

mod file;
mod restore;
#[cfg(test)]
mod tests;
mod write;

pub use file::{BackupError, Summary, check};
pub(crate) use file::{MAGIC, Reader, Record};
pub use restore::{RestoreError, restore};
pub use write::write;
