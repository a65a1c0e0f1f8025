//! What a diagnosis may mean, and what an unread line excuses, in guidelines made for the test.

mod beside;
mod body;
mod graver;
mod kept_back;
mod record;
mod unchecked;

use crate::context_document::ContextDocument;
use crate::example::in_short;
use crate::guideline::Guideline;

const FINDINGS: &str = r#"
[[finding]]
id = "rash"
name = { nb = "utslett", nn = "utslett", en = "rash" }
"#;

const SAFETY: &str = r#"author = "A""#;

/// A condition with these codes, whom it applies to, and more of its file.
fn condition(id: &str, codes: &str, applies: &str, rest: &str) -> String {
    format!(
        r#"
id = "{id}"
source = "https://example.org/{id}"
review_by = 2030-12-31
author = "A"
approver = "B"
applies = [{applies}]
name = {{ nb = "{id}", nn = "{id}", en = "{id}" }}
codes = {{ icpc2 = [{codes}] }}
{rest}
"#
    )
}

fn indication(stance: &str) -> String {
    format!(
        r#"
[[indication]]
id = "{stance}"
stance = "{stance}"
told = {{ nb = "x", nn = "x", en = "x" }}
basis = {{ status = "guideline", source = "https://example.org", edition = "1", valid_from = 2020-01-01 }}
"#
    )
}

fn line(id: &str, times: u8, days: &str, status: &str) -> String {
    format!(
        r#"
[[line]]
id = "{id}"
rank = 1
atc = "J01CE02"
route = "oral"
dose_mg = 1000
times_per_day = {times}
{days}
basis = {{ status = "{status}", source = "https://example.org", edition = "1", valid_from = 2020-01-01 }}
"#
    )
}

/// Advice and silence in short, for a patient written as JSON without its day.
fn answer(conditions: &[(&str, String)], patient: &str) -> (Vec<String>, Vec<String>) {
    let files = conditions.iter().map(|(file, text)| (*file, text.as_str()));
    let guideline = Guideline::from_files(FINDINGS, SAFETY, files).unwrap();
    let document: ContextDocument = serde_json::from_str(&format!(
        r#"{{ "on": "2026-01-10", "age": "30 years", {patient} }}"#
    ))
    .unwrap();
    in_short(&guideline.advise(&document.read(guideline.findings()).unwrap()))
}

fn said(advice: &[&str], silence: &[&str]) -> (Vec<String>, Vec<String>) {
    let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
    (owned(advice), owned(silence))
}

#[test]
fn a_code_that_states_a_condition_means_it_whatever_is_not_known() {
    let throat = ("throat.toml", condition("throat", r#""R72""#, "", ""));
    let scarlet = condition(
        "scarlet",
        r#""R72", "A76"], certain = ["icpc2:A76""#,
        r#""rash""#,
        &indication("refer"),
    );
    let both = [throat, ("scarlet.toml", scarlet)];
    assert_eq!(
        answer(&both, r#""diagnoses": ["icpc2:A76"]"#),
        said(&["refer scarlet/refer"], &[])
    );
    assert_eq!(
        answer(&both, r#""diagnoses": ["icpc2:R72"]"#),
        said(&[], &["depends"])
    );
}

#[test]
fn a_shared_code_whose_only_possible_condition_may_not_be_meant_says_nothing() {
    let rash = condition("rash", r#""A78""#, r#""rash""#, &indication("refer"));
    let home = condition("home", r#""A78""#, r#""nursing_home""#, "");
    let both = [("home.toml", home), ("rash.toml", rash)];
    assert_eq!(
        answer(
            &both,
            r#""nursing_home": false, "diagnoses": ["icpc2:A78"]"#
        ),
        said(&[], &["depends"])
    );
    let known =
        r#""nursing_home": false, "findings": { "rash": true }, "diagnoses": ["icpc2:A78"]"#;
    assert_eq!(answer(&both, known), said(&["refer rash/refer"], &[]));
}

#[test]
fn what_is_certainly_meant_refers_though_something_else_may_be_meant_too() {
    let throat = condition("throat", r#""R72""#, "", &indication("refer"));
    let scarlet = condition("scarlet", r#""R72""#, r#""rash""#, "");
    let both = [("scarlet.toml", scarlet), ("throat.toml", throat)];
    assert_eq!(
        answer(&both, r#""diagnoses": ["icpc2:R72"]"#).0,
        ["refer throat/refer"]
    );
}

#[test]
fn an_unread_line_about_the_same_drug_excuses_what_it_might_allow_and_nothing_else() {
    let lines = line("four", 4, "days = 5", "guideline")
        + &line("three", 3, "days = 5", "secondary_norwegian");
    let ear = [("ear.toml", condition("ear", r#""H71""#, "", &lines))];
    let order = |times: u8, days: u8| {
        format!(
            r#""allergies": [], "diagnoses": ["icpc2:H71"],
            "orders": [{{ "drug": "J01CE02", "mg": 1000, "times_per_day": {times}, "days": {days} }}]"#
        )
    };
    assert_eq!(answer(&ear, &order(4, 5)), said(&["agrees ear/four"], &[]));
    assert_eq!(answer(&ear, &order(3, 5)), said(&[], &["line_not_read"]));
    assert_eq!(answer(&ear, &order(3, 7)), said(&[], &["line_not_read"]));
    assert_eq!(answer(&ear, &order(4, 7)), said(&["differs ear/four"], &[]));
}

#[test]
fn an_unread_line_without_a_length_excuses_every_length() {
    let lines = line("read", 4, "days = 5", "guideline") + &line("unread", 4, "", "older_edition");
    let ear = [("ear.toml", condition("ear", r#""H71""#, "", &lines))];
    let order = r#""allergies": [], "diagnoses": ["icpc2:H71"],
        "orders": [{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 10 }]"#;
    assert_eq!(answer(&ear, order), said(&[], &["line_not_read"]));
}

#[test]
fn where_waiting_may_be_right_it_is_not_said_that_none_is_given() {
    let rest = indication("no_antibiotic")
        + &indication("wait").replace("told =", "when = [\"rash\"]\ntold =");
    let eye = [("eye.toml", condition("eye", r#""F70""#, "", &rest))];
    let with = |rash: &str| {
        answer(
            &eye,
            &format!(r#""findings": {{ {rash} }}, "diagnoses": ["icpc2:F70"]"#),
        )
        .0
    };
    assert_eq!(with(""), ["depends eye/no_antibiotic eye/wait"]);
    assert_eq!(with(r#""rash": true"#), ["consider_waiting eye/wait"]);
    assert_eq!(
        with(r#""rash": false"#),
        ["no_antibiotic eye/no_antibiotic"]
    );
}

/// A condition whose topic is not meant for whoever has a rash.
fn without_rash(rest: &str) -> (&'static str, String) {
    let text = condition("throat", r#""R72""#, "", rest);
    let named = text.replace("applies = []", "not_for = [\"rash\"]");
    assert_ne!(text, named);
    ("throat.toml", named)
}

fn full_answer(conditions: &[(&str, String)], patient: &str) -> crate::Answer {
    let files = conditions.iter().map(|(file, text)| (*file, text.as_str()));
    let guideline = Guideline::from_files(FINDINGS, SAFETY, files).unwrap();
    let document: ContextDocument = serde_json::from_str(&format!(
        r#"{{ "on": "2026-01-10", "age": "30 years", {patient} }}"#
    ))
    .unwrap();
    guideline.advise(&document.read(guideline.findings()).unwrap())
}

const ASKED: &str = r#""allergies": [], "diagnoses": ["icpc2:R72"]"#;

#[test]
fn a_finding_that_puts_the_patient_outside_the_topic_silences_its_drugs_and_is_named() {
    let rest = indication("test") + &line("one", 3, "days = 5", "guideline");
    let conditions = [without_rash(&rest)];
    let rash = format!(r#""findings": {{ "rash": true }}, {ASKED}"#);
    assert_eq!(
        answer(&conditions, &rash),
        said(&["take_test throat/test"], &["outside_scope"])
    );
    let named = full_answer(&conditions, &rash).silence;
    assert_eq!(named[0].findings[0].as_str(), "rash");
}

#[test]
fn while_the_finding_is_not_known_advice_is_told_on_condition_and_what_holds_anyway_is_not() {
    let rest = indication("test") + &line("one", 3, "days = 5", "guideline");
    let conditions = [without_rash(&rest)];
    let conditions_of = |patient: &str| -> Vec<(String, usize)> {
        let answer = full_answer(&conditions, patient);
        let advice = answer.advice.iter();
        advice
            .map(|it| (it.kind.as_str().to_owned(), it.only_without.len()))
            .collect()
    };
    let told = |kind: &str, conditions: usize| (kind.to_owned(), conditions);
    assert_eq!(
        conditions_of(ASKED),
        [told("first_choice", 1), told("take_test", 0)]
    );
    let none = format!(r#""findings": {{ "rash": false }}, {ASKED}"#);
    assert_eq!(
        conditions_of(&none),
        [told("first_choice", 0), told("take_test", 0)]
    );
}

#[test]
fn none_as_a_rule_is_not_said_to_a_patient_outside_the_topic() {
    let conditions = [without_rash(&indication("no_antibiotic"))];
    let rash = format!(r#""findings": {{ "rash": true }}, {ASKED}"#);
    assert_eq!(answer(&conditions, &rash), said(&[], &["outside_scope"]));
    assert_eq!(
        answer(&conditions, ASKED),
        said(&["no_antibiotic throat/no_antibiotic"], &[])
    );
}

#[test]
fn a_topic_left_for_something_that_is_no_finding_is_refused() {
    let text =
        condition("throat", r#""R72""#, "", "").replace("applies = []", "not_for = [\"female\"]");
    let files = [("throat.toml", text.as_str())];
    let error = Guideline::from_files(FINDINGS, SAFETY, files).unwrap_err();
    let why = std::error::Error::source(&error).unwrap().to_string();
    assert!(why.contains("names a finding"), "{why}");
}

#[test]
fn the_drug_that_all_possible_conditions_give_is_told_without_the_length_in_which_they_differ() {
    let rest = |days: u16| line("one", 3, &format!("days = {days}"), "guideline");
    let home = condition("home", r#""R72""#, r#""nursing_home""#, &rest(5));
    let own = condition("own", r#""R72""#, r#""not nursing_home""#, &rest(7));
    let both = [("home.toml", home), ("own.toml", own)];
    let told = full_answer(&both, ASKED);
    assert_eq!(
        in_short(&told).0,
        ["first_choice home/one own/one"],
        "{told:?}"
    );
    let crate::Kind::FirstChoice { choices } = &told.advice[0].kind else {
        panic!("{told:?}");
    };
    let [choice] = &choices[..] else {
        panic!("{choices:?}");
    };
    assert_eq!(
        (choice.days, choice.times_per_day.as_slice()),
        (None, &[3][..])
    );
    assert_eq!(choice.milligrams, Some(vec![(1000.0, 1000.0)]));
    assert!(told.not_checked.contains(&crate::Missing::NursingHome));
}

#[test]
fn two_rules_for_the_same_treatment_are_one_choice_with_both_rules() {
    let rest = line("one", 3, "days = 5", "guideline") + &line("two", 3, "days = 5", "guideline");
    let throat = [("throat.toml", condition("throat", r#""R72""#, "", &rest))];
    let told = full_answer(&throat, ASKED);
    let crate::Kind::FirstChoice { choices } = &told.advice[0].kind else {
        panic!("{told:?}");
    };
    assert_eq!(choices.len(), 1, "{choices:?}");
    assert_eq!(told.advice[0].rules, ["throat/one", "throat/two"]);
}

#[test]
fn a_shared_code_beside_one_that_states_a_condition_is_the_same_illness() {
    let throat = condition(
        "throat",
        r#""R72""#,
        "",
        &line("one", 3, "days = 5", "guideline"),
    );
    let scarlet = condition(
        "scarlet",
        r#""R72", "A76"], certain = ["icpc2:A76""#,
        r#""rash""#,
        &indication("refer"),
    );
    let both = [("throat.toml", throat), ("scarlet.toml", scarlet)];
    let asked = |codes: &str| {
        answer(
            &both,
            &format!(r#""allergies": [], "diagnoses": [{codes}]"#),
        )
    };
    let stated = said(&["refer scarlet/refer"], &[]);
    assert_eq!(asked(r#""icpc2:A76""#), stated);
    assert_eq!(asked(r#""icpc2:R72", "icpc2:A76""#), stated);
}
