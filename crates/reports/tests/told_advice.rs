//! Advice in words: what a doctor reads first.

use riktig_guideline::{ContextDocument, Guideline, ToldAnswer};
use riktig_reports::{Lang, render_advice_json, tell_advice};

fn answer(findings: &str) -> riktig_guideline::Answer {
    let guideline = Guideline::shipped();
    let text = format!(
        r#"{{ "on": "2026-01-10", "age": "34 years", "sex": "female", "pregnant": false, "allergies": [], "drugs": [], "cultures": [],
            "findings": {{ "uti_complicating_factors": false, "more_than_moderate_symptoms": true {findings} }},
            "diagnoses": ["icpc2:U71"] }}"#
    );
    let document: ContextDocument = serde_json::from_str(&text).unwrap();
    guideline.advise(&document.read(guideline.findings()).unwrap())
}

fn told(lang: Lang, findings: &str) -> ToldAnswer {
    tell_advice(lang, Guideline::shipped(), &answer(findings))
}

#[test]
fn advice_that_is_meant_only_without_a_finding_says_so_first_in_every_language() {
    for (lang, first) in [
        (
            Lang::Nb,
            "Bare uten feber eller flankesmerter: Førstevalg: ",
        ),
        (
            Lang::Nn,
            "Berre utan feber eller flankesmerter: Førsteval: ",
        ),
        (Lang::En, "Only without fever or flank pain: First choice: "),
    ] {
        let told = told(lang, "");
        let summary = &told.advice[0].summary;
        assert!(summary.starts_with(first), "{summary}");
        assert!(summary.chars().count() < riktig_reports::SUMMARY_CHARACTERS);
        assert!(!summary.ends_with('…'), "{summary}");
        let not_checked = told.not_checked.unwrap();
        let findings = first.split(' ').nth(2).unwrap();
        assert!(not_checked.contains(findings), "{not_checked}");
    }
}

#[test]
fn once_it_is_known_that_none_is_there_nothing_is_conditional() {
    let told = told(Lang::En, r#", "fever": false, "flank_pain": false"#);
    assert!(told.advice[0].summary.starts_with("First choice: "));
}

#[test]
fn a_recorded_fever_is_named_as_the_reason_for_silence() {
    let told = told(Lang::En, r#", "fever": true"#);
    assert!(told.advice.is_empty());
    assert!(
        told.silence[0].starts_with("The record says fever."),
        "{}",
        told.silence[0]
    );
}

#[test]
fn the_condition_and_the_finding_stand_in_the_json_by_their_ids() {
    let json = |findings: &str| -> serde_json::Value {
        let text = render_advice_json(Lang::En, Guideline::shipped(), &answer(findings));
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(
        json("")["advice"][0]["only_without"],
        serde_json::json!(["fever", "flank_pain"])
    );
    let outside = &json(r#", "flank_pain": true"#)["silence"][0];
    assert_eq!(outside["reason"], "outside_scope");
    assert_eq!(outside["findings"], serde_json::json!(["flank_pain"]));
}
