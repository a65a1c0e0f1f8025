//! Advice in words: what a doctor reads first.

use riktig_guideline::{ContextDocument, Guideline, Kind, Missing, ToldAnswer};
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

#[test]
fn a_length_that_differs_with_what_is_not_known_is_left_out_and_says_on_what_it_depends() {
    let guideline = Guideline::shipped();
    let text = r#"{ "on": "2026-01-10", "age": "40 years", "sex": "female", "pregnant": false, "allergies": [],
        "findings": { "more_than_moderate_symptoms": true, "fever": false, "flank_pain": false }, "diagnoses": ["icpc2:U71"] }"#;
    let document: ContextDocument = serde_json::from_str(text).unwrap();
    let answer = guideline.advise(&document.read(guideline.findings()).unwrap());
    let told = tell_advice(Lang::En, guideline, &answer);
    assert_eq!(
        told.advice[0].summary,
        "First choice: nitrofurantoin 50\u{a0}mg × 3"
    );
    let detail = &told.advice[0].details[0];
    assert!(
        detail.starts_with("A dose or length that is not given here depends on: "),
        "{detail}"
    );
    let json = render_advice_json(Lang::En, guideline, &answer);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let treatment = &json["advice"][0]["treatments"][0];
    assert_eq!(
        treatment["also"],
        serde_json::json!(["cystitis_women/nitrofurantoin"])
    );
    assert_eq!(treatment.get("days"), None);
}

/// A child with an earache, of whom nothing grave has been told.
fn earache(lang: Lang, findings: &str) -> (ToldAnswer, serde_json::Value) {
    let guideline = Guideline::shipped();
    let text = format!(
        r#"{{ "on": "2026-01-10", "age": "4 years", "allergies": [], "drugs": [],
            "findings": {{ "symptom_days": 1, "improving": false, "pronounced_symptoms": false, "suspected_complication": false,
                "otitis_prone": false, "bilateral_otitis": false, "ear_discharge_days": 0, "tympanostomy_tube": false {findings} }},
            "diagnoses": ["icpc2:H71"] }}"#
    );
    let document: ContextDocument = serde_json::from_str(&text).unwrap();
    let answer = guideline.advise(&document.read(guideline.findings()).unwrap());
    let json = render_advice_json(lang, guideline, &answer);
    (
        tell_advice(lang, guideline, &answer),
        serde_json::from_str(&json).unwrap(),
    )
}

#[test]
fn for_whom_it_is_not_meant_is_told_once_in_every_language_and_the_advice_stays_as_it_is() {
    for (lang, sentence) in [
        (
            Lang::Nb,
            "Gjelder ikke ved mistanke om sepsis, pustevansker eller tegn til mastoiditt (ikke opplyst her).",
        ),
        (
            Lang::Nn,
            "Gjeld ikkje ved mistanke om sepsis, pustevanskar eller teikn til mastoiditt (ikkje opplyst her).",
        ),
        (
            Lang::En,
            "Not for patients with suspected sepsis, difficulty breathing or signs of mastoiditis (not told here).",
        ),
    ] {
        let (told, json) = earache(lang, "");
        assert_eq!(told.standing.as_deref(), Some(sentence));
        assert_eq!(told.advice[0].standing.as_deref(), Some(sentence));
        assert!(!told.advice[0].summary.contains("sepsis"));
        assert_eq!(json["standing"], sentence);
        let ids = serde_json::json!(["breathing", "mastoiditis", "sepsis"]);
        assert_eq!(json["advice"][0]["standing"], ids);
    }
}

#[test]
fn what_is_known_to_be_absent_is_not_told_and_what_is_there_is_named() {
    let absent = r#", "suspected_sepsis": false, "breathing_difficulty": false, "severe_pneumonia_signs": false"#;
    let (told, _) = earache(Lang::En, absent);
    let left = "Not for patients with signs of mastoiditis (not told here).";
    assert_eq!(told.standing.as_deref(), Some(left));
    let there = r#", "mastoiditis_or_nerve_signs": true, "suspected_sepsis": true"#;
    let (told, json) = earache(Lang::En, there);
    assert!(told.advice.is_empty());
    assert_eq!(told.standing, None);
    let silence = &told.silence[0];
    let says = "The record says swelling behind the ear, facial palsy, vertigo or stiff neck and suspected sepsis.";
    assert!(silence.starts_with(says), "{silence}");
    let ids = serde_json::json!(["mastoiditis", "sepsis"]);
    assert_eq!(json["silence"][0]["dangers"], ids);
}

#[test]
fn a_diagnosis_beside_another_registered_sex_is_told_with_respect_and_in_every_language() {
    let guideline = Guideline::shipped();
    let text =
        r#"{ "on": "2026-01-10", "age": "40 years", "sex": "female", "diagnoses": ["icpc2:Y73"] }"#;
    let document: ContextDocument = serde_json::from_str(text).unwrap();
    let answer = guideline.advise(&document.read(guideline.findings()).unwrap());
    for (lang, says) in [
        (Lang::Nb, "Registrert kjønn trenger ikke å være kroppens."),
        (
            Lang::Nn,
            "Registrert kjønn treng ikkje å vere kroppen sitt.",
        ),
        (Lang::En, "Registered sex need not be that of the body."),
    ] {
        let told = tell_advice(lang, guideline, &answer);
        assert!(told.silence[0].contains(says), "{told:?}");
    }
    let json = render_advice_json(Lang::En, guideline, &answer);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["silence"][0]["reason"], "sex_differs");
    assert_eq!(json["silence"][0]["topic_for"], "male");
}

#[test]
fn what_two_conditions_depend_on_is_told_once_and_a_note_of_another_topic_with_its_name() {
    let guideline = Guideline::shipped();
    let mut noted = guideline.conditions().iter().filter_map(|condition| {
        let line = condition.lines.iter().find(|it| it.note.is_some())?;
        let id = format!("{}/{}", condition.id, line.id);
        Some((condition, id, line.note.clone()?))
    });
    let (own, other) = (noted.next().unwrap(), noted.next().unwrap());
    let mut answer = answer("");
    let mut advice = answer.advice[0].clone();
    advice.rules = vec![own.1.clone(), other.1.clone()];
    advice.unless = vec![Missing::NursingHome, Missing::Age, Missing::NursingHome];
    advice.kind = Kind::Depends;
    advice.only_without.clear();
    answer.advice = vec![advice];
    let told = tell_advice(Lang::En, guideline, &answer);
    let told = &told.advice[0];
    assert_eq!(told.reason.matches("nursing home").count(), 1, "{told:?}");
    assert!(told.reason.contains("age"), "{told:?}");
    assert!(told.details.contains(&own.2.en), "{told:?}");
    let named = format!("{}: {}", other.0.name.en, other.2.en);
    assert!(told.details.contains(&named), "{told:?}");
}
