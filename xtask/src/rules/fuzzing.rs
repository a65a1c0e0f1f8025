//! A fuzz target that is compiled, has seeds, and stands in the table of readers.

use anyhow::Result;

use super::Broken;
use crate::workspace::{SourceFile, root};

const TABLE: &str = "docs/reference/fuzzing.md";
const MANIFEST: &str = "fuzz/Cargo.toml";

pub(super) fn listed(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let text = |path: &str| files.iter().find(|file| file.path == path);
    let holds = |path, part: &str| text(path).is_some_and(|file| file.text.contains(part));
    let mut broken = Vec::new();
    for file in files {
        let name = file.path.strip_prefix("fuzz/fuzz_targets/");
        let Some(name) = name.and_then(|name| name.strip_suffix(".rs")) else {
            continue;
        };
        let mut add = |kept: bool, what: &str, instead| {
            broken.extend((!kept).then(|| Broken {
                path: file.path.clone(),
                line: None,
                what: what.to_owned(),
                instead,
            }));
        };
        let bin = holds(MANIFEST, &format!("name = \"{name}\"\n"));
        let row = holds(TABLE, &format!("| `{name}` |"));
        let seeds = root().join("fuzz").join("seeds").join(name).is_dir();
        add(bin, "is not compiled", "add a [[bin]] to fuzz/Cargo.toml");
        add(row, "is in no row", "add it to docs/reference/fuzzing.md");
        add(seeds, "has no seeds", "add a small file to its fuzz/seeds");
    }
    Ok(broken)
}
