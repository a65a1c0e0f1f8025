//! Whether what came in is whole: months, links, refused rows.

use std::collections::BTreeMap;

use super::finding::{Finding, Severity};
use super::limits::{LINKED, LINKED_FALL, Limits, MONTH, REFUSED};
use super::words::rounded;
use crate::edition::{Content, Edition, EditionMeta, LinkSummary};

pub(super) fn findings(content: &Content, previous: Option<&Edition>) -> Vec<Finding> {
    let meta = &content.meta;
    let mut findings = months(meta);
    findings.extend(links(meta));
    if let Some(previous) = previous {
        findings.extend(links_fell(&meta.linkage, &previous.meta().linkage));
    }
    findings.extend(refused(meta));
    findings
}

/// The month of the year before.
pub(super) fn a_year_before(month: &str) -> Option<String> {
    let (year, rest) = (month.get(..4)?, month.get(4..)?);
    let year: u32 = year.parse().ok()?;
    Some(format!("{:04}{rest}", year.checked_sub(1)?))
}

/// Months of which the country has few rows, beside their neighbours or the year before.
fn months(meta: &EditionMeta) -> Vec<Finding> {
    let current = meta.months.len() - meta.period.months as usize;
    let mut findings = Vec::new();
    for kind in ["antibiotics", "infection_contacts", "practice_lists"] {
        let rows = |at: usize| {
            meta.months
                .get(at)
                .and_then(|it| it.rows.get(kind))
                .copied()
        };
        if (current..meta.months.len()).all(|at| rows(at).is_none()) {
            continue;
        }
        for at in current..meta.months.len() {
            let month = &meta.months[at].month;
            let Some(own) = rows(at) else {
                findings.push(Finding::told(
                    format!("month-missing-{}-{month}", spoken(kind)),
                    Severity::Blocking,
                    format!("No {} were delivered for {month}.", name(kind)),
                ));
                continue;
            };
            let beside: Vec<u64> = [at.checked_sub(1), Some(at + 1)]
                .into_iter()
                .flatten()
                .filter_map(rows)
                .collect();
            let mean = beside.iter().sum::<u64>() as f64 / beside.len().max(1) as f64;
            let before = a_year_before(month)
                .and_then(|year| meta.months.iter().position(|it| it.month == year))
                .and_then(rows);
            // A July has few rows every year: it must lack beside the July before as well, where that is known.
            let expected = before.map_or(mean, |before| mean.min(before as f64));
            findings.extend(few(kind, month, own as f64, expected));
        }
    }
    findings
}

fn few(kind: &str, month: &str, own: f64, expected: f64) -> Option<Finding> {
    let part = own / expected;
    let severity = below(part, MONTH)?;
    Some(Finding {
        id: format!("month-few-{}-{month}", spoken(kind)),
        severity,
        seen: rounded(part),
        warning_limit: Some(MONTH.warning),
        blocking_limit: Some(MONTH.blocking),
        words: format!(
            "{month} has {own:.0} rows of {}, {:.0} % of what the months beside it and the year before let expect.",
            name(kind),
            part * 100.0
        ),
    })
}

fn below(value: f64, limits: Limits) -> Option<Severity> {
    if value < limits.blocking {
        Some(Severity::Blocking)
    } else if value < limits.warning {
        Some(Severity::Warning)
    } else {
        None
    }
}

fn spoken(kind: &str) -> String {
    kind.replace('_', "-")
}

fn name(kind: &str) -> &str {
    match kind {
        "infection_contacts" => "contacts for infections",
        "practice_lists" => "practice lists",
        other => other,
    }
}

fn linked(links: &LinkSummary) -> Option<f64> {
    let with = links.by_prescription + links.by_contact;
    (links.dispensings > 0).then(|| with as f64 / links.dispensings as f64)
}

/// A source without contacts has said so in its limits already.
fn has_contacts(meta: &EditionMeta) -> bool {
    let current = meta.months.len() - meta.period.months as usize;
    let contacts =
        |it: &crate::edition::MonthCompleteness| it.rows.contains_key("infection_contacts");
    meta.months[current..].iter().any(contacts)
}

fn links(meta: &EditionMeta) -> Option<Finding> {
    let share = linked(&meta.linkage).filter(|_| has_contacts(meta))?;
    let severity = below(share, LINKED)?;
    Some(Finding {
        id: "link-rate".to_owned(),
        severity,
        seen: rounded(share),
        warning_limit: Some(LINKED.warning),
        blocking_limit: Some(LINKED.blocking),
        words: format!(
            "{:.1} % of antibiotics have a diagnosis, from the prescription or a contact.",
            share * 100.0
        ),
    })
}

fn links_fell(now: &LinkSummary, before: &LinkSummary) -> Option<Finding> {
    let (now, before) = linked(now).zip(linked(before))?;
    let fall = (before - now) * 100.0;
    let severity = above(fall, LINKED_FALL)?;
    Some(Finding {
        id: "link-rate-fell".to_owned(),
        severity,
        seen: rounded(fall),
        warning_limit: Some(LINKED_FALL.warning),
        blocking_limit: Some(LINKED_FALL.blocking),
        words: format!(
            "{:.1} % of antibiotics have a diagnosis; in the previous edition it was {:.1} %.",
            now * 100.0,
            before * 100.0
        ),
    })
}

fn above(value: f64, limits: Limits) -> Option<Severity> {
    if value >= limits.blocking {
        Some(Severity::Blocking)
    } else if value >= limits.warning {
        Some(Severity::Warning)
    } else {
        None
    }
}

fn refused(meta: &EditionMeta) -> Vec<Finding> {
    let mut kinds: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for delivery in &meta.deliveries {
        let sum = kinds.entry(&delivery.kind).or_default();
        sum.0 += delivery.refused;
        sum.1 += delivery.rows_in;
    }
    let finding = |(kind, (refused, rows)): (&str, (u64, u64))| {
        let share = refused as f64 / rows.max(1) as f64 * 100.0;
        let severity = above(share, REFUSED)?;
        Some(Finding {
            id: format!("refused-{}", kind.replace('_', "-")),
            severity,
            seen: rounded(share),
            warning_limit: Some(REFUSED.warning),
            blocking_limit: Some(REFUSED.blocking),
            words: format!("{refused} of {rows} rows of {kind} were refused ({share:.2} %)."),
        })
    };
    kinds.into_iter().filter_map(finding).collect()
}
