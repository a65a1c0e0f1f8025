//! Where the project lies and which files it is made of.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Folders that hold what tools make, never what people write.
const NOT_OURS: [&str; 3] = ["target", ".git", "demo"];

/// The root of the workspace, found from this crate's own manifest.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the workspace")
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
