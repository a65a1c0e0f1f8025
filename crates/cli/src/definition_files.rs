//! Definitions that a person names: files, folders of them, or those that ship with the program.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use riktig_indicators::{Definition, SHIPPED_FILES};

use crate::failure::{Hint, advise};

/// Name and text of every file asked for; folders stand for the `.toml` files in them, nothing for what ships.
pub(crate) fn texts(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    if files.is_empty() {
        return Ok(SHIPPED_FILES
            .iter()
            .map(|(name, text)| ((*name).into(), (*text).into()))
            .collect());
    }
    let mut texts = Vec::new();
    for path in files {
        for file in toml_files(path)? {
            let text = fs::read_to_string(&file)
                .with_context(|| format!("cannot read \"{}\"", file.display()))
                .hint(|| "a definition is a UTF-8 text file; check the path".into())?;
            texts.push((file.display().to_string(), text));
        }
    }
    Ok(texts)
}

/// The checked definitions, each with its text.
///
/// # Errors
/// A file that cannot be read, or every problem of the first one that is no definition.
pub(crate) fn read(files: &[PathBuf]) -> Result<Vec<(Definition, String)>> {
    let mut definitions = Vec::new();
    for (name, text) in texts(files)? {
        let definition = Definition::parse(&name, &text)
            .map_err(|refusal| advise(refusal, "each line says where and what to write instead"))?;
        definitions.push((definition, text));
    }
    Ok(definitions)
}

fn toml_files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("cannot list \"{}\"", path.display()))?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    Ok(files)
}
