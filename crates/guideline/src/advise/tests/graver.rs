//! Signs of a graver illness, graver diagnoses, and kidneys that clear nothing.

use super::{ASKED, FINDINGS, answer, condition, indication, line, said};
use crate::guideline::Guideline;

const SAFETY: &str = r#"
author = "A"
approver = "B"
[[kidney]]
drug = "J01CE02"
dose_changes = true
[kidney.basis]
status = "guideline"
source = "https://example.org"
edition = "1"
valid_from = 2020-01-01
"#;

const RASH: &str = r#"
[[danger]]
id = "rash"
when = ["rash"]
name = { nb = "x", nn = "x", en = "x" }
"#;

fn read(conditions: &[(&str, String)], dangers: &str) -> Result<Guideline, crate::ContentError> {
    let files = conditions.iter().map(|(file, text)| (*file, text.as_str()));
    Guideline::from_files(FINDINGS, SAFETY, files)?.with_dangers(dangers)
}

fn full_answer(guideline: &Guideline, patient: &str) -> crate::Answer {
    let document: crate::ContextDocument = serde_json::from_str(&format!(
        r#"{{ "on": "2026-01-10", "age": "30 years", {patient} }}"#
    ))
    .unwrap();
    guideline.advise(&document.read(guideline.findings()).unwrap())
}

fn throat(rest: &str) -> Vec<(&'static str, String)> {
    vec![("throat.toml", condition("throat", r#""R72""#, "", rest))]
}

#[test]
fn a_recorded_danger_silences_drugs_and_is_named_and_an_unknown_one_stands_beside_them() {
    let rest = indication("test") + &line("one", 3, "days = 5", "guideline");
    let guideline = read(&throat(&rest), RASH).unwrap();
    let there = full_answer(
        &guideline,
        &format!(r#""findings": {{ "rash": true }}, {ASKED}"#),
    );
    assert_eq!(
        crate::in_short(&there),
        said(&["take_test throat/test"], &["outside_scope"])
    );
    assert_eq!(there.silence[0].dangers, ["rash"]);
    let standing = |patient: &str| -> Vec<usize> {
        let answer = full_answer(&guideline, patient);
        assert!(answer.advice.iter().all(|it| it.only_without.is_empty()));
        answer.advice.iter().map(|it| it.standing.len()).collect()
    };
    assert_eq!(
        standing(ASKED),
        [1, 0],
        "a drug, and a test that is for all"
    );
    let absent = format!(r#""findings": {{ "rash": false }}, {ASKED}"#);
    assert_eq!(standing(&absent), [0, 0]);
}

#[test]
fn a_danger_that_a_condition_is_about_changes_nothing_there() {
    let rest = line("one", 3, "days = 5", "guideline");
    let rash = format!(r#""findings": {{ "rash": true }}, {ASKED}"#);
    for more in [
        r#"exempt = ["throat"]"#,
        r#"stated_by = ["throat"]"#,
        r#"topics = ["ear"]"#,
    ] {
        let ear = ("ear.toml", condition("ear", r#""H71""#, "", ""));
        let conditions = [throat(&rest), vec![ear]].concat();
        let guideline = read(&conditions, &format!("{RASH}{more}")).unwrap();
        let said = crate::in_short(&full_answer(&guideline, &rash));
        assert_eq!(said.0, ["first_choice throat/one"], "{more}");
    }
}

#[test]
fn a_diagnosis_that_is_the_danger_silences_the_others() {
    let grave = condition("grave", r#""A78""#, "", &indication("refer"));
    let rest = line("one", 3, "days = 5", "guideline");
    let conditions = [throat(&rest), vec![("grave.toml", grave)]].concat();
    let stated = format!(r#"{RASH}stated_by = ["grave"]"#);
    let guideline = read(&conditions, &stated).unwrap();
    // The order has a reason of its own, and the contact is still of somebody gravely ill.
    let patient = r#""allergies": [], "diagnoses": ["icpc2:A78"],
        "orders": [{ "drug": "J01CE02", "mg": 1000, "times_per_day": 3, "days": 5, "reasons": ["icpc2:R72"] }]"#;
    assert_eq!(
        crate::in_short(&full_answer(&guideline, patient)),
        said(&[], &["outside_scope"])
    );
}

#[test]
fn a_diagnosis_that_may_be_the_danger_leaves_the_others_open() {
    let grave = condition("grave", r#""A78""#, r#""nursing_home""#, "");
    let rest = line("one", 3, "days = 5", "guideline");
    let conditions = [throat(&rest), vec![("grave.toml", grave)]].concat();
    let stated = format!(r#"{RASH}stated_by = ["grave"]"#);
    let guideline = read(&conditions, &stated).unwrap();
    let asked = |home: &str| {
        let patient = format!(
            r#"{home} "findings": {{ "rash": false }}, "allergies": [], "diagnoses": ["icpc2:A78"],
            "orders": [{{ "drug": "J01CE02", "mg": 1000, "times_per_day": 3, "days": 5, "reasons": ["icpc2:R72"] }}]"#
        );
        crate::in_short(&full_answer(&guideline, &patient))
    };
    assert_eq!(asked(""), said(&["depends"], &[]));
    assert_eq!(asked(r#""nursing_home": false,"#).0, ["agrees throat/one"]);
}

#[test]
fn a_danger_in_which_nobody_would_be_warned_is_refused() {
    for (right, wrong) in [
        (r#"when = ["rash"]"#, "when = []"),
        (r#"when = ["rash"]"#, r#"when = ["female"]"#),
        (r#"when = ["rash"]"#, r#"when = ["not rash"]"#),
        (
            r#"when = ["rash"]"#,
            "when = [\"rash\"]\ntopics = [\"thraot\"]",
        ),
    ] {
        let text = RASH.replace(right, wrong);
        let error = read(&throat(""), &text).unwrap_err();
        assert!(error.to_string().contains("dangers.toml"), "{wrong}");
    }
    let twice = format!("{RASH}{RASH}");
    assert!(read(&throat(""), &twice).is_err());
}

/// A bladder that gives way to a kidney; whom the kidney's condition is about.
fn bladder_and_kidney(applies: &str) -> Vec<(&'static str, String)> {
    let three = line("three", 3, "days = 3", "guideline");
    let seven = line("seven", 3, "days = 7", "guideline");
    let bladder = condition("bladder", r#""U71""#, "", &(indication("test") + &three));
    let bladder = bladder.replace("applies = []", "gives_way_to = [\"kidney\"]");
    let kidney = condition("kidney", r#""U70""#, applies, &seven);
    vec![("bladder.toml", bladder), ("kidney.toml", kidney)]
}

const THREE_DAYS: &str = r#""drug": "J01CE02", "mg": 1000, "times_per_day": 3, "days": 3"#;

#[test]
fn of_two_diagnoses_the_graver_decides_whichever_the_order_carries() {
    let both = bladder_and_kidney("");
    for (diagnoses, reasons) in [
        (r#""icpc2:U71", "icpc2:U70""#, ""),
        (r#""icpc2:U70""#, r#""icpc2:U71""#),
    ] {
        let patient = format!(
            r#""allergies": [], "diagnoses": [{diagnoses}], "orders": [{{ {THREE_DAYS}, "reasons": [{reasons}] }}]"#
        );
        assert_eq!(
            answer(&both, &patient),
            said(&["differs kidney/seven", "take_test bladder/test"], &[])
        );
    }
    let alone =
        format!(r#""allergies": [], "diagnoses": ["icpc2:U71"], "orders": [{{ {THREE_DAYS} }}]"#);
    assert_eq!(
        answer(&both, &alone).0,
        ["take_test bladder/test", "agrees bladder/three"]
    );
}

#[test]
fn a_graver_condition_that_is_only_possible_leaves_the_drug_open() {
    let both = bladder_and_kidney(r#""rash""#);
    let asked = |rash: &str| {
        let patient = format!(
            r#""allergies": [], "findings": {{ {rash} }}, "diagnoses": ["icpc2:U70", "icpc2:U71"],
            "orders": [{{ {THREE_DAYS}, "reasons": ["icpc2:U71"] }}]"#
        );
        answer(&both, &patient).0
    };
    assert_eq!(asked(""), ["take_test bladder/test", "depends"]);
    assert_eq!(
        asked(r#""rash": false"#),
        ["take_test bladder/test", "agrees bladder/three"]
    );
}

#[test]
fn two_conditions_that_give_way_to_each_other_are_refused() {
    let mut both = bladder_and_kidney("");
    both[1].1 = both[1]
        .1
        .replace("applies = []", "gives_way_to = [\"bladder\"]");
    assert!(read(&both, "").is_err());
    both[1].1 = both[1].1.replace("[\"bladder\"]", "[\"blader\"]");
    assert!(read(&both, "").is_err());
}

#[test]
fn a_drug_whose_dose_follows_the_kidneys_is_not_named_below_30_and_the_answer_says_why() {
    let rest = indication("test") + &line("one", 3, "days = 5", "guideline");
    let guideline = read(&throat(&rest), "").unwrap();
    let at = |egfr: &str, order: &str| {
        let patient = format!(r#""egfr": {egfr}, {ASKED}, "orders": [{order}]"#);
        crate::in_short(&full_answer(&guideline, &patient))
    };
    let ordered = r#"{ "drug": "J01CE02", "mg": 1000, "times_per_day": 3, "days": 5 }"#;
    for order in ["", ordered] {
        assert_eq!(
            at("29.9", order),
            said(&["take_test throat/test"], &["kidney_function"])
        );
    }
    assert_eq!(
        at("30", "").0,
        ["first_choice throat/one", "take_test throat/test"]
    );
    // Another drug is still told from: nothing is named that the kidneys must clear.
    let other = r#"{ "drug": "J01FA01", "mg": 500, "times_per_day": 2, "days": 5 }"#;
    assert_eq!(
        at("29.9", other),
        said(&["take_test throat/test"], &["kidney_function"])
    );
}
