//! What a clinician edits in `content/`: readable, and complete in three languages.
//!
//! What the values *mean* is checked by the rooms that read them; here only what holds for every file of a kind.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::Broken;
use crate::workspace::SourceFile;

pub(super) fn readable(files: &[SourceFile]) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    let content = || {
        files
            .iter()
            .filter(|file| file.path.starts_with("content/"))
    };
    for file in content().filter(|file| file.has_extension("toml")) {
        if let Err(error) = file.text.parse::<toml::Table>() {
            let line = error
                .span()
                .map(|span| file.text[..span.start].lines().count().max(1));
            let what = error.message().to_owned();
            broken.push(Broken {
                path: file.path.clone(),
                line,
                what,
                instead: "write it as TOML (toml.io)",
            });
        }
    }
    for file in content().filter(|file| file.has_extension("csv")) {
        broken.extend(uneven_lines(file));
    }
    for area in areas(content().filter(|file| file.has_extension("ftl"))) {
        broken.extend(missing_translations(area.into_iter()));
    }
    Ok(broken)
}

/// Lines whose number of fields differs from the header's.
fn uneven_lines(file: &SourceFile) -> Vec<Broken> {
    let mut lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let Some((_, header)) = lines.next() else {
        return Vec::new();
    };
    let separator = if header.contains(';') { ';' } else { ',' };
    let expected = fields(header, separator);
    lines
        .filter(|(_, line)| fields(line, separator) != expected)
        .map(|(index, line)| Broken {
            path: file.path.clone(),
            line: Some(index + 1),
            what: format!(
                "{} fields where the header has {expected}",
                fields(line, separator)
            ),
            instead: "quote a field that holds the separator",
        })
        .collect()
}

fn fields(line: &str, separator: char) -> usize {
    let mut quoted = false;
    let separators = line.chars().filter(|&character| {
        quoted ^= character == '"';
        character == separator && !quoted
    });
    1 + separators.count()
}

/// Files of words that stand for one another: `portal/goal.nb.ftl`, `portal/goal.nn.ftl`, `portal/goal.en.ftl`.
fn areas<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Vec<Vec<&'a SourceFile>> {
    let mut areas: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
    for file in files {
        let stem = file.path.trim_end_matches(".ftl");
        let area = stem.rfind(['.', '/']).map_or(stem, |end| &stem[..=end]);
        areas.entry(area).or_default().push(file);
    }
    areas.into_values().collect()
}

/// A message that one language has and another has not.
fn missing_translations<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Vec<Broken> {
    let locales: Vec<(&str, BTreeSet<&str>)> = files
        .map(|file| (file.path.as_str(), messages(&file.text)))
        .collect();
    let all: BTreeSet<&str> = locales
        .iter()
        .flat_map(|(_, messages)| messages.iter().copied())
        .collect();
    let mut broken = Vec::new();
    for (path, messages) in &locales {
        broken.extend(all.difference(messages).map(|message| Broken {
            path: (*path).to_owned(),
            line: None,
            what: format!("the message `{message}` is missing"),
            instead: "translate it; every language is complete",
        }));
    }
    broken
}

fn messages(text: &str) -> BTreeSet<&str> {
    let names = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name);
    names
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(str::trim_end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile {
            path: path.into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_separator_inside_quotes_is_no_separator() {
        assert!(uneven_lines(&file("content/a.csv", "a,b\n1,\"2,3\"\n")).is_empty());
        assert_eq!(
            uneven_lines(&file("content/a.csv", "a,b\n1,2,3\n"))[0].line,
            Some(2)
        );
    }

    #[test]
    fn an_area_is_held_against_its_own_languages_only() {
        let files = [
            "content/locales/nb.ftl",
            "content/locales/en.ftl",
            "content/locales/portal/goal.nb.ftl",
            "content/locales/portal/goal.en.ftl",
            "content/locales/portal/log.en.ftl",
        ]
        .map(|path| file(path, ""));
        let sizes: Vec<usize> = areas(files.iter()).iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 2, 1]);
    }

    #[test]
    fn a_message_missing_in_one_language_is_named() {
        let files = [
            file("content/locales/nb.ftl", "a = x\nb = y\n"),
            file("content/locales/nn.ftl", "a = x\n"),
        ];
        let broken = missing_translations(files.iter());
        assert_eq!(broken.len(), 1);
        assert!(broken[0].what.contains("`b`"));
    }
}
