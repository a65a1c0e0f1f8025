//! A lake: the lake's own proof of every file, row and sum, in the words of a terminal.

use std::path::Path;

use anyhow::Result;
use indicatif::ProgressBar;
use riktig_lake::store;

use super::Findings;

/// Reads every byte of the lake.
///
/// # Errors
/// When the folder is no lake. Faults inside it are findings.
pub(crate) fn verify(folder: &Path, bar: &ProgressBar) -> Result<Findings> {
    let found = store::verify(folder, &mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })?;
    let mut findings = Findings {
        checks: vec![
            ("files are there and unchanged", found.files),
            ("rows of segments", found.rows),
        ],
        faults: found
            .findings
            .iter()
            .map(|finding| format!("{}: {}", finding.path, finding.what))
            .collect(),
        notes: Vec::new(),
    };
    if !found.orphans.is_empty() {
        findings.notes.push(format!(
            "{} files are not listed: left by an interrupted or a correcting intake, never read; `riktig verify --prune` removes \
             them",
            found.orphans.len()
        ));
    }
    Ok(findings)
}
