//! Is the journal's log still what it was?

use anyhow::{Context, Result};
use riktig_journal::audit::{self, Anchor, VerifyError};
use riktig_portal::config::Config;

use super::Findings;
use crate::failure::Hint as _;

/// Walks the log from its first line to its last, and holds it against anchors that were kept apart.
pub(crate) async fn verify(config: &Config, anchors: &[String]) -> Result<Findings> {
    let anchors: Vec<Anchor> = anchors
        .iter()
        .map(|line| line.parse().context("cannot use --anchor"))
        .collect::<Result<_>>()
        .hint(|| "give the whole line that `riktig backup` printed, in quotation marks".into())?;
    let journal = config.open_journal().await?;
    let verified = audit::verify(&journal, &anchors).await;
    journal.close().await;
    let mut findings = Findings::default();
    match verified {
        Ok(verified) => {
            findings.checks.push(("lines of the log", verified.lines));
            findings.checks.push(("anchors", verified.anchors as u64));
            if verified.anchors == 0 {
                findings.notes.push(
                    "without an anchor, a log that was cut off at its end looks whole".into(),
                );
            }
        }
        Err(error @ VerifyError::Broken { .. }) => findings.faults.push(error.to_string()),
        Err(VerifyError::Journal(error)) => return Err(error.into()),
    }
    Ok(findings)
}
