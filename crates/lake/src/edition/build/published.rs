//! What leaves of groups: the audited, rounded view (decision 0007). Everything else of an edition stays in the house.

use std::collections::{BTreeMap, HashMap};

use riktig_indicators::comparison::Kind;
use riktig_indicators::disclosure::{Axis, Control, Known, NamedSet, publish, revised};
use riktig_indicators::{Amount, Measure, Measured};

use super::Frame;
use super::peers::suppression;
use super::relevant::is_peer;
use crate::edition::published::{KEPT_BACK, Published, is_audited};
use crate::edition::{
    Content, Edition, IndicatorId, Prescriber, ScopeFigures, ScopeId, ScopeKind, ScopeValue,
    Unavailable, Value, Window,
};

/// Rows of the compared prescribers, by scope and indicator, in the current window.
pub(super) type Compared = Vec<Vec<u32>>;

/// The published view. `figures`: each group by itself, before anything was kept back for another's sake.
pub(super) fn published(
    frame: &Frame<'_>,
    content: &Content,
    compared: &Compared,
    figures: &[ScopeValue],
) -> Published {
    let indicators = content.meta.definitions.len();
    let mut groups = vec![ScopeValue::Suppressed(KEPT_BACK); content.scope_values.len()];
    for indicator in 0..indicators {
        let row = |scope: usize| scope * indicators + indicator;
        let scopes: Vec<usize> = (0..content.scopes.len())
            .filter(|scope| !matches!(figures[row(*scope)], ScopeValue::Unavailable(_)))
            .collect();
        let mut doctors: Vec<u32> = scopes
            .iter()
            .flat_map(|scope| compared[row(*scope)].iter().copied())
            .collect();
        doctors.sort_unstable();
        doctors.dedup();
        let place: HashMap<u32, u32> = doctors.iter().copied().zip(0..).collect();
        let own: Vec<Measured> = doctors
            .iter()
            .filter_map(|doctor| measured(content, *doctor, indicator))
            .collect();
        let set = |scope: &usize| NamedSet {
            axis: axis(content.scopes[*scope].kind),
            members: compared[row(*scope)]
                .iter()
                .map(|doctor| place[doctor])
                .collect(),
        };
        let sets: Vec<NamedSet> = scopes.iter().map(set).collect();
        let outcomes = publish(&own, &sets, known(frame, content, indicator), Control::On);
        for scope in 0..content.scopes.len() {
            groups[row(scope) * 2] = figures[row(scope)].clone();
        }
        for (scope, outcome) in scopes.iter().zip(outcomes) {
            let told = &mut groups[row(*scope) * 2];
            *told = match (outcome, &*told) {
                (Ok(sum), ScopeValue::Measured(figures)) => ScopeValue::Measured(ScopeFigures {
                    numerator: sum.numerator.sum,
                    denominator: sum.denominator.sum,
                    ..figures.clone()
                }),
                (Ok(_), _) => ScopeValue::Suppressed(KEPT_BACK),
                (Err(reason), _) => ScopeValue::Suppressed(suppression(reason)),
            };
        }
    }
    Published {
        groups,
        population: crate::edition::published::population(content),
    }
}

fn axis(kind: ScopeKind) -> Axis {
    match kind {
        ScopeKind::CourseGroup => Axis::Across,
        ScopeKind::Country | ScopeKind::County | ScopeKind::Municipality | ScopeKind::Practice => {
            Axis::Area
        }
    }
}

fn known(frame: &Frame<'_>, content: &Content, indicator: usize) -> Known {
    let planned = &frame.plan.indicators()[indicator];
    let measure = |term: usize| frame.plan.terms()[term].measure;
    let lists = measure(planned.denominator) == Measure::ListPatients;
    // Daily doses are no part of the items they are held against.
    let counted = measure(planned.numerator) != Measure::Ddd;
    Known {
        share: counted && Kind::of(&frame.definitions[indicator]) == Kind::Share,
        denominators: lists,
        least_denominator: content.meta.definitions[indicator].compared_from[0],
    }
}

/// A prescriber's sums in the current window.
fn measured(content: &Content, row: u32, indicator: usize) -> Option<Measured> {
    let definition = &content.meta.definitions[indicator];
    let at = (row as usize * content.meta.definitions.len() + indicator) * 2;
    match content.values[at] {
        Value::Measured {
            numerator,
            denominator,
        } => Some(Measured {
            numerator: Amount {
                sum: numerator,
                divisor: definition.numerator_divisor,
            },
            denominator: Amount {
                sum: denominator,
                divisor: definition.denominator_divisor,
            },
        }),
        Value::Unavailable(_) => None,
    }
}

/// Holds the view against an edition of the same period: what must not be seen of the difference, is not. Of an edition
/// from before there was a published view nothing stands: its figures were never audited, and keeping one would publish it.
pub(super) fn revise(frame: &Frame<'_>, content: &mut Content, previous: Option<&Edition>) {
    let comparable =
        |it: &&Edition| it.meta().period == content.meta.period && is_audited(it.meta());
    let Some(previous) = previous.filter(comparable) else {
        return;
    };
    let Some(mut published) = content.published.take() else {
        return;
    };
    let indicators = content.meta.definitions.len();
    let scopes = same_scopes(content, previous);
    for indicator in 0..indicators {
        let definition = &content.meta.definitions[indicator];
        let Some(old) = previous
            .indicator(&definition.id)
            .filter(|old| previous.meta().definitions[old.0 as usize].sha256 == definition.sha256)
        else {
            continue;
        };
        let row = |scope: usize| (scope * indicators + indicator) * 2;
        let before: Vec<Option<Result<ScopeFigures, Box<ScopeValue>>>> = scopes
            .iter()
            .map(|scope| scope.map(|scope| told(previous.published(scope, old))))
            .collect();
        let new = (0..content.scopes.len()).map(|scope| told(&published.groups[row(scope)]));
        let changes = changes(frame, content, previous, (indicator, old));
        let shown = revised(new.collect(), &before, &changes);
        for (scope, shown) in shown.into_iter().enumerate() {
            published.groups[row(scope)] = shown.map_or_else(|kept| *kept, ScopeValue::Measured);
            if let Some(of) = scopes[scope] {
                let told = &mut published.population[row(scope)];
                let exact = [
                    content.population[row(scope)],
                    previous.population(of, old, Window::Current),
                ];
                if may_not_show(exact) {
                    *told = previous.published_population(of, old);
                }
            }
        }
    }
    content.published = Some(published);
}

fn told(value: &ScopeValue) -> Result<ScopeFigures, Box<ScopeValue>> {
    match value {
        ScopeValue::Measured(figures) => Ok(figures.clone()),
        kept => Err(Box::new(kept.clone())),
    }
}

/// The previous edition's scope of each scope.
fn same_scopes(content: &Content, previous: &Edition) -> Vec<Option<ScopeId>> {
    let old: BTreeMap<(ScopeKind, &str), ScopeId> = previous
        .scopes()
        .iter()
        .map(|scope| ((scope.kind, &*scope.area.code), scope.id))
        .collect();
    let same = |scope: &crate::edition::Scope| old.get(&(scope.kind, &*scope.area.code)).copied();
    content.scopes.iter().map(same).collect()
}

/// Where a prescriber belongs.
fn groups(prescriber: &Prescriber) -> impl Iterator<Item = (ScopeKind, &str)> {
    let areas = [
        (ScopeKind::County, &prescriber.county),
        (ScopeKind::Municipality, &prescriber.municipality),
        (ScopeKind::CourseGroup, &prescriber.course_group),
    ];
    let named = areas
        .into_iter()
        .filter_map(|(kind, area)| area.as_ref().map(|area| (kind, &*area.code)));
    let practice = prescriber.practice.as_deref();
    std::iter::once((ScopeKind::Country, "country"))
        .chain(named)
        .chain(practice.map(|practice| (ScopeKind::Practice, practice)))
}

/// What each doctor adds to the difference of each group's sums, without sign.
fn changes(
    frame: &Frame<'_>,
    content: &Content,
    previous: &Edition,
    (indicator, old): (usize, IndicatorId),
) -> [Vec<Vec<i64>>; 2] {
    let scopes: BTreeMap<(ScopeKind, &str), usize> = content
        .scopes
        .iter()
        .enumerate()
        .map(|(at, scope)| ((scope.kind, &*scope.area.code), at))
        .collect();
    // By scope and doctor: numerator and denominator, the new less the old.
    let mut moved: BTreeMap<(usize, &str), [i64; 2]> = BTreeMap::new();
    let sides = [
        (content, indicator, 1),
        (&previous.content, old.0 as usize, -1),
    ];
    for (side, at, sign) in sides {
        let least = side.meta.definitions[at].compared_from[0];
        for prescriber in &side.prescribers {
            let definition = &frame.definitions[indicator];
            let planned = &frame.plan.indicators()[indicator];
            let own = measured(side, prescriber.id.0, at)
                .filter(|own| own.denominator.sum >= least)
                .filter(|_| is_peer(prescriber, definition, planned, frame.plan));
            let Some(own) = own else { continue };
            for scope in groups(prescriber).filter_map(|group| scopes.get(&group)) {
                let sums = moved.entry((*scope, &prescriber.external_id)).or_default();
                sums[0] += sign * own.numerator.sum;
                sums[1] += sign * own.denominator.sum;
            }
        }
    }
    let mut changes = [0, 1].map(|_| vec![Vec::new(); content.scopes.len()]);
    for ((scope, _), sums) in moved {
        for (part, sum) in changes.iter_mut().zip(sums) {
            part[scope].push(sum.abs());
        }
    }
    changes
}

/// Whether a population's figure moved so little that the move would be a count of a few people.
fn may_not_show(exact: [Value; 2]) -> bool {
    /// Twice the largest small cell: next to it, appearing and disappearing tells.
    const NEAR: i64 = 8;
    match exact {
        [
            Value::Measured {
                numerator: now,
                denominator: people,
            },
            Value::Measured {
                numerator: then,
                denominator: before,
            },
        ] => (now - then).abs() < 5 && (people - before).abs() < 5,
        [
            Value::Measured { numerator, .. },
            Value::Unavailable(Unavailable::KeptBack),
        ]
        | [
            Value::Unavailable(Unavailable::KeptBack),
            Value::Measured { numerator, .. },
        ] => numerator <= NEAR,
        _ => false,
    }
}
