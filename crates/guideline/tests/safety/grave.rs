//! What is not said to whoever is gravely ill, written down a second time: nothing here comes from the engine or from
//! `content/guideline/dangers.toml`.

use riktig_guideline::{
    Advice, AgeInMonths, CONDITIONS, FINDINGS, FindingKind, FindingValue, Guideline, Kind,
    PatientContext, SAFETY, danger_mutants,
};

use crate::chance::{Chance, patients};
use crate::patient::patient;
use crate::treatments;

/// A sign: what the answer calls it, what says it in a record, and in which topics it counts. No topic: in all.
#[derive(Clone, Copy)]
struct Sign {
    name: &'static str,
    finding: &'static str,
    topics: &'static [&'static str],
}

const fn sign(name: &'static str, finding: &'static str, topics: &'static [&'static str]) -> Sign {
    Sign {
        name,
        finding,
        topics,
    }
}

const EAR: &[&str] = &["aom", "strep_throat", "scarlet_fever", "sinusitis"];
const THROAT: &[&str] = &["strep_throat", "scarlet_fever", "acute_bronchitis"];
const CHEST: &[&str] = &[
    "pneumonia",
    "pneumonia_nursing_home",
    "acute_bronchitis",
    "copd_exacerbation",
    "pertussis",
];
const EYE: &[&str] = &["conjunctivitis"];

const SIGNS: [Sign; 16] = [
    sign("sepsis", "suspected_sepsis", &[]),
    sign("breathing", "breathing_difficulty", &[]),
    sign("breathing", "severe_pneumonia_signs", &[]),
    sign("unwell-child", "poor_general_condition", &[]),
    sign("mastoiditis", "mastoiditis_or_nerve_signs", EAR),
    sign("airway", "peritonsillar_abscess_signs", THROAT),
    sign("airway", "stridor_at_rest", THROAT),
    sign("crb65", "crb65", CHEST),
    sign(
        "orbit",
        "suspected_ethmoiditis",
        &["sinusitis", "conjunctivitis"],
    ),
    sign(
        "orbit",
        "visual_or_neurological_signs",
        &["sinusitis", "conjunctivitis"],
    ),
    sign("eye", "severe_eye_pain", EYE),
    sign("eye", "contact_lens_keratitis", EYE),
    sign("eye", "gonococcal_or_herpes_eye", EYE),
    sign("severe-course", "severe_course", &["gastroenteritis"]),
    sign(
        "severe-course",
        "poor_general_condition",
        &["gastroenteritis"],
    ),
    sign(
        "nerve-or-heart",
        "neuro_or_cardiac_borreliosis",
        &["erythema_migrans"],
    ),
];

/// Whether a finding is one of the signs.
pub(crate) fn is_sign(finding: &str) -> bool {
    SIGNS.iter().any(|it| it.finding == finding)
}

impl Sign {
    fn is_there(&self, patient: &PatientContext) -> bool {
        let found = patient
            .findings
            .iter()
            .find(|(id, _)| id.as_str() == self.finding);
        let there = match found.map(|(_, value)| *value) {
            Some(FindingValue::Present(there)) => there,
            Some(FindingValue::Number(points)) => points >= 2.0,
            None => false,
        };
        // Whoever may be a child counts as one.
        let child = patient.age.is_none_or(|age| age.years() < 18);
        there && (self.name != "unwell-child" || child)
    }

    fn show(&self, patient: &mut PatientContext, guideline: &Guideline) {
        let finding = guideline.findings().get(self.finding);
        let finding = finding.expect("it is in the vocabulary");
        let value = match finding.kind {
            FindingKind::YesNo => FindingValue::Present(true),
            FindingKind::Number { .. } => FindingValue::Number(2.0),
        };
        patient.findings.insert(finding.id.clone(), value);
    }

    /// The topic on otitis speaks of children in poor condition itself, that on gastroenteritis of everybody.
    fn counts_in(&self, topic: &str) -> bool {
        let speaks = self.name == "unwell-child" && ["aom", "gastroenteritis"].contains(&topic);
        (self.topics.is_empty() || self.topics.contains(&topic)) && !speaks
    }
}

/// Whether a danger that an answer names is there.
fn is_there(danger: &str, patient: &PatientContext) -> bool {
    let mut signs = SIGNS.iter();
    signs.any(|it| it.name == danger && it.is_there(patient))
}

/// Whether it is there; or may be, in one of whom nobody knows whether it is a child.
pub(crate) fn may_be_there(danger: &str, patient: &PatientContext) -> bool {
    let mut child = patient.clone();
    child.age = patient.age.or(Some(AgeInMonths(0)));
    is_there(danger, &child)
}

/// Whether it says that a drug is given, or none, or that it can wait.
pub(crate) fn decides(advice: &Advice) -> bool {
    let decides = matches!(advice.kind, Kind::NoAntibiotic | Kind::ConsiderWaiting);
    decides || !treatments(&advice.kind).is_empty()
}

/// The rules of advice on drugs, waiting or none, that a sign in the record forbids.
fn said_in_spite(guideline: &Guideline, patient: &PatientContext) -> Option<String> {
    let answer = guideline.advise(patient);
    let found: Vec<&Sign> = SIGNS.iter().filter(|it| it.is_there(patient)).collect();
    let rules = answer.advice.iter().filter(|it| decides(it));
    let of_treatments = |it: &Advice| -> Vec<String> {
        let named = treatments(&it.kind)
            .iter()
            .flat_map(|it| it.rules().cloned());
        it.rules.iter().cloned().chain(named).collect()
    };
    for rule in rules.flat_map(of_treatments) {
        let topic = rule.split('/').next().unwrap_or_default();
        if let Some(sign) = found
            .iter()
            .find(|it| topic != "safety" && it.counts_in(topic))
        {
            return Some(format!("{rule} in spite of {}", sign.finding));
        }
    }
    None
}

#[test]
fn no_drug_no_waiting_and_no_none_is_told_to_whoever_is_gravely_ill() {
    let guideline = Guideline::shipped();
    let mut ill = 0;
    for seed in 0..patients() {
        let patient = patient(&mut Chance(seed), guideline);
        ill += u32::from(SIGNS.iter().any(|it| it.is_there(&patient)));
        if let Some(wrong) = said_in_spite(guideline, &patient) {
            panic!(
                "seed {seed}: {wrong}\n{patient:#?}\n{:#?}",
                guideline.advise(&patient)
            );
        }
    }
    assert!(ill > 1000, "hardly anybody was ill: {ill}");
}

/// A guideline that was read without its dangers, and with each of them forgotten, is noticed.
#[test]
fn a_danger_that_is_forgotten_is_noticed() {
    let none = Guideline::from_files(FINDINGS, SAFETY, CONDITIONS.iter().copied())
        .expect("it can be read");
    let mut planted = danger_mutants(Guideline::shipped());
    // Those that only diagnoses tell of are asked for in `beside`.
    let of_a_sign = |mistake: &str| {
        SIGNS
            .iter()
            .any(|it| mistake.starts_with(&format!("{}:", it.name)))
    };
    planted.retain(|(mistake, _)| mistake.ends_with("left out") && of_a_sign(mistake));
    planted.push(("none is known".to_owned(), none));
    for (mistake, wrong) in planted {
        let named = |it: &Sign| mistake.starts_with(&format!("{}:", it.name));
        let its = |it: &&Sign| named(it) || mistake.starts_with("none");
        let its: Vec<Sign> = SIGNS.iter().filter(its).copied().collect();
        let noticed = (0..40_000).any(|seed| {
            let mut chance = Chance(seed);
            let mut patient = patient(&mut chance, &wrong);
            chance.one(&its).show(&mut patient, &wrong);
            said_in_spite(&wrong, &patient).is_some()
        });
        assert!(noticed, "nobody notices: {mistake}");
    }
}

/// While nobody has told of a sign, the answer says that it is not meant for it; when it is known to be absent, not.
#[test]
fn a_danger_is_named_with_advice_until_somebody_has_told_of_it() {
    let guideline = Guideline::shipped();
    let mut named = 0;
    for seed in 0..patients() / 4 {
        let patient = patient(&mut Chance(seed), guideline);
        let told = |finding: &str| patient.findings.keys().any(|id| id.as_str() == finding);
        for advice in guideline
            .advise(&patient)
            .advice
            .iter()
            .filter(|it| decides(it))
        {
            let standing = |name: &str| advice.standing.iter().any(|it| it == name);
            named += u32::from(standing("sepsis"));
            let drugs = treatments(&advice.kind);
            let only_forbids =
                matches!(advice.kind, Kind::Contraindicated { .. }) && drugs.is_empty();
            assert!(
                only_forbids || standing("sepsis") != told("suspected_sepsis"),
                "seed {seed}: {advice:#?}\n{patient:#?}"
            );
            assert!(
                advice.standing.iter().all(|it| !is_there(it, &patient)),
                "seed {seed}"
            );
        }
    }
    assert!(named > 100, "{named}");
}
