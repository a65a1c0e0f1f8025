//! What is installed for the tests: in the user's cache, outside the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// `$XDG_CACHE_HOME/riktig`, or `~/.cache/riktig`.
pub(crate) fn folder() -> Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
    let folder = base
        .or_else(home)
        .context("neither XDG_CACHE_HOME nor HOME says where the peers may be installed")?
        .join("riktig");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Whether two files are there and hold the same: what is installed is what is wanted.
pub(crate) fn same(left: &Path, right: &Path) -> bool {
    match (fs::read(left), fs::read(right)) {
        (Ok(left), Ok(right)) => left == right,
        _ => false,
    }
}
