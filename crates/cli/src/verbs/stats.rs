//! `riktig stats`: the statistician's calculator.

use std::io::{Read as _, Write as _};

use anyhow::{Context, Result};
use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::stats::{self, FUNCTIONS};

/// The statistician's calculator: comma-separated values in, the same with result columns out
///
/// Reads a sheet with a header from standard input and writes it back with the results of FUNCTION appended, so that every
/// method behind the comparison can be checked against another tool.
#[derive(Args)]
#[command(after_help = "`riktig stats --help` tells each function's columns, formula and source.", after_long_help = stats::help())]
pub(crate) struct Arguments {
    /// Which function
    #[arg(
        value_parser = PossibleValuesParser::new(FUNCTIONS.iter().map(|it| it.name)),
        required_unless_present = "reference",
        hide_possible_values = false
    )]
    function: Option<String>,
    /// Print the reference of all functions in Markdown (docs/reference/stats.md)
    #[arg(long, conflicts_with = "function")]
    reference: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let named = FUNCTIONS
        .iter()
        .find(|it| Some(it.name) == arguments.function.as_deref());
    let output = match named {
        None => stats::markdown().into_bytes(),
        Some(function) => {
            let mut input = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut input)
                .context("cannot read standard input")?;
            stats::computed(function, &input)
                .with_context(|| format!("cannot compute {}", function.name))?
        }
    };
    std::io::stdout()
        .lock()
        .write_all(&output)
        .context("cannot print")
}
