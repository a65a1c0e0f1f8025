//! Every rule that advice rests on stands in its file, was read and approved, and holds on the day. The files are read as plain TOML.

use std::collections::BTreeMap;

use riktig_codes::Day;
use riktig_guideline::{Answer, CONDITIONS, Guideline, PatientContext, SAFETY};
use toml::{Table, Value};

use crate::chance::{Chance, patients};
use crate::patient::patient;

/// The `basis` of every rule, by its id; author and approver of the file where it names none.
fn bases() -> BTreeMap<String, Table> {
    let mut bases = BTreeMap::new();
    let files = CONDITIONS
        .iter()
        .map(|(name, text)| (name.trim_end_matches(".toml"), *text));
    for (file, text) in files.chain([("safety", SAFETY)]) {
        let document: Table = text.parse().expect("it is TOML");
        for rules in document.values().filter_map(Value::as_array) {
            for rule in rules.iter().filter_map(Value::as_table) {
                let (Some(id), Some(basis)) = (rule.get("id"), rule.get("basis")) else {
                    continue;
                };
                let mut basis = basis.as_table().expect("a basis is a table").clone();
                for person in ["author", "approver"] {
                    if let Some(of_the_file) = document.get(person) {
                        basis.entry(person).or_insert_with(|| of_the_file.clone());
                    }
                }
                let id = id.as_str().expect("an id is a text");
                bases.insert(format!("{file}/{id}"), basis);
            }
        }
    }
    bases
}

fn is_approved(rule: &str, basis: &Table, on: Day) -> Result<(), String> {
    let text = |key: &str| basis.get(key).map(|it| it.to_string());
    let day = on.to_string();
    let status = text("status").unwrap_or_default();
    let of_two_drugs = rule.starts_with("safety/")
        && status != "\"general_knowledge\""
        && status != "\"incomplete\"";
    let reasons = [
        (status != "\"guideline\"" && !of_two_drugs, "its status"),
        (text("source").is_none(), "no source"),
        (text("edition").is_none(), "no edition"),
        (
            text("approver").is_none() || text("approver") == text("author"),
            "no second reader",
        ),
        (
            text("valid_from").is_none_or(|from| from > day),
            "not yet valid",
        ),
        (
            text("valid_to").is_some_and(|to| to < day),
            "no longer valid",
        ),
    ];
    match reasons.iter().find(|(wrong, _)| *wrong) {
        Some((_, reason)) => Err(format!("{rule} on {day}: {reason}")),
        None => Ok(()),
    }
}

fn shape(answer: &Answer, patient: &PatientContext) -> Result<(), String> {
    let twice = answer
        .advice
        .iter()
        .enumerate()
        .any(|(at, it)| answer.advice[..at].contains(it));
    let orders = patient.orders.iter().map(|it| Some(it.id.clone()));
    let subjects: Vec<Option<String>> = match patient.orders.is_empty() {
        true => vec![None],
        false => orders.collect(),
    };
    let told = |subject: &Option<String>| {
        answer.advice.iter().any(|it| it.order == *subject)
            || answer.silence.iter().any(|it| it.order == *subject)
    };
    if twice {
        Err("the same is said twice".to_owned())
    } else if answer.advice.len() > Answer::MOST {
        Err("too much is said".to_owned())
    } else if answer.advice.len() < Answer::MOST && !subjects.iter().all(told) {
        Err("an order is met by neither advice nor a reason for silence".to_owned())
    } else {
        Ok(())
    }
}

#[test]
fn every_answer_rests_on_rules_that_are_approved_and_hold_on_the_day() {
    let (guideline, bases) = (Guideline::shipped(), bases());
    for seed in 0..patients() / 2 {
        let patient = patient(&mut Chance(seed), guideline);
        let answer = guideline.advise(&patient);
        if let Err(wrong) = shape(&answer, &patient) {
            panic!("seed {seed}: {wrong}\n{patient:#?}\n{answer:#?}");
        }
        for rule in answer.advice.iter().flat_map(|it| &it.rules) {
            let basis = bases
                .get(rule)
                .unwrap_or_else(|| panic!("{rule} stands nowhere"));
            is_approved(rule, basis, patient.on)
                .unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        }
    }
}

/// A text of an old edition that is left standing beside the new one.
#[test]
fn a_validity_that_is_widened_is_noticed() {
    let bases = bases();
    let widened = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("valid_to"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let files: Vec<(&str, String)> = CONDITIONS
        .iter()
        .map(|(name, text)| (*name, widened(text)))
        .collect();
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    let planted = Guideline::from_files(riktig_guideline::FINDINGS, SAFETY, files)
        .expect("it can still be read");
    let noticed = (0..60_000).any(|seed| {
        let patient = patient(&mut Chance(seed), &planted);
        let answer = planted.advise(&patient);
        let mut rules = answer.advice.iter().flat_map(|it| &it.rules);
        rules.any(|rule| is_approved(rule, &bases[rule], patient.on).is_err())
    });
    assert!(noticed, "nobody notices an old text that still stands");
}
