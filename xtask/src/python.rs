//! Pythons of the peers' own: virtual environments in the user's cache, outside the checkout.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::bench::succeed;
use crate::{cache, workspace};

/// Where the scripts are.
pub(crate) fn scripts() -> PathBuf {
    workspace::root().join("xtask").join("peers")
}

/// A set of packages: the folder that it is installed in, and the file of `xtask/peers` that lists it.
pub(crate) struct Packages {
    folder: &'static str,
    listed: &'static str,
}

/// The engines that we are measured beside.
pub(crate) const ENGINES: Packages = Packages {
    folder: "peers",
    listed: "requirements.txt",
};

/// What the statistics are compared with.
pub(crate) const STATISTICS: Packages = Packages {
    folder: "statistics",
    listed: "stats_requirements.txt",
};

/// What calls the hooks as their description allows and forbids.
pub(crate) const CALLERS: Packages = Packages {
    folder: "callers",
    listed: "hooks_requirements.txt",
};

/// Whether there is a Python at all.
pub(crate) fn is_there() -> bool {
    let mut probe = Command::new("python3");
    probe
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// The interpreter with exactly these packages; installed on first use, and anew when their list changes.
///
/// # Errors
/// When there is no `python3` with `venv`, or a package cannot be installed.
pub(crate) fn interpreter(packages: &Packages) -> Result<PathBuf> {
    let environment = cache::folder()?.join(packages.folder);
    let python = environment.join("bin").join("python");
    let wanted = scripts().join(packages.listed);
    let installed = environment.join("requirements.txt");
    if python.exists() && cache::same(&wanted, &installed) {
        return Ok(python);
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&environment);
    succeed(
        &mut make,
        "python3 -m venv (on Debian: apt-get install python3-venv)",
    )?;
    println!("installing Python packages into {}", environment.display());
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ]);
    succeed(
        install.arg(&wanted),
        &format!("pip install of xtask/peers/{}", packages.listed),
    )?;
    fs::copy(&wanted, &installed)
        .with_context(|| format!("cannot note what is installed in {}", environment.display()))?;
    Ok(python)
}
