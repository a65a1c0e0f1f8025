//! One file per verb: its arguments, its help, and the calls that make it.

mod bench;
mod build;
mod explain;
mod indicators;
mod report;
mod simulate;
mod verify;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    Build(build::Arguments),
    Bench(bench::Arguments),
    Explain(explain::Arguments),
    Indicators(indicators::Arguments),
    Report(report::Arguments),
    Simulate(simulate::Arguments),
    Verify(verify::Arguments),
}

impl Verb {
    pub(crate) fn run(&self) -> Result<()> {
        match self {
            Verb::Build(arguments) => build::run(arguments),
            Verb::Bench(arguments) => bench::run(arguments),
            Verb::Explain(arguments) => explain::run(arguments),
            Verb::Indicators(arguments) => indicators::run(arguments),
            Verb::Report(arguments) => report::run(arguments),
            Verb::Simulate(arguments) => simulate::run(arguments),
            Verb::Verify(arguments) => verify::run(arguments),
        }
    }
}
