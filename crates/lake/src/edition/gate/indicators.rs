//! National jumps of indicators.

use super::finding::{Finding, Severity};
use super::jump::{Rate, jump};
use super::limits::{INDICATOR, Limits, REVISION, SHARE_POINTS, SPREAD_OF_COUNTS, SPREAD_OF_DOSES};
use super::previous::Relation;
use super::words::{after, rounded, times};
use crate::edition::{Content, DefinitionRecord, Edition, ScopeKind, Unavailable, Value};

/// The country's sums of an indicator, or why there are none.
fn national(content: &Content, indicator: usize) -> Result<(i64, i64), Option<Unavailable>> {
    let indicators = content.meta.definitions.len();
    let people = content
        .values
        .iter()
        .skip(indicator * 2)
        .step_by(indicators * 2);
    let mut sum = None;
    let mut reason = None;
    for value in people {
        add(*value, &mut sum, &mut reason);
    }
    if sum.is_some() {
        return sum.ok_or(None);
    }
    let is_country = |scope: &&crate::edition::Scope| scope.kind == ScopeKind::Country;
    if let Some(country) = content.scopes.iter().find(is_country) {
        let row = (country.id.0 as usize * indicators + indicator) * 2;
        add(content.population[row], &mut sum, &mut reason);
    }
    sum.ok_or(reason)
}

fn add(value: Value, sum: &mut Option<(i64, i64)>, reason: &mut Option<Unavailable>) {
    match value {
        Value::Measured {
            numerator,
            denominator,
        } => {
            let (above, below) = sum.unwrap_or((0, 0));
            *sum = Some((above + numerator, below + denominator));
        }
        Value::Unavailable(why) => *reason = Some(why),
    }
}

pub(super) fn findings(content: &Content, previous: &Edition, relation: Relation) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, definition) in content.meta.definitions.iter().enumerate() {
        let old = &previous.content.meta.definitions;
        let Some(before) = old.iter().position(|old| old.id == definition.id) else {
            continue;
        };
        if old[before].version != definition.version {
            continue;
        }
        let sums = (national(content, at), national(&previous.content, before));
        match sums {
            (Ok(now), Ok(then)) => {
                findings.extend(held(definition, now, &old[before], then, relation));
            }
            (Err(_), Ok(_)) => findings.push(Finding::told(
                format!("lost-indicator-{}", definition.id),
                Severity::Blocking.min(relation.at_most()),
                format!(
                    "{} had a national figure in the previous edition and has none now.",
                    definition.id
                ),
            )),
            (_, Err(_)) => {}
        }
    }
    findings
}

fn rate(definition: &DefinitionRecord, (above, below): (i64, i64)) -> Rate {
    Rate {
        count: above as f64 / definition.numerator_divisor as f64,
        exposure: below as f64 / definition.denominator_divisor as f64,
    }
}

fn held(
    definition: &DefinitionRecord,
    now: (i64, i64),
    old: &DefinitionRecord,
    then: (i64, i64),
    relation: Relation,
) -> Option<Finding> {
    let (now, before) = (rate(definition, now), rate(old, then));
    if now.exposure <= 0.0 || before.exposure <= 0.0 {
        return None;
    }
    // What no list or number of inhabitants is under the line, and never above it, is a share of one kind of thing.
    let share = definition.month_denominator_divisor == definition.numerator_divisor
        && now.count <= now.exposure
        && before.count <= before.exposure;
    let spread = if definition.numerator_divisor == 1 {
        SPREAD_OF_COUNTS
    } else {
        SPREAD_OF_DOSES
    };
    let limits = if relation == Relation::Revision {
        REVISION
    } else {
        INDICATOR
    };
    let severity = severity(now, before, limits, spread, share, relation)?;
    let ratio = now.value() / before.value();
    Some(Finding {
        id: format!("jump-indicator-{}", definition.id),
        severity: severity.min(relation.at_most()),
        seen: rounded(ratio),
        warning_limit: Some(limits.warning),
        blocking_limit: Some(limits.blocking),
        words: format!(
            "The national figure of {} is {} that of the previous edition ({}).",
            definition.id,
            times(ratio),
            after(now.value(), before.value(), share)
        ),
    })
}

fn severity(
    now: Rate,
    before: Rate,
    limits: Limits,
    spread: f64,
    share: bool,
    relation: Relation,
) -> Option<Severity> {
    if relation == Relation::Revision {
        return revised(now, before, limits);
    }
    if !share {
        return jump(now, before, limits, spread);
    }
    // 95 % to 98 % is little; 5 % to 2 % is much: the rarer side is held against the factor, and points count besides.
    let rarer = |rate: Rate| {
        if now.value() + before.value() <= 1.0 {
            rate
        } else {
            Rate {
                count: rate.exposure - rate.count,
                exposure: rate.exposure,
            }
        }
    };
    let found = jump(rarer(now), rarer(before), limits, spread)?;
    let points = (now.value() - before.value()).abs() * 100.0;
    match found {
        Severity::Blocking if points >= SHARE_POINTS.blocking => Some(Severity::Blocking),
        _ if points >= SHARE_POINTS.warning => Some(Severity::Warning),
        _ => None,
    }
}

/// The same events counted again: nothing is left to chance, but a handful may come late.
pub(super) fn revised(now: Rate, before: Rate, limits: Limits) -> Option<Severity> {
    const A_HANDFUL: f64 = 20.0;
    let moved = (now.count - before.count * now.exposure / before.exposure).abs();
    let ratio = now.value() / before.value();
    let factor = if ratio >= 1.0 { ratio } else { 1.0 / ratio };
    if moved < A_HANDFUL || factor.is_nan() || factor <= limits.warning {
        None
    } else if factor <= limits.blocking {
        Some(Severity::Warning)
    } else {
        Some(Severity::Blocking)
    }
}
