//! `riktig verify`: is it still what it was?

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_lake::store;

use super::serve;
use crate::failure::advise;
use crate::progress;
use crate::table::{Table, grouped};
use crate::verification::{self, Findings};

/// Check a lake, an edition or the journal: checksums, counts, lineage, the chain of the log
///
/// A lake: every file that the manifest lists is there with its SHA-256, every row can be read and is in its place, every
/// delivery's rows add up. An edition: every table can be read, the definitions are unchanged, rows in and
/// links add up. The journal (--config): every line of the log of who did what follows the one before, as it was written.
/// Nothing is changed unless --prune is given. The exit status is 1 when something is wrong.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig verify lake edition\n  riktig verify --config riktig.toml --anchor \"riktig-anchor-1 …\""
)]
pub(crate) struct Arguments {
    /// Folders of lakes or editions
    #[arg(required_unless_present = "config", value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// The configuration of `riktig serve`: its journal's log is checked
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A line that `riktig backup` printed and that was kept apart from the journal
    #[arg(long, value_name = "LINE", requires = "config")]
    anchor: Vec<String>,
    /// Remove files of a lake that nothing lists any more; no intake may be at work
    #[arg(long)]
    prune: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut faults = 0;
    for folder in &arguments.folders {
        if arguments.prune && folder.join("manifest.json").exists() {
            let removed = store::prune(folder)?;
            writeln!(
                std::io::stdout().lock(),
                "removed {removed} files from \"{}\"",
                folder.display()
            )
            .context("cannot print")?;
        }
        let (kind, findings) = verify(folder)?;
        faults += tell(kind, folder, &findings)?;
    }
    if let Some(file) = &arguments.config {
        let config = serve::read(Some(file))?;
        let checking = verification::journal::verify(&config, &arguments.anchor);
        let findings = serve::runtime()?.block_on(checking)?;
        faults += tell("journal of", file, &findings)?;
    }
    if faults > 0 {
        return Err(advise(
            format!(
                "{faults} {}",
                if faults == 1 {
                    "fault was found"
                } else {
                    "faults were found"
                }
            ),
            "restore the files from a copy, take the deliveries in again, or build the edition again",
        ));
    }
    Ok(())
}

/// Prints what was found and tells how many faults there are.
fn tell(kind: &str, place: &Path, findings: &Findings) -> Result<usize> {
    let text = text(kind, place, findings)?;
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")?;
    Ok(findings.faults.len())
}

fn verify(folder: &Path) -> Result<(&'static str, Findings)> {
    let bar = progress::counting("verifying", 1, "files");
    let found = if folder.join("edition.json").exists() {
        verification::edition::verify(folder).map(|findings| ("edition", findings))
    } else if folder.join("manifest.json").exists() {
        verification::lake::verify(folder, &bar).map(|findings| ("lake", findings))
    } else {
        Err(advise(
            format!("\"{}\" is neither a lake nor an edition", folder.display()),
            "a lake holds a manifest.json, an edition an edition.json",
        ))
    };
    bar.finish_and_clear();
    found
}

fn text(kind: &str, folder: &Path, findings: &Findings) -> Result<String> {
    let mut table = Table::new(&["check", "looked at>"]);
    for (what, count) in &findings.checks {
        table.row([(*what).to_owned(), grouped(*count)]);
    }
    let mut text = format!("{kind} \"{}\"\n\n{table}", folder.display());
    for note in &findings.notes {
        writeln!(text, "note: {note}")?;
    }
    for fault in &findings.faults {
        writeln!(text, "FAULT: {fault}")?;
    }
    if findings.faults.is_empty() {
        writeln!(text, "whole")?;
    }
    Ok(text)
}
