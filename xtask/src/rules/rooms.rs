//! Which room may know which other room, and which heavy dependency belongs where.

use anyhow::{Context, Result};

use super::Broken;
use crate::workspace::SourceFile;

/// Every room and the rooms it may know. The picture is in ARCHITECTURE.md; change both.
const MAY_KNOW: [(&str, &[&str]); 16] = [
    ("riktig-codes", &[]),
    ("riktig-indicators", &["riktig-codes"]),
    ("riktig-guideline", &["riktig-codes"]),
    ("riktig-fhir", &["riktig-codes", "riktig-guideline"]),
    ("riktig-lake", &["riktig-codes", "riktig-indicators"]),
    ("riktig-nation", &["riktig-codes", "riktig-lake"]),
    (
        "riktig-reports",
        &[
            "riktig-codes",
            "riktig-guideline",
            "riktig-indicators",
            "riktig-lake",
        ],
    ),
    ("riktig-journal", &["riktig-codes"]),
    ("riktig-helseid", &["riktig-codes"]),
    ("riktig-eresept", &["riktig-codes"]),
    (
        "riktig-chain",
        &["riktig-codes", "riktig-eresept", "riktig-journal"],
    ),
    (
        "riktig-portal",
        &[
            "riktig-codes",
            "riktig-guideline",
            "riktig-fhir",
            "riktig-indicators",
            "riktig-lake",
            "riktig-reports",
            "riktig-journal",
            "riktig-helseid",
            "riktig-eresept",
            "riktig-chain",
        ],
    ),
    (
        "riktig-cli",
        &[
            "riktig-codes",
            "riktig-guideline",
            "riktig-fhir",
            "riktig-indicators",
            "riktig-lake",
            "riktig-nation",
            "riktig-reports",
            "riktig-journal",
            "riktig-helseid",
            "riktig-eresept",
            "riktig-chain",
            "riktig-portal",
        ],
    ),
    (
        "riktig-testkit",
        &["riktig-codes", "riktig-lake", "riktig-helseid"],
    ),
    (
        "riktig-fuzz",
        &[
            "riktig-codes",
            "riktig-guideline",
            "riktig-fhir",
            "riktig-indicators",
            "riktig-lake",
            "riktig-journal",
            "riktig-helseid",
            "riktig-eresept",
            "riktig-chain",
            "riktig-portal",
        ],
    ),
    ("xtask", &[]),
];

/// Heavy crates (by prefix) and the rooms that may name each: one, `riktig-testkit` where it stands for a peer, and both rooms that call others.
const HEAVY: [(&str, &[&str]); 17] = [
    ("arrow", &["riktig-lake"]),
    ("parquet", &["riktig-lake"]),
    ("krilla", &["riktig-reports"]),
    ("fluent", &["riktig-reports"]),
    ("indicatif", &["riktig-cli"]),
    ("rand", &["riktig-nation"]),
    ("statrs", &["riktig-indicators"]),
    ("sqlx", &["riktig-journal"]),
    ("jsonwebtoken", &["riktig-helseid"]),
    ("rcgen", &["riktig-eresept"]),
    ("rustls-webpki", &["riktig-eresept"]),
    ("reqwest", &["riktig-helseid", "riktig-chain"]),
    ("axum", &["riktig-portal", "riktig-testkit"]),
    ("tower", &["riktig-portal"]),
    ("askama", &["riktig-portal"]),
    ("governor", &["riktig-portal"]),
    ("metrics", &["riktig-portal"]),
];

/// A room knows only the rooms that it may know. Tests may also know `riktig-testkit`.
pub(super) fn direction(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    for (file, manifest) in manifests(files)? {
        let name = package_name(&manifest);
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(room, _)| *room == name) else {
            broken.push(Broken {
                path: file.path.clone(),
                line: None,
                what: format!("`{name}` is a room without a place in the picture"),
                instead: "add it to xtask/src/rules/rooms.rs and ARCHITECTURE.md",
            });
            continue;
        };
        for (dependency, for_tests) in dependencies(&manifest) {
            let ours = dependency.starts_with("riktig-");
            let fine = allowed.contains(&dependency.as_str())
                || (for_tests && dependency == "riktig-testkit");
            if ours && !fine {
                broken.push(Broken {
                    path: file.path.clone(),
                    line: line_of(&file.text, &dependency),
                    what: format!("`{name}` may not know `{dependency}`"),
                    instead: "pass the value in from the room that knows both, or move the border",
                });
            }
        }
    }
    Ok(broken)
}

/// A heavy dependency is named in one room's manifest only; tests are no exception.
pub(super) fn heavy_dependencies(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    for (file, manifest) in manifests(files)? {
        let name = package_name(&manifest);
        for (dependency, _) in dependencies(&manifest) {
            let heavy = HEAVY
                .iter()
                .find(|(prefix, _)| is_family(&dependency, prefix));
            if let Some((_, rooms)) = heavy.filter(|(_, rooms)| !rooms.contains(&name.as_str())) {
                broken.push(Broken {
                    path: file.path.clone(),
                    line: line_of(&file.text, &dependency),
                    what: format!("`{dependency}` belongs to `{}`, not to `{name}`", rooms[0]),
                    instead: "use that room's own types and functions",
                });
            }
        }
    }
    Ok(broken)
}

/// `arrow` and `arrow-array` are one family, `arrowhead` is not.
fn is_family(dependency: &str, prefix: &str) -> bool {
    let rest = dependency.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

fn manifests(files: &[SourceFile]) -> Result<Vec<(&SourceFile, toml::Table)>> {
    let manifests = files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"));
    manifests
        .map(|file| {
            Ok((
                file,
                file.text
                    .parse()
                    .with_context(|| format!("cannot read {}", file.path))?,
            ))
        })
        .collect()
}

fn package_name(manifest: &toml::Table) -> String {
    let name = manifest
        .get("package")
        .and_then(|package| package.get("name"))
        .and_then(toml::Value::as_str);
    name.unwrap_or_default().to_owned()
}

/// Names in all dependency tables; `true` marks those that only tests see.
fn dependencies(manifest: &toml::Table) -> Vec<(String, bool)> {
    let tables = [
        ("dependencies", false),
        ("build-dependencies", false),
        ("dev-dependencies", true),
    ];
    let mut names = Vec::new();
    for (table, for_tests) in tables {
        let found = manifest.get(table).and_then(toml::Value::as_table);
        names.extend(
            found
                .into_iter()
                .flat_map(toml::Table::keys)
                .map(|name| (name.clone(), for_tests)),
        );
    }
    names
}

fn line_of(text: &str, dependency: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.starts_with(dependency))
        .map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> Vec<SourceFile> {
        vec![SourceFile {
            path: "crates/codes/Cargo.toml".into(),
            text: text.into(),
        }]
    }

    #[test]
    fn an_arrow_backwards_is_found_with_its_line() {
        let files = manifest(
            "[package]\nname = \"riktig-codes\"\n[dependencies]\nriktig-lake.workspace = true\n",
        );
        let broken = direction(&files).unwrap();
        assert_eq!((broken.len(), broken[0].line), (1, Some(4)));
    }

    #[test]
    fn parquet_outside_the_lake_is_found_even_for_tests() {
        let files =
            manifest("[package]\nname = \"riktig-codes\"\n[dev-dependencies]\nparquet = \"60\"\n");
        assert_eq!(heavy_dependencies(&files).unwrap().len(), 1);
    }

    #[test]
    fn a_name_that_only_starts_alike_is_another_family() {
        assert!(is_family("arrow-array", "arrow"));
        assert!(!is_family("arrowhead", "arrow"));
    }
}
