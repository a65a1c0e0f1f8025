//! Every rule that may be given as advice is shown by an example that notices when the rule is wrong.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use riktig_guideline::{Condition, Example, Guideline, danger_mutants, mutants};

/// Conditions whose examples do not notice every mistake yet. The list may only shrink: a condition that is complete must be
/// taken out, and a new condition does not come in.
const NOT_COMPLETE: &[&str] = &[];

const ALWAYS_OFFERED: &str = "an offer to everybody says nothing beside the drug that is named";
const OFFERS_ARE_SILENT: &str =
    "an offer that holds says nothing, and where it is not known both readings ask";
const STANDS_ALONE: &str = "no other line that may be named is ever for the same patient";

/// Mistakes that change nothing a patient could notice, with the reason.
const NOTHING_CHANGES: &[(&str, &str)] = &[
    ("cellulitis/treat: left out", ALWAYS_OFFERED),
    ("cellulitis/treat: without approver", ALWAYS_OFFERED),
    ("cystitis_child/offer: left out", ALWAYS_OFFERED),
    ("cystitis_child/offer: without approver", ALWAYS_OFFERED),
    ("cystitis_complicated/offer: left out", ALWAYS_OFFERED),
    (
        "cystitis_complicated/offer: without approver",
        ALWAYS_OFFERED,
    ),
    ("prostatitis/treat: left out", ALWAYS_OFFERED),
    ("prostatitis/treat: without approver", ALWAYS_OFFERED),
    ("pyelonephritis/treat: left out", ALWAYS_OFFERED),
    ("pyelonephritis/treat: without approver", ALWAYS_OFFERED),
    ("bacterial_vaginosis/dequalinium: rank 1 → 0", STANDS_ALONE),
    ("bacterial_vaginosis/dequalinium: rank 1 → 2", STANDS_ALONE),
    (
        "cystitis_complicated/nitrofurantoin: rank 1 → 0",
        STANDS_ALONE,
    ),
    (
        "cystitis_complicated/nitrofurantoin-first-trimester-7-days: rank 2 → 3",
        STANDS_ALONE,
    ),
    (
        "cystitis_complicated/nitrofurantoin-first-trimester: rank 2 → 3",
        STANDS_ALONE,
    ),
    (
        "cystitis_complicated/trimethoprim-sulfa-prostatitis: rank 1 → 0",
        STANDS_ALONE,
    ),
    (
        "cystitis_complicated/trimethoprim-sulfa-prostatitis: rank 1 → 2",
        STANDS_ALONE,
    ),
    (
        "cystitis_complicated/ciprofloxacin-prostatitis: rank 2 → 1",
        STANDS_ALONE,
    ),
    (
        "cystitis_complicated/ciprofloxacin-prostatitis: rank 2 → 3",
        STANDS_ALONE,
    ),
    ("pneumonia_nursing_home/consider: left out", ALWAYS_OFFERED),
    (
        "pneumonia_nursing_home/consider: without approver",
        ALWAYS_OFFERED,
    ),
    (
        "pneumonia_nursing_home/penicillin-v: rank 1 → 0",
        STANDS_ALONE,
    ),
    (
        "pneumonia_nursing_home/penicillin-v: rank 1 → 2",
        STANDS_ALONE,
    ),
    (
        "pneumonia_nursing_home/penicillin-v-7-days: rank 1 → 0",
        STANDS_ALONE,
    ),
    (
        "pneumonia_nursing_home/penicillin-v-7-days: rank 1 → 2",
        STANDS_ALONE,
    ),
    ("scarlet_fever/offer: left out", ALWAYS_OFFERED),
    ("scarlet_fever/offer: without approver", ALWAYS_OFFERED),
    ("borrelia_other/treat: left out", ALWAYS_OFFERED),
    ("borrelia_other/treat: without approver", ALWAYS_OFFERED),
    ("borrelia_other/doxycycline: rank 1 → 0", STANDS_ALONE),
    ("borrelia_other/doxycycline: rank 1 → 2", STANDS_ALONE),
    ("borrelia_other/doxycycline-late: rank 1 → 0", STANDS_ALONE),
    ("borrelia_other/doxycycline-late: rank 1 → 2", STANDS_ALONE),
    ("borrelia_other/doxycycline-child: rank 1 → 0", STANDS_ALONE),
    ("borrelia_other/doxycycline-child: rank 1 → 2", STANDS_ALONE),
    (
        "borrelia_other/doxycycline-child-late: rank 1 → 0",
        STANDS_ALONE,
    ),
    (
        "borrelia_other/doxycycline-child-late: rank 1 → 2",
        STANDS_ALONE,
    ),
    (
        "sepsis_start/start: long_transport → not long_transport",
        OFFERS_ARE_SILENT,
    ),
    (
        "strep_throat/penicillin-v-recurrence: rank 2 → 3",
        STANDS_ALONE,
    ),
    ("strep_throat/penicillin-v: rank 1 → 0", STANDS_ALONE),
];

static DANGERS_MISTAKEN: LazyLock<Vec<(String, Guideline)>> =
    LazyLock::new(|| danger_mutants(Guideline::shipped()));

/// Whether a mistake in another condition fails an example: it may show which of two conditions is meant.
fn shows_another(guideline: &Guideline, condition: &Condition, example: &Example) -> bool {
    let others = guideline
        .conditions()
        .iter()
        .filter(|it| it.id != condition.id);
    let mut planted = others.flat_map(mutants);
    // The dangers are fewer, and planted once.
    DANGERS_MISTAKEN
        .iter()
        .any(|(_, wrong)| example.check(wrong).is_err())
        || planted.any(|(_, wrong)| example.check(&guideline.with_condition(&wrong)).is_err())
}

/// What the examples of a condition do not show.
fn gaps(guideline: &Guideline, condition: &Condition) -> Vec<String> {
    let (own, others): (Vec<&Example>, Vec<&Example>) = guideline
        .examples()
        .iter()
        .partition(|it| it.condition == condition.id);
    let mut idle: BTreeSet<&str> = own.iter().map(|it| it.title.as_str()).collect();
    let mut gaps = Vec::new();
    for (mistake, wrong) in mutants(condition) {
        let planted = guideline.with_condition(&wrong);
        let mut noticed = false;
        for example in &own {
            if example.check(&planted).is_err() {
                noticed = true;
                idle.remove(example.title.as_str());
            }
        }
        noticed = noticed || others.iter().any(|it| it.check(&planted).is_err());
        let excused = NOTHING_CHANGES.iter().any(|(it, _)| *it == mistake);
        if excused && noticed {
            gaps.push(format!("excused, yet noticed: {mistake}"));
        } else if !noticed && !excused {
            gaps.push(format!("no example notices {mistake}"));
        }
    }
    idle.retain(|title| {
        let example = own.iter().find(|it| it.title == *title);
        example.is_none_or(|it| !shows_another(guideline, condition, it))
    });
    gaps.extend(
        idle.into_iter()
            .map(|it| format!("no mistake fails \"{it}\"")),
    );
    // To be silent of a drug because of a danger is something to say.
    let nothing = |it: &&&Example| it.advice.is_empty() && it.silence != ["outside_scope"];
    let silent = own.iter().filter(nothing).count();
    if own.len() < 6 {
        gaps.push(format!("{} examples, at least 6 are asked for", own.len()));
    }
    if silent > 1 {
        gaps.push(format!("{silent} examples with nothing to say, 1 counts"));
    }
    gaps
}

#[test]
fn every_mistake_in_a_rule_is_noticed_by_a_worked_example() {
    let guideline = Guideline::shipped();
    let mut wrong = Vec::new();
    for condition in guideline.conditions() {
        let listed = NOT_COMPLETE.contains(&condition.id.as_str());
        let gaps = if condition.gives_advice() {
            gaps(guideline, condition)
        } else {
            Vec::new()
        };
        if gaps.is_empty() && listed {
            wrong.push(format!(
                "{}: complete; take it out of NOT_COMPLETE",
                condition.id
            ));
        } else if !listed {
            wrong.extend(gaps.iter().map(|gap| format!("{}: {gap}", condition.id)));
        } else {
            println!("{} is not complete:\n  {}", condition.id, gaps.join("\n  "));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_excused_or_not_complete_is_still_there() {
    let guideline = Guideline::shipped();
    for id in NOT_COMPLETE {
        assert!(guideline.condition(id).is_some(), "{id} is no condition");
    }
    let planted: BTreeSet<String> = guideline
        .conditions()
        .iter()
        .flat_map(mutants)
        .map(|(mistake, _)| mistake)
        .collect();
    for (mistake, reason) in NOTHING_CHANGES {
        assert!(
            planted.contains(*mistake),
            "{mistake} ({reason}) is not planted"
        );
    }
}

#[test]
fn every_mistake_in_a_danger_is_noticed_by_a_worked_example() {
    let guideline = Guideline::shipped();
    let planted = &*DANGERS_MISTAKEN;
    let noticed = |wrong: &Guideline| {
        let mut examples = guideline.examples().iter();
        examples.any(|it| it.check(wrong).is_err())
    };
    let missed: Vec<&String> = planted
        .iter()
        .filter(|(_, wrong)| !noticed(wrong))
        .map(|(mistake, _)| mistake)
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(planted.len() > 3 * guideline.dangers().len());
}
