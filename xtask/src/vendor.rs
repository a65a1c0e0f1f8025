//! `cargo xtask vendor`: the design system's style sheet, fetched once and kept in the repository.
//!
//! The project builds without npm and without a network, and the portal loads nothing from anybody else: so the part of the
//! package that pages use lies in `crates/portal/assets`, with its licence, and `vendor.toml` beside it says which package
//! it is, by the hash that npm publishes, and what was written.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest, Sha256, Sha512};

use crate::workspace::root;

/// Where everything lies, from the root.
pub(crate) const FOLDER: &str = "crates/portal/assets";
const SHEET: &str = "designsystemet.css";
const LICENCE: &str = "designsystemet.LICENSE";

/// `vendor.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct Recipe {
    package: Package,
    /// Layer of the cascade → components in it.
    components: Components,
    /// File → SHA-256.
    pub(crate) written: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    integrity: String,
    licence: String,
}

#[derive(Debug, Deserialize)]
struct Components {
    base: Vec<String>,
    components: Vec<String>,
}

impl Recipe {
    pub(crate) fn read() -> Result<Recipe> {
        let path = root().join(FOLDER).join("vendor.toml");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
    }

    /// The first line of the sheet: what it is made of. A recipe that was changed without running it is found by this.
    pub(crate) fn heading(&self) -> String {
        let Package {
            name,
            version,
            licence,
            ..
        } = &self.package;
        let parts = [&self.components.base[..], &self.components.components[..]].concat();
        format!(
            "/* {name} {version} ({licence}, see {LICENCE}); written by cargo xtask vendor: theme {} */\n",
            parts.join(" ")
        )
    }
}

/// Fetches the package, checks it, writes sheet, licence and their hashes.
pub(crate) fn run() -> Result<()> {
    let recipe = Recipe::read()?;
    let folder = std::env::temp_dir().join(format!("riktig-vendor-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let outcome = fetch(&recipe.package, &folder).and_then(|package| write(&recipe, &package));
    // What is left in a temporary folder harms nobody.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

/// The package as a folder, when its bytes are the pinned ones.
fn fetch(package: &Package, into: &Path) -> Result<PathBuf> {
    let wanted = format!("{}@{}", package.name, package.version);
    let status = Command::new("npm")
        .args(["pack", "--silent", &wanted])
        .current_dir(into)
        .stdout(std::process::Stdio::null())
        .status()
        .context("cannot run npm; vendoring needs it, building does not")?;
    ensure!(status.success(), "npm could not fetch {wanted}");
    let archive = std::fs::read_dir(into)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|end| end == "tgz"))
        .context("npm fetched nothing")?;
    let found = format!(
        "sha512-{}",
        STANDARD.encode(Sha512::digest(std::fs::read(&archive)?))
    );
    if found != package.integrity {
        bail!("{wanted} is not the pinned package: its hash is {found}");
    }
    let status = Command::new("tar")
        .arg("-xzf")
        .arg(&archive)
        .current_dir(into)
        .status()
        .context("cannot run tar")?;
    ensure!(status.success(), "cannot unpack {wanted}");
    Ok(into.join("package"))
}

fn write(recipe: &Recipe, package: &Path) -> Result<()> {
    let read = |path: &str| {
        std::fs::read_to_string(package.join(path))
            .with_context(|| format!("the package has no readable {path}"))
    };
    let mut sheet = recipe.heading();
    sheet.push_str("@layer ds.theme,ds.base,ds.components;\n");
    sheet.push_str(&used_theme(&read("dist/theme/designsystemet.css")?));
    let layers = [
        ("ds.base", &recipe.components.base),
        ("ds.components", &recipe.components.components),
    ];
    for (layer, components) in layers {
        write!(sheet, "\n@layer {layer}{{")?;
        for component in components {
            sheet.push_str(read(&format!("dist/src/{component}.css"))?.trim_end());
            sheet.push('\n');
        }
        sheet.push('}');
    }
    sheet.push('\n');
    let written = [(SHEET, sheet), (LICENCE, read("LICENSE")?)];
    let folder = root().join(FOLDER);
    let lock = folder.join("vendor.toml");
    let mut text = std::fs::read_to_string(&lock)?;
    for (name, content) in &written {
        std::fs::write(folder.join(name), content)
            .with_context(|| format!("cannot write {name}"))?;
        text = with_hash(&text, name, &hash(content))?;
        println!("{FOLDER}/{name}: {} bytes", content.len());
    }
    std::fs::write(&lock, text).with_context(|| format!("cannot write {}", lock.display()))
}

/// Replaces the hash of one file in the text of `vendor.toml`, and nothing else.
fn with_hash(text: &str, name: &str, hash: &str) -> Result<String> {
    let start = format!("\"{name}\" = ");
    ensure!(
        text.contains(&start),
        "vendor.toml has no line for {name} under [written]"
    );
    let lines = text.lines().map(|line| {
        if line.starts_with(&start) {
            format!("{start}\"{hash}\"\n")
        } else {
            format!("{line}\n")
        }
    });
    Ok(lines.collect())
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash(content: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The theme without what no page uses: the brand colours beside the accent, and the second set of type.
fn used_theme(theme: &str) -> String {
    let mut kept = String::with_capacity(theme.len());
    let blocks = blocks(theme);
    for block in blocks {
        if block.starts_with("@layer ds.theme.typography.secondary") {
            continue;
        }
        kept.push_str(&without_brands(block));
        kept.push('\n');
    }
    kept
}

/// Top-level rules of a sheet. The theme has no braces inside of strings.
fn blocks(sheet: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in sheet.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    blocks.push(sheet[start..=at].trim());
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    blocks
}

fn without_brands(block: &str) -> String {
    let mut kept = String::with_capacity(block.len());
    // A rule for a brand is dropped whole; of the others, the declarations.
    let mut rest = block;
    while let Some(at) = rest.find("[data-color-scheme][data-color=brand") {
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        kept.push_str(&rest[..at]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    let mut block = String::with_capacity(kept.len());
    let mut rest = kept.as_str();
    while let Some(at) = rest.find("--ds-color-brand") {
        block.push_str(&rest[..at]);
        let end = rest[at..]
            .find([';', '}'])
            .map_or(rest.len(), |end| at + end);
        rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
    }
    block.push_str(rest);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_leave_and_nothing_else_does() {
        let theme = "@layer a{:root{--ds-color-accent-x:#fff;--ds-color-brand1-x:#000;--y:1}\
                     [data-color-scheme][data-color=brand1],[data-color=brand1]{--z:var(--ds-color-brand1-x)}\
                     .c{d:e;--ds-color-brand2-y:1}}@layer ds.theme.typography.secondary{.f{g:h}}";
        assert_eq!(
            used_theme(theme),
            "@layer a{:root{--ds-color-accent-x:#fff;--y:1}.c{d:e;}}\n"
        );
    }

    #[test]
    fn a_hash_is_written_into_its_own_line_only() {
        let text = "# a\n\"a.css\" = \"\"\n\"b.css\" = \"1\"\n";
        let written = with_hash(text, "a.css", "2").unwrap();
        assert_eq!(written, "# a\n\"a.css\" = \"2\"\n\"b.css\" = \"1\"\n");
        assert!(with_hash(text, "c.css", "2").is_err());
    }
}
