//! Where the project lies and which files it is made of.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};

/// Folders that hold what tools make, never what people write.
const NOT_OURS: [&str; 3] = ["target", ".git", "demo"];

/// The root of the workspace, found from this crate's own manifest.
///
/// `cargo run` says where that lies now; where the crate lay when it was compiled may be another checkout that
/// shared the compiled files, and be gone.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        manifest
            .parent()
            .expect("xtask lies inside the workspace")
            .to_path_buf()
    });
    &ROOT
}

/// One file of the project: its path from the root, with `/`, and its text when it is text.
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|found| found == extension)
    }
}

/// Reads every text file of the project, sorted by path.
///
/// Walks the folders rather than asking git, so that a copy without history is checked the same way.
pub(crate) fn text_files() -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    let mut folders = vec![root().to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            if NOT_OURS.contains(&entry.file_name().to_string_lossy().as_ref()) {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                files.extend(read_text(&path)?);
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_text(path: &PathBuf) -> Result<Option<SourceFile>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let relative = path
        .strip_prefix(root())
        .context("a file outside the workspace")?;
    let relative = relative.to_string_lossy().replace('\\', "/");
    Ok(String::from_utf8(bytes).ok().map(|text| SourceFile {
        path: relative,
        text,
    }))
}
