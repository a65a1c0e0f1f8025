//! Builds, checks, benches: everything a person does *to* the project rather than with it.
//!
//! Kept light on purpose (no dependency that the rest of the workspace does not have), because it is compiled before
//! anything else can be tested.

mod advice;
mod ahead;
mod bench;
mod browser;
mod cache;
mod fuzz;
mod node;
mod python;
mod readme;
mod rules;
mod statistics;
mod test;
mod tools;
mod vendor;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Test Riktig, check the rules of the house, and run benchmarks beside peers.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Format, lints, rules of the house, all tests, and every command of README.md
    ///
    /// Installs what is missing where it may, otherwise says what is missing and how to get it.
    Test(test::Arguments),
    /// Only the rules of the house (a second or two)
    Rules,
    /// Fetch the portal's design system from npm, check it against its pinned hash, and write the part that pages use
    Vendor,
    /// Run a benchmark of ours and, in the same run, the peers from PyPI
    Bench(bench::Arguments),
    /// Feed every reader of strangers' bytes with inputs that it has not seen (a first build takes minutes)
    Fuzz(fuzz::Arguments),
    /// Pictures of every page for every persona: three widths, light and dark, with a page that shows them
    Screenshots(browser::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.task {
        Task::Test(arguments) => test::run(&arguments),
        Task::Rules => rules::run(),
        Task::Vendor => vendor::run(),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Fuzz(arguments) => fuzz::run(&arguments),
        Task::Screenshots(arguments) => {
            tools::ensure().and_then(|()| browser::screenshots(&arguments))
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
