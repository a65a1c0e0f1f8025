//! `riktig guideline`: what the national guideline says, as a clinician reads, checks and asks it.

mod advise;
mod check;
mod context;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use riktig_guideline::{CONDITIONS, Guideline};

use crate::failure::advise as hint;
use crate::table::Table;

/// The guideline: conditions, lines with their sources, and advice for a patient
///
/// A condition is a TOML file in content/guideline/conditions. It needs no Rust to change one: edit the file and run
/// `riktig guideline check --content content/guideline`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig guideline list\n  riktig guideline show pneumonia\n  riktig guideline check\n  \
                  riktig guideline advise patient.json"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Advise(advise::Arguments),
    Check(check::Arguments),
    /// One line for each condition
    #[command(after_help = "Example:\n  riktig guideline list")]
    List,
    /// The whole text of one condition, as it lies in content/guideline/conditions
    #[command(after_help = "Example:\n  riktig guideline show pneumonia")]
    Show {
        /// The condition's id, as in the list
        id: String,
    },
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.what {
        What::Advise(arguments) => advise::run(arguments),
        What::Check(arguments) => check::run(arguments),
        What::List => print(&list()),
        What::Show { id } => print(show(id)?),
    }
}

fn print(text: &str) -> Result<()> {
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

/// The guideline in a folder, or the one that ships with this program.
fn content(folder: Option<&PathBuf>) -> Result<std::borrow::Cow<'static, Guideline>> {
    use std::borrow::Cow;
    let read = |folder: &PathBuf| Guideline::from_dir(Path::new(folder)).map(Cow::Owned);
    match folder {
        None => Ok(Cow::Borrowed(Guideline::shipped())),
        Some(folder) => read(folder).context("the guideline cannot be used"),
    }
}

fn list() -> String {
    let mut table = Table::new(&["id", "ICPC-2", "lines>", "given>", "condition"]);
    for condition in Guideline::shipped().conditions() {
        let given = condition
            .lines
            .iter()
            .filter(|line| line.provenance.is_advice());
        let codes: Vec<&str> = condition.codes.icpc2.iter().map(|it| it.as_str()).collect();
        table.row([
            condition.id.clone(),
            codes.join(" "),
            condition.lines.len().to_string(),
            given.count().to_string(),
            condition.name.nb.clone(),
        ]);
    }
    table.to_string()
}

fn show(id: &str) -> Result<&'static str> {
    let file = format!("{id}.toml");
    let found = CONDITIONS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&file));
    found.map(|(_, text)| *text).ok_or_else(|| {
        hint(
            format!("there is no condition \"{id}\""),
            "`riktig guideline list` names them all",
        )
    })
}
