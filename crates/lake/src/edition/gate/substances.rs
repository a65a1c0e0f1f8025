//! National jumps of substances and groups of them: a code that was moved shows as one that falls and one that rises.

use std::collections::BTreeMap;

use super::finding::{Finding, Severity};
use super::indicators::revised;
use super::jump::{Rate, jump};
use super::limits::{GROUP, LEAST_ITEMS, Limits, REVISION, SPREAD_OF_COUNTS, SUBSTANCE};
use super::previous::Relation;
use super::words::{rounded, times};
use crate::edition::{Content, Edition};

/// Letters of ATC level 4, `J01CE`; level 5 has 7.
const LEVEL_4: usize = 5;

/// Items by code of the edition's own period.
fn items(content: &Content, letters: Option<usize>) -> Option<BTreeMap<&str, i64>> {
    let current = content.meta.months.len() - content.meta.period.months as usize;
    let mut sums = BTreeMap::new();
    for row in content.gate.drugs.as_ref()? {
        if row.month as usize >= current {
            let code = letters.map_or(Some(row.atc.as_str()), |letters| row.atc.get(..letters));
            *sums.entry(code.unwrap_or(&row.atc)).or_insert(0) += row.items;
        }
    }
    Some(sums)
}

pub(super) fn findings(content: &Content, previous: &Edition, relation: Relation) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (letters, limits) in [(None, SUBSTANCE), (Some(LEVEL_4), GROUP)] {
        let sums = items(content, letters).zip(items(&previous.content, letters));
        let Some((now, before)) = sums else {
            return vec![Finding::told(
                "atc-not-compared",
                Severity::Warning,
                "The previous edition does not tell its items by ATC code: no code was compared.",
            )];
        };
        let mut codes: Vec<&str> = now.keys().chain(before.keys()).copied().collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            let of = |sums: &BTreeMap<&str, i64>| sums.get(code).copied().unwrap_or(0);
            let months = (content.meta.period.months, previous.meta().period.months);
            findings.extend(held(code, of(&now), of(&before), months, limits, relation));
        }
    }
    findings
}

fn held(
    code: &str,
    now: i64,
    before: i64,
    months: (u32, u32),
    limits: Limits,
    relation: Relation,
) -> Option<Finding> {
    if now.max(before) < LEAST_ITEMS {
        return None;
    }
    let rate = |count: i64, months: u32| Rate {
        count: count as f64,
        exposure: f64::from(months),
    };
    let (was, is) = (rate(before, months.1), rate(now, months.0));
    let (severity, limits) = if relation == Relation::Revision {
        (revised(is, was, REVISION)?, REVISION)
    } else {
        (jump(is, was, limits, SPREAD_OF_COUNTS)?, limits)
    };
    let ratio = is.value() / was.value();
    Some(Finding {
        id: format!("jump-atc-{code}"),
        severity: severity.min(relation.at_most()),
        seen: rounded(ratio),
        warning_limit: Some(limits.warning),
        blocking_limit: Some(limits.blocking),
        words: format!(
            "{now} items of {code} were dispensed, {} the {before} of the previous edition.",
            times(ratio)
        ),
    })
}
