//! Advice against a second engine, slow and obvious: what is said with some facts unknown is right for everybody the patient
//! may be.
//!
//! Small guidelines by chance; a patient of whom some facts are known; the grid of everybody of whom they are true; rules that
//! nobody has read are taken to hold, and not to. Each firm statement must be right in all of it. One exception, written on
//! the card: where nobody looked at the allergy list, or asked about pregnancy, a drug that is named may turn out to be forbidden by it.

mod chance;
mod patient;
mod plain;
mod small;

use std::collections::BTreeMap;

use riktig_guideline::{Advice, Answer, Change, Guideline, Kind, Missing, Treatment};

use chance::{Chance, patients};
use patient::Patient;
use plain::{Choice, Truth, allergic, shows_danger, too_late, truth};
use small::{DRUGS, Small};

fn guideline(small: &Small, safety: &str) -> Guideline {
    let files = small.files();
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let read = Guideline::from_files(Small::findings(), safety, files)
        .and_then(|it| it.with_dangers(&small.dangers()));
    read.unwrap_or_else(|error| {
        panic!(
            "{error}: {:?}\n{small:#?}",
            std::error::Error::source(&error)
        )
    })
}

/// The guideline with each unread rule either as if it had been read, or gone.
fn readings(small: &Small) -> Vec<Small> {
    let mut all = vec![small.clone()];
    for at in 0..small.conditions.len() {
        for line in 0..small.conditions[at].lines.len() {
            if !small.conditions[at].lines[line].read {
                let mut gone = all.clone();
                gone.iter_mut()
                    .for_each(|it| it.conditions[at].lines[line].valid = false);
                all.extend(gone);
            }
        }
        for rule in 0..small.conditions[at].rules.len() {
            if !small.conditions[at].rules[rule].read {
                let mut gone = all.clone();
                gone.iter_mut()
                    .for_each(|it| it.conditions[at].rules[rule].stance = "gone");
                all.extend(gone);
            }
        }
    }
    all
}

/// Whether a treatment that is told is one of those that are right, as far as it is told.
fn is_one_of(told: &Treatment, right: &[Choice]) -> bool {
    right.iter().any(|it| {
        it.drug == told.drug.as_str()
            && told
                .milligrams
                .as_ref()
                .is_none_or(|mg| it.dose_is(mg[0].0))
            && (told.times_per_day.is_empty() || told.times_per_day == [it.times])
            && told.days.is_none_or(|days| days == (it.days, it.days))
    })
}

fn changes_are_asked_for(changes: &[Change], line: &Choice) -> bool {
    changes.iter().all(|change| match change {
        Change::Dose { from, to } => line.dose_is(to[0].0) && !line.dose_is(from[0]),
        Change::Frequency { from, to } => *to == [line.times] && *from != line.times,
        Change::Length { from, to } => *to == (line.days, line.days) && *from != line.days,
    })
}

/// Whether advice is right for one whom the patient may be.
///
/// Which drug is right is one question, and whether one is given another: a drug may be named to one who needs none only where
/// it is said beside it that this depends.
fn is_right(
    advice: &Advice,
    answer: &Answer,
    truth: &Truth,
    (they, in_danger): (&Patient, bool),
    excused: &dyn Fn(&str) -> bool,
) -> bool {
    // Told on condition, it is right for whoever fulfils it; the others are told nothing but what holds for all.
    let told_of_others = they.ill == Some(true) && !advice.only_without.is_empty()
        || in_danger && !advice.standing.is_empty();
    let mut depends = answer.advice.iter().map(|it| &it.kind);
    if told_of_others {
        return match &advice.kind {
            Kind::Contraindicated { .. } => truth.forbidden,
            _ => true,
        };
    }
    let of_a_drug = matches!(
        advice.kind,
        Kind::Agrees { .. } | Kind::Differs { .. } | Kind::FirstChoice { .. }
    );
    let shortened = answer.advice.len() == Answer::MOST;
    if of_a_drug && truth.none && !shortened && !depends.any(|it| *it == Kind::Depends) {
        return false;
    }
    let each = |choices: &[Treatment]| {
        choices.iter().any(|it| excused(it.drug.as_str()))
            || choices.iter().all(|it| is_one_of(it, &truth.first))
    };
    let ordered = they.order.as_ref().map_or("", |it| it.drug);
    match &advice.kind {
        Kind::Refer => truth.refer,
        Kind::TakeTest => truth.test,
        Kind::NoAntibiotic => truth.none,
        Kind::ConsiderWaiting => truth.wait,
        Kind::Contraindicated { instead, .. } => truth.forbidden && each(instead),
        Kind::Agrees { .. } => truth.agrees || excused(ordered),
        Kind::Differs { changes, .. } => {
            excused(ordered)
                || truth
                    .lines_for_the_drug
                    .iter()
                    .any(|it| changes_are_asked_for(changes, it))
        }
        Kind::FirstChoice { choices } if they.order.is_some() => {
            let named = choices.iter().any(|it| excused(it.drug.as_str()));
            named || excused(ordered) || truth.another_drug && each(choices)
        }
        Kind::FirstChoice { choices } => each(choices),
        // They ask, and claim nothing.
        Kind::Depends
        | Kind::CannotBeTold
        | Kind::ClarifyAllergy { .. }
        | Kind::DiagnosisMissing => true,
        Kind::Caution { .. } | Kind::Interacts { .. } | Kind::SecondAntibiotic { .. } => false,
    }
}

/// The first statement that is wrong for somebody the patient may be.
fn wrong(small: &Small, patient: &Patient, answer: &Answer) -> Option<String> {
    let not_checked = |fact: Missing| answer.not_checked.contains(&fact);
    let unlooked = patient.allergy.is_none() && not_checked(Missing::Allergies);
    let unasked = patient.pregnancy.is_none() && not_checked(Missing::Pregnancy);
    for reading in readings(small) {
        for they in patient.completions() {
            let truth = truth(&reading, &they);
            let in_danger = shows_danger(&reading, &they);
            // Where several conditions are meant, what one of them gives counts against the others.
            let several = small.conditions.len() > 1;
            let found_out =
                |drug: &str| unlooked && allergic(drug, &they) || unasked && too_late(drug, &they);
            let excused =
                |drug: &str| found_out(drug) || several && DRUGS.iter().any(|it| found_out(it));
            for advice in &answer.advice {
                let known = patient.ill.is_some() && !advice.only_without.is_empty()
                    || patient.grave.is_some() && !advice.standing.is_empty();
                if known {
                    return Some(format!("{advice:#?}\non condition of what is known"));
                }
                if !is_right(advice, answer, &truth, (&they, in_danger), &excused) {
                    return Some(format!(
                        "{advice:#?}\nis wrong for {they:?}\nright is {truth:#?}"
                    ));
                }
            }
        }
    }
    None
}

/// Small guidelines of a run, three patients each: each is held against everybody the patient may be.
fn guidelines() -> u64 {
    (patients() / 20).min(10_000)
}

#[test]
fn what_is_said_is_right_for_everybody_the_patient_may_be() {
    let mut of_kind: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..guidelines() {
        let mut chance = Chance(seed);
        let small = Small::by(&mut chance);
        let guideline = guideline(&small, &Small::safety());
        for _ in 0..3 {
            let patient = Patient::by(&mut chance);
            let answer = guideline.advise(&patient.context(guideline.findings()));
            if let Some(wrong) = wrong(&small, &patient, &answer) {
                let files: Vec<String> = small.files().into_iter().map(|it| it.1).collect();
                panic!(
                    "seed {seed}\n{}\n{patient:?}\n{wrong}\n{answer:?}",
                    files.join("\n")
                );
            }
            for advice in &answer.advice {
                *of_kind.entry(advice.kind.as_str()).or_default() += 1;
            }
        }
    }
    // An engine that says nothing is always right.
    for kind in [
        "agrees",
        "differs",
        "first_choice",
        "no_antibiotic",
        "refer",
    ] {
        assert!(
            of_kind.contains_key(kind),
            "{kind} is never said: {of_kind:?}"
        );
    }
}

/// What an editor might get wrong, as the guideline that the engine reads.
type Mistake = (&'static str, fn(&mut Small), fn(String) -> String);

const MISTAKES: [Mistake; 12] = [
    ("a danger that is forgotten", |it| it.danger = None, |it| it),
    (
        "a danger that no diagnosis states",
        |it| {
            if let Some(danger) = &mut it.danger {
                danger.stated_by = None;
            }
        },
        |it| it,
    ),
    (
        "a condition that gives way to none",
        |it| {
            it.conditions
                .iter_mut()
                .for_each(|one| one.gives_way_to.clear());
        },
        |it| it,
    ),
    (
        "a topic that is meant for everybody",
        |it| it.conditions.iter_mut().for_each(|one| one.not_for.clear()),
        |it| it,
    ),
    (
        "an unread line passes for read",
        |it| lines(it, |line| line.read = true),
        |it| it,
    ),
    (
        "a line for everybody",
        |it| lines(it, |line| line.population.clear()),
        |it| it,
    ),
    (
        "an alternative for everybody",
        |it| lines(it, |line| line.instead_of = None),
        |it| it,
    ),
    (
        "two days more",
        |it| lines(it, |line| line.days += 2),
        |it| it,
    ),
    (
        "a dose twice as large",
        |it| lines(it, |line| line.dose *= 2.0),
        |it| it,
    ),
    (
        "a text that has ended still holds",
        |it| lines(it, |line| line.valid = true),
        |it| it,
    ),
    (
        "penicillins do not share their allergies",
        |_| {},
        |it| it.replace("\"J01C\"", "\"J01CR\""),
    ),
    (
        "doxycycline is left to week 30",
        |_| {},
        |it| it.replace(">= 15", ">= 30"),
    ),
];

fn lines(small: &mut Small, change: impl Fn(&mut small::Line)) {
    let conditions = small.conditions.iter_mut();
    conditions.flat_map(|it| &mut it.lines).for_each(change);
}

#[test]
fn mistakes_that_an_editor_might_make_are_found() {
    for (name, change, safety) in MISTAKES {
        let found = (0..10_000).any(|seed| {
            let mut chance = Chance(seed);
            let small = Small::by(&mut chance);
            let mut planted = small.clone();
            change(&mut planted);
            let guideline = guideline(&planted, &safety(Small::safety()));
            let patient = Patient::by(&mut chance);
            let answer = guideline.advise(&patient.context(guideline.findings()));
            wrong(&small, &patient, &answer).is_some()
        });
        assert!(found, "nobody notices: {name}");
    }
}
