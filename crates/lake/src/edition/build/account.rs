//! What an edition says about itself: input, completeness, links, limits.

use riktig_codes::{Month, MonthRange};
use riktig_indicators::{Plan, Relevance};
use sha2::{Digest, Sha256};

use super::{Facts, Periods, Request, advice};
use crate::delivery::Kind;
use crate::edition::{
    DefinitionRecord, DeliveryAccount, FORMAT, Limit, LinkSummary, MonthCompleteness,
    Prescriptions, Sensitivity, Window,
};
use crate::kernel::Activity;
use crate::store::{Dataset, Manifest, hex, sha256_of};

pub(super) fn completeness(manifest: &Manifest, periods: &Periods) -> Vec<MonthCompleteness> {
    let kinds = [
        (Dataset::Antibiotics, Kind::Dispensings),
        (Dataset::InfectionContacts, Kind::Contacts),
        (Dataset::OtherContacts, Kind::Contacts),
        (Dataset::PracticeLists, Kind::PracticeLists),
    ];
    let month = |(_, month): (Window, Month)| MonthCompleteness {
        month: month.to_string(),
        rows: kinds
            .into_iter()
            .filter(|(_, kind)| manifest.delivered(*kind, month))
            .map(|(kind, _)| {
                (
                    kind.name().to_owned(),
                    manifest
                        .segments_of(kind, Some(month))
                        .map(|entry| entry.current().rows)
                        .sum(),
                )
            })
            .collect(),
        first_week_complete: manifest.delivered(Kind::Contacts, month.prev()),
    };
    periods.series().map(month).collect()
}

pub(super) fn deliveries(manifest: &Manifest, periods: &Periods) -> Vec<DeliveryAccount> {
    let used = |period: &str| {
        period.parse::<MonthRange>().map_or(true, |months| {
            periods.run.iter().any(|month| months.contains(*month))
        })
    };
    let mut accounts: Vec<DeliveryAccount> = manifest
        .active()
        .map(|record| {
            (
                record,
                record
                    .period
                    .map(|months| months.to_string())
                    .unwrap_or_default(),
            )
        })
        .filter(|(_, period)| used(period))
        .map(|(record, period)| DeliveryAccount {
            delivery: record.id.clone(),
            kind: record.kind.name().to_owned(),
            source: record.source.clone(),
            period,
            rows_in: record.counts.rows,
            kept: record.counts.kept,
            ballast: record.counts.ballast,
            refused: record.counts.refused,
            cancelled: record.counts.cancelled,
            refused_by_reason: record
                .refused
                .iter()
                .map(|(reason, tally)| (reason.clone(), tally.rows))
                .collect(),
        })
        .collect();
    accounts.sort_by(|left, right| {
        (&left.kind, &left.period, &left.delivery).cmp(&(
            &right.kind,
            &right.period,
            &right.delivery,
        ))
    });
    accounts
}

pub(super) fn records(
    request: &Request<'_>,
    plan: &Plan,
    compared_from: &[[i64; 2]],
) -> Vec<DefinitionRecord> {
    let months = request.period.len() as u32;
    let planned = plan
        .indicators()
        .iter()
        .zip(request.definitions)
        .zip(compared_from);
    planned
        .map(
            |((planned, (definition, text)), compared_from)| DefinitionRecord {
                id: definition.id.clone(),
                version: definition.version.to_string(),
                sha256: sha256_of(text.as_bytes()),
                file: format!("definitions/{}.toml", definition.id),
                numerator_divisor: plan.terms()[planned.numerator].divisor(months),
                denominator_divisor: plan.terms()[planned.denominator].divisor(months),
                compared_from: *compared_from,
                month_denominator_divisor: plan.terms()[planned.denominator].divisor(1),
                reference: definition.relevance == Relevance::Reference,
            },
        )
        .collect()
}

pub(super) fn link_summary(total: &Activity) -> LinkSummary {
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    LinkSummary {
        dispensings: count(total.dispensings),
        by_prescription: count(total.by_prescription),
        by_contact: count(total.by_contact),
        unlinked: count(total.unlinked),
        unlinkable: count(total.unlinkable),
        distance: total.distance.map(count),
        setting: total.linked_setting.map(count),
        prescriptions: Some(Prescriptions::of(total)),
        sensitivity: Sensitivity {
            within_3_days: count(total.within[0]),
            within_7_days: count(total.within[1]),
            within_10_days: count(total.within[2]),
            other_prescriber: count(total.other_prescriber),
        },
    }
}

pub(super) fn limits(
    manifest: &Manifest,
    facts: &Facts,
    periods: &Periods,
    months: &[MonthCompleteness],
) -> Vec<Limit> {
    let available = &facts.available[0];
    let current = &months[months.len() - periods.current.len()..];
    // Something was delivered, and not for every month.
    let partial = |kind| {
        periods
            .current
            .iter()
            .any(|month| manifest.delivered(kind, month))
    };
    let no_contacts = if partial(Kind::Contacts) {
        Limit::ContactsPartial
    } else {
        Limit::NoContacts
    };
    let no_lists = if partial(Kind::PracticeLists) {
        Limit::ListsPartial
    } else {
        Limit::NoPracticeLists
    };
    let after = manifest.delivered(Kind::Dispensings, periods.current.last().next());
    let checks = [
        (!available.patients, Limit::NoPatients),
        (!available.contacts, no_contacts),
        (!available.lists, no_lists),
        (!available.inhabitants, Limit::NoInhabitants),
        (
            available.contacts
                && current
                    .first()
                    .is_some_and(|month| !month.first_week_complete),
            Limit::FirstWeekIncomplete,
        ),
        (
            current
                .iter()
                .any(|month| !month.rows.contains_key("antibiotics")),
            Limit::MonthsMissing,
        ),
        (!periods.before_complete, Limit::NoPreviousPeriod),
        (available.contacts && !after, Limit::LastWeekIncomplete),
    ];
    checks
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, limit)| limit)
        .collect()
}

/// Everything the edition depends on, as one hash.
pub(super) fn input_hash(manifest: &Manifest, request: &Request<'_>, periods: &Periods) -> String {
    let mut hash = Sha256::new();
    let mut line = |text: &str| {
        hash.update(text.as_bytes());
        hash.update(b"\n");
    };
    line(FORMAT);
    line(&request.period.to_string());
    line(&format!("{:?}", request.thresholds));
    line(&format!("{:?}", request.facts));
    for file in manifest.dictionaries.files.values() {
        line(&file.sha256);
    }
    let used = |month: Option<Month>| {
        month
            .is_none_or(|month| periods.run.contains(&month) || periods.run.contains(&month.next()))
    };
    for entry in manifest.segments.iter().filter(|entry| used(entry.month)) {
        line(&format!(
            "{} {} {}",
            entry.dataset,
            entry.delivery,
            entry.current().sha256
        ));
    }
    // A delivery of advice without rows has no segment, and tells that no card was shown.
    for record in advice::of(manifest, request.period) {
        line(&format!("advice {} {}", record.id, record.sha256));
    }
    for (definition, text) in request.definitions {
        line(&format!("{} {}", definition.id, sha256_of(text.as_bytes())));
    }
    hex(&hash.finalize())
}
