//! The portal's words against its code and templates, and the three languages against each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Area → messages, each with the arguments it asks for.
type Areas = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text of ours")
}

/// Every literal that stands first in `Key(…)`, `say(…)` or `fill(…)`.
fn used() -> BTreeSet<String> {
    let mut sources = Vec::new();
    files(&folder("src"), &mut sources);
    files(&folder("templates"), &mut sources);
    let mut keys = BTreeSet::new();
    for text in sources.iter().map(|path| read(path)) {
        for call in ["Key(", "say(", "fill("] {
            let literals = text.split(call).skip(1).filter_map(|rest| {
                let (literal, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
                (literal.is_ascii() && literal.contains('-')).then(|| literal.to_owned())
            });
            keys.extend(literals);
        }
    }
    keys
}

fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            current = key.to_owned();
            let earlier = messages.insert(current.clone(), BTreeSet::new());
            assert!(earlier.is_none(), "{current} stands twice");
        }
        for rest in line.split('$').skip(1) {
            let in_name = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
            let name = rest.chars().take_while(in_name).collect();
            messages.entry(current.clone()).or_default().insert(name);
        }
    }
    messages
}

/// The areas of one language; the report's own words and those of advice are the area "".
fn areas(lang: &str) -> Areas {
    let locales = folder("../../content/locales");
    let mut paths = Vec::new();
    files(&locales.join("portal"), &mut paths);
    let mut areas: Areas = paths
        .iter()
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            let area = name.strip_suffix(&format!(".{lang}.ftl"))?;
            Some((area.to_owned(), messages(&read(path))))
        })
        .collect();
    let mut reports = messages(&read(&locales.join(format!("{lang}.ftl"))));
    reports.extend(messages(&read(&locales.join(format!("advice.{lang}.ftl")))));
    areas.insert(String::new(), reports);
    areas
}

#[test]
fn every_key_of_a_page_is_there_in_all_three_languages_and_none_is_unused() {
    let used = used();
    assert!(used.len() > 50, "the scan found only {} keys", used.len());
    for lang in ["nb", "nn", "en"] {
        let areas = areas(lang);
        let known: BTreeSet<&String> = areas.values().flat_map(BTreeMap::keys).collect();
        let missing: Vec<_> = used.iter().filter(|key| !known.contains(key)).collect();
        assert!(missing.is_empty(), "{lang} lacks {missing:?}");
        let pages = areas.iter().filter(|(area, _)| !area.is_empty());
        let unused: Vec<_> = pages
            .flat_map(|(_, messages)| messages.keys())
            .filter(|key| !used.contains(*key))
            .collect();
        assert!(
            unused.is_empty(),
            "{lang} has {unused:?}, which nothing uses"
        );
    }
}

#[test]
fn a_key_begins_with_its_area_and_asks_for_the_same_in_every_language() {
    let bokmal = areas("nb");
    for lang in ["nb", "nn", "en"] {
        for (area, messages) in areas(lang) {
            assert_eq!(
                messages.keys().collect::<Vec<_>>(),
                bokmal[&area].keys().collect::<Vec<_>>(),
                "{lang}, area {area:?}: the same messages in the same order"
            );
            for (key, arguments) in messages {
                let start = format!("{area}-");
                assert!(area.is_empty() || key.starts_with(&start), "{lang}: {key}");
                assert_eq!(arguments, bokmal[&area][&key], "{lang}: {key}");
            }
        }
    }
}

#[test]
fn nynorsk_is_not_bokmal_in_disguise() {
    let mut paths = Vec::new();
    files(&folder("../../content/locales/portal"), &mut paths);
    let bokmal = [
        "ikke",
        "hver",
        "hvor",
        "hva",
        "hvem",
        "noe",
        "noen",
        "bare",
        "mye",
        "fra",
        "mer",
        "jeg",
        "dere",
        "høyere",
        "lavere",
        "leger",
        "tallene",
        "siden",
        "vises",
        "rettigheter",
        "annen",
        "gruppen",
        "tjenesten",
        "opplysningene",
        "ble",
    ];
    for path in paths
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(".nn.ftl"))
    {
        for line in read(path).lines().filter(|line| !line.starts_with('#')) {
            let Some((key, said)) = line.split_once('=') else {
                continue;
            };
            let words: Vec<String> = said
                .split(|letter: char| !letter.is_alphabetic())
                .map(str::to_lowercase)
                .collect();
            let found = bokmal
                .iter()
                .find(|word| words.iter().any(|it| it == *word));
            assert_eq!(found, None, "{}: {key}", path.display());
        }
    }
}
