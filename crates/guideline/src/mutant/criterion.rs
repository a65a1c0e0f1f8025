//! Mistakes in criteria.

use crate::criterion::{Criteria, Fact, Part};

/// Each part turned round, left out, and its limit moved to both sides.
pub(super) fn mistakes(criteria: &Criteria) -> Vec<(String, Criteria)> {
    let mut mistakes = Vec::new();
    for (alternative, parts) in criteria.0.iter().enumerate() {
        for (at, part) in parts.iter().enumerate() {
            let mut instead = |other: Part| {
                let mut changed = criteria.clone();
                let mistake = format!("{part} → {other}");
                changed.0[alternative][at] = other;
                mistakes.push((mistake, changed));
            };
            instead(Part {
                negated: !part.negated,
                fact: part.fact.clone(),
            });
            for fact in moved(&part.fact) {
                instead(Part {
                    negated: part.negated,
                    fact,
                });
            }
            mistakes.push((
                format!("without {part}"),
                without(criteria, alternative, at),
            ));
        }
    }
    mistakes
}

/// An alternative that asked for nothing else holds for everybody, so all of them go with it.
fn without(criteria: &Criteria, alternative: usize, at: usize) -> Criteria {
    let mut changed = criteria.clone();
    changed.0[alternative].remove(at);
    if changed.0[alternative].is_empty() {
        changed.0.clear();
    }
    changed
}

/// The limit below and the limit above: a year (a month for the first two years), a week, a kilogram, a tenth of a measurement
/// and at least 1.
fn moved(fact: &Fact) -> Vec<Fact> {
    match fact {
        Fact::Age(comparison, months) => {
            let step = if *months >= 24 && months % 12 == 0 {
                12
            } else {
                1
            };
            [months.saturating_sub(step), months.saturating_add(step)]
                .map(|months| Fact::Age(*comparison, months))
                .into()
        }
        Fact::Weight(comparison, limit) => [limit - 1.0, limit + 1.0]
            .map(|limit| Fact::Weight(*comparison, limit))
            .into(),
        Fact::PregnancyWeek(comparison, week) => [week.saturating_sub(1), week.saturating_add(1)]
            .map(|week| Fact::PregnancyWeek(*comparison, week))
            .into(),
        Fact::Measured(id, comparison, limit) => {
            let step = (limit.abs() / 10.0).max(1.0);
            [limit - step, limit + step]
                .map(|limit| Fact::Measured(id.clone(), *comparison, limit))
                .into()
        }
        Fact::Sex(_)
        | Fact::Pregnant
        | Fact::BreastFeeding
        | Fact::NursingHome
        | Fact::Finding(_) => Vec::new(),
    }
}
