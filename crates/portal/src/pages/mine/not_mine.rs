//! `GET /report/not-mine` and its forms: "this is not mine".

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::{HprNumber, Month};
use riktig_journal::ChangeError;
use riktig_journal::dispute::{self, Dispute, Flag, State as Standing, Why};
use riktig_journal::id::DisputeId;
use riktig_journal::policy::{About, Act, EditionId};
use riktig_reports::Lang;
use riktig_reports::model::Report;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::choice::{self, Asked, Choice, Chosen, Found};
use super::nothing;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Most characters of the words, as the journal has it.
const LONGEST_WORDS: usize = 4_000;
/// Most rows of one message, as the journal has it.
const MOST_ROWS: u32 = 100_000;

/// What is not the doctor's.
#[derive(Debug, Template)]
#[template(path = "mine/not_mine.html")]
pub(crate) struct NotMine {
    shell: Shell,
    notice: String,
    problems: Vec<[String; 2]>,
    report: String,
    form: Filled,
    indicators: Vec<Choice>,
    months: Vec<Choice>,
    reasons: Vec<Choice>,
    told: Vec<Told>,
}

/// What stands in the form.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Filled {
    edition: String,
    #[serde(default)]
    indicator: String,
    #[serde(default)]
    month: String,
    #[serde(default)]
    rows: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    words: String,
}

/// One message.
#[derive(Debug)]
struct Told {
    id: String,
    version: i64,
    line: String,
    report: String,
    why: String,
    words: String,
    sent: String,
    state: String,
    /// `open`, `upheld`, `rejected`, `taken_back`.
    word: &'static str,
    answer: String,
    name: String,
}

impl Framed for NotMine {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a page says on top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// `sent`, `taken-back` or `settled`.
    said: Option<String>,
}

/// What taking back sends.
#[derive(Debug, Deserialize)]
pub(crate) struct TakeBack {
    version: i64,
}

/// `GET /report/not-mine`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let disputes = own(&portal, &visit, doctor).await?;
    let chosen = match choice::found(&portal, doctor, &asked)? {
        Found::Report(chosen) => chosen,
        Found::NotIn { edition, others } => return Ok(nothing::not_in(shell, &edition, &others)),
        Found::Nowhere(newest) => return Ok(nothing::nowhere(shell, newest.as_deref())),
    };
    let form = Filled {
        edition: chosen.open.name().to_owned(),
        ..Filled::default()
    };
    let mut page = page(&portal, shell, (&chosen, &disputes), form);
    page.notice = match said.said.as_deref() {
        Some("sent") => page.shell.say("dispute-sent"),
        Some("taken-back") => page.shell.say("dispute-taken-back"),
        Some("settled") => page.shell.say("dispute-problem-settled"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /report/not-mine`.
pub(crate) async fn flag(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(form): Form<Filled>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let asked = Asked::of_edition(&form.edition);
    let Found::Report(chosen) = choice::found(&portal, doctor, &asked)? else {
        return Err(Failure::NotFound);
    };
    let flag = match read(&form, &chosen, &shell) {
        Ok(flag) => flag,
        Err(problems) => {
            let disputes = own(&portal, &visit, doctor).await?;
            let mut page = page(&portal, shell, (&chosen, &disputes), form);
            page.problems = problems;
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let about = About::Report(doctor, chosen.edition.clone());
    let mut acting = visit.act(&portal, Act::FlagRows, about).await?;
    dispute::flag(&mut acting, &flag).await?;
    acting.done().await?;
    let to = format!("/report/not-mine?edition={}&said=sent", chosen.edition);
    Ok(Redirect::to(&to).into_response())
}

/// `POST /report/not-mine/{dispute}/take-back`.
pub(crate) async fn take_back(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<TakeBack>,
) -> Result<Response, Failure> {
    visit.doctor()?;
    let id: DisputeId = id.parse().map_err(|_| Failure::NotFound)?;
    let about = About::Dispute(id);
    let mut acting = visit.act(&portal, Act::TakeBackDispute, about).await?;
    let said = match dispute::take_back(&mut acting, sent.version).await {
        Ok(()) => {
            acting.done().await?;
            "taken-back"
        }
        Err(ChangeError::Conflict { .. }) => "settled",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/report/not-mine?said={said}")).into_response())
}

async fn own(portal: &Portal, visit: &Visit, doctor: HprNumber) -> Result<Vec<Dispute>, Failure> {
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(portal, Act::SeeOwn, about).await?;
    Ok(dispute::own(&mut looking).await?)
}

/// What the report says about what was flagged in it; empty where nothing was.
pub(super) fn told(shell: &Shell, edition: &EditionId, disputes: &[Dispute]) -> String {
    let here = disputes.iter().filter(|it| it.edition == *edition);
    let here: Vec<&Dispute> = here.filter(|it| it.state != Standing::TakenBack).collect();
    if here.is_empty() {
        return String::new();
    }
    let lang = shell.lang;
    let count = |state: Standing| {
        let count = here.iter().filter(|it| it.state == state).count();
        lang.count(count as f64)
    };
    let number = lang.count(here.len() as f64);
    let plural = i64::try_from(here.len()).unwrap_or(i64::MAX);
    lang.fill(
        Key("mine-disputes-some"),
        &[
            ("count", Arg::Plural(plural)),
            ("number", Arg::Text(&number)),
            ("open", Arg::Text(&count(Standing::Open))),
            ("upheld", Arg::Text(&count(Standing::Upheld))),
            ("rejected", Arg::Text(&count(Standing::Rejected))),
        ],
    )
}

fn page(
    portal: &Portal,
    shell: Shell,
    (chosen, disputes): (&Chosen, &[Dispute]),
    form: Filled,
) -> NotMine {
    let lang = shell.lang;
    let report = chosen.report();
    let period = choice::period(&chosen.open, lang);
    let choice = |value: &str, name: String, sent: &str| Choice {
        chosen: value == sent,
        value: value.to_owned(),
        name,
    };
    let indicators = report
        .indicators
        .iter()
        .filter(|it| it.own.counts().is_some())
        .map(|it| choice(&it.id, lang.of(&it.name).to_owned(), &form.indicator));
    let months = months(chosen).into_iter();
    NotMine {
        notice: String::new(),
        problems: Vec::new(),
        report: lang.fill(Key("dispute-report"), &[("period", Arg::Text(&period))]),
        indicators: indicators.collect(),
        months: months
            .map(|it| choice(&it, lang.month(&it), &form.month))
            .collect(),
        reasons: Why::ALL
            .into_iter()
            .map(|why| choice(why.word(), reason(lang, why), &form.why))
            .collect(),
        told: disputes
            .iter()
            .map(|it| one(portal, lang, &report, it))
            .collect(),
        form,
        shell,
    }
}

/// The months of the report's own period, `YYYY-MM`.
fn months(chosen: &Chosen) -> Vec<String> {
    let meta = chosen.open.edition().meta();
    let within = |month: &String| *month >= meta.period.first && *month <= meta.period.last;
    let months = meta.months.iter().map(|month| month.month.clone());
    months.filter(within).collect()
}

fn reason(lang: Lang, why: Why) -> String {
    lang.say(match why {
        Why::Locum => Key("dispute-why-locum"),
        Why::WrongPrescriber => Key("dispute-why-wrong"),
        Why::Other => Key("dispute-why-other"),
    })
}

fn one(portal: &Portal, lang: Lang, report: &Report, dispute: &Dispute) -> Told {
    let flag = &dispute.flag;
    let indicator = flag.indicator.as_deref();
    let name = match indicator.map(|id| (id, report.indicator(id))) {
        None => lang.say(Key("dispute-any")),
        Some((_, Some(known))) => lang.of(&known.name).to_owned(),
        Some((id, None)) => id.to_owned(),
    };
    let month = flag.month.map_or_else(
        || lang.say(Key("dispute-whole")).to_lowercase(),
        |month| lang.month(&month.to_string()),
    );
    let rows = flag.rows.map_or_else(
        || lang.say(Key("dispute-rows-all")),
        |rows| {
            let number = lang.count(f64::from(rows));
            lang.fill(
                Key("dispute-rows-some"),
                &[
                    ("count", Arg::Plural(rows.into())),
                    ("number", Arg::Text(&number)),
                ],
            )
        },
    );
    let line = [
        ("name", Arg::Text(&name)),
        ("month", Arg::Text(&month)),
        ("rows", Arg::Text(&rows)),
    ];
    let open = portal.shelf().named(dispute.edition.as_str());
    let period = open.map_or_else(
        || dispute.edition.to_string(),
        |open| choice::period(&open, lang),
    );
    let sent = moment::moment(lang, dispute.opened_at);
    let answer = dispute.reason.as_deref().unwrap_or_default();
    Told {
        id: dispute.id.to_string(),
        version: dispute.version,
        line: lang.fill(Key("dispute-line"), &line),
        report: lang.fill(Key("dispute-report"), &[("period", Arg::Text(&period))]),
        why: reason(lang, flag.why),
        words: flag.words.clone(),
        sent: lang.fill(Key("dispute-sent-at"), &[("moment", Arg::Text(&sent))]),
        state: lang.say(match dispute.state {
            Standing::Open => Key("dispute-state-open"),
            Standing::Upheld => Key("dispute-state-upheld"),
            Standing::Rejected => Key("dispute-state-rejected"),
            Standing::TakenBack => Key("dispute-state-taken-back"),
        }),
        word: dispute.state.word(),
        answer: if answer.is_empty() {
            String::new()
        } else {
            lang.fill(Key("dispute-answer"), &[("reason", Arg::Text(answer))])
        },
        name,
    }
}

/// What the form says, or what must be mended, each with its field.
fn read(form: &Filled, chosen: &Chosen, shell: &Shell) -> Result<Flag, Vec<[String; 2]>> {
    let mut problems = Vec::new();
    let mut problem = |field: &str, said: String| problems.push([field.to_owned(), said]);
    let why = Why::from_word(&form.why);
    if why.is_none() {
        problem("why", shell.say("dispute-problem-why"));
    }
    if why == Some(Why::Other) && form.words.trim().is_empty() {
        problem("words", shell.say("dispute-problem-words"));
    }
    if form.words.replace("\r\n", "\n").chars().count() > LONGEST_WORDS {
        problem("words", shell.say("dispute-problem-long"));
    }
    let rows: Option<u32> = form.rows.trim().parse().ok();
    let rows = rows.filter(|rows| (1..=MOST_ROWS).contains(rows));
    if rows.is_none() && !form.rows.trim().is_empty() {
        problem("rows", shell.say("dispute-problem-rows"));
    }
    let month = month(&form.month, chosen);
    if month.is_none() && !form.month.is_empty() {
        problem("month", shell.say("dispute-problem-month"));
    }
    let report = chosen.report();
    let known = form.indicator.is_empty() || report.indicator(&form.indicator).is_some();
    match why {
        Some(why) if problems.is_empty() && known => Ok(Flag {
            indicator: Some(form.indicator.clone()).filter(|id| !id.is_empty()),
            month,
            rows,
            why,
            words: form.words.clone(),
        }),
        _ => Err(problems),
    }
}

/// A month of the report's period.
fn month(text: &str, chosen: &Chosen) -> Option<Month> {
    if !months(chosen).iter().any(|month| month == text) {
        return None;
    }
    let (year, month) = text.split_once('-')?;
    Month::from_ym(year.parse().ok()?, month.parse().ok()?)
}
