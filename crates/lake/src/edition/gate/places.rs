//! Municipalities and months of which far less came in than their share of the country lets expect.

use std::collections::BTreeMap;

use super::PlaceMonth;
use super::finding::{Finding, Severity};
use super::jump::lack;
use super::limits::{
    LEAST_DOCTORS_OF_A_PLACE, LEAST_EXPECTED_ANTIBIOTICS, LEAST_EXPECTED_CONTACTS, Limits,
    PLACE_ANTIBIOTICS, PLACE_CONTACTS, SPREAD_OF_COUNTS,
};
use super::supply::a_year_before;
use super::words::rounded;
use crate::edition::{Content, Edition, ScopeKind};

/// A kind of rows, and how it is looked at.
struct Kind {
    word: &'static str,
    rows: fn(&PlaceMonth) -> i64,
    limits: Limits,
    least_expected: f64,
    /// Contacts of a place with few doctors follow their holidays.
    by_doctors: bool,
}

const KINDS: [Kind; 2] = [
    Kind {
        word: "antibiotics",
        rows: |place| place.antibiotics,
        limits: PLACE_ANTIBIOTICS,
        least_expected: LEAST_EXPECTED_ANTIBIOTICS,
        by_doctors: false,
    },
    Kind {
        word: "contacts",
        rows: |place| place.contacts,
        limits: PLACE_CONTACTS,
        least_expected: LEAST_EXPECTED_CONTACTS,
        by_doctors: true,
    },
];

/// Rows by municipality and month's name; the country's rows by month.
struct Counts<'a> {
    places: BTreeMap<&'a str, BTreeMap<&'a str, f64>>,
    country: BTreeMap<&'a str, f64>,
}

impl<'a> Counts<'a> {
    /// The new edition's own months, and where it holds none a year back, the previous edition's.
    fn of(content: &'a Content, previous: Option<&'a Edition>, kind: &Kind) -> Counts<'a> {
        let mut counts = Counts {
            places: BTreeMap::new(),
            country: BTreeMap::new(),
        };
        let known: Vec<&str> = content.meta.months.iter().map(|it| &*it.month).collect();
        counts.add(content, kind, &|_| true);
        if let Some(previous) = previous {
            counts.add(&previous.content, kind, &|month| !known.contains(&month));
        }
        counts
    }

    fn add(&mut self, content: &'a Content, kind: &Kind, wanted: &dyn Fn(&str) -> bool) {
        for row in content.gate.places.iter().flatten() {
            let month: &str = &content.meta.months[row.month as usize].month;
            if wanted(month) {
                let rows = (kind.rows)(row) as f64;
                let place = self.places.entry(&row.municipality).or_default();
                *place.entry(month).or_insert(0.0) += rows;
                *self.country.entry(month).or_insert(0.0) += rows;
            }
        }
    }

    fn rows(&self, place: &str, month: &str) -> f64 {
        let own = self.places.get(place).and_then(|place| place.get(month));
        own.copied().unwrap_or(0.0)
    }

    /// Everybody else's rows of the month.
    fn others(&self, place: &str, month: &str) -> f64 {
        self.country.get(month).copied().unwrap_or(0.0) - self.rows(place, month)
    }

    /// What the place would have if it were, beside the others, what it is in `months`.
    fn expected(&self, place: &str, month: &str, months: &[&str]) -> Option<f64> {
        let sum = |of: &dyn Fn(&str) -> f64| months.iter().map(|month| of(month)).sum::<f64>();
        let others = sum(&|month| self.others(place, month));
        let own = sum(&|month| self.rows(place, month));
        (others > 0.0).then(|| own / others * self.others(place, month))
    }
}

pub(super) fn findings(content: &Content, previous: Option<&Edition>) -> Vec<Finding> {
    let meta = &content.meta;
    let current = meta.months.len() - meta.period.months as usize;
    let period: Vec<&str> = meta.months[current..].iter().map(|it| &*it.month).collect();
    let mut findings = Vec::new();
    for kind in &KINDS {
        let counts = Counts::of(content, previous, kind);
        for place in counts.places.keys() {
            for month in &period {
                let beside: Vec<&str> = period.iter().copied().filter(|it| it != month).collect();
                let beside = counts.expected(place, month, &beside);
                let year = a_year_before(month)
                    .filter(|year| counts.country.contains_key(year.as_str()))
                    .and_then(|year| counts.expected(place, month, &[year.as_str()]));
                // A place that lacks the whole year expects nothing of itself: the year before speaks for it.
                let expected = beside.unwrap_or(0.0).max(year.unwrap_or(0.0));
                let own = counts.rows(place, month);
                findings.extend(few(content, kind, place, month, own, expected));
            }
        }
    }
    findings
}

fn few(
    content: &Content,
    kind: &Kind,
    place: &str,
    month: &str,
    own: f64,
    expected: f64,
) -> Option<Finding> {
    if expected < kind.least_expected {
        return None;
    }
    let mut severity = lack(own, expected, kind.limits, SPREAD_OF_COUNTS)?;
    if kind.by_doctors && doctors(content, place) < LEAST_DOCTORS_OF_A_PLACE {
        severity = severity.min(Severity::Warning);
    }
    let part = own / expected;
    let scope = content
        .scopes
        .iter()
        .find(|scope| scope.kind == ScopeKind::Municipality && scope.area.code == place);
    let name = scope.map_or(place, |scope| &scope.area.name);
    Some(Finding {
        id: format!("few-{}-{place}-{month}", kind.word),
        severity,
        seen: rounded(part),
        warning_limit: Some(kind.limits.warning),
        blocking_limit: Some(kind.limits.blocking),
        words: format!(
            "{name} ({place}) has {own:.0} {} in {month} where {expected:.0} were to be expected.",
            kind.word
        ),
    })
}

/// The most doctors of the place who had contacts in one month.
fn doctors(content: &Content, place: &str) -> usize {
    let rows = content.gate.places.iter().flatten();
    let own = rows.filter(|row| row.municipality == place);
    let most = own.map(|row| row.doctors).max().unwrap_or(0);
    usize::try_from(most).unwrap_or(0)
}
