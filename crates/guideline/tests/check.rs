//! What an editor is told of the content.

use std::collections::BTreeSet;
use std::path::PathBuf;

use riktig_codes::Day;
use riktig_guideline::{CONDITIONS, Check, FINDINGS, Guideline, Lack, SAFETY};

fn day(text: &str) -> Day {
    text.parse().expect("it is a day")
}

fn guideline(change: impl Fn(&str, &str) -> String) -> Guideline {
    let files: Vec<(&str, String)> = CONDITIONS
        .iter()
        .map(|(name, text)| (*name, change(name, text)))
        .collect();
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    Guideline::from_files(FINDINGS, SAFETY, files).expect("it can be read")
}

#[test]
fn every_line_is_counted_and_those_that_are_silent_say_what_they_lack() {
    let guideline = Guideline::shipped();
    let check = guideline.check(day("2026-01-10"));
    let lines = guideline.conditions().iter().flat_map(|it| &it.lines);
    assert_eq!(check.lines.values().sum::<usize>(), lines.clone().count());
    assert_eq!(
        check.silent.len(),
        lines.filter(|it| !it.provenance.is_advice()).count()
    );
    assert_eq!(check.held, guideline.examples().len());
    for line in &check.silent {
        assert!(
            !line.lacks.is_empty(),
            "{} lacks nothing and is silent",
            line.rule
        );
    }
}

#[test]
fn a_condition_that_is_to_be_read_again_is_told_ninety_days_ahead_and_from_then_on() {
    let guideline =
        guideline(|_, text| text.replace("review_by = 2027-12-31", "review_by = 2027-06-30"));
    let told = |on: &str| {
        let check = guideline.check(day(on));
        check
            .expiring
            .iter()
            .any(|it| it.what == "pneumonia" && it.on == day("2027-06-30"))
    };
    assert!(!told("2027-03-31"));
    assert!(told("2027-04-01"));
    assert!(told("2028-01-01"));
    assert_eq!(Check::AHEAD_DAYS, 90);
}

#[test]
fn a_text_that_ends_is_told_ahead_and_not_after_it_was_replaced() {
    let ends = |on: &str| {
        let check = Guideline::shipped().check(day(on));
        check.expiring.iter().any(|it| it.on == day("2025-12-31"))
    };
    assert!(ends("2025-12-31"));
    assert!(!ends("2026-01-01"));
}

#[test]
fn a_file_without_approver_leaves_its_rules_without_second_reader() {
    let guideline = guideline(|name, text| match name {
        "pneumonia.toml" => text.replacen(
            "approver = \"Riktig, second reading 2026-11-22; no clinician\"\n",
            "",
            1,
        ),
        _ => text.to_owned(),
    });
    let check = guideline.check(day("2026-01-10"));
    let pneumonia = |rule: &String| rule.starts_with("pneumonia/");
    assert!(check.without_second_reader.iter().any(pneumonia));
    let silent = check
        .silent
        .iter()
        .find(|it| it.rule == "pneumonia/penicillin-v");
    assert_eq!(
        silent.map(|it| it.lacks.clone()),
        Some(vec![Lack::SecondReader])
    );
    assert!(
        !Guideline::shipped()
            .check(day("2026-01-10"))
            .without_second_reader
            .iter()
            .any(pneumonia)
    );
}

#[test]
fn a_dose_or_a_length_that_is_none_is_refused() {
    let pneumonia = CONDITIONS
        .iter()
        .find(|(name, _)| *name == "pneumonia.toml");
    let (name, text) = pneumonia.expect("it is shipped");
    for (right, wrong) in [
        ("dose_mg = 1000", "dose_mg = nan"),
        ("dose_mg = 1000", "dose_mg = -1000"),
        ("dose_mg = 1000", "dose_mg = 0"),
        ("days = 5", "days = 0"),
    ] {
        assert!(text.contains(right), "{right} is nowhere");
        let planted = text.replacen(right, wrong, 1);
        let read = Guideline::from_files(FINDINGS, SAFETY, [(*name, planted.as_str())]);
        let error = read.expect_err("it is no dose");
        assert!(error.to_string().contains("pneumonia.toml"));
    }
}

/// The published tables are not part of the project: they are looked for in `../shared` beside the workspace, or in the folder
/// that `RIKTIG_SHARED` names.
fn published(file: &str) -> Option<BTreeSet<String>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("RIKTIG_SHARED").map_or_else(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("interop/diagnosekoder").join(file)) else {
        println!(
            "skipped: no {file}; set RIKTIG_SHARED to the folder that holds interop/diagnosekoder"
        );
        return None;
    };
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).expect("it is a list");
    let code = |row: &serde_json::Value| row["code"].as_str().map(|it| it.replace('.', ""));
    Some(rows.iter().filter_map(code).collect())
}

#[test]
fn every_code_of_a_condition_is_in_the_published_tables() {
    let (Some(icpc2), Some(icd10)) = (published("ICPC2.json"), published("ICD10.json")) else {
        return;
    };
    // A category stands for its subdivisions, and the table lists those only.
    let within = |code: &str| icd10.iter().any(|its| its.starts_with(code));
    let unknown = Guideline::shipped().unknown_codes(
        |code| icpc2.contains(code.as_str()),
        |code| within(code.as_str()),
    );
    assert!(unknown.is_empty(), "{unknown:#?}");
    let nothing = Guideline::shipped().unknown_codes(|_| false, |_| true);
    assert!(!nothing.is_empty());
}
