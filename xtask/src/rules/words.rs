//! Words that may not stand in the source.
//!
//! The forbidden words are put together from pieces here, so that this file does not break its own rules.

use anyhow::Result;

use super::Broken;
use crate::workspace::SourceFile;

/// Code that is not finished, tests that do not run, lints silenced in silence.
const UNFINISHED: [(&str, &str); 8] = [
    (
        concat!("#[", "ignore"),
        "make the test fast or steady enough to run, or remove it",
    ),
    (
        concat!("to", "do!("),
        "write it, or leave the whole feature out",
    ),
    (
        concat!("unimple", "mented!("),
        "write it, or leave the whole feature out",
    ),
    (concat!("// TO", "DO"), "do it, or open an issue"),
    (concat!("// FIX", "ME"), "mend it, or open an issue"),
    (concat!("# TO", "DO"), "do it, or open an issue"),
    (concat!("#[", "allow("), "use #[expect(…, reason = \"…\")]"),
    (
        concat!("#![", "allow("),
        "use #![expect(…, reason = \"…\")]",
    ),
];

/// Beginnings of paths that exist on one machine only.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:", "\\"),
];

pub(super) fn unfinished(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.has_extension("rs") || file.has_extension("toml"))
    {
        for (word, instead) in UNFINISHED {
            broken.extend(occurrences(file, word).map(|line| Broken {
                path: file.path.clone(),
                line: Some(line),
                what: format!("`{word}`"),
                instead,
            }));
        }
    }
    Ok(broken)
}

pub(super) fn machine_paths(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(path) = MACHINE_PATHS.iter().find(|path| begins_a_path(line, path)) {
                broken.push(Broken {
                    path: file.path.clone(),
                    line: Some(index + 1),
                    what: format!("a path under `{path}`"),
                    instead: "make it relative to the workspace, or an argument",
                });
            }
        }
    }
    Ok(broken)
}

fn occurrences<'a>(file: &'a SourceFile, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    file.text
        .lines()
        .enumerate()
        .filter(move |(_, line)| line.contains(word))
        .map(|(index, _)| index + 1)
}

/// True when the path stands alone rather than inside a longer path or an address.
fn begins_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before
            .is_none_or(|character| !(character.is_alphanumeric() || "._-/}~".contains(character)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_path_is_told_from_an_address() {
        let path = concat!("/wo", "rk/");
        assert!(begins_a_path(&format!("open({path}main)"), path));
        assert!(!begins_a_path(
            &format!("https://example.org{path}main"),
            path
        ));
    }

    #[test]
    fn an_ignored_test_is_found_with_its_line() {
        let text = format!("fn a() {{}}\n{}]\nfn b() {{}}\n", concat!("#[", "ignore"));
        let files = [SourceFile {
            path: "a.rs".into(),
            text,
        }];
        assert_eq!(unfinished(&files).unwrap()[0].line, Some(2));
    }
}
