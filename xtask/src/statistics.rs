//! `riktig stats` beside independent implementations in Python (`xtask/peers/stats.py`), where there is a Python.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::bench::succeed;
use crate::{python, workspace};

/// Compares every function on thousands of rows, ten times as many when `full`; prints "N of N agree" for each.
///
/// Where Python or its packages cannot be had, says so in one line and is content.
///
/// # Errors
/// When a number disagrees.
pub(crate) fn run(full: bool) -> Result<()> {
    if !python::is_there() {
        println!("skipped: there is no python3");
        return Ok(());
    }
    let interpreter = match python::interpreter(&python::STATISTICS) {
        Ok(interpreter) => interpreter,
        Err(error) => {
            println!(
                "skipped: a Python with SciPy, statsmodels and mpmath cannot be had: {error:#}"
            );
            return Ok(());
        }
    };
    let mut peer = Command::new(interpreter);
    peer.arg(python::scripts().join("stats.py"))
        .arg(debug_binary()?)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    if full {
        peer.arg("--full");
    }
    let status = peer.status().context("cannot start xtask/peers/stats.py")?;
    if !status.success() {
        bail!("the statistics do not agree with their peers");
    }
    Ok(())
}

/// The binary as the tests have built it already.
fn debug_binary() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .args(["build", "--quiet", "--package", "riktig-cli"])
        .current_dir(workspace::root());
    succeed(&mut build, "cargo build")?;
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace::root().join("target"), PathBuf::from);
    Ok(target.join("debug").join("riktig"))
}
