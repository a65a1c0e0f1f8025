//! Mistakes in the dangers.

use super::criterion;
use crate::danger::Danger;
use crate::guideline::Guideline;

/// The guideline with one mistake in its dangers: one left out, one of its ways left out, a part of a criterion turned round or a limit
/// moved, a diagnosis forgotten, a topic or the exempt conditions forgotten, a diagnosis that no longer states it. Each with a description.
///
/// ```
/// use riktig_guideline::{Guideline, danger_mutants};
/// let planted = danger_mutants(Guideline::shipped());
/// assert!(planted.iter().any(|(mistake, _)| mistake == "sepsis: left out"));
/// ```
#[must_use]
pub fn danger_mutants(guideline: &Guideline) -> Vec<(String, Guideline)> {
    let mut mutants = Vec::new();
    for (at, danger) in guideline.dangers().iter().enumerate() {
        let mut gone = guideline.dangers().to_vec();
        gone.remove(at);
        mutants.push((
            format!("{}: left out", danger.id),
            guideline.with_other_dangers(gone),
        ));
        for (mistake, wrong) in mistakes(danger) {
            let mut changed = guideline.dangers().to_vec();
            changed[at] = wrong;
            mutants.push((
                format!("{}: {mistake}", danger.id),
                guideline.with_other_dangers(changed),
            ));
        }
    }
    mutants
}

fn mistakes(danger: &Danger) -> Vec<(String, Danger)> {
    let mut mistakes = Vec::new();
    for at in 0..danger.when.0.len() {
        let mut wrong = danger.clone();
        wrong.when.0.remove(at);
        if !wrong.when.0.is_empty() {
            mistakes.push((format!("way {} left out", at + 1), wrong));
        }
    }
    for (mistake, when) in criterion::mistakes(&danger.when) {
        if !when.0.is_empty() {
            let danger = danger.clone();
            mistakes.push((mistake, Danger { when, ..danger }));
        }
    }
    for at in 0..danger.diagnoses.len() {
        let mut wrong = danger.clone();
        let code = wrong.diagnoses.remove(at);
        mistakes.push((format!("without {code:?}"), wrong));
    }
    if !danger.exempt.is_empty() {
        let exempt = Vec::new();
        let danger = danger.clone();
        mistakes.push(("exempt nothing".to_owned(), Danger { exempt, ..danger }));
    }
    if !danger.stated_by.is_empty() {
        let stated_by = Vec::new();
        let danger = danger.clone();
        mistakes.push((
            "stated by nothing".to_owned(),
            Danger {
                stated_by,
                ..danger
            },
        ));
    }
    mistakes
}
