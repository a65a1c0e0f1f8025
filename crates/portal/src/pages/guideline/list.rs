//! `GET /guideline`: find the condition.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use riktig_guideline::{Condition, Guideline, Indication, PatientContext, Stance};
use riktig_reports::text::Key;
use riktig_reports::{Lang, ToldLine};
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
    /// A clinician has approved all that the guideline here says.
    approved: bool,
}

/// One condition.
#[derive(Debug)]
struct Row {
    id: String,
    name: String,
    codes: String,
    /// First choices.
    choices: Vec<ToldLine>,
    /// The guideline says of some patients that they wait, or have none.
    not_all: bool,
    /// Where there is no choice: "as a rule none", "for some", or that it has not been entered.
    nothing: Option<String>,
    /// Whether there is a sheet for the patient.
    sheet: bool,
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
    let words = asked.q.as_deref().unwrap_or_default().trim();
    let meant = meant(&guideline, code, words);
    if let (Some(_), [only]) = (code, meant.as_slice()) {
        return Ok(Redirect::to(&format!("/guideline/{}", only.id)).into_response());
    }
    let patient = PatientContext::unknown(day(portal.now()));
    let mut rows: Vec<Row> = meant
        .into_iter()
        .map(|condition| row(shell.lang, &guideline, condition, &patient))
        .collect();
    if words.is_empty() {
        rows.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let asked = code.map_or_else(|| words.to_owned(), str::to_owned);
    let mut conditions = guideline.conditions().iter();
    Ok(Page::new(ListPage {
        shell,
        asked,
        rows,
        approved: conditions.all(Condition::is_approved_by_clinician),
    })
    .into_response())
}

/// The conditions that a code means, or else those that the words find. What is typed may be a code too.
fn meant<'g>(guideline: &'g Guideline, code: Option<&str>, words: &str) -> Vec<&'g Condition> {
    let coded = |code: &str| -> Vec<&'g Condition> {
        let diagnosis = diagnosis(code);
        let holds = |it: &&Condition| diagnosis.is_some_and(|code| it.codes.hold(code));
        guideline.conditions().iter().filter(holds).collect()
    };
    match code {
        Some(code) => coded(code),
        None => {
            let coded = match words.split_once(':') {
                Some((system, code)) => coded(&format!(
                    "{}:{}",
                    system.to_lowercase(),
                    code.to_uppercase()
                )),
                None => coded(&words.to_uppercase()),
            };
            Some(coded)
                .filter(|it| !it.is_empty())
                .unwrap_or_else(|| guideline.find(words))
        }
    }
}

fn row(lang: Lang, guideline: &Guideline, condition: &Condition, patient: &PatientContext) -> Row {
    let choices = choices(lang, guideline, condition, patient);
    let advised = |it: &&Indication| it.provenance.is_advice_on(patient.on);
    let rules = condition.indications.iter().filter(advised);
    let stances: Vec<Stance> = rules.map(|it| it.stance).collect();
    let none = stances.contains(&Stance::NoAntibiotic);
    let some = stances
        .iter()
        .any(|it| matches!(it, Stance::Offer | Stance::MayOffer));
    Row {
        id: condition.id.clone(),
        name: lang.of_told(&condition.name).to_owned(),
        not_all: !choices.is_empty() && super::sheet::goes_without(condition, patient),
        nothing: choices.is_empty().then(|| {
            lang.say(match (none, some) {
                (true, false) => Key("guideline-none"),
                (true, true) => Key("guideline-some"),
                (false, _) => Key("guideline-not-entered"),
            })
        }),
        choices,
        sheet: super::sheet::says_something(condition, patient),
        codes: codes(condition),
    }
}

/// First choices for most patients; where each is for patients of whom something was found, all of them.
fn choices(
    lang: Lang,
    guideline: &Guideline,
    condition: &Condition,
    patient: &PatientContext,
) -> Vec<ToldLine> {
    let lines = riktig_reports::tell_lines(lang, guideline, condition, patient);
    let mut first: Vec<ToldLine> = lines.into_iter().filter(|it| it.first).collect();
    if first.iter().any(|it| it.general) {
        first.retain(|it| it.general);
    }
    first
}
