//! What lies in an edition's folder, without its tables: enough to choose one and to say what speaks against it.

use std::path::{Path, PathBuf};

use super::error::EditionError;
use super::gate::Findings;
use super::gate_table;
use super::meta::EditionMeta;
use super::read;

/// An edition as its small files tell of it. No table was opened and no hash compared: figures are taken from an
/// [`Edition`](super::Edition) only.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// The folder.
    pub dir: PathBuf,
    /// `edition.json`.
    pub meta: EditionMeta,
    /// What the gate found; `None` in an edition from before the gate.
    pub findings: Option<Findings>,
}

impl Glance {
    /// Reads `edition.json` and `findings.json`.
    ///
    /// # Errors
    /// The folder is no edition, or one of the two cannot be understood.
    pub fn of(dir: &Path) -> Result<Glance, EditionError> {
        Ok(Glance {
            meta: read::meta(dir)?,
            findings: gate_table::findings(&dir.join(gate_table::FINDINGS))?,
            dir: dir.to_owned(),
        })
    }
}
