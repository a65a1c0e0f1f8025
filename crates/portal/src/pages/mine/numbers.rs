//! `GET /report/numbers`: how one number was made, in plain words: definition, codes, months, what is left out,
//! and the rows that counted.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act};
use riktig_lake::edition::{DefinitionRecord, Edition, IndicatorId, PrescriberId, StepRow};
use riktig_reports::model::{Indicator, Report};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{
    Extent, Lang, fragment_defs, own_in_words, report_facts, report_period, section_fragment,
};

use super::choice::{self, Asked, Choice, Chosen, Found};
use super::nothing;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// How the numbers were made.
#[derive(Debug, Template)]
#[template(path = "mine/numbers.html")]
pub(crate) struct Numbers {
    shell: Shell,
    period: String,
    edition: String,
    query: String,
    defs: String,
    choices: Vec<Choice>,
    one: Option<One>,
    linked: Vec<[String; 3]>,
    days: Vec<[String; 2]>,
    facts: Vec<[String; 2]>,
    deliveries: Vec<[String; 7]>,
    cut: String,
}

/// One number.
#[derive(Debug)]
struct One {
    name: String,
    why: String,
    section: String,
    now: String,
    before: String,
    /// What is counted, what it is held against: each in words and codes.
    made: Vec<Made>,
    window: String,
    left_out: Vec<String>,
    source: String,
    /// The same two: each with its steps.
    parts: Vec<Part>,
    definition: String,
}

/// Numerator or denominator, as it is defined.
#[derive(Debug)]
struct Made {
    name: String,
    what: String,
    codes: Vec<[String; 2]>,
}

/// The steps from all rows to those that count.
#[derive(Debug)]
struct Part {
    name: String,
    /// Step, rows before, left out, rows after.
    steps: Vec<[String; 4]>,
}

impl Framed for Numbers {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /report/numbers`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    visit
        .look(&portal, Act::SeeOwn, About::Prescriber(doctor))
        .await?;
    let chosen = match choice::found(&portal, doctor, &asked)? {
        Found::Report(chosen) => chosen,
        Found::NotIn { edition, others } => return Ok(nothing::not_in(shell, &edition, &others)),
        Found::Nowhere(newest) => return Ok(nothing::nowhere(shell, newest.as_deref())),
    };
    let about = About::Report(doctor, chosen.edition.clone());
    visit.look(&portal, Act::ReadOwnReport, about).await?;
    let report = chosen.report();
    let wanted = asked.indicator.as_deref().filter(|id| !id.is_empty());
    let indicator = match wanted {
        Some(id) => Some(report.indicator(id).ok_or(Failure::NotFound)?),
        None => None,
    };
    Ok(Page::new(page(shell, &chosen, &report, indicator)).into_response())
}

fn page(shell: Shell, chosen: &Chosen, report: &Report, indicator: Option<&Indicator>) -> Numbers {
    let lang = shell.lang;
    let edition = chosen.open.edition();
    let meta = edition.meta();
    let choice = |it: &Indicator| Choice {
        value: it.id.clone(),
        name: lang.of(&it.name).to_owned(),
        chosen: indicator.is_some_and(|chosen| chosen.id == it.id),
    };
    let input: String = meta.input.chars().take(12).collect();
    Numbers {
        period: report_period(report, lang),
        edition: chosen.open.name().to_owned(),
        query: chosen.query(),
        defs: fragment_defs(),
        choices: report.indicators.iter().map(choice).collect(),
        one: indicator.map(|indicator| one(&shell, chosen, report, indicator)),
        linked: links(&shell, edition, chosen.prescriber().id),
        days: days(lang, edition, chosen.prescriber().id),
        facts: report_facts(report, lang),
        deliveries: deliveries(lang, edition),
        cut: lang.fill(
            Key("mine-numbers-cut"),
            &[
                ("day", Arg::Text(&lang.day(&meta.data_cut))),
                ("edition", Arg::Text(&input)),
            ],
        ),
        shell,
    }
}

fn one(shell: &Shell, chosen: &Chosen, report: &Report, indicator: &Indicator) -> One {
    let lang = shell.lang;
    let edition = chosen.open.edition();
    let id = edition.indicator(&indicator.id);
    let id = id.expect("the report's indicators are the edition's");
    let earlier = Indicator {
        own: indicator.previous.clone(),
        ..indicator.clone()
    };
    let part = |number: u8, name: Key| {
        let steps = edition.steps(chosen.prescriber().id, id).iter();
        let steps = steps.filter(|row| row.part == number);
        let steps: Vec<[String; 4]> = steps.map(|row| step(lang, row)).collect();
        let name = lang.say(name);
        (!steps.is_empty()).then_some(Part { name, steps })
    };
    let made = chosen.open.reports().made_of(report, &indicator.id, lang);
    let made = made.expect("the report's indicators are the edition's");
    let names = [
        Key("mine-numbers-numerator"),
        Key("mine-numbers-denominator"),
    ];
    One {
        made: names
            .into_iter()
            .zip(made.parts)
            .map(|(name, part)| Made {
                name: lang.say(name),
                what: part.what,
                codes: part.codes,
            })
            .collect(),
        window: made.window,
        left_out: made.left_out,
        source: made.source,
        name: lang.of(&indicator.name).to_owned(),
        why: lang.of(&indicator.why).to_owned(),
        section: section_fragment(
            report,
            indicator,
            (Extent::Whole, chosen.against()),
            "one",
            lang,
        ),
        now: own_in_words(indicator, lang),
        before: own_in_words(&earlier, lang),
        parts: [
            part(0, Key("mine-numbers-numerator")),
            part(1, Key("mine-numbers-denominator")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        definition: definition(lang, edition, id),
    }
}

fn definition(lang: Lang, edition: &Edition, id: IndicatorId) -> String {
    let of_edition = edition.indicators().find(|(other, _)| *other == id);
    let record: Option<&DefinitionRecord> = of_edition.map(|(_, record)| record);
    let Some(record) = record else {
        return String::new();
    };
    let hash: String = record.sha256.chars().take(12).collect();
    lang.fill(
        Key("mine-numbers-definition-text"),
        &[
            ("id", Arg::Text(&record.id)),
            ("version", Arg::Text(&record.version)),
            ("hash", Arg::Text(&hash)),
        ],
    )
}

fn step(lang: Lang, row: &StepRow) -> [String; 4] {
    let step = &row.step;
    let name = match step.step.as_ref() {
        "drug and course" => lang.say(Key("mine-numbers-step-drug")),
        "link and diagnosis" => lang.say(Key("mine-numbers-step-link")),
        "age and sex" => lang.say(Key("mine-numbers-step-age")),
        "setting" => lang.say(Key("mine-numbers-step-setting")),
        "dual role" => lang.say(Key("mine-numbers-step-dual")),
        "contact" => lang.say(Key("mine-numbers-step-contact")),
        "contact with an antibiotic" => lang.say(Key("mine-numbers-step-treated")),
        // A newer edition's step: its own word is better than none.
        other => other.to_owned(),
    };
    let rows = |count: i64| lang.count(count as f64);
    [
        name,
        rows(step.before),
        rows(step.before - step.after),
        rows(step.after),
    ]
}

/// How the doctor's antibiotics met their contacts, beside everybody's.
fn links(shell: &Shell, edition: &Edition, prescriber: PrescriberId) -> Vec<[String; 3]> {
    let lang = shell.lang;
    let own = edition.lineage(prescriber);
    let all = &edition.meta().linkage;
    let row = |name: Key, own: i64, all: u64| {
        let [own, all] = [own as f64, all as f64].map(|count| lang.count(count));
        [lang.say(name), own, all]
    };
    let mut rows = vec![row(
        Key("mine-numbers-link-prescription"),
        own.by_prescription,
        all.by_prescription,
    )];
    // Of everybody's it would be a few people's in a small country: decision 0004.
    if let Some(said) = own.prescriptions.filter(|said| said.with_contact() > 0) {
        let own_row =
            |name: Key, own: i64| [lang.say(name), lang.count(own as f64), "–".to_owned()];
        rows.push(own_row(Key("mine-numbers-link-same"), said.contact_agrees));
        rows.push(own_row(
            Key("mine-numbers-link-differs"),
            said.contact_differs,
        ));
    }
    rows.extend([
        row(
            Key("mine-numbers-link-contact"),
            own.by_contact,
            all.by_contact,
        ),
        row(Key("mine-numbers-link-none"), own.unlinked, all.unlinked),
        row(
            Key("mine-numbers-link-masked"),
            own.unlinkable,
            all.unlinkable,
        ),
        row(
            Key("mine-numbers-link-other"),
            own.other_prescriber,
            all.sensitivity.other_prescriber,
        ),
    ]);
    rows
}

fn days(lang: Lang, edition: &Edition, prescriber: PrescriberId) -> Vec<[String; 2]> {
    let distance = edition.lineage(prescriber).distance;
    let day = |(day, count): (usize, i64)| {
        let day = day.to_string();
        let name = lang.fill(Key("mine-numbers-day"), &[("day", Arg::Text(&day))]);
        [name, lang.count(count as f64)]
    };
    distance.into_iter().enumerate().map(day).collect()
}

/// Every delivery with what became of its rows.
fn deliveries(lang: Lang, edition: &Edition) -> Vec<[String; 7]> {
    let rows = |count: u64| lang.count(count as f64);
    let deliveries = edition.meta().deliveries.iter();
    deliveries
        .map(|it| {
            [
                it.delivery.clone(),
                it.source.clone(),
                rows(it.rows_in),
                rows(it.kept),
                rows(it.ballast),
                rows(it.refused),
                rows(it.cancelled),
            ]
        })
        .collect()
}
