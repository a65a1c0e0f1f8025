//! How long a file may be and what it may be called.

use anyhow::Result;

use super::Broken;
use crate::workspace::SourceFile;

/// What fits in a reader's head with some effort.
const MOST_LINES: usize = 500;
/// What fits without effort; longer files are listed but allowed.
const GOOD_LINES: usize = 300;
/// Names that say where something was put instead of what it is.
const DRAWERS: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "misc"];

pub(super) fn length(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let long = rust(files).filter(|file| lines(file) > MOST_LINES);
    Ok(long
        .map(|file| Broken {
            path: file.path.clone(),
            line: None,
            what: format!("{} lines", lines(file)),
            instead: "find the second noun in it and give it a file of its own",
        })
        .collect())
}

pub(super) fn names(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let drawers = rust(files).filter(|file| {
        file.path
            .split('/')
            .any(|part| DRAWERS.contains(&part.strip_suffix(".rs").unwrap_or(part)))
    });
    Ok(drawers
        .map(|file| Broken {
            path: file.path.clone(),
            line: None,
            what: "named after a drawer".into(),
            instead: "name the file after the thing it holds",
        })
        .collect())
}

/// Lists files that are longer than comfortable; no rule is broken by them.
pub(super) fn print_long(files: &[SourceFile]) {
    for file in rust(files).filter(|file| (GOOD_LINES + 1..=MOST_LINES).contains(&lines(file))) {
        println!("note   {}: {} lines", file.path, lines(file));
    }
}

fn rust(files: &[SourceFile]) -> impl Iterator<Item = &SourceFile> {
    files.iter().filter(|file| file.has_extension("rs"))
}

fn lines(file: &SourceFile) -> usize {
    file.text.lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawer_is_found_as_file_and_as_folder() {
        let file = |path: &str| SourceFile {
            path: path.into(),
            text: String::new(),
        };
        let files = [
            file("crates/a/src/utils.rs"),
            file("crates/a/src/common/b.rs"),
            file("crates/a/src/atc.rs"),
        ];
        assert_eq!(names(&files).unwrap().len(), 2);
    }

    #[test]
    fn five_hundred_lines_are_allowed_and_one_more_is_not() {
        let file = |lines: usize| SourceFile {
            path: "a.rs".into(),
            text: "x\n".repeat(lines),
        };
        assert!(length(&[file(500)]).unwrap().is_empty());
        assert_eq!(length(&[file(501)]).unwrap().len(), 1);
    }
}
