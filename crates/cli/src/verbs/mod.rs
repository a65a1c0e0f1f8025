//! One file per verb: its arguments, its help, and the calls that make it.

mod explain;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    Explain(explain::Arguments),
}

impl Verb {
    pub(crate) fn run(&self) -> Result<()> {
        match self {
            Verb::Explain(arguments) => explain::run(arguments),
        }
    }
}
