//! Conditions with one mistake each: what the worked examples must notice.
//!
//! An example that no mistake could fail shows nothing, and a rule whose mistake no example notices is shown by none.

mod criterion;
mod danger;
mod line;

pub use danger::danger_mutants;

use crate::condition::{Condition, Indication, Stance};
use crate::evidence::Provenance;

/// Every condition that differs from this one by one plausible mistake in a rule that may be given as advice, in whom the
/// condition applies to, or in whom it is not for, with a description that names rule and mistake.
///
/// A rule left out, a part of a criterion turned round or left out, a limit moved to both sides, another rank, drug, dose
/// (half as much again), number of times or days (one more, one fewer), validity a year off where texts replace each other,
/// the opposite stance, an alternative for everybody, a rule that nobody approved.
///
/// ```
/// use riktig_guideline::{Guideline, mutants};
/// let pneumonia = Guideline::shipped().condition("pneumonia").expect("it is shipped");
/// let planted = mutants(pneumonia);
/// assert!(planted.iter().any(|(mistake, _)| mistake == "pneumonia/penicillin-v: 5 days → 6 days"));
/// assert!(planted.iter().all(|(_, condition)| condition != pneumonia));
/// ```
#[must_use]
pub fn mutants(condition: &Condition) -> Vec<(String, Condition)> {
    let mut mutants = Vec::new();
    let mut plant = |rule: &str, mistake: String, changed: Condition| {
        mutants.push((format!("{}: {mistake}", condition.rule(rule)), changed));
    };
    for (mistake, applies) in criterion::mistakes(&condition.applies) {
        let mut changed = condition.clone();
        changed.applies = applies;
        plant("applies", mistake, changed);
    }
    for (mistake, not_for) in criterion::mistakes(&condition.not_for) {
        let mut changed = condition.clone();
        changed.not_for = not_for;
        plant("not_for", mistake, changed);
    }
    for at in 0..condition.not_for.0.len() {
        let mut changed = condition.clone();
        changed.not_for.0.remove(at);
        plant(
            "not_for",
            format!("alternative {} left out", at + 1),
            changed,
        );
    }
    for at in 0..condition.gives_way_to.len() {
        let mut changed = condition.clone();
        let id = changed.gives_way_to.remove(at);
        plant("gives_way_to", format!("not to {id}"), changed);
    }
    for (at, indication) in condition.indications.iter().enumerate() {
        if !indication.provenance.is_advice() {
            continue;
        }
        let mut gone = condition.clone();
        gone.indications.remove(at);
        plant(&indication.id, "left out".to_owned(), gone);
        for (mistake, wrong) in indication_mistakes(indication) {
            let mut changed = condition.clone();
            changed.indications[at] = wrong;
            plant(&indication.id, mistake, changed);
        }
    }
    for (at, line) in condition.lines.iter().enumerate() {
        if !line.provenance.is_advice() {
            continue;
        }
        let mut gone = condition.clone();
        gone.lines.remove(at);
        plant(&line.id, "left out".to_owned(), gone);
        for (mistake, wrong) in line::mistakes(condition, line) {
            let mut changed = condition.clone();
            changed.lines[at] = wrong;
            plant(&line.id, mistake, changed);
        }
    }
    mutants
}

fn indication_mistakes(indication: &Indication) -> Vec<(String, Indication)> {
    let mut mistakes = Vec::new();
    for (mistake, when) in criterion::mistakes(&indication.when) {
        mistakes.push((
            mistake,
            Indication {
                when,
                ..indication.clone()
            },
        ));
    }
    let stance = match indication.stance {
        Stance::Offer | Stance::MayOffer => Stance::NoAntibiotic,
        Stance::Wait | Stance::NoAntibiotic => Stance::Offer,
        Stance::Test => Stance::Refer,
        Stance::Refer => Stance::Test,
    };
    mistakes.push((
        format!("{:?} → {stance:?}", indication.stance),
        Indication {
            stance,
            ..indication.clone()
        },
    ));
    for (mistake, provenance) in provenance_mistakes(&indication.provenance) {
        mistakes.push((
            mistake,
            Indication {
                provenance,
                ..indication.clone()
            },
        ));
    }
    mistakes
}

/// A rule that nobody approved, and one whose text was replaced a year off.
fn provenance_mistakes(provenance: &Provenance) -> Vec<(String, Provenance)> {
    let mut mistakes = vec![(
        "without approver".to_owned(),
        Provenance {
            approver: None,
            ..provenance.clone()
        },
    )];
    if let Some(last) = provenance.valid_to {
        mistakes.push((
            "still valid".to_owned(),
            Provenance {
                valid_to: None,
                ..provenance.clone()
            },
        ));
        mistakes.push((
            "ended a year earlier".to_owned(),
            Provenance {
                valid_to: Some(last - 365),
                ..provenance.clone()
            },
        ));
    }
    mistakes
}
