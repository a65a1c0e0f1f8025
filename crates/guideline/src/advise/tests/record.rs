//! What the record says in another way than the guideline's tables do: a substance's other code, a laboratory's name, a diagnosis.

use crate::context_document::ContextDocument;
use crate::criterion::Missing;
use crate::guideline::Guideline;
use crate::{Answer, Kind};

fn asked(patient: &str) -> Answer {
    let document: ContextDocument = serde_json::from_str(&format!(
        r#"{{ "on": "2026-01-10", "drugs": [], "egfr": 90, {patient} }}"#
    ))
    .expect("it is a context");
    let guideline = Guideline::shipped();
    let patient = document.read(guideline.findings());
    guideline.advise(&patient.expect("it can be read"))
}

fn kinds(answer: &Answer) -> Vec<&'static str> {
    answer.advice.iter().map(|it| it.kind.as_str()).collect()
}

const MAN: &str = r#""sex": "male", "age": "46 years", "nursing_home": false"#;

#[test]
fn an_allergy_under_another_code_of_the_same_substance_is_one() {
    let order = |to: &str, drug: &str| {
        kinds(&asked(&format!(
            r#"{MAN}, "cultures": [], "allergies": [{{ "to": "{to}", "reaction": "immediate" }}], "diagnoses": ["icpc2:F70"], "orders": [{{ "drug": "{drug}" }}]"#
        )))
    };
    for (to, drug) in [
        ("J01BA01", "S01AA01"),
        ("D06AX02", "S01AA01"),
        ("J01XC01", "S01AA13"),
        ("D06AX01", "S01AA13"),
        ("J01XD01", "P01AB01"),
        ("G01AF01", "P01AB01"),
        // And its class: drops of ciprofloxacin, tablets of levofloxacin.
        ("S01AE03", "J01MA12"),
    ] {
        assert!(order(to, drug).contains(&"contraindicated"), "{to}, {drug}");
    }
    // Another substance with another name.
    assert!(!order("G01AF01", "J01CE02").contains(&"contraindicated"));
}

#[test]
fn a_bacterium_that_resists_what_the_laboratory_reports_resists_the_drug_that_is_given() {
    let order = |resistant: &str, drug: &str| {
        kinds(&asked(&format!(
            r#"{MAN}, "allergies": [], "cultures": [{{ "on": "2026-01-05", "resistant_to": ["{resistant}"] }}], "diagnoses": ["icpc2:U71"], "orders": [{{ "drug": "{drug}" }}]"#
        )))
    };
    for (resistant, drug) in [("J01CA11", "J01CA08"), ("J01CA01", "J01CA04")] {
        assert!(
            order(resistant, drug).contains(&"contraindicated"),
            "{drug}"
        );
    }
    assert!(!order("J01CA11", "J01XE01").contains(&"contraindicated"));
}

#[test]
fn every_code_of_sepsis_beside_another_keeps_drugs_and_waiting_from_being_told() {
    for code in [
        "A41.5", "A41", "A40.0", "A40.3", "A39.2", "R65.1", "R57.2", "O85", "P36.9",
    ] {
        let answer = asked(&format!(
            r#"{MAN}, "allergies": [], "cultures": [], "diagnoses": ["icpc2:R81", "icd10:{code}"], "orders": [{{ "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 5 }}]"#
        ));
        assert!(!kinds(&answer).contains(&"agrees"), "{code}: {answer:?}");
        assert!(kinds(&answer).contains(&"refer"), "{code}: {answer:?}");
        for mild in ["icpc2:R78", "icpc2:U71"] {
            let answer = asked(&format!(
                r#"{MAN}, "allergies": [], "cultures": [], "diagnoses": ["{mild}", "icd10:{code}"]"#
            ));
            let soothes =
                |it: &&&str| ["no_antibiotic", "consider_waiting", "first_choice"].contains(it);
            assert_eq!(kinds(&answer).iter().find(soothes), None, "{code}, {mild}");
        }
    }
}

#[test]
fn a_diagnosis_that_is_a_sign_of_danger_counts_in_its_topics() {
    for (mild, code) in [
        ("icpc2:H71", "icd10:H70.0"),
        ("icpc2:R76", "icd10:J36"),
        ("icpc2:R81", "icd10:R06.0"),
    ] {
        let answer = asked(&format!(
            r#"{MAN}, "allergies": [], "cultures": [], "diagnoses": ["{mild}", "{code}"]"#
        ));
        let said = kinds(&answer);
        assert!(
            !said.contains(&"first_choice") && !said.contains(&"no_antibiotic"),
            "{code}: {answer:?}"
        );
    }
}

#[test]
fn a_pregnancy_that_is_recorded_counts_whatever_the_registered_sex_is() {
    let doxycycline = |sex: &str| {
        kinds(&asked(&format!(
            r#""age": "30 years", "sex": "{sex}", "pregnant": true, "pregnancy_week": 30, "allergies": [], "cultures": [], "diagnoses": ["icpc2:R81"], "orders": [{{ "drug": "J01AA02", "mg": 100, "times_per_day": 2, "days": 14 }}]"#
        )))
    };
    for sex in ["male", "female"] {
        assert!(doxycycline(sex).contains(&"contraindicated"), "{sex}");
    }
    // Of a man nobody asks.
    let nobody = asked(&format!(
        r#"{MAN}, "allergies": [], "cultures": [], "diagnoses": ["icpc2:R81"]"#
    ));
    assert!(!nobody.not_checked.contains(&Missing::Pregnancy));
}

#[test]
fn a_fever_that_was_measured_counts_against_an_answer_of_no() {
    let answer = asked(
        r#""age": "30 years", "sex": "female", "pregnant": false, "breast_feeding": false, "allergies": [], "cultures": [],
        "temperature_celsius": 40.1, "findings": { "fever": false, "flank_pain": false }, "diagnoses": ["icpc2:U71"],
        "orders": [{ "drug": "J01XE01", "mg": 50, "times_per_day": 3, "days": 3 }]"#,
    );
    let agrees = |it: &crate::Advice| matches!(it.kind, Kind::Agrees { .. });
    assert!(!answer.advice.iter().any(agrees), "{answer:?}");
}
