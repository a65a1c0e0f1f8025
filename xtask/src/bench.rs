//! `cargo xtask bench NAME`: our own figures, then the peers on the same files in the same run.
//!
//! Ours come from `riktig bench NAME`. A peer is a script in `peers/` (see its README) for a Python with the packages of
//! `peers/requirements.txt`; the environment is made once under `target/`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::workspace;

#[derive(Args)]
pub(crate) struct Arguments {
    /// demo, national-year, intake-month or reports
    name: String,
    /// Further arguments for `riktig bench`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Runs our own benchmark in the release profile, then every peer script that is written for it.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = workspace::root()
        .join("target")
        .join("bench")
        .join(&arguments.name);
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let mut ours = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    ours.args([
        "run",
        "--release",
        "--quiet",
        "--package",
        "riktig-cli",
        "--",
        "bench",
        &arguments.name,
        "--dir",
    ]);
    ours.arg(&folder)
        .args(&arguments.rest)
        .current_dir(workspace::root());
    succeed(ours, "our own benchmark")?;

    let peers = peers(&arguments.name)?;
    if peers.is_empty() {
        println!(
            "no peer is written for {} (peers/README.md says how)",
            arguments.name
        );
        return Ok(());
    }
    let python = python()?;
    for peer in peers {
        let mut command = Command::new(&python);
        command
            .arg(&peer)
            .arg(&folder)
            .current_dir(workspace::root());
        succeed(command, &peer.display().to_string())?;
    }
    Ok(())
}

/// `peers/NAME/*.py`, in order of name.
fn peers(name: &str) -> Result<Vec<PathBuf>> {
    let folder = workspace::root().join("peers").join(name);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut scripts = Vec::new();
    for entry in
        std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "py") {
            scripts.push(path);
        }
    }
    scripts.sort();
    Ok(scripts)
}

/// A Python of our own with the peers' packages, made on first use.
fn python() -> Result<PathBuf> {
    let environment = workspace::root().join("target").join("peers");
    let python = environment.join("bin").join("python");
    if !python.exists() {
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(&environment);
        succeed(
            make,
            "python3 -m venv (on Debian: apt-get install python3-venv)",
        )?;
    }
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ]);
    install.arg(workspace::root().join("peers").join("requirements.txt"));
    succeed(install, "pip install of peers/requirements.txt")?;
    Ok(python)
}

fn succeed(mut command: Command, what: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {what}"))?;
    if !status.success() {
        bail!("{what} ended with {status}");
    }
    Ok(())
}
