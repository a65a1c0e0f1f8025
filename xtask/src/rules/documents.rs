//! What a document or a comment points at must exist.

use anyhow::Result;

use super::Broken;
use crate::workspace::{SourceFile, root};

const INSTEAD: &str = "mend the path, or write what it promises";

pub(super) fn links(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            let mut dead: Vec<String> = Vec::new();
            if file.has_extension("md") {
                dead.extend(
                    markdown_targets(line).filter(|target| !exists_beside(&file.path, target)),
                );
            }
            if file.has_extension("md") || file.has_extension("rs") || file.has_extension("toml") {
                dead.extend(mentioned_documents(line).filter(|mention| !exists_from_root(mention)));
            }
            if file.path == SAFETY {
                dead.extend(proofs(line).filter(|name| !is_test(files, name)));
            }
            dead.dedup();
            broken.extend(dead.into_iter().map(|target| Broken {
                path: file.path.clone(),
                line: Some(index + 1),
                what: format!("`{target}` is not there"),
                instead: INSTEAD,
            }));
        }
    }
    Ok(broken)
}

/// The page that promises tests: every name of one in it must be a test.
const SAFETY: &str = "docs/clinical-safety.md";

/// Names in backticks that are written as our tests are: words joined with `_`, four or more.
fn proofs(line: &str) -> impl Iterator<Item = String> {
    line.split('`').skip(1).step_by(2).filter_map(|name| {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        (name.chars().all(word) && name.matches('_').count() >= 3).then(|| name.to_owned())
    })
}

fn is_test(files: &[SourceFile], name: &str) -> bool {
    let written = format!("fn {name}(");
    files
        .iter()
        .any(|file| file.has_extension("rs") && file.text.contains(&written))
}

/// Targets of `[text](target)` that are files: no address, no anchor alone, no place of its own in the line.
fn markdown_targets(line: &str) -> impl Iterator<Item = String> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', ' ']).next()?.split('#').next()?;
        let elsewhere =
            target.is_empty() || target.contains("://") || target.starts_with("mailto:");
        (!elsewhere).then(|| target.to_owned())
    })
}

/// `docs/…` and `content/…` as they are named in prose and comments; `docs/decisions/0001` stands for `0001-….md`.
fn mentioned_documents(line: &str) -> impl Iterator<Item = String> {
    line.split(|c: char| !(c.is_ascii_alphanumeric() || "/._-".contains(c)))
        .filter_map(|word| {
            let word = word.trim_end_matches(['.', '/']);
            let is_document =
                word.starts_with("docs/reference/") || word.starts_with("docs/decisions/");
            is_document.then(|| word.to_owned())
        })
}

fn exists_beside(from: &str, target: &str) -> bool {
    let base = root().join(from);
    base.parent()
        .is_some_and(|folder| folder.join(target).exists())
}

fn exists_from_root(mention: &str) -> bool {
    let path = root().join(mention);
    if path.exists() {
        return true;
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return false;
    };
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    let beginning = format!("{}-", name.to_string_lossy());
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with(&beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_the_safety_page_names_must_be_one() {
        let line = "| 1 | `no_advice_is_ever_wrong`, `three_words_only`, `riktig guideline list` |";
        assert_eq!(
            proofs(line).collect::<Vec<_>>(),
            ["no_advice_is_ever_wrong"]
        );
        let text = "fn no_advice_is_ever_wrong() {}".to_owned();
        let path = "tests/a.rs".to_owned();
        assert!(is_test(
            &[SourceFile { path, text }],
            "no_advice_is_ever_wrong"
        ));
        assert!(!is_test(&[], "no_advice_is_ever_wrong"));
    }

    #[test]
    fn addresses_and_anchors_are_no_files() {
        let line = "see [a](https://example.org/x), [b](#part), [c](docs/b.md#part) and [d](e.png \"title\")";
        assert_eq!(
            markdown_targets(line).collect::<Vec<_>>(),
            ["docs/b.md", "e.png"]
        );
    }

    #[test]
    fn a_decision_may_be_named_by_its_number() {
        assert!(exists_from_root("docs/decisions/0001"));
        assert!(!exists_from_root(&["docs", "decisions", "9999"].join("/")));
    }
}
