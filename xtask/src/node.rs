//! Packages from npm that tests and benchmarks talk to: installed in the user's cache, outside the checkout.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::bench::succeed;
use crate::{cache, workspace};

/// Where the tests look for the installed packages; they name it, too, when they skip.
pub(crate) const PACKAGES: &str = "RIKTIG_BROWSER_PACKAGES";

/// What is wanted, and exactly which versions.
const LISTS: [&str; 2] = ["package.json", "package-lock.json"];

/// A set of packages: the folder of the cache that it is installed in, and the folder of the checkout that lists it.
pub(crate) struct Packages {
    folder: &'static str,
    listed: &'static str,
}

/// What the tests talk to.
pub(crate) const TESTS: Packages = Packages {
    folder: "browser",
    listed: "tests/browser",
};

/// The engine that advice is measured beside.
pub(crate) const ENGINE: Packages = Packages {
    folder: "cql",
    listed: "xtask/peers/cql",
};

/// The folder with `node_modules` as the set's `package-lock.json` has them; installed on first use, and anew when the lists
/// change. No script of a package is run.
///
/// # Errors
/// When there is no Node 20 or later with npm, or a package cannot be installed.
pub(crate) fn packages(set: &Packages) -> Result<PathBuf> {
    for tool in ["node", "npm"] {
        let mut probe = Command::new(tool);
        probe
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if !probe.status().is_ok_and(|status| status.success()) {
            bail!("there is no {tool} (on Debian: apt-get install nodejs npm)");
        }
    }
    let folder = cache::folder()?.join(set.folder);
    let wanted = workspace::root().join(set.listed);
    let finished = folder.join("installed-package-lock.json"); // written last
    if cache::same(&wanted.join("package-lock.json"), &finished) {
        return Ok(folder);
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for list in LISTS {
        fs::copy(wanted.join(list), folder.join(list))
            .with_context(|| format!("cannot copy {}/{list}", set.listed))?;
    }
    println!("installing npm packages into {}", folder.display());
    let mut install = Command::new("npm");
    install
        .args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(&folder);
    succeed(
        &mut install,
        &format!("npm ci of {}/package-lock.json", set.listed),
    )?;
    fs::copy(folder.join("package-lock.json"), &finished)
        .with_context(|| format!("cannot note what is installed in {}", folder.display()))?;
    Ok(folder)
}
