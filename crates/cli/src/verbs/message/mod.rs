//! `riktig message`: messages of electronic prescriptions, looked at and checked.

mod check;
mod example;
mod show;

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

/// Messages of electronic prescriptions (e-resept): look at one, hear what is wrong with it, or have examples written
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig message show m1.xml\n  riktig message check *.xml\n  riktig message example --dir examples"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Check(check::Arguments),
    Example(example::Arguments),
    Show(show::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.what {
        What::Check(arguments) => check::run(arguments),
        What::Example(arguments) => example::run(arguments),
        What::Show(arguments) => show::run(arguments),
    }
}

/// The bytes of a file, as many as a message may have and one more: the reader then says that it is too large.
fn read(file: &Path) -> Result<Vec<u8>> {
    let most = riktig_eresept::xml::Limits::MESSAGE.bytes as u64 + 1;
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|opened| opened.take(most).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read \"{}\"", file.display()))?;
    Ok(bytes)
}
