//! A diagnosis, the sex that is registered, and the body.

use crate::context_document::ContextDocument;
use crate::criterion::Missing;
use crate::guideline::Guideline;
use crate::{Answer, PatientContext, SilenceReason};

fn read(patient: &str) -> PatientContext {
    let document: ContextDocument = serde_json::from_str(&format!(
        r#"{{ "on": "2026-01-10", "drugs": [], "allergies": [], "cultures": [], "egfr": 90, {patient} }}"#
    ))
    .expect("it is a context");
    let guideline = Guideline::shipped();
    document.read(guideline.findings()).expect("it can be read")
}

fn asked(patient: &str) -> Answer {
    Guideline::shipped().advise(&read(patient))
}

fn kinds(answer: &Answer) -> Vec<&'static str> {
    answer.advice.iter().map(|it| it.kind.as_str()).collect()
}

fn reasons(answer: &Answer) -> Vec<SilenceReason> {
    answer.silence.iter().map(|it| it.reason).collect()
}

const VAGINOSIS: &str =
    r#""age": "30 years", "diagnoses": ["icpc2:X84"], "findings": { "suspected_sepsis": false }"#;
const PROSTATITIS: &str = r#""age": "40 years", "diagnoses": ["icpc2:Y73"]"#;

#[test]
fn a_diagnosis_that_does_not_go_with_the_registered_sex_is_met_by_silence_with_that_reason() {
    let both = [
        (VAGINOSIS, "female", "male"),
        (PROSTATITIS, "male", "female"),
    ];
    for (patient, of, other) in both {
        let told = |sex: &str| asked(&format!(r#""sex": "{sex}", {patient}"#));
        assert!(
            !reasons(&told(of)).contains(&SilenceReason::SexDiffers),
            "{of}"
        );
        let silent = told(other);
        assert_eq!(reasons(&silent), [SilenceReason::SexDiffers], "{silent:?}");
        let named = |it: &&str| ["first_choice", "no_antibiotic", "agrees"].contains(it);
        assert!(!kinds(&silent).iter().any(named), "{silent:?}");
        assert_eq!(silent.silence[0].topic_for, Some(of.parse().unwrap()));
    }
}

#[test]
fn a_sex_that_is_not_known_is_named_beside_a_diagnosis_of_one_sex() {
    let answer = asked(VAGINOSIS);
    assert!(answer.not_checked.contains(&Missing::Sex), "{answer:?}");
    assert!(!reasons(&answer).contains(&SilenceReason::SexDiffers));
    let pneumonia =
        asked(r#""age": "30 years", "nursing_home": false, "diagnoses": ["icpc2:R81"]"#);
    assert!(!pneumonia.not_checked.contains(&Missing::Sex));
}

#[test]
fn a_recorded_pregnancy_tells_more_of_the_body_than_the_register_does() {
    let cystitis = |more: &str| {
        asked(&format!(
            r#""age": "30 years", "sex": "male", "diagnoses": ["icd10:O23.1"], {more}, "findings": {{ "fever": false, "flank_pain": false }}"#
        ))
    };
    let pregnant = cystitis(r#""pregnant": true, "pregnancy_week": 20"#);
    assert!(kinds(&pregnant).contains(&"first_choice"), "{pregnant:?}");
    let not = cystitis(r#""pregnant": false"#);
    assert_eq!(reasons(&not), [SilenceReason::SexDiffers], "{not:?}");
    // And a prostatitis in pregnancy is one of the two misread.
    let prostatitis = asked(&format!(
        r#""sex": "male", "pregnant": true, {PROSTATITIS}"#
    ));
    assert_eq!(reasons(&prostatitis), [SilenceReason::SexDiffers]);
}

#[test]
fn a_diagnosis_that_does_not_go_with_the_sex_leaves_no_other_topic_of_the_contact_silent_on_an_order()
 {
    let answer = asked(
        r#""age": "45 years", "sex": "male", "nursing_home": false, "pregnant": false, "diagnoses": ["icpc2:R81", "icpc2:X84"],
        "findings": { "signs_of_viral_cause": false }, "orders": [{ "drug": "J01CE02", "route": "oral", "mg": 1000, "times_per_day": 4, "days": 5 }]"#,
    );
    assert!(kinds(&answer).contains(&"agrees"), "{answer:?}");
}

#[test]
fn whether_a_registered_man_is_pregnant_is_open_where_the_record_speaks_of_a_body_that_can_be() {
    let man = |more: &str| {
        read(&format!(r#""sex": "male", "age": "30 years", {more}"#)).may_be_pregnant()
    };
    assert!(!man(r#""diagnoses": ["icpc2:R81"]"#));
    assert!(!man(r#""diagnoses": ["icpc2:Y73"]"#));
    for more in [
        r#""diagnoses": ["icpc2:R81", "icpc2:W78"]"#,
        r#""diagnoses": ["icd10:N76.0"]"#,
        r#""diagnoses": ["icd10:F64.0"]"#,
        r#""orders": [{ "reasons": ["icpc2:X84"] }]"#,
        r#""breast_feeding": true"#,
    ] {
        assert!(man(more), "{more}");
        assert!(!man(&format!(r#"{more}, "pregnant": false"#)), "{more}");
    }
    // An answer that came and cannot be read was asked for.
    let mut patient = read(r#""sex": "male", "age": "30 years""#);
    patient.unread.push(crate::Unread::Pregnancy);
    assert!(patient.may_be_pregnant());
    let old = read(r#""sex": "male", "age": "70 years", "diagnoses": ["icpc2:X84"]"#);
    assert!(!old.may_be_pregnant());
}

#[test]
fn a_drug_for_a_registered_man_who_may_be_pregnant_names_that_nobody_asked() {
    let answer = |code: &str| {
        asked(&format!(
            r#""sex": "male", "age": "30 years", "diagnoses": ["icd10:F64.0", "{code}"], "nursing_home": false,
            "orders": [{{ "drug": "J01AA02", "mg": 100, "times_per_day": 2, "days": 7 }}]"#
        ))
    };
    let named = answer("icpc2:R81");
    assert!(named.not_checked.contains(&Missing::Pregnancy), "{named:?}");
}

#[test]
fn what_is_to_be_minded_in_pregnancy_comes_before_any_first_choice() {
    let pregnant = |week: &str, more: &str| {
        asked(&format!(
            r#""age": "30 years", "sex": "female", "pregnant": true, "breast_feeding": false{week}, {more}"#
        ))
    };
    let arthritis = r#""diagnoses": ["icd10:A69.2"], "findings": { "solitary_erythema_migrans": false, "tick_bite_only": false,
        "multiple_erythema_migrans_or_lymphocytoma": false, "lyme_arthritis_or_acrodermatitis": true, "neuro_or_cardiac_borreliosis": false }"#;
    let ordered = format!(
        r#"{arthritis}, "orders": [{{ "drug": "J01AA02", "mg": 100, "times_per_day": 2, "days": 21 }}]"#
    );
    for asked in [arthritis, &ordered] {
        let answer = pregnant(r#", "pregnancy_week": 8"#, asked);
        assert_eq!(kinds(&answer), ["caution"], "{answer:?}");
        assert_eq!(reasons(&answer), [SilenceReason::Pregnancy]);
    }
    // The week decides whether care is asked for, and nobody knows it.
    let pertussis = r#""diagnoses": ["icpc2:R71"], "orders": [{ "drug": "J01FA01", "mg": 500, "times_per_day": 4, "days": 7 }]"#;
    for week in ["", r#", "pregnancy_week": 8"#] {
        let answer = pregnant(week, pertussis);
        assert!(!kinds(&answer).contains(&"agrees"), "{week}: {answer:?}");
    }
    // The topic on cystitis in pregnancy speaks of it itself.
    let cystitis = r#""diagnoses": ["icd10:O23.1"], "findings": { "fever": false, "flank_pain": false },
        "orders": [{ "drug": "J01XE01", "mg": 50, "times_per_day": 3, "days": 5 }]"#;
    let answer = pregnant(r#", "pregnancy_week": 8"#, cystitis);
    assert!(kinds(&answer).contains(&"agrees"), "{answer:?}");
}
