//! `riktig message show`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use riktig_eresept::show::{Identities, show};
use riktig_eresept::xml::Document;

use crate::failure::Hint as _;

/// Print messages as JSON, attachments opened
///
/// Numbers, names, days of birth and addresses of people are withheld unless --identities is given. Elements and attachments of any
/// kind are shown, also those that Riktig has never seen.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig message show m1.xml")]
pub(super) struct Arguments {
    /// XML files; each becomes one JSON object, in this order
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show who it is about: for your own test messages, or with a right to see them
    #[arg(long)]
    identities: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let identities = if arguments.identities {
        Identities::Shown
    } else {
        Identities::Withheld
    };
    let mut out = std::io::stdout().lock();
    for file in &arguments.files {
        let document = Document::read(&super::read(file)?)
            .with_context(|| format!("cannot show \"{}\"", file.display()))
            .hint(|| "`riktig message check` names every fault it finds".to_owned())?;
        let text = serde_json::to_string_pretty(&show(&document, identities))?;
        writeln!(out, "{text}").context("cannot print")?;
    }
    Ok(())
}
