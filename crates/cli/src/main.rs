//! `riktig`: registry deliveries in, one fair prescribing report per prescriber out.
//!
//! This room holds words, progress and exit codes. What the verbs *do* lies in the libraries.

// It panics where the reader of our output has gone: `say` does not.
#![deny(clippy::print_stdout)]

mod bench;
mod clock;
mod definition_files;
mod delivery_file;
mod edition_folder;
mod failure;
mod log;
mod measure;
mod parallel;
mod progress;
mod report_files;
mod say;
mod stats;
mod stop;
mod table;
mod verbs;
mod verification;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;

/// A build's months are made on threads and let go on another. The system's allocator keeps such rooms for the thread that
/// made them: a national build then held twice what it used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Registry deliveries in, one fair antibiotic-prescribing report per prescriber out
///
/// The way of a number: `simulate` (or a registry) writes deliveries; `intake` checks and pseudonymises them into a lake;
/// `build` links, computes and compares, and writes an edition; `report` renders it; `explain` says where a number comes
/// from. `demo` does all of it in one go.
#[derive(Parser)]
#[command(
    name = "riktig",
    version,
    propagate_version = true,
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    verb: verbs::Verb,

    /// Write what the run cost (seconds, CPU, memory, bytes) to this file as JSON
    #[arg(long, global = true, hide = true, value_name = "FILE")]
    measure: Option<PathBuf>,
}

fn main() -> ExitCode {
    let start = Instant::now();
    let arguments = Arguments::parse();
    let outcome = arguments
        .verb
        .run()
        .and_then(|()| write_cost(arguments.measure.as_deref(), start));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}

fn write_cost(file: Option<&std::path::Path>, start: Instant) -> Result<()> {
    let Some(file) = file else { return Ok(()) };
    let cost = measure::Cost::of_this_process(start.elapsed())?;
    let text = serde_json::to_string(&cost)?;
    std::fs::write(file, text)
        .with_context(|| format!("cannot write the cost to \"{}\"", file.display()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
