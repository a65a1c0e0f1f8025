//! Pythons of the peers' own: virtual environments in the user's cache, outside the checkout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::bench::succeed;
use crate::workspace;

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

/// The interpreter with exactly these packages; installed on first use, and anew when their list changes.
///
/// # Errors
/// When there is no `python3` with `venv`, or a package cannot be installed.
pub(crate) fn interpreter(packages: &Packages) -> Result<PathBuf> {
    let environment = cache()?.join(packages.folder);
    let python = environment.join("bin").join("python");
    let wanted = scripts().join(packages.listed);
    let installed = environment.join("requirements.txt");
    if python.exists() && same(&wanted, &installed) {
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

/// `$XDG_CACHE_HOME/riktig`, or `~/.cache/riktig`.
fn cache() -> Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
    let folder = base
        .or_else(home)
        .context("neither XDG_CACHE_HOME nor HOME says where the peers may be installed")?
        .join("riktig");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

fn same(left: &Path, right: &Path) -> bool {
    match (fs::read(left), fs::read(right)) {
        (Ok(left), Ok(right)) => left == right,
        _ => false,
    }
}
