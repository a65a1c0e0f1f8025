//! The shipped guideline never advises what a patient must not have, whoever the patient is.
//!
//! Patients by chance (20,000; `cargo xtask test --full`: a million) against what is known of drugs, written down a second time
//! in `known`; and questions that must have the same answer, or a softer one.

mod beside;
mod body;
#[path = "../oracle/chance.rs"]
mod chance;
mod grave;
mod known;
mod patient;
mod provenance;
mod relations;

use riktig_codes::AtcCode;
use riktig_guideline::{
    Advice, Answer, CONDITIONS, Checked, FINDINGS, Guideline, Kilograms, Kind, PatientContext,
    Pregnancy, SAFETY, Treatment,
};

use chance::{Chance, patients};
use patient::patient;

/// Every treatment that an answer names.
fn named(answer: &Answer) -> Vec<&Treatment> {
    answer
        .advice
        .iter()
        .flat_map(|it| treatments(&it.kind))
        .collect()
}

fn treatments(kind: &Kind) -> &[Treatment] {
    match kind {
        Kind::FirstChoice { choices } => choices,
        Kind::Contraindicated { instead, .. } => instead,
        Kind::Differs { treatment, .. } | Kind::Agrees { treatment } => {
            std::slice::from_ref(treatment)
        }
        _ => &[],
    }
}

fn danger(answer: &Answer, patient: &PatientContext) -> Option<String> {
    let of = |advice: &Advice| {
        // What is ordered beside is in use.
        let mut patient = patient.clone();
        let beside = patient.orders.iter();
        let others = beside.filter(|it| advice.order.as_ref().is_some_and(|own| it.id != *own));
        let beside: Vec<AtcCode> = others.filter_map(|it| it.atc).collect();
        if !beside.is_empty() {
            let in_use = patient.drugs.known().iter().copied().chain(beside);
            patient.drugs = Checked::Partly(in_use.collect());
        }
        let named = treatments(&advice.kind).iter();
        let mut named = named.filter_map(|it| known::danger(it, &patient));
        match &advice.kind {
            Kind::Agrees { treatment } => {
                let order = patient
                    .orders
                    .iter()
                    .find(|it| advice.order.as_ref() == Some(&it.id));
                let order = order.expect("an order agrees");
                known::not_to_be_agreed_with(treatment.drug.as_str(), order, &patient)
                    .or_else(|| named.next())
            }
            _ => named.next(),
        }
    };
    answer.advice.iter().find_map(of)
}

#[test]
fn no_advice_names_what_the_patient_must_not_have() {
    let guideline = Guideline::shipped();
    let mut treatments_named = 0;
    for seed in 0..patients() {
        let mut chance = Chance(seed);
        let patient = patient(&mut chance, guideline);
        let answer = guideline.advise(&patient);
        if let Some(danger) = danger(&answer, &patient) {
            panic!("seed {seed}: {danger}\n{patient:#?}\n{answer:#?}");
        }
        treatments_named += named(&answer).len();
    }
    assert!(
        treatments_named > 200,
        "an engine that names nothing is safe for the wrong reason"
    );
}

/// Somebody who asks, and forgets something on the way.
type Forgetful = (&'static str, fn(&mut PatientContext));

const FORGETFUL: [Forgetful; 9] = [
    ("the other orders", |it| it.orders.truncate(1)),
    ("the drugs in use", |it| {
        it.drugs = Checked::Checked(Vec::new())
    }),
    ("the first day", |it| {
        it.orders.iter_mut().for_each(|it| it.first_day = None)
    }),
    ("kidney function", |it| {
        (it.egfr, it.creatinine) = (None, None)
    }),
    ("the allergies", |it| {
        it.allergies = Checked::Checked(Vec::new())
    }),
    ("a group that somebody reacted to", |it| {
        if let Checked::Checked(list) = &mut it.allergies {
            list.retain(|allergy| allergy.to.is_substance());
        }
    }),
    ("that the patient is pregnant", |it| {
        it.pregnancy = Pregnancy::No
    }),
    ("ten weeks", |it| {
        if let Pregnancy::Yes { week: Some(week) } = &mut it.pregnancy {
            *week = week.saturating_sub(10);
        }
    }),
    ("to ask for kilograms", |it| {
        it.weight = it.weight.and_then(|kg| Kilograms::new(kg.get() * 2.2));
    }),
];

#[test]
fn a_fact_that_gets_lost_on_the_way_is_noticed() {
    let guideline = Guideline::shipped();
    for (what, forget) in FORGETFUL {
        let noticed = (0..40_000).any(|seed| {
            let patient = patient(&mut Chance(seed), guideline);
            let mut asked = patient.clone();
            forget(&mut asked);
            danger(&guideline.advise(&asked), &patient).is_some()
        });
        assert!(noticed, "nobody notices who forgets {what}");
    }
}

/// A mistake in the content: the text, and what it becomes.
const MISTAKES: [(&str, &str, &str); 7] = [
    (
        "a dose that does not follow the kidneys",
        "drug = \"J01CA08\"\ndose_changes = true",
        "drug = \"J01CA08\"\ndose_changes = false",
    ),
    (
        "trimethoprim beside methotrexate",
        "drug = [\"J01EA01\", \"J01EE01\"]\nwith = [\"L04AX03\"",
        "drug = [\"J01DH02\"]\nwith = [\"L04AX03\"",
    ),
    (
        "penicillins do not share their allergies",
        "members = [\"J01C\"]",
        "members = [\"J01CR\"]",
    ),
    (
        "nitrofurantoin to the last week",
        "pregnancy_week >= 36",
        "pregnancy_week >= 44",
    ),
    (
        "sulfonamides to the last week",
        "pregnancy_week >= 28",
        "pregnancy_week >= 44",
    ),
    ("a dose twice as large", "dose_mg = 50\n", "dose_mg = 100\n"),
    (
        "a dose by weight twice as large",
        "dose_mg_per_kg = 7.5\n",
        "dose_mg_per_kg = 15\n",
    ),
];

#[test]
fn a_mistake_in_the_content_is_noticed() {
    for (name, right, wrong) in MISTAKES {
        let texts = || std::iter::once(SAFETY).chain(CONDITIONS.iter().map(|(_, text)| *text));
        assert!(
            texts().any(|text| text.contains(right)),
            "{right} is nowhere"
        );
        let files: Vec<(&str, String)> = CONDITIONS
            .iter()
            .map(|(name, text)| (*name, text.replace(right, wrong)))
            .collect();
        let files = files.iter().map(|(name, text)| (*name, text.as_str()));
        let planted = Guideline::from_files(FINDINGS, &SAFETY.replace(right, wrong), files)
            .expect("it can still be read");
        let noticed = (0..60_000).any(|seed| {
            let patient = patient(&mut Chance(seed), &planted);
            danger(&planted.advise(&patient), &patient).is_some()
        });
        assert!(noticed, "nobody notices: {name}");
    }
}
