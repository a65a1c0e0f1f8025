//! One file per verb: its arguments, its help, and the calls that make it.

mod advice;
mod appoint;
mod backup;
mod bench;
mod build;
pub(crate) mod chain;
pub(crate) mod demo;
mod explain;
mod follow_up;
mod guideline;
mod indicators;
mod intake;
mod mail;
mod message;
pub(crate) mod migrate;
mod publish;
mod report;
pub(crate) mod serve;
mod simulate;
mod stats;
mod verify;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Verb {
    Advice(advice::Arguments),
    Appoint(appoint::Arguments),
    Backup(backup::Backup),
    Build(build::Arguments),
    Chain(chain::Arguments),
    Bench(bench::Arguments),
    Demo(demo::Arguments),
    Explain(explain::Arguments),
    FollowUp(follow_up::Arguments),
    Guideline(guideline::Arguments),
    Indicators(indicators::Arguments),
    Intake(intake::Arguments),
    Mail(mail::Arguments),
    Message(message::Arguments),
    Migrate(migrate::Arguments),
    Publish(publish::Arguments),
    Report(report::Arguments),
    Restore(backup::Restore),
    Serve(serve::Arguments),
    Simulate(simulate::Arguments),
    Stats(stats::Arguments),
    Verify(verify::Arguments),
}

impl Verb {
    pub(crate) fn run(&self) -> Result<()> {
        match self {
            Verb::Advice(arguments) => advice::run(arguments),
            Verb::Appoint(arguments) => appoint::run(arguments),
            Verb::Backup(arguments) => backup::backup(arguments),
            Verb::Build(arguments) => build::run(arguments),
            Verb::Chain(arguments) => chain::run(arguments),
            Verb::Bench(arguments) => bench::run(arguments),
            Verb::Demo(arguments) => demo::run(arguments),
            Verb::Explain(arguments) => explain::run(arguments),
            Verb::FollowUp(arguments) => follow_up::run(arguments),
            Verb::Guideline(arguments) => guideline::run(arguments),
            Verb::Indicators(arguments) => indicators::run(arguments),
            Verb::Intake(arguments) => intake::run(arguments),
            Verb::Mail(arguments) => mail::run(arguments),
            Verb::Message(arguments) => message::run(arguments),
            Verb::Migrate(arguments) => migrate::run(arguments),
            Verb::Publish(arguments) => publish::run(arguments),
            Verb::Report(arguments) => report::run(arguments),
            Verb::Restore(arguments) => backup::restore(arguments),
            Verb::Serve(arguments) => serve::run(arguments),
            Verb::Simulate(arguments) => simulate::run(arguments),
            Verb::Stats(arguments) => stats::run(arguments),
            Verb::Verify(arguments) => verify::run(arguments),
        }
    }
}
