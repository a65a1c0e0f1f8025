//! What came from elsewhere is what `cargo xtask vendor` wrote, byte for byte.

use anyhow::Result;

use super::Broken;
use crate::vendor::{FOLDER, Recipe, hash};
use crate::workspace::{SourceFile, root};

const INSTEAD: &str = "run `cargo xtask vendor`; a change of ours belongs in portal.css";

pub(super) fn unchanged(_: &[SourceFile]) -> Result<Vec<Broken>> {
    let recipe = Recipe::read()?;
    let mut broken = Vec::new();
    for (name, wanted) in &recipe.written {
        let path = format!("{FOLDER}/{name}");
        let content = std::fs::read_to_string(root().join(&path)).unwrap_or_default();
        let mut add = |what: &str| {
            broken.push(Broken {
                path: path.clone(),
                line: None,
                what: what.into(),
                instead: INSTEAD,
            });
        };
        if hash(&content) != *wanted {
            add("not the bytes that were vendored");
        } else if name.ends_with(".css") && !content.starts_with(&recipe.heading()) {
            add("made from another recipe than vendor.toml");
        }
    }
    Ok(broken)
}
