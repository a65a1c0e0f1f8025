//! `riktig indicators`: the definitions, as a clinician reads and checks them.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use riktig_indicators::{Definition, Direction, SHIPPED_FILES, worked_examples};

use crate::definition_files;
use crate::failure::advise;
use crate::table::Table;
use crate::words;

/// The definitions: what is counted, of what, and the examples that prove it
///
/// A definition is a TOML file in content/indicators. It needs no Rust to change one: edit the file, run
/// `riktig indicators check FILE`, and build an edition.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig indicators list\n  riktig indicators show RAK-PENV\n  \
                  riktig indicators check content/indicators/RAK-PENV.toml"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// One line for each definition that ships with this program
    #[command(after_help = "Example:\n  riktig indicators list")]
    List,
    /// The whole text of one definition, as it lies in content/indicators
    #[command(after_help = "Example:\n  riktig indicators show RAK-PENV > mine.toml")]
    Show {
        /// The indicator's id, as in the list
        id: String,
    },
    /// The reference: every definition that ships in words, and what is known and not built, as Markdown
    #[command(
        after_help = "Example:\n  riktig indicators reference > docs/reference/indicators.md"
    )]
    Reference,
    /// Read definitions and run the worked examples inside them
    ///
    /// Each example is a few dispensings and contacts with the numerator and denominator that they must come to. The
    /// answer comes from the slow, obvious way to compute an indicator, not from the engine.
    #[command(after_help = "Example:\n  riktig indicators check content/indicators/RAK-PENV.toml")]
    Check {
        /// Definition files, or folders of them; without any, those that ship with this program
        files: Vec<PathBuf>,
    },
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let text = match &arguments.what {
        What::List => list(),
        What::Show { id } => show(id)?,
        What::Reference => riktig_indicators::reference(
            &riktig_indicators::shipped(),
            &riktig_indicators::not_built(),
        ),
        What::Check { files } => return check(files),
    };
    print(&text)
}

fn print(text: &str) -> Result<()> {
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

fn list() -> String {
    let mut table = Table::new(&["id", "version>", "unit", "better", "window", "what"]);
    for definition in riktig_indicators::shipped() {
        let better = match definition.direction {
            Direction::Lower => "lower",
            Direction::Higher => "higher",
            Direction::Neutral => "–",
        };
        table.row([
            definition.id,
            definition.version.to_string(),
            words::unit(definition.unit).into(),
            better.into(),
            format!("{} months", definition.window_months),
            definition.name.en,
        ]);
    }
    table.to_string()
}

fn show(id: &str) -> Result<String> {
    let file = format!("{id}.toml");
    let found = SHIPPED_FILES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&file));
    let (_, text) = found.ok_or_else(|| {
        advise(
            format!("there is no indicator \"{id}\""),
            "`riktig indicators list` names them all",
        )
    })?;
    Ok((*text).to_owned())
}

/// Prints one line for each example; says which definitions cannot be read and which examples do not hold.
fn check(files: &[PathBuf]) -> Result<()> {
    let facts = riktig_indicators::CodeFacts::default();
    let (mut held, mut broken) = (0, 0);
    let mut text = String::new();
    for (name, content) in definition_files::texts(files)? {
        match Definition::parse(&name, &content) {
            Ok(definition) => {
                for outcome in worked_examples(&definition, &facts) {
                    let word = if outcome.holds() {
                        "holds  "
                    } else {
                        "BROKEN "
                    };
                    writeln!(text, "{word}{outcome}")?;
                    *(if outcome.holds() {
                        &mut held
                    } else {
                        &mut broken
                    }) += 1;
                }
            }
            Err(refusal) => {
                broken += refusal.problems.len();
                for line in refusal.to_string().lines() {
                    writeln!(text, "REFUSED {line}")?;
                }
            }
        }
    }
    writeln!(text, "{held} examples hold, {broken} problems")?;
    print(&text)?;
    if broken > 0 {
        return Err(advise(
            format!(
                "{broken} {} in the definitions",
                if broken == 1 { "problem" } else { "problems" }
            ),
            "each line above says where and what to write instead",
        ));
    }
    Ok(())
}
