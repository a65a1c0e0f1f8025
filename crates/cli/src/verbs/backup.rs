//! `riktig backup` and `riktig restore`: the journal in a file, and back.

use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use riktig_journal::audit;
use riktig_journal::backup;

use super::serve::{read, runtime};
use crate::clock::now;
use crate::failure::Hint as _;
use crate::table::grouped;

/// Write the journal to one file, while the portal runs
///
/// One state of everything that must not be lost, signed with the journal's keys; encrypted fields stay encrypted, sessions
/// are left out. The file appears whole or not at all, and one that is there is not written over. The line that is printed
/// is an anchor: kept apart from the database, it shows later whether the log was cut off or written anew.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig backup --config riktig.toml --out journal-2026-01-31.backup"
)]
pub(crate) struct Backup {
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Put a back-up into an empty journal
///
/// The file is checked to its last byte and its log is walked before anything stands. The keys are those that the journal
/// had when the back-up was made. Everybody logs in anew afterwards.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig restore journal-2026-01-31.backup --config riktig.toml")]
pub(crate) struct Restore {
    /// The back-up
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn backup(arguments: &Backup) -> Result<()> {
    let config = read(arguments.config.as_deref())?;
    let out = &arguments.out;
    let (summary, anchor) = runtime()?.block_on(async {
        let journal = config.open_journal().await?;
        let summary = backup::write(&journal, out, now())
            .await
            .with_context(|| format!("cannot write the back-up \"{}\"", out.display()))
            .hint(|| "name a new file in a folder with room for it".into())?;
        let anchor = audit::anchor(&journal, now()).await?;
        journal.close().await;
        anyhow::Ok((summary, anchor))
    })?;
    let mut text = format!(
        "{} rows of {} tables are in \"{}\"\n",
        grouped(summary.rows),
        summary.tables,
        out.display()
    );
    if let Some(anchor) = anchor {
        text.push_str(&format!("{anchor}\n"));
    }
    print(&text)
}

pub(crate) fn restore(arguments: &Restore) -> Result<()> {
    let config = read(arguments.config.as_deref())?;
    let file = &arguments.file;
    let cannot = || format!("cannot restore \"{}\"", file.display());
    let from = File::open(file)
        .with_context(cannot)
        .hint(|| "name a file that `riktig backup` wrote".into())?;
    let (address, keys) = config.journal_access()?;
    let (summary, log) = runtime()?.block_on(async {
        let (journal, summary, log) = backup::restore(&address, keys, BufReader::new(from))
            .await
            .with_context(cannot)
            .hint(|| {
                "restore into a new, empty database, with the keys that the journal had when the back-up was made"
                    .into()
            })?;
        journal.close().await;
        anyhow::Ok((summary, log))
    })?;
    print(&format!(
        "{} rows of {} tables are back, as of {}; {} lines of the log are whole\n",
        grouped(summary.rows),
        summary.tables,
        summary.at,
        grouped(log.lines)
    ))
}

fn print(text: &str) -> Result<()> {
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}
