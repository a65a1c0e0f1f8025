//! The page of requirements is made of a table whose proofs exist.

mod table;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use table::{DIFFERENCES, TABLE};

struct Row {
    id: u16,
    level: &'static str,
    words: &'static str,
    proof: Proof,
}

enum Proof {
    Test(&'static str),
    Portal(&'static str),
    Not(&'static str),
}

fn rows() -> Vec<Row> {
    TABLE.lines().filter(|it| !it.is_empty()).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let parts: Vec<&str> = line.split('|').collect();
    let [id, level, words, proof] = parts[..] else {
        panic!("{line}");
    };
    let proof = match proof.split_once(' ').unwrap() {
        ("test", name) => Proof::Test(name),
        ("portal", what) => Proof::Portal(what),
        ("not", why) => Proof::Not(why),
        _ => panic!("{line}"),
    };
    Row {
        id: id.parse().unwrap(),
        level,
        words,
        proof,
    }
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The names of all tests of the rooms that serve the hooks.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![
        crates().join("fhir"),
        crates().join("helseid"),
        crates().join("portal"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                let functions = text
                    .lines()
                    .filter_map(|it| it.trim_start().split_once("fn "));
                names.extend(
                    functions
                        .filter_map(|(_, it)| it.split('(').next())
                        .map(str::to_owned),
                );
            }
        }
    }
    names
}

#[test]
fn each_of_the_120_requirements_stands_once_in_order() {
    let ids: Vec<u16> = rows().iter().map(|it| it.id).collect();
    assert_eq!(ids.len(), 120);
    assert!(ids.is_sorted_by(|a, b| a < b));
    assert!(ids.iter().all(|it| (1..=220).contains(it)));
}

#[test]
fn every_test_that_is_named_as_a_proof_exists() {
    let tests = tests();
    for row in rows() {
        if let Proof::Test(name) = row.proof {
            assert!(
                tests.contains(name),
                "requirement {}: there is no test {name}",
                row.id
            );
        }
    }
}

#[test]
fn the_page_is_what_the_table_says() {
    let path = crates().join("../docs/reference/cds-hooks.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let (by_hand, _) = written.split_once(MARK).unwrap_or((&written, ""));
    let page = format!("{by_hand}{MARK}{}", generated());
    if std::env::var("RIKTIG_WRITE").is_ok_and(|it| it == "1") {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        page == written,
        "write it anew: RIKTIG_WRITE=1 cargo test -p riktig-fhir --test requirements"
    );
}

const MARK: &str =
    "<!-- below: made by `RIKTIG_WRITE=1 cargo test -p riktig-fhir --test requirements` -->\n";

fn generated() -> String {
    let rows = rows();
    let count = |holds: fn(&Proof) -> bool| rows.iter().filter(|it| holds(&it.proof)).count();
    let mut out = String::from("\n## Requirements\n\n");
    writeln!(
        out,
        "The list of 220 requirements of CDS Hooks 2.0 in Inferno's Da Vinci CRD test kit has 120 for the service: {} are proven by a test of this \
         repository, {} are the transport's, {} do not apply. The other 100 are the client's and do not apply. Words are ours.\n\n{DIFFERENCES}\n",
        count(|it| matches!(it, Proof::Test(_))),
        count(|it| matches!(it, Proof::Portal(_))),
        count(|it| matches!(it, Proof::Not(_))),
    )
    .unwrap();
    out.push_str("| | level | what | result |\n|---|---|---|---|\n");
    for Row {
        id,
        level,
        words,
        proof,
    } in rows
    {
        let result = match proof {
            Proof::Test(name) => format!("proven: `{name}`"),
            Proof::Portal(what) => format!("transport: {what}"),
            Proof::Not(why) => format!("does not apply: {why}"),
        };
        writeln!(out, "| {id} | {level} | {words} | {result} |").unwrap();
    }
    out
}
