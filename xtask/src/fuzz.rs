//! `cargo xtask fuzz`: every fuzz target for some seconds, built as libFuzzer wants it.
//!
//! Needs no other compiler and no other tool: what cargo-fuzz would pass to the compiler is passed here.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::bench::succeed;
use crate::workspace;

/// Coverage that libFuzzer reads: edges counted, and both sides of every comparison.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";

/// A reader that needs more for one file of a stranger's is a reader that a stranger can stop.
const MOST_MEGABYTES: u32 = 1024;
const MOST_SECONDS_AN_INPUT: u32 = 10;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Names of files in fuzz/fuzz_targets; all where none is named
    targets: Vec<String>,
    /// How long each target runs
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u32,
}

/// Builds the targets and runs one after the other, each on its seeds and what earlier runs found (`target/fuzz/corpus`).
///
/// # Errors
/// When a target is unknown or does not compile, or an input ends one: after all have run.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let targets = wanted(&arguments.targets)?;
    let folder = workspace::root().join("target").join("fuzz");
    let programs = build(&targets, &folder)?;
    let mut ended = Vec::new();
    for target in &targets {
        let fine = fuzz(target, &programs, &folder, arguments.seconds)?;
        ended.extend((!fine).then_some(target.as_str()));
    }
    if !ended.is_empty() {
        bail!(
            "{} of {} targets ended early: {}; run the program again with the named input, and mend the reader with a test in its crate",
            ended.len(),
            targets.len(),
            ended.join(", ")
        );
    }
    Ok(())
}

fn wanted(named: &[String]) -> Result<Vec<String>> {
    let folder = workspace::root().join("fuzz").join("fuzz_targets");
    let mut all = Vec::new();
    for entry in fs::read_dir(&folder).context("cannot list fuzz/fuzz_targets")? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        all.push(name.into_owned());
    }
    all.sort();
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        bail!(
            "there is no fuzz target `{unknown}`; name some of: {}",
            all.join(", ")
        );
    }
    Ok(if named.is_empty() {
        all
    } else {
        named.to_vec()
    })
}

/// Where the programs are. With the machine named, build scripts and macros are compiled without coverage.
fn build(targets: &[String], folder: &Path) -> Result<PathBuf> {
    let version = Command::new("rustc").arg("-vV").output()?;
    let version = String::from_utf8(version.stdout).context("rustc -vV is not text")?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc -vV names no host")?;
    let mut build = Command::new("cargo");
    build
        .args(["build", "--release"])
        .args(["--target", host, "--manifest-path"])
        .arg(workspace::root().join("fuzz").join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folder)
        .args(targets.iter().flat_map(|target| ["--bin", target.as_str()]))
        .env("RUSTFLAGS", COVERAGE);
    println!("building {} targets", targets.len());
    succeed(&mut build, "the build of the fuzz targets")?;
    Ok(folder.join(host).join("release"))
}

/// Runs one target and prints a line of it; whether nothing ended it early.
fn fuzz(target: &str, programs: &Path, folder: &Path, seconds: u32) -> Result<bool> {
    let (corpus, found) = (
        folder.join("corpus").join(target),
        folder.join("found").join(target),
    );
    for made in [&corpus, &found] {
        fs::create_dir_all(made).with_context(|| format!("cannot make {}", made.display()))?;
    }
    let log = folder.join(format!("{target}.log"));
    let written = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let status = Command::new(programs.join(target))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={MOST_SECONDS_AN_INPUT}"))
        .arg(format!("-rss_limit_mb={MOST_MEGABYTES}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg("-print_final_stats=1")
        .arg(&corpus)
        .arg(workspace::root().join("fuzz").join("seeds").join(target))
        .stderr(written)
        .status()
        .with_context(|| format!("cannot run the fuzz target {target}"))?;
    let told = fs::read(&log).with_context(|| format!("cannot read {}", log.display()))?;
    println!("{target:<20} {}", summary(&String::from_utf8_lossy(&told)));
    if !status.success() {
        println!(
            "{target:<20} ended early: {} says how, its input is in {}",
            log.display(),
            found.display()
        );
    }
    Ok(status.success())
}

/// Inputs tried and edges reached, out of what libFuzzer writes.
fn summary(log: &str) -> String {
    let after = |mark: &str| {
        let last = log.rsplit_once(mark).map(|(_, rest)| rest);
        last.and_then(|rest| rest.split_whitespace().next())
            .unwrap_or("unknown")
    };
    format!(
        "{} inputs, {} edges",
        after("stat::number_of_executed_units:"),
        after(" cov:")
    )
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn the_last_count_of_edges_is_told_and_what_is_not_written_is_unknown() {
        let log =
            "#2 INITED cov: 9 ft: 1\n#8 DONE cov: 12 ft: 3\nstat::number_of_executed_units: 8\n";
        assert_eq!(summary(log), "8 inputs, 12 edges");
        assert_eq!(summary(""), "unknown inputs, unknown edges");
    }
}
