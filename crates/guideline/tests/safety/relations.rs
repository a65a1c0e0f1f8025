//! Questions that must have the same answer, and questions whose answer must not be bolder.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::Sex;
use riktig_guideline::{
    Advice, Allergy, Answer, Certainty, Checked, Culture, Diagnosis, FindingId, FindingValue,
    Guideline, Kind, Missing, PatientContext, Pregnancy, Reaction, Treatment,
};

use crate::chance::{Chance, patients};
use crate::grave::may_be_there;
use crate::patient::{atc, codes, patient};
use crate::treatments;

/// Each is asked some forty questions.
const MOST: u64 = 50_000;

fn each(of: impl Fn(u64, PatientContext, &mut Chance)) {
    for seed in 0..(patients() / 20).min(MOST) {
        let mut chance = Chance(seed);
        let patient = patient(&mut chance, Guideline::shipped());
        of(seed, patient, &mut chance);
    }
}

fn advise(patient: &PatientContext) -> Answer {
    Guideline::shipped().advise(patient)
}

/// A change of a list, if somebody looked at it.
fn with<T>(list: &mut Checked<Vec<T>>, more: T) {
    if let Checked::Checked(list) | Checked::Partly(list) = list {
        list.push(more);
    }
}

#[test]
fn a_fact_that_is_about_something_else_changes_nothing() {
    each(|seed, patient, _| {
        let before = advise(&patient);
        let paracetamol = atc("N02BE01");
        let mut more = patient.clone();
        with(&mut more.drugs, paracetamol);
        with(
            &mut more.allergies,
            Allergy {
                to: paracetamol,
                reaction: Reaction::Immediate,
                certainty: Certainty::Confirmed,
            },
        );
        with(
            &mut more.cultures,
            Culture {
                on: patient.on,
                resistant_to: Vec::new(),
                susceptible_to: vec![paracetamol],
            },
        );
        if !more.diagnoses.is_empty() {
            // Type 2 diabetes.
            more.diagnoses
                .push(Diagnosis::Icpc2("T90".parse().expect("it is a code")));
        }
        assert_same(seed, &before, &advise(&more));
    });
}

#[test]
fn the_order_of_lists_does_not_matter() {
    each(|seed, mut patient, chance| {
        patient
            .diagnoses
            .push(Diagnosis::Icpc2("R81".parse().expect("it is a code")));
        patient
            .diagnoses
            .extend(chance.maybe(&codes(&Guideline::shipped().conditions()[0]), 50));
        let before = advise(&patient);
        if let Checked::Checked(list) | Checked::Partly(list) = &mut patient.drugs {
            list.reverse();
        }
        if let Checked::Checked(list) | Checked::Partly(list) = &mut patient.cultures {
            list.reverse();
        }
        patient.diagnoses.reverse();
        patient.orders.reverse();
        let after = advise(&patient);
        if before.advice.len() < Answer::MOST {
            assert_same(seed, &before, &after);
        }
    });
}

/// The same advice and silences, in whichever order where they weigh the same.
fn assert_same(seed: u64, one: &Answer, other: &Answer) {
    let lines = |answer: &Answer| -> BTreeSet<String> {
        let advice = answer.advice.iter().map(|it| format!("{it:?}"));
        advice
            .chain(answer.silence.iter().map(|it| format!("{it:?}")))
            .collect()
    };
    assert_eq!(lines(one), lines(other), "seed {seed}");
}

#[test]
fn two_identical_orders_get_the_same_advice() {
    each(|seed, mut patient, _| {
        patient.orders.truncate(1);
        let Some(order) = patient.orders.first().cloned() else {
            return;
        };
        let alone = advise(&patient);
        let mut twin = order.clone();
        twin.id = "twin".to_owned();
        patient.orders.push(twin);
        let both = advise(&patient);
        for id in [order.id, "twin".to_owned()] {
            let of_this = both
                .advice
                .iter()
                .filter(|it| it.order.as_ref() == Some(&id));
            for advice in of_this {
                // That there are two is new.
                let twins = matches!(advice.kind, Kind::SecondAntibiotic { .. });
                let said = twins
                    || alone
                        .advice
                        .iter()
                        .any(|it| it.kind == advice.kind && it.rules == advice.rules);
                assert!(said, "seed {seed}: {advice:?} only of {id}");
            }
        }
    });
}

#[test]
fn the_same_condition_in_another_code_system_gets_the_same_answer() {
    let guideline = Guideline::shipped();
    let mut translated = 0;
    for seed in 0..(patients() / 20).min(MOST) {
        let mut patient = patient(&mut Chance(seed), guideline);
        patient
            .orders
            .iter_mut()
            .for_each(|order| order.reasons.clear());
        let Some(diagnosis) = patient.diagnoses.first().copied() else {
            continue;
        };
        let means = |code: Diagnosis| -> Vec<(&str, bool, Option<Sex>)> {
            let with_code = guideline
                .conditions()
                .iter()
                .filter(|it| it.codes.hold(code));
            with_code
                .map(|it| {
                    let one_sex = it.sex().or(code.sex());
                    (it.id.as_str(), it.codes.state(code), one_sex)
                })
                .collect()
        };
        let before = advise(&patient);
        for code in guideline.conditions().iter().flat_map(codes) {
            if code != diagnosis && means(code) == means(diagnosis) {
                patient.diagnoses[0] = code;
                assert_eq!(
                    before,
                    advise(&patient),
                    "seed {seed}: {diagnosis:?} as {code:?}"
                );
                translated += 1;
            }
        }
    }
    assert!(
        translated > 100,
        "hardly any code was translated: {translated}"
    );
}

/// What is taken away, and what is then to be named as not looked at. Nothing: no advice may become bolder at all.
type Gap = (&'static str, fn(&mut PatientContext), &'static [Missing]);

const GAPS: [Gap; 12] = [
    ("age", |it| it.age = None, &[]),
    ("weight", |it| it.weight = None, &[]),
    (
        "sex",
        forget_sex,
        &[Missing::Sex, Missing::Pregnancy, Missing::BreastFeeding],
    ),
    ("nursing home", |it| it.nursing_home = None, &[]),
    (
        "week",
        |it| {
            if let Pregnancy::Yes { week } = &mut it.pregnancy {
                *week = None;
            }
        },
        &[],
    ),
    ("pregnancy", forget_pregnancy, &[Missing::Pregnancy]),
    (
        "breast-feeding",
        forget_breast_feeding,
        &[Missing::BreastFeeding],
    ),
    (
        "allergies",
        |it| it.allergies = Checked::NotChecked,
        &[Missing::Allergies],
    ),
    (
        "kidney function",
        |it| (it.egfr, it.creatinine) = (None, None),
        &[Missing::KidneyFunction],
    ),
    (
        "creatinine",
        |it| it.creatinine = None,
        &[Missing::KidneyFunction],
    ),
    (
        "drugs",
        |it| it.drugs = Checked::NotChecked,
        &[Missing::Drugs],
    ),
    (
        "cultures",
        |it| it.cultures = Checked::NotChecked,
        &[Missing::Cultures],
    ),
];

fn forget_sex(it: &mut PatientContext) {
    it.sex = Sex::Unknown;
}

/// Of a man, a child and an old woman nobody asks: there it is not unknown.
fn is_asked(it: &PatientContext) -> bool {
    it.sex != Sex::Male && it.age.is_none_or(|age| (10..=60).contains(&age.years()))
}

fn forget_pregnancy(it: &mut PatientContext) {
    if is_asked(it) {
        it.pregnancy = Pregnancy::Unknown;
    }
}

fn forget_breast_feeding(it: &mut PatientContext) {
    if is_asked(it) {
        it.breast_feeding = None;
    }
}

/// Whether advice claims something: some kinds ask, and a word of caution makes nothing bolder.
fn is_firm(kind: &Kind) -> bool {
    let asks = matches!(
        kind,
        Kind::Depends | Kind::CannotBeTold | Kind::ClarifyAllergy { .. } | Kind::DiagnosisMissing
    );
    let warns = matches!(
        kind,
        Kind::Caution { .. } | Kind::Interacts { .. } | Kind::SecondAntibiotic { .. }
    );
    !asks && !warns
}

/// Whether a treatment tells no more than another.
fn is_softer(softer: &Treatment, than: &Treatment) -> bool {
    softer.drug == than.drug
        && (softer.milligrams.is_none() || softer.milligrams == than.milligrams)
        && (softer.times_per_day.is_empty() || softer.times_per_day == than.times_per_day)
        && (softer.days.is_none() || softer.days == than.days)
}

/// A drug that must not be given, and none instead: that is meant for everybody.
fn only_forbids(advice: &Advice) -> bool {
    matches!(&advice.kind, Kind::Contraindicated { instead, .. } if instead.is_empty())
}

/// What must not be there for it to be meant: findings and dangers.
fn conditions_of(advice: &Advice) -> BTreeSet<&str> {
    let findings = advice.only_without.iter().map(FindingId::as_str);
    findings
        .chain(advice.standing.iter().map(String::as_str))
        .collect()
}

/// Whether what is said without a fact is said with it too, maybe more of it.
fn is_covered(advice: &Advice, fuller: &Answer) -> bool {
    let same_kind = |it: &&Advice| {
        it.order == advice.order
            && (only_forbids(advice) || conditions_of(it).is_subset(&conditions_of(advice)))
            && std::mem::discriminant(&it.kind) == std::mem::discriminant(&advice.kind)
    };
    let mut said = fuller.advice.iter().filter(same_kind);
    let named = treatments(&advice.kind);
    said.any(|it| {
        let all = treatments(&it.kind);
        match (&advice.kind, &it.kind) {
            (Kind::Differs { changes, .. }, Kind::Differs { changes: more, .. }) => {
                changes.iter().all(|change| more.contains(change))
            }
            (Kind::Agrees { .. }, Kind::Agrees { .. }) => true,
            _ => named
                .iter()
                .all(|one| all.iter().any(|other| is_softer(one, other))),
        }
    })
}

/// A drug is named beside the question whether one is given, and with more facts none is. With two orders the question may be
/// cut off; what it asks is named as not checked then too.
fn is_conditional(advice: &Advice, fewer: &Answer, fuller: &Answer) -> bool {
    let says = |answer: &Answer, kind: Kind| answer.advice.iter().any(|it| it.kind == kind);
    let findings = |it: &Missing| matches!(it, Missing::Finding(_));
    let shortened = fewer.advice.len() == Answer::MOST && fewer.not_checked.iter().any(findings);
    let asked = says(fewer, Kind::Depends) || shortened;
    asked && says(fuller, Kind::NoAntibiotic) && !treatments(&advice.kind).is_empty()
}

/// It is said only for patients without a finding that this one has: of them it claims nothing. That a drug must not be given is meant for
/// all of them, and must be said with more facts too.
fn is_for_others(advice: &Advice, fuller: &Answer, patient: &PatientContext) -> bool {
    let has = |id: &FindingId| patient.findings.get(id) == Some(&FindingValue::Present(true));
    let forbids = |it: &Advice| matches!(it.kind, Kind::Contraindicated { .. });
    let mut others = fuller.advice.iter();
    let still = others.any(|it| it.order == advice.order && forbids(it));
    let has_danger = |id: &String| may_be_there(id, patient);
    (advice.only_without.iter().any(has) || advice.standing.iter().any(has_danger))
        && (!forbids(advice) || still)
}

/// What an answer with fewer facts says that the fuller one does not, unless that one was cut short above it.
fn bolder<'a>(fewer: &'a Answer, fuller: &Answer, patient: &PatientContext) -> Option<&'a Advice> {
    let cut = fuller
        .advice
        .last()
        .filter(|_| fuller.advice.len() >= Answer::MOST);
    fewer.advice.iter().find(|it| {
        let cut_off = cut.is_some_and(|last| it.kind.weight() >= last.kind.weight());
        let claimed = is_firm(&it.kind) && !is_conditional(it, fewer, fuller);
        claimed && !cut_off && !is_covered(it, fuller) && !is_for_others(it, fuller, patient)
    })
}

#[test]
fn a_fact_taken_away_never_makes_advice_bolder() {
    let mut softer: BTreeMap<&str, u32> = BTreeMap::new();
    let softer = std::cell::RefCell::new(&mut softer);
    each(|seed, patient, _| {
        let fuller = advise(&patient);
        let ask = |name: &'static str, fewer: &PatientContext, named: &[Missing]| {
            let answer = advise(fewer);
            let unchecked = |it: &Missing| answer.not_checked.contains(it);
            // Kidney function is reckoned from creatinine with age, sex and "not pregnant": without one of them it is not known.
            let reckoned = patient.kidney_function().is_some() && patient.egfr.is_none();
            let no_more = reckoned && fewer.kidney_function() != patient.kidney_function();
            let excused =
                named.iter().any(unchecked) || no_more && unchecked(&Missing::KidneyFunction);
            if answer != fuller {
                *softer.borrow_mut().entry(name).or_default() += 1;
            }
            if let Some(bolder) = bolder(&answer, &fuller, &patient).filter(|_| !excused) {
                panic!(
                    "seed {seed}, without {name}: {bolder:#?}\n{patient:#?}\nbefore {fuller:#?}\nnot checked {:?}",
                    answer.not_checked
                );
            }
        };
        for (name, take, named) in GAPS {
            let mut fewer = patient.clone();
            take(&mut fewer);
            ask(name, &fewer, named);
        }
        let known: Vec<FindingId> = patient.findings.keys().cloned().collect();
        for id in known {
            let mut fewer = patient.clone();
            let value = fewer.findings.remove(&id);
            if value
                .is_some_and(|it| !matches!(it, FindingValue::Number(number) if number.is_nan()))
            {
                ask("a finding", &fewer, &[]);
            }
        }
    });
    let softer = softer.into_inner();
    for name in ["age", "allergies", "a finding"] {
        assert!(
            softer.contains_key(name),
            "{name} never matters: {softer:?}"
        );
    }
}
