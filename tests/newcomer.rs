//! Somebody who has just cloned the project.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use crate::country::{country, tree};
use crate::riktig::{command, riktig};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Verbs as the help lists them.
fn verbs() -> Vec<String> {
    let help = riktig(Path::new(HERE), ["--help"]).succeeded().stdout;
    let list = help
        .split("Commands:\n")
        .nth(1)
        .expect("the help lists commands");
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_verb_explains_itself_with_an_example() {
    let verbs = verbs();
    assert!(verbs.contains(&"explain".to_owned()));
    for verb in verbs {
        let help = riktig(Path::new(HERE), [&verb, "--help"])
            .succeeded()
            .stdout;
        assert!(
            help.contains("Example"),
            "`riktig {verb} --help` has no example:\n{help}"
        );
        assert!(
            help.lines().count() > 10,
            "`riktig {verb} --help` teaches nothing:\n{help}"
        );
    }
}

#[test]
fn a_misspelt_verb_is_a_usage_error_and_gets_a_suggestion() {
    let run = riktig(Path::new(HERE), ["verfy"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("'verify'"), "{}", run.seen());
}

#[test]
fn a_folder_that_is_neither_lake_nor_edition_is_named_with_advice() {
    let run = riktig(Path::new(HERE), ["verify", "src"]).failed();
    insta::assert_snapshot!(run.seen(), @r#"
    status: 1
    --- stdout ---
    --- stderr ---
    error: "src" is neither a lake nor an edition
    hint: a lake holds a manifest.json, an edition an edition.json
    "#);
}

#[test]
fn a_reader_that_closes_its_end_early_causes_no_panic() {
    let mut child = command(Path::new(HERE), ["--help"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    child.wait().unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
}

#[test]
fn the_demo_says_what_it_made_and_how_long_each_step_took() {
    let summary = &country().summary;
    for word in [
        "prescribers with a report",
        "rows in",
        "kept",
        "refused",
        "simulate",
        "intake",
        "build",
        "report",
    ] {
        assert!(summary.contains(word), "{word} is not in\n{summary}");
    }
    assert!(country().part("reports/index.html").exists());
}

#[test]
fn the_demo_leaves_a_folder_alone_that_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "ten years of work").unwrap();
    let run = riktig(folder.path(), ["demo", "--no-serve", "--dir", "."]).failed();
    assert!(
        run.stderr.contains("something else") && run.stderr.contains("--dir"),
        "{}",
        run.seen()
    );
    assert!(folder.path().join("thesis.txt").exists());
}

#[test]
fn the_demo_made_again_gives_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "demo",
        "--no-serve",
        "--inhabitants",
        "2000",
        "--dir",
        "tiny",
    ];
    let files = [1, 2].map(|_| {
        riktig(folder.path(), arguments).succeeded();
        tree(&folder.path().join("tiny"))
    });
    assert!(files[0].len() > 50);
    assert!(files[0] == files[1], "a file differs");
}
