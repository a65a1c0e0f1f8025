//! The three catalogues against each other and against the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rust_files(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir)
        .expect("a source folder")
        .map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            rust_files(&entry, into);
        } else if entry.extension().is_some_and(|end| end == "rs") {
            into.push(entry);
        }
    }
}

/// Every `Key("…")` in the code.
fn used() -> BTreeSet<String> {
    let mut files = Vec::new();
    rust_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let mut keys = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for rest in text.split("Key(").skip(1) {
            let literal = rest
                .trim_start()
                .strip_prefix('"')
                .and_then(|rest| rest.split_once('"'));
            keys.extend(
                literal
                    .map(|(key, _)| key.to_owned())
                    .filter(|key| key.is_ascii()),
            );
        }
    }
    keys
}

/// Messages of a catalogue with the arguments each asks for.
fn catalogue(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let read = |file: String| {
        std::fs::read_to_string(root().join("content/locales").join(file)).expect("a catalogue")
    };
    // A report's words, and the advice's.
    let text = read(format!("{lang}.ftl")) + &read(format!("advice.{lang}.ftl"));
    assert!(
        fluent_bundle::FluentResource::try_new(text.clone()).is_ok(),
        "{lang}.ftl has a syntax error"
    );
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            current = key.to_owned();
            assert!(
                messages.insert(current.clone(), BTreeSet::new()).is_none(),
                "{lang}: {current} twice"
            );
        }
        for rest in line.split('$').skip(1) {
            let name = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            messages.entry(current.clone()).or_default().insert(name);
        }
    }
    messages
}

#[test]
fn every_key_the_code_uses_is_in_all_three_languages_and_none_is_unused() {
    let used = used();
    assert!(
        used.len() > 100,
        "the scan of the code found only {} keys",
        used.len()
    );
    for lang in ["nb", "nn", "en"] {
        let keys: BTreeSet<String> = catalogue(lang).into_keys().collect();
        let missing: Vec<_> = used.difference(&keys).collect();
        let unused: Vec<_> = keys.difference(&used).collect();
        assert!(missing.is_empty(), "{lang}.ftl lacks {missing:?}");
        assert!(
            unused.is_empty(),
            "{lang}.ftl has {unused:?}, which nothing uses"
        );
    }
}

#[test]
fn a_message_asks_for_the_same_arguments_in_every_language() {
    let bokmal = catalogue("nb");
    for lang in ["nn", "en"] {
        for (key, arguments) in catalogue(lang) {
            assert_eq!(arguments, bokmal[&key], "{lang}: {key}");
        }
    }
}

#[test]
fn nynorsk_is_not_bokmal_in_disguise() {
    let text = std::fs::read_to_string(root().join("content/locales/nn.ftl")).expect("a catalogue");
    let words: BTreeSet<String> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .flat_map(|(_, words)| {
            words
                .split(|c: char| !c.is_alphabetic())
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        })
        .collect();
    for bokmal in [
        "ikke", "hver", "hvor", "noe", "bare", "mye", "fra", "mer", "høyere", "lavere", "hva",
        "hvem", "leger", "tallene",
    ] {
        assert!(!words.contains(bokmal), "nn.ftl says {bokmal:?}");
    }
}

#[test]
fn every_file_of_the_portals_words_can_be_read_whole() {
    let mut seen = 0;
    for entry in
        std::fs::read_dir(root().join("content/locales/portal")).expect("a folder of words")
    {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("words");
        let read = fluent_bundle::FluentResource::try_new(text);
        assert!(read.is_ok(), "{} has a syntax error", path.display());
        seen += 1;
    }
    assert_eq!(seen % 3, 0, "three languages an area");
}
