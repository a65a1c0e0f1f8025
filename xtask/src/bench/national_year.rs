//! The national year beside DuckDB and Polars: the same build on the same Parquet, and the same results.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::cost::{self, Cost, Entry};
use super::{Course, python, succeed};

const PERIOD: &str = "2024-01..2024-12";
const ENGINES: [&str; 2] = ["duckdb", "polars"];

/// Builds in turns, and compares what came out.
pub(crate) fn beside_peers(course: &Course) -> Result<()> {
    let python = python::interpreter()?;
    let mut entries = vec![entry("riktig")];
    entries.extend(ENGINES.map(entry));
    for run in 0..course.runs {
        eprintln!(
            "build from our segments, run {} of {}",
            run + 1,
            course.runs
        );
        entries[0].runs.push(own_build(course)?);
        for (at, engine) in (1..).zip(ENGINES) {
            entries[at].runs.push(peer_build(course, &python, engine)?);
        }
    }
    cost::print(
        "build from our own segments, 2 threads each, medians:",
        &entries,
    );
    println!("\nresults beside the edition's:");
    let mut equality = Command::new(&python);
    equality.arg(python::scripts().join("equality.py"));
    equality
        .arg(course.dir.join("lake"))
        .arg(course.dir.join("edition"));
    equality.args(ENGINES.map(|engine| out_of(course, engine)));
    succeed(
        &mut equality,
        "the equality check: the results are not equal",
    )
}

fn entry(name: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        runs: Vec::new(),
    }
}

/// A build of ours that finds nothing prepared: the lake's derived files are caches and are removed first.
fn own_build(course: &Course) -> Result<Cost> {
    let lake = course.dir.join("lake");
    let edition = course.dir.join("edition");
    for folder in [lake.join("derived"), edition.clone()] {
        remove(&folder)?;
    }
    let account = course.dir.join("account.json");
    let mut build = Command::new(&course.riktig);
    build
        .args(["build", "--period", PERIOD, "--lake"])
        .arg(&lake);
    build
        .arg("--out")
        .arg(&edition)
        .arg("--measure")
        .arg(&account);
    succeed(build.stdout(std::process::Stdio::null()), "riktig build")?;
    Cost::read(&account)
}

fn out_of(course: &Course, engine: &str) -> PathBuf {
    course.dir.join("peers").join(engine)
}

/// One build by a peer. DuckDB 2.0.0 stops now and then with an internal error; it never gives a wrong result, so it
/// gets a second try, said aloud.
fn peer_build(course: &Course, python: &Path, engine: &str) -> Result<Cost> {
    let out = out_of(course, engine);
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let mut build = Command::new(python);
    build.arg(python::scripts().join(format!("build_{engine}.py")));
    build
        .arg(course.dir.join("lake"))
        .arg(course.dir.join("edition"))
        .arg(&out);
    if let Err(error) = succeed(&mut build, engine) {
        eprintln!("{error}; once more");
        succeed(&mut build, engine)?;
    }
    Cost::read(&out.join("account.json"))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
