//! `GET /operator/deliveries`: what came into the lake, what was refused and why, and which months lack something.
//!
//! All of it stands in the lake's manifest, in counts. The lake itself, with its pseudonyms, is not read.

use std::path::Path;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use riktig_journal::policy::{About, Act};
use riktig_lake::delivery::Period;
use riktig_lake::store::{DeliveryRecord, Manifest};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::delivered::{self, MONTHLY, MonthRow};
use super::telling;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The deliveries.
#[derive(Debug, Template)]
#[template(path = "operator/deliveries.html")]
pub(crate) struct Deliveries {
    shell: Shell,
    configured: bool,
    /// The manifest was there and could be read.
    read: bool,
    changed: String,
    summary: String,
    years: Vec<Year>,
    year: String,
    kinds: Vec<String>,
    months: Vec<MonthRow>,
    rows: Vec<Row>,
    registers: Vec<Row>,
    refused: Vec<Refused>,
}

/// A year to choose.
#[derive(Debug)]
struct Year {
    number: i32,
    here: bool,
}

/// One delivery.
#[derive(Debug)]
struct Row {
    id: String,
    source: String,
    kind: String,
    months: String,
    /// Read, counted, set apart, refused, cancelled.
    counts: [String; 5],
    /// It replaces another, or was replaced.
    note: String,
}

/// Rows of a delivery that were refused for one reason.
#[derive(Debug)]
struct Refused {
    id: String,
    reason: String,
    rows: String,
}

impl Framed for Deliveries {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    year: Option<i32>,
}

/// `GET /operator/deliveries`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let looking = visit
        .look(&portal, Act::SeeDeliveries, About::Country)
        .await?;
    drop(looking);
    let manifest = manifest(&portal).await?;
    let mut page = Deliveries {
        configured: portal.config().lake_manifest.is_some(),
        read: manifest.is_some(),
        changed: String::new(),
        summary: String::new(),
        years: Vec::new(),
        year: String::new(),
        kinds: Vec::new(),
        months: Vec::new(),
        rows: Vec::new(),
        registers: Vec::new(),
        refused: Vec::new(),
        shell,
    };
    if let Some((manifest, changed)) = &manifest {
        page.fill(manifest, *changed, asked.year)?;
    }
    Ok(Page::new(page).into_response())
}

/// The manifest and when it was written; `None` where none is configured or it cannot be read.
///
/// # Errors
/// The work was not done: the server stops.
pub(super) async fn manifest(
    portal: &Portal,
) -> Result<Option<(Manifest, Option<Timestamp>)>, Failure> {
    let Some(path) = portal.config().lake_manifest.clone() else {
        return Ok(None);
    };
    let read = tokio::task::spawn_blocking(move || match Manifest::read(&path) {
        Ok(manifest) => Some((manifest, changed(&path))),
        Err(error) => {
            tracing::warn!(cause = %error, "the lake's manifest (lake.manifest) cannot be read");
            None
        }
    });
    read.await.map_err(Failure::internal)
}

/// When the file was written. The manifest itself tells no time: the same deliveries give the same bytes.
fn changed(path: &Path) -> Option<Timestamp> {
    let modified = std::fs::metadata(path).ok()?.modified().ok()?;
    Timestamp::try_from(modified).ok()
}

impl Deliveries {
    fn fill(
        &mut self,
        manifest: &Manifest,
        changed: Option<Timestamp>,
        asked: Option<i32>,
    ) -> Result<(), Failure> {
        let lang = self.shell.lang;
        let years = delivered::years(manifest);
        let year = match asked {
            Some(asked) if !years.contains(&asked) => return Err(Failure::NotFound),
            asked => asked.or(years.first().copied()),
        };
        self.changed = changed.map_or_else(String::new, |at| {
            let moment = moment::moment(lang, at);
            lang.fill(
                Key("operator-lake-changed"),
                &[("moment", Arg::Text(&moment))],
            )
        });
        self.summary = summary(manifest, lang);
        self.kinds = MONTHLY
            .iter()
            .map(|(kind, _)| lang.say(delivered::kind(*kind)))
            .collect();
        // The latest intake stands first.
        let newest = || manifest.deliveries.iter().rev();
        self.registers = newest()
            .filter(|it| it.period.is_none())
            .map(|it| row(it, lang))
            .collect();
        if let Some(year) = year {
            let of_year = || newest().filter(|it| it.period.is_some_and(|it| covers(it, year)));
            self.rows = of_year().map(|it| row(it, lang)).collect();
            self.months = delivered::completeness(manifest, year, lang);
            self.year = year.to_string();
            let told = of_year().chain(newest().filter(|it| it.period.is_none()));
            self.refused = told.flat_map(|it| refused(it, lang)).collect();
        }
        self.years = years
            .into_iter()
            .map(|number| Year {
                number,
                here: Some(number) == year,
            })
            .collect();
        Ok(())
    }
}

/// Whether a period has a month of the year.
fn covers(period: Period, year: i32) -> bool {
    let (first, last) = ((year - 1970) * 12, (year - 1970) * 12 + 11);
    period.first <= last && first <= period.last
}

/// All rows of deliveries that count, and what became of them.
fn summary(manifest: &Manifest, lang: Lang) -> String {
    let sum = |of: fn(&DeliveryRecord) -> u64| {
        telling::count(lang, manifest.active().map(of).sum::<u64>())
    };
    let deliveries = telling::count(lang, manifest.active().count() as u64);
    let args = [
        ("deliveries", Arg::Text(&deliveries)),
        ("rows", Arg::Text(&sum(|it| it.counts.rows))),
        ("kept", Arg::Text(&sum(|it| it.counts.kept))),
        ("ballast", Arg::Text(&sum(|it| it.counts.ballast))),
        ("refused", Arg::Text(&sum(|it| it.counts.refused))),
        ("cancelled", Arg::Text(&sum(|it| it.counts.cancelled))),
    ];
    lang.fill(Key("operator-lake-summary"), &args)
}

fn row(delivery: &DeliveryRecord, lang: Lang) -> Row {
    let counts = &delivery.counts;
    let number = |number| telling::count(lang, number);
    let note = match (&delivery.replaced_by, &delivery.corrects) {
        (Some(by), _) => lang.fill(
            Key("operator-delivery-replaced"),
            &[("delivery", Arg::Text(by))],
        ),
        (None, Some(corrects)) => lang.fill(
            Key("operator-delivery-corrects"),
            &[("delivery", Arg::Text(corrects))],
        ),
        (None, None) => String::new(),
    };
    Row {
        id: delivery.id.clone(),
        source: delivery.source.clone(),
        kind: lang.say(delivered::kind(delivery.kind)),
        months: delivery
            .period
            .map_or_else(String::new, |it| months(it, lang)),
        counts: [
            number(counts.rows),
            number(counts.kept),
            number(counts.ballast),
            number(counts.refused),
            number(counts.cancelled),
        ],
        note,
    }
}

fn months(period: Period, lang: Lang) -> String {
    let text = period.to_string();
    let (first, last) = text.split_once("..").unwrap_or((&text, &text));
    lang.period(&riktig_reports::model::Period {
        first: first.to_owned(),
        last: last.to_owned(),
    })
}

/// The refused rows of a delivery, the most frequent reason first.
fn refused(delivery: &DeliveryRecord, lang: Lang) -> Vec<Refused> {
    let mut reasons: Vec<_> = delivery.refused.iter().collect();
    reasons.sort_by_key(|(name, tally)| (std::cmp::Reverse(tally.rows), *name));
    let tell = |(name, tally): (&String, &riktig_lake::store::RefusalTally)| Refused {
        id: delivery.id.clone(),
        reason: delivered::reason(name, lang),
        rows: telling::count(lang, tally.rows),
    };
    reasons.into_iter().map(tell).collect()
}
