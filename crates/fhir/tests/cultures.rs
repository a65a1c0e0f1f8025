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
fn an_order_of_a_drug_to_which_words_tell_resistance_is_warned_about() {
    let request = world::request(|it| {
        it["prefetch"]["laboratory"] = bundle(json!([
            cultured(json!({ "valueString": "Penicillinresistente pneumokokker" })),
            world::egfr(90)
        ]));
    });
    let (answer, _) = world::answer_to(&request, Version::V2);
    assert_eq!(answer.advice[0].kind.as_str(), "contraindicated");
    assert!(
        answer
            .not_checked
            .contains(&Missing::Unread(Unread::Resistance))
    );
}
