//! `riktig explain`: where a number comes from.

mod judgement;
mod safety;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use riktig_indicators::{Definition, Population};
use riktig_lake::edition::{
    Edition, IndicatorId, LinkSummary, Prescriber, Prescriptions, ScopeId, ScopeKind, ScopeValue,
    StepRow, Value, Window,
};

use crate::edition_folder;
use crate::failure::advise;
use crate::table::{Table, grouped, percent};
use crate::words;

/// Say where a prescriber's number comes from
///
/// Shows the value with its numerator and denominator, what was to be expected of the prescriber's own contacts, the verdict
/// with the row of the decision table that gave it and every number it looked at, the benchmark and what it would take,
/// what each filter of the definition left of the rows, how the prescriber's antibiotics were linked to contacts, the definition's version and checksum, the data cut, and the
/// deliveries with their rows kept and refused. Everything is read from the edition; no patient is in it.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig explain --edition edition --prescriber 9001234 --indicator RAK-PENV\n  \
                        riktig explain --edition edition --prescriber 9001234 --safety BRONCHITIS\n\n\
                        `riktig indicators list` names the indicators."
)]
pub(crate) struct Arguments {
    /// The edition's folder
    #[arg(long, value_name = "EDITION")]
    edition: PathBuf,
    /// The prescriber's HPR number (or a foreign source's own code)
    #[arg(long, value_name = "HPR")]
    prescriber: String,
    /// The indicator's id
    #[arg(long, value_name = "ID")]
    indicator: Option<String>,
    /// What came after an infection of the safety mirror, instead of an indicator
    #[arg(long, value_name = "INFECTION", conflicts_with = "indicator")]
    safety: Option<String>,
}

/// One number, with everything that is needed to speak about it.
struct Question<'a> {
    edition: &'a Edition,
    prescriber: &'a Prescriber,
    indicator: IndicatorId,
    /// What a rate is multiplied with, and how that is said.
    per: f64,
    unit: &'static str,
    /// Whether it is about inhabitants of an area instead of a prescriber's own work.
    is_of_inhabitants: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let edition = edition_folder::open(&arguments.edition)?;
    let text = match (&arguments.safety, &arguments.indicator) {
        (Some(infection), _) => {
            let prescriber = edition_folder::prescriber(&edition, &arguments.prescriber)?;
            safety::explained(&edition, prescriber, infection)?
        }
        (None, Some(id)) => of_indicator(&edition, arguments, id)?,
        (None, None) => return Err(choices(&edition)),
    };
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

/// What there is to ask about in this edition.
fn choices(edition: &Edition) -> anyhow::Error {
    let indicators: Vec<&str> = edition
        .indicators()
        .map(|(_, definition)| definition.id.as_str())
        .collect();
    let infections: Vec<&str> = edition
        .safety_rule()
        .map_or(&[][..], |rule| &rule.infections)
        .iter()
        .map(|infection| infection.id.as_str())
        .collect();
    let safety = if infections.is_empty() {
        "; it has no safety mirror for --safety".to_owned()
    } else {
        format!("; or --safety with one of {}", infections.join(", "))
    };
    advise(
        "neither --indicator nor --safety says which number to explain",
        format!(
            "for edition {}, give --indicator with one of {}{safety}",
            edition.dir().display(),
            indicators.join(", ")
        ),
    )
}

fn of_indicator(edition: &Edition, arguments: &Arguments, id: &str) -> Result<String> {
    let indicator = edition_folder::indicator(edition, id)?;
    let definition =
        Definition::parse(id, &edition.definition_text(indicator)?).map_err(|refusal| {
            advise(
                refusal,
                "build the edition again with this version of riktig",
            )
        })?;
    let question = Question {
        edition,
        prescriber: edition_folder::prescriber(edition, &arguments.prescriber)?,
        indicator,
        per: f64::from(definition.unit.per()),
        unit: words::unit(definition.unit),
        is_of_inhabitants: definition.population == Population::Municipality,
    };
    let mut text = String::new();
    question.head(&mut text);
    question.values(&mut text);
    question.expected(&mut text);
    question.verdict(&mut text);
    question.peers(&mut text);
    question.steps(&mut text);
    question.links(&mut text);
    question.deliveries(&mut text);
    Ok(text)
}

impl Question<'_> {
    fn head(&self, text: &mut String) {
        let meta = self.edition.meta();
        let definition = &meta.definitions[self.indicator.0 as usize];
        let lines = [
            (
                "indicator",
                format!("{} version {}", definition.id, definition.version),
            ),
            (
                "definition",
                format!("{} (SHA-256 {})", definition.file, definition.sha256),
            ),
            (
                "prescriber",
                format!(
                    "{} ({})",
                    self.prescriber.external_id,
                    self.prescriber.roles.join(", ")
                ),
            ),
            (
                "period",
                format!("{}..{}", meta.period.first, meta.period.last),
            ),
            ("data cut", meta.data_cut.clone()),
            ("input", format!("SHA-256 {}", meta.input)),
        ];
        for (name, value) in lines {
            text.push_str(&format!("{name:<12}{value}\n"));
        }
    }

    fn values(&self, text: &mut String) {
        let mut table = Table::new(&[
            "value",
            "numerator>",
            "denominator>",
            &format!("{}>", self.unit),
            "note",
        ]);
        for (window, name) in [
            (Window::Current, "own, this period"),
            (Window::Previous, "own, the period before"),
        ] {
            table.row(
                self.cells(
                    name,
                    self.edition
                        .value(self.prescriber.id, self.indicator, window),
                ),
            );
        }
        for kind in ScopeKind::ALL {
            let Some(scope) = self.edition.scope_of(self.prescriber.id, kind) else {
                continue;
            };
            let name = words::scope(kind, &self.edition.scopes()[scope.0 as usize].area);
            if !self.is_of_inhabitants {
                table.row(self.noted(self.of_doctors(&name, scope), kind));
            } else if !matches!(kind, ScopeKind::CourseGroup | ScopeKind::Practice) {
                let value = self.edition.published_population(scope, self.indicator);
                table.row(self.cells(&name, value));
            }
        }
        text.push_str(&format!("\n{table}"));
        for kind in [ScopeKind::Country, ScopeKind::County] {
            if let Some(position) = self
                .edition
                .position(self.prescriber.id, self.indicator, kind)
            {
                let scope = words::scope_kind(kind);
                text.push_str(&format!(
                    "in the {scope}: percentile {:.0} among {} (0 lowest, 100 highest value)\n",
                    position.percentile,
                    peers(position.of)
                ));
            }
        }
    }

    /// A group of doctors, as it may be told.
    fn of_doctors(&self, name: &str, scope: ScopeId) -> Vec<String> {
        match self.edition.published(scope, self.indicator) {
            ScopeValue::Measured(figures) => {
                let (numerator, denominator) = (figures.numerator, figures.denominator);
                self.cells(
                    name,
                    Value::Measured {
                        numerator,
                        denominator,
                    },
                )
            }
            ScopeValue::Suppressed(reason) => no_figures(name, words::suppression(*reason)),
            ScopeValue::Unavailable(reason) => no_figures(name, words::unavailable(*reason)),
        }
    }

    /// A group's row, with what stands in where it may not be told, and whether it is everybody.
    fn noted(&self, mut row: Vec<String>, kind: ScopeKind) -> Vec<String> {
        let (who, what) = (self.prescriber.id, self.indicator);
        let Some(found) = self.edition.stand_in(who, what, Window::Current, kind) else {
            return row;
        };
        let name = words::scope(
            found.kind,
            &self.edition.scopes()[found.scope.0 as usize].area,
        );
        let note = match (found.is_other, found.is_everybody) {
            (true, _) => format!("; {name} stands in"),
            (false, true) if kind != ScopeKind::Country => "everybody who is compared".to_owned(),
            (false, _) => String::new(),
        };
        if let Some(cell) = row.last_mut() {
            cell.push_str(&note);
        }
        row
    }

    /// Sums in whole units, and the rate with the definition's factor.
    fn cells(&self, name: &str, value: Value) -> Vec<String> {
        let record = &self.edition.meta().definitions[self.indicator.0 as usize];
        match value {
            Value::Measured {
                numerator,
                denominator,
            } => {
                let rate = record
                    .ratio(value)
                    .map(|ratio| format!("{:.2}", ratio * self.per));
                let note = if rate.is_some() {
                    ""
                } else {
                    "nothing to divide by"
                };
                vec![
                    name.into(),
                    whole_units(numerator, record.numerator_divisor),
                    whole_units(denominator, record.denominator_divisor),
                    rate.unwrap_or_else(|| "–".into()),
                    note.into(),
                ]
            }
            Value::Unavailable(reason) => no_figures(name, words::unavailable(reason)),
        }
    }

    fn steps(&self, text: &mut String) {
        if self.edition.meta().definitions[self.indicator.0 as usize].reference {
            text.push_str("\na reference indicator: its months and filter steps are not kept\n");
            return;
        }
        let steps = self.edition.steps(self.prescriber.id, self.indicator);
        for (part, title) in [(0, "numerator: rows"), (1, "denominator: rows")] {
            let steps: Vec<&StepRow> = steps.iter().filter(|row| row.part == part).collect();
            if steps.is_empty() {
                continue;
            }
            let mut table = Table::new(&[title, "before>", "left out>", "after>"]);
            for row in steps {
                let step = &row.step;
                table.row([
                    step.step.to_string(),
                    count(step.before),
                    count(step.before - step.after),
                    count(step.after),
                ]);
            }
            text.push_str(&format!("\n{table}"));
        }
    }

    fn links(&self, text: &mut String) {
        let own = self.edition.lineage(self.prescriber.id);
        let all: &LinkSummary = &self.edition.meta().linkage;
        let total = self.prescriber.dispensings;
        let mut table = Table::new(&["antibiotics by link", "own>", "share>", "all prescribers>"]);
        let rows = [
            (
                "diagnosis on the prescription",
                own.by_prescription,
                all.by_prescription,
            ),
            ("contact 0 to 7 days before", own.by_contact, all.by_contact),
            ("unlinked", own.unlinked, all.unlinked),
            ("  of these masked", own.unlinkable, all.unlinkable),
            (
                "  of these near another prescriber's contact",
                own.other_prescriber,
                all.sensitivity.other_prescriber,
            ),
        ];
        for (name, own, all) in rows {
            table.row([name.to_owned(), count(own), share(own, total), grouped(all)]);
        }
        text.push_str(&format!("\n{table}"));
        if let Some((own, all)) = own.prescriptions.zip(all.prescriptions) {
            text.push_str(&prescriptions(&own, &all));
        }
        let days: Vec<String> = own
            .distance
            .iter()
            .enumerate()
            .map(|(day, n)| format!("{day}: {n}"))
            .collect();
        text.push_str(&format!(
            "days between contact and dispensing  {}\n",
            days.join("  ")
        ));
        if self.prescriber.dual_role {
            text.push_str(&format!(
                "list and duty work in the period: {} unlinked antibiotics stay out of list-based rates\n",
                self.prescriber.left_out_dual_role
            ));
        }
    }

    fn deliveries(&self, text: &mut String) {
        let mut table = Table::new(&[
            "delivery",
            "source",
            "rows in>",
            "kept>",
            "ballast>",
            "refused>",
            "cancelled>",
        ]);
        for delivery in &self.edition.meta().deliveries {
            let counts = [
                delivery.rows_in,
                delivery.kept,
                delivery.ballast,
                delivery.refused,
                delivery.cancelled,
            ];
            let names = [delivery.delivery.clone(), delivery.source.clone()];
            table.row(names.into_iter().chain(counts.map(grouped)));
        }
        text.push_str(&format!("\n{table}{COUNTED_AFTERWARDS}\n"));
    }
}

/// What the prescriptions themselves say, as far as any does.
fn prescriptions(own: &Prescriptions, all: &Prescriptions) -> String {
    let mut text = String::new();
    if all.with_contact() > 0 {
        let mut table = Table::new(&[
            "diagnosis on the prescription, and a contact that",
            "own>",
            "share>",
            "all prescribers>",
        ]);
        for (what, own_rows, all_rows) in [
            (
                "names the same matter",
                own.contact_agrees,
                all.contact_agrees,
            ),
            (
                "names another: the prescription's counts",
                own.contact_differs,
                all.contact_differs,
            ),
            (
                "cannot tell",
                own.contact_cannot_tell,
                all.contact_cannot_tell,
            ),
        ] {
            let share = share(own_rows, own.with_contact());
            table.row([what.to_owned(), count(own_rows), share, count(all_rows)]);
        }
        text.push_str(&format!("\n{table}"));
    }
    if all.told_of_waiting() > 0 {
        text.push_str(&format!(
            "\n{} prescriptions say whether to wait, {} of them that they were to: {} collected the same day, {} later\n",
            count(own.told_of_waiting()),
            count(own.waiting),
            count(own.collected_same_day),
            count(own.collected_later),
        ));
    }
    text
}

/// Why the counts differ from those that `riktig intake` printed.
const COUNTED_AFTERWARDS: &str = "counted after all deliveries: a row that intake kept and a later delivery took back is \
    cancelled here; a delivery that was replaced is left out";

fn peers(count: u32) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} peer{s}, this one included")
}

fn no_figures(name: &str, why: &str) -> Vec<String> {
    vec![name.into(), "–".into(), "–".into(), "–".into(), why.into()]
}

/// A sum as people count it: whole where it is whole, else with a decimal.
fn whole_units(sum: i64, divisor: i64) -> String {
    if divisor > 0 && sum % divisor == 0 {
        return count(sum / divisor);
    }
    format!("{:.1}", sum as f64 / divisor as f64)
}

fn count(rows: i64) -> String {
    let sign = if rows < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(rows.unsigned_abs()))
}

fn share(part: i64, whole: i64) -> String {
    percent(part.max(0).unsigned_abs(), whole.max(0).unsigned_abs())
}
