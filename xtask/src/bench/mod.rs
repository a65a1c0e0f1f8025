//! `cargo xtask bench NAME`: our own figures, then the peers on the same files in the same run.
//!
//! Ours come from `riktig bench NAME`. The peers are the scripts of `xtask/peers`, run by a Python of their own.

mod advice;
mod baseline;
mod cost;
mod machine;
mod national_year;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::workspace;

#[derive(Args)]
pub(crate) struct Arguments {
    /// demo, national-year, intake-month or advice
    name: String,
    /// Where deliveries, lake and editions go (default: target/bench/NAME; a national year takes 15 GB)
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Runs of each competitor, taken in turns; medians are printed
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: u32,
    /// Keep what is in DIR from the run before: measure builds and peers only
    #[arg(long)]
    keep: bool,
    /// Instead of the peers: the build of the national year beside that of an older commit, in turns
    #[arg(long, value_name = "COMMIT")]
    baseline: Option<String>,
    /// People, as a share of what the benchmark is about: 0.1 is a tenth
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    scale: f64,
}

/// Where one benchmark lives, and how often its competitors run.
pub(crate) struct Course {
    riktig: PathBuf,
    dir: PathBuf,
    runs: u32,
    scale: f64,
}

/// Runs our own benchmark in the release profile, then the peers that are written for it.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    machine::print();
    let default = workspace::root()
        .join("target")
        .join("bench")
        .join(&arguments.name);
    let course = Course {
        riktig: release_binary()?,
        dir: arguments.dir.clone().unwrap_or(default),
        runs: arguments.runs.max(1),
        scale: arguments.scale,
    };
    if arguments.name == "advice" {
        return advice::beside_cql(&course);
    }
    if !arguments.keep {
        let mut ours = Command::new(&course.riktig);
        ours.args([
            "bench",
            &arguments.name,
            "--scale",
            &arguments.scale.to_string(),
            "--dir",
        ]);
        ours.arg(&course.dir);
        succeed(&mut ours, "our own benchmark")?;
    }
    match (arguments.name.as_str(), &arguments.baseline) {
        ("national-year", Some(commit)) => return baseline::race(&course, commit),
        (name, Some(_)) => bail!("{name} is not held against an older commit: name national-year"),
        (_, None) => {}
    }
    match arguments.name.as_str() {
        "national-year" => national_year::beside_peers(&course),
        name => {
            println!("no peer is written for {name}");
            Ok(())
        }
    }
}

/// Builds `riktig` as a user does and says where it lies.
fn release_binary() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .args(["build", "--release", "--quiet", "--package", "riktig-cli"])
        .current_dir(workspace::root());
    succeed(&mut build, "cargo build --release")?;
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace::root().join("target"), PathBuf::from);
    Ok(target.join("release").join("riktig"))
}

/// Runs a command to its end.
pub(crate) fn succeed(command: &mut Command, what: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {what}"))?;
    if !status.success() {
        bail!("{what} ended with {status}");
    }
    Ok(())
}
