//! Graver diagnoses beside the one that is asked about, written down a second time: nothing here comes from the engine or from
//! `content/guideline/dangers.toml`.

use riktig_guideline::{Diagnosis, Guideline, danger_mutants};

use crate::chance::{Chance, patients};
use crate::grave::decides;
use crate::patient::patient;
use crate::treatments;

/// Codes that a record has for a graver illness, and the topics of which nothing may be said of drugs, of waiting or of none beside it. No
/// topic: of none at all.
const GRAVER: [(&[&str], &[&str]); 12] = [
    // Meningitis, encephalitis, abscess of the brain.
    (
        &[
            "N71", "N73", "A39.0", "A84.1", "A87.0", "B00.3", "B00.4", "G00.1", "G01", "G02.0",
            "G03.9", "G04.2", "G05.0", "G06.0", "G08",
        ],
        &[],
    ),
    // Endocarditis, myocarditis, pericarditis.
    (
        &["K70", "I33.0", "I33.9", "I38", "I39.0", "I40.0", "I30.1"],
        &[],
    ),
    // Necrotising fasciitis, gas gangrene, toxic shock.
    (&["M72.6", "A48.0", "A48.3"], &[]),
    // Epiglottitis, abscess of the deep neck, diphtheria.
    (
        &["J05.1", "J39.0", "J39.1", "A36.0"],
        &[
            "strep_throat",
            "scarlet_fever",
            "acute_bronchitis",
            "aom",
            "sinusitis",
            "croup",
        ],
    ),
    // Pneumonia that is no topic's own.
    (
        &[
            "J10.0", "J11.0", "J12.9", "J13", "J14", "J15.2", "J16.8", "J17.0", "J18.0", "J18.1",
        ],
        &[
            "acute_bronchitis",
            "sinusitis",
            "aom",
            "strep_throat",
            "scarlet_fever",
            "urti",
            "influenza",
        ],
    ),
    // Abscess of the lung, empyema, legionnaires' disease.
    (
        &["J85.1", "J86.0", "J86.9", "A48.1"],
        &[
            "pneumonia",
            "pneumonia_nursing_home",
            "acute_bronchitis",
            "copd_exacerbation",
            "sinusitis",
        ],
    ),
    // The kidney beside the bladder.
    (
        &["N12", "O23.0", "N13.6", "N15.1"],
        &[
            "cystitis_women",
            "cystitis_child",
            "cystitis_complicated",
            "asb",
        ],
    ),
    // Pus that tablets do not reach.
    (
        &["N13.6", "N15.1", "N41.2"],
        &["pyelonephritis", "prostatitis", "cystitis_complicated"],
    ),
    // The abdomen.
    (
        &["D88", "K35.8", "K37", "K65.0", "K81.0", "K83.0"],
        &[
            "gastroenteritis",
            "cystitis_women",
            "cystitis_child",
            "cystitis_complicated",
            "pyelonephritis",
        ],
    ),
    // Bone, joint, tendon sheath.
    (
        &["L70", "M00.9", "M46.2", "M46.3", "M65.0", "M86.9"],
        &[
            "cellulitis",
            "erysipelas",
            "wound_infection",
            "bite",
            "furuncle",
            "impetigo",
            "erythema_migrans",
        ],
    ),
    // The orbit and the eye.
    (
        &["H05.0"],
        &[
            "sinusitis",
            "conjunctivitis",
            "cellulitis",
            "erysipelas",
            "impetigo",
            "aom",
        ],
    ),
    (
        &["F85", "H16.0", "H20.0", "H40.2", "H44.0", "H44.1"],
        &["conjunctivitis"],
    ),
];

fn read(code: &str) -> Diagnosis {
    match code.parse().map(Diagnosis::Icpc2) {
        Ok(diagnosis) if code.len() == 3 && is_icpc2(code) => diagnosis,
        _ => Diagnosis::Icd10(code.parse().expect("it is a code")),
    }
}

/// Of the codes above without a point these are ICPC-2: the two classifications write three characters alike.
fn is_icpc2(code: &str) -> bool {
    ["N71", "N73", "K70", "D88", "L70", "F85"].contains(&code)
}

/// A rule of advice that is given in spite of a graver diagnosis in the contact or on the order.
fn said_in_spite(guideline: &Guideline, seed: u64) -> Option<String> {
    let mut chance = Chance(seed);
    let mut patient = patient(&mut chance, guideline);
    let (codes, topics) = chance.one(&GRAVER);
    let code = chance.one(codes);
    match patient
        .orders
        .first_mut()
        .filter(|it| !it.reasons.is_empty())
    {
        Some(order) => order.reasons.push(read(code)),
        None => patient.diagnoses.push(read(code)),
    }
    let answer = guideline.advise(&patient);
    let mut rules = answer
        .advice
        .iter()
        .filter(|it| decides(it))
        .flat_map(|it| {
            let named = treatments(&it.kind)
                .iter()
                .flat_map(|it| it.rules().cloned());
            it.rules.iter().cloned().chain(named).collect::<Vec<_>>()
        });
    let rule = rules.find(|rule| {
        let topic = rule.split('/').next().unwrap_or_default();
        topic != "safety" && (topics.is_empty() || topics.contains(&topic))
    });
    rule.map(|rule| format!("seed {seed}: {rule} beside {code}\n{patient:#?}"))
}

#[test]
fn no_drug_no_waiting_and_no_none_is_told_beside_a_graver_diagnosis() {
    let guideline = Guideline::shipped();
    let wrong = (0..patients()).find_map(|seed| said_in_spite(guideline, seed));
    assert_eq!(wrong, None);
}

#[test]
fn a_graver_diagnosis_that_is_forgotten_is_noticed() {
    let named = [
        "meningitis",
        "heart",
        "necrotising",
        "deep-neck",
        "pneumonia",
        "lung",
        "kidney",
        "abdomen",
        "bone-or-joint",
        "within-the-eye",
    ];
    for (mistake, wrong) in danger_mutants(Guideline::shipped()) {
        let whole = named.iter().any(|it| mistake == format!("{it}: left out"));
        let noticed = || (0..60_000).any(|seed| said_in_spite(&wrong, seed).is_some());
        assert!(!whole || noticed(), "nobody notices: {mistake}");
    }
}
