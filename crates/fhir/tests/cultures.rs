//! Resistance that a culture tells in words.

use riktig_fhir::Version;
use riktig_guideline::{Missing, PatientContext, Unread};
use serde_json::{Value, json};

mod world;
use world::{bundle, laboratory, reading};

fn cultured(change: Value) -> Value {
    let mut culture = laboratory("630-4", Value::Null);
    let change = change.as_object().unwrap().clone();
    culture.as_object_mut().unwrap().extend(change);
    culture
}

fn read(list: Vec<Value>) -> PatientContext {
    reading(|it| it["prefetch"]["laboratory"] = bundle(json!(list))).patient
}

/// The drugs that count as resistant, and whether words are named.
fn resistant(list: Vec<Value>) -> (Vec<String>, bool) {
    let patient = read(list);
    let cultures = patient.cultures.known().iter();
    let named = patient.unread.contains(&Unread::Resistance);
    assert!(!named || !patient.cultures.is_checked());
    let drugs = cultures.flat_map(|it| it.resistant_to.iter().map(ToString::to_string));
    (drugs.collect(), named)
}

fn trimethoprim() -> (Vec<String>, bool) {
    (vec!["J01EA01".to_owned()], true)
}

#[test]
fn resistance_in_the_words_of_a_whole_culture_or_in_its_note_counts_and_is_named() {
    let words = "E. coli, resistent mot trimetoprim. Følsom for nitrofurantoin";
    for change in [
        json!({ "valueString": words }),
        json!({ "valueCodeableConcept": { "text": words } }),
        json!({ "interpretation": [{ "text": words }] }),
        json!({ "note": [{ "text": words }] }),
        json!({ "note": [{ "text": "Se vedlegg" }, { "text": "Trimethoprim: R" }] }),
        json!({ "valueString": "trimetoprimresistent E. coli" }),
    ] {
        let told = resistant(vec![cultured(change.clone())]);
        assert_eq!(told, trimethoprim(), "{change}");
    }
    let report = json!({
        "resourceType": "DiagnosticReport", "status": "final", "subject": { "reference": "Patient/p1" },
        "effectiveDateTime": "2025-12-20", "conclusion": words
    });
    assert_eq!(resistant(vec![report]), trimethoprim());
}

#[test]
fn resistance_in_words_that_names_no_drug_or_denies_one_is_named_and_forbids_none() {
    for words in [
        "Ikke resistent mot trimetoprim",
        "Ingen resistens påvist",
        "ESBL-produserende E. coli",
        "MRSA",
        "VRE påvist",
        "Multiresistent stamme",
    ] {
        let told = resistant(vec![cultured(json!({ "note": [{ "text": words }] }))]);
        assert_eq!(told, (vec![], true), "{words}");
    }
}

#[test]
fn resistance_that_a_code_says_too_is_read_and_words_without_resistance_are_no_gap() {
    let coded = json!([{
        "code": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01EA01" }] },
        "interpretation": [{ "coding": [{ "code": "R" }], "text": "Resistent" }]
    }]);
    let note = |text: &str| json!({ "component": coded, "note": [{ "text": text }] });
    let read_in_codes = (vec!["J01EA01".to_owned()], false);
    for text in [
        "Resistent mot trimetoprim",
        "Resistensbestemmelse etter EUCAST",
        "Rikelig vekst",
    ] {
        assert_eq!(
            resistant(vec![cultured(note(text))]),
            read_in_codes,
            "{text}"
        );
    }
    let more = resistant(vec![cultured(note(
        "Resistent mot trimetoprim og nitrofurantoin",
    ))]);
    assert_eq!(
        more,
        (vec!["J01EA01".to_owned(), "J01XE01".to_owned()], true)
    );
    let void = cultured(
        json!({ "valueString": "Resistent mot trimetoprim", "status": "entered-in-error" }),
    );
    assert_eq!(resistant(vec![void]), (vec![], false));
}

#[test]
fn a_test_for_what_bacteria_make_or_are_called_by_is_named_unless_it_is_negative() {
    let tested = |name: &str, answer: Value| {
        let mut row = json!({ "code": { "text": name } });
        row.as_object_mut()
            .unwrap()
            .extend(answer.as_object().unwrap().clone());
        resistant(vec![cultured(json!({ "component": [row] }))])
    };
    let coded = |code: &str| json!({ "interpretation": [{ "coding": [{ "code": code }] }] });
    for (name, answer) in [
        ("Betalaktamase", json!({ "valueString": "Positiv" })),
        ("Betalaktamase", coded("POS")),
        (
            "MRSA",
            json!({ "valueCodeableConcept": { "text": "Påvist" } }),
        ),
    ] {
        assert_eq!(
            tested(name, answer.clone()),
            (vec![], true),
            "{name} {answer}"
        );
    }
    for (name, answer) in [
        ("Betalaktamase", json!({ "valueString": "Negativ" })),
        ("Betalaktamase", coded("NEG")),
        (
            "MRSA",
            json!({ "valueCodeableConcept": { "text": "Ikke påvist" } }),
        ),
        ("Betalaktamase", json!({})),
    ] {
        assert_eq!(
            tested(name, answer.clone()),
            (vec![], false),
            "{name} {answer}"
        );
    }
}

#[test]
fn an_order_of_a_drug_to_which_words_tell_resistance_is_warned_about() {
    let told = |words: &str| {
        let request = world::request(|it| {
            it["prefetch"]["laboratory"] = bundle(json!([
                cultured(json!({ "valueString": words })),
                world::egfr(90)
            ]));
        });
        let (answer, _) = world::answer_to(&request, Version::V2);
        let named = Missing::Unread(Unread::Resistance);
        assert!(answer.not_checked.contains(&named), "{words}");
        let kinds = answer.advice.iter().map(|it| it.kind.as_str());
        kinds.collect::<Vec<_>>()
    };
    for words in [
        "Penicillinresistente pneumokokker",
        "S. pneumoniae, ikke følsom for penicillin",
        "Pneumokokker med nedsatt følsomhet for penicillin",
        "Penicillin MIC 4, klinisk kategori R",
    ] {
        assert_eq!(told(words)[0], "contraindicated", "{words}");
    }
    for words in [
        "Penicillin I",
        "H. influenzae, betalaktamase positiv",
        "Penicillinase-produserende stafylokokker",
        "PNSP",
    ] {
        assert!(!told(words).contains(&"agrees"), "{words}");
    }
}
