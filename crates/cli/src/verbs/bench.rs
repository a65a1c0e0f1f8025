//! `riktig bench`: what our own steps cost, each measured as a process of its own.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::bench::{Bench, Course, advice, chain, follow_up, portal, table};

/// Measure our own steps: seconds, CPU seconds, peak memory and bytes read
///
/// Makes what it needs with `simulate`, runs every step as a process of its own and lets each read its account from the
/// kernel at its end. The figures are printed as a table and written to DIR/figures.json. Nothing is warmed up or
/// repeated: files that the step before wrote are in the page cache, as they are in real use.
///
/// `cargo xtask bench NAME` runs the same and adds DuckDB and Polars on the same files.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig bench national-year --scale 0.1 --dir figures\n\n\
                        A national year needs about 15 GB of disk."
)]
pub(crate) struct Arguments {
    /// What to measure
    #[arg(value_name = "NAME")]
    name: Course,
    /// Where deliveries, lake, editions and reports go; must be new or a benchmark's folder
    #[arg(long, value_name = "DIR", default_value = "bench")]
    dir: PathBuf,
    /// People, as a share of what the benchmark is about: 0.1 is a tenth
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = share)]
    scale: f64,
    /// Seed of the synthetic nation
    #[arg(long, value_name = "S", default_value_t = 2023)]
    seed: u64,
    /// follow-up: how many synthetic worlds of each kind
    #[arg(long, value_name = "N", default_value_t = 200)]
    seeds: u64,
    /// portal: this edition, and not one that is made first
    #[arg(long, value_name = "EDITION")]
    edition: Option<PathBuf>,
    /// portal, advice, chain: how long the promised rate is held
    #[arg(long, value_name = "N", default_value_t = 30)]
    seconds: u32,
    /// advice: another server of this machine that is asked the same, in turns, as name,address,process
    #[arg(long, value_name = "NAME,ADDRESS,PID", value_parser = beside)]
    beside: Option<advice::Beside>,
    /// chain: an empty journal that is measured besides SQLite, as postgres://user@host/database; without it a PostgreSQL
    /// of the bench's own, in DIR
    #[arg(long, value_name = "URL")]
    journal: Option<String>,
    /// chain: how often everything is measured, each time on a new journal; medians are told
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: u32,
}

/// More than nothing, and at most the whole.
fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text
        .parse()
        .map_err(|_| "write a number such as 0.1".to_owned())?;
    if share > 0.0 && share <= 1.0 {
        Ok(share)
    } else {
        Err("choose more than 0 and at most 1".to_owned())
    }
}

/// `cql-execution,127.0.0.1:4010,1234`.
fn beside(text: &str) -> Result<advice::Beside, String> {
    let parts: Vec<&str> = text.split(',').collect();
    let [name, address, process] = parts[..] else {
        return Err("write name,address,process: cql,127.0.0.1:4010,1234".to_owned());
    };
    let address = address
        .parse()
        .map_err(|_| "write the address as 127.0.0.1:4010".to_owned())?;
    let process = process
        .parse()
        .map_err(|_| "write the process as its number".to_owned())?;
    Ok(advice::Beside {
        name: name.to_owned(),
        address,
        process,
    })
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.name == Course::FollowUp {
        let trials = follow_up::table(arguments.seeds, arguments.seed);
        return write!(std::io::stdout().lock(), "{trials}").context("cannot print");
    }
    let bench = Bench {
        dir: arguments.dir.clone(),
        scale: arguments.scale,
        seed: arguments.seed,
    };
    if arguments.name == Course::Advice {
        bench.prepare()?;
        let load = advice::load(&bench.dir, arguments.seconds, arguments.beside.as_ref())?;
        return write!(std::io::stdout().lock(), "{}", advice::table(&load))
            .context("cannot print");
    }
    if arguments.name == Course::Chain {
        bench.prepare()?;
        let course = chain::Course {
            seconds: arguments.seconds,
            runs: arguments.runs,
            other: arguments.journal.as_deref(),
        };
        let measured = chain::run(&bench.dir, &course)?;
        return write!(std::io::stdout().lock(), "{measured}").context("cannot print");
    }
    if arguments.name == Course::Portal {
        let edition = match &arguments.edition {
            Some(edition) => {
                bench.prepare()?;
                edition.clone()
            }
            None => {
                bench.run(arguments.name)?;
                bench.dir.join("edition")
            }
        };
        let load = portal::load(&edition, &bench.dir, arguments.seconds)?;
        return write!(std::io::stdout().lock(), "{}", portal::table(&load))
            .context("cannot print");
    }
    let figures = bench.run(arguments.name)?;
    write!(std::io::stdout().lock(), "{}", table(&figures)).context("cannot print")
}
