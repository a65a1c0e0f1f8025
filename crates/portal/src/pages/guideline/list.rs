//! `GET /guideline`: find the condition.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use riktig_guideline::{Condition, Guideline, PatientContext};
use riktig_reports::Lang;
use riktig_reports::text::Key;
use serde::Deserialize;

use super::{codes, diagnosis};
use crate::failure::Failure;
use crate::moment::day;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;

/// All conditions, or those that were asked for.
#[derive(Debug, Template)]
#[template(path = "guideline/list.html")]
struct ListPage {
    shell: Shell,
    asked: String,
    rows: Vec<Row>,
}

/// One condition.
#[derive(Debug)]
struct Row {
    id: String,
    name: String,
    codes: String,
    /// What the guideline says, in a line.
    says: String,
    /// Whether there is a sheet for the patient.
    sheet: bool,
    /// What a reader may type to find it, in small letters: names in all languages, and codes.
    words: String,
}

impl Framed for ListPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Words.
    q: Option<String>,
    /// A code, as a record system knows it: a link with a code leads to the condition.
    code: Option<String>,
}

/// `GET /guideline`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let guideline = super::as_it_stands(&portal).await?;
    let code = asked
        .code
        .as_deref()
        .map(str::trim)
        .filter(|it| !it.is_empty());
    let meant: Vec<&Condition> = match code {
        None => guideline.conditions().iter().collect(),
        Some(code) => match diagnosis(code) {
            Some(it) => guideline
                .conditions()
                .iter()
                .filter(|condition| condition.codes.hold(it))
                .collect(),
            None => Vec::new(),
        },
    };
    if let (Some(_), [only]) = (code, meant.as_slice()) {
        return Ok(Redirect::to(&format!("/guideline/{}", only.id)).into_response());
    }
    let patient = PatientContext::unknown(day(portal.now()));
    let words = asked.q.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut rows: Vec<Row> = meant
        .into_iter()
        .map(|condition| row(shell.lang, &guideline, condition, &patient))
        .filter(|row| {
            words
                .split_whitespace()
                .all(|word| row.words.contains(word))
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let asked = code.map_or_else(|| asked.q.clone().unwrap_or_default(), str::to_owned);
    Ok(Page::new(ListPage { shell, asked, rows }).into_response())
}

fn row(lang: Lang, guideline: &Guideline, condition: &Condition, patient: &PatientContext) -> Row {
    let codes = codes(condition);
    let names = [&condition.name.nb, &condition.name.nn, &condition.name.en];
    let words = names.map(|it| it.to_lowercase()).join(" ");
    Row {
        id: condition.id.clone(),
        name: lang.of_told(&condition.name).to_owned(),
        says: says(lang, guideline, condition, patient),
        sheet: super::sheet::says_something(condition, patient),
        words: format!("{words} {}", codes.to_lowercase()),
        codes,
    }
}

/// First choice, or "as a rule none", or that it has not been entered.
fn says(
    lang: Lang,
    guideline: &Guideline,
    condition: &Condition,
    patient: &PatientContext,
) -> String {
    let lines = riktig_reports::tell_lines(lang, guideline, condition, patient);
    let first: Vec<String> = lines
        .into_iter()
        .filter(|it| it.first)
        .map(|it| it.what)
        .collect();
    if !first.is_empty() {
        let mut once = first;
        once.dedup();
        return once.join(" / ");
    }
    let none = condition.indications.iter().any(|it| {
        it.stance == riktig_guideline::Stance::NoAntibiotic
            && it.provenance.is_advice_on(patient.on)
    });
    lang.say(if none {
        Key("guideline-none")
    } else {
        Key("guideline-not-entered")
    })
}
