//! `GET` and `POST /learning/{course}/module/{module}`: what a module says, and its short test.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::course;
use riktig_journal::policy::{About, Act};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;
use std::collections::BTreeMap;

use super::own::Own;
use crate::failure::Failure;
use crate::learning::{self, Module, Question, Score};
use crate::page::{Framed, Page};
use crate::pages::courses::course::tested;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// A module and its test.
#[derive(Debug, Template)]
#[template(path = "learning/module.html")]
pub(crate) struct OneModule {
    shell: Shell,
    course: String,
    id: String,
    title: String,
    lead: String,
    facts: Vec<String>,
    sections: Vec<Told>,
    /// How many right answers pass.
    needed: String,
    /// The best result so far, empty before the first time.
    best: String,
    problems: Vec<[String; 2]>,
    /// What was told at once after the test; empty before.
    result: String,
    passed: bool,
    questions: Vec<Asked>,
    sources: Vec<Source>,
}

/// Lines under a heading.
#[derive(Debug)]
struct Told {
    title: String,
    lines: Vec<(String, usize)>,
}

/// A question of the test.
#[derive(Debug)]
struct Asked {
    id: String,
    number: usize,
    text: String,
    answers: Vec<Offered>,
    /// Told when the test was taken: whether it was right, the right answer, why.
    verdict: String,
    right: bool,
    answer: String,
    because: String,
    source: usize,
}

/// An answer to choose.
#[derive(Debug)]
struct Offered {
    value: usize,
    words: String,
    chosen: bool,
}

/// What a line rests on.
#[derive(Debug)]
struct Source {
    number: usize,
    title: String,
    url: String,
    date: String,
}

impl Framed for OneModule {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What was answered, in the address that follows the test: `1.0.2`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Given {
    given: Option<String>,
}

/// `GET /learning/{course}/module/{module}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path((course, module)): Path<(String, String)>,
    Query(given): Query<Given>,
) -> Result<Response, Failure> {
    let own = Own::read(&portal, &visit, &course).await?;
    let module = valid(&own, &module)?;
    let chosen = given
        .given
        .as_deref()
        .and_then(|it| taken(&own, module, it));
    let mut page = page(&own, module, shell, &BTreeMap::new());
    if let Some((chosen, score)) = chosen {
        page.tell(module, &chosen, score);
    }
    Ok(Page::new(page).into_response())
}

/// `POST /learning/{course}/module/{module}`.
pub(crate) async fn take(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path((course, module)): Path<(String, String)>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Failure> {
    let own = Own::read(&portal, &visit, &course).await?;
    let module = valid(&own, &module)?;
    let mut chosen = BTreeMap::new();
    for (number, question) in module.questions.iter().enumerate() {
        let answer: Option<usize> = fields.get(&question.id).and_then(|it| it.parse().ok());
        let answer = answer.filter(|answer| *answer < question.answers.len());
        chosen.extend(answer.map(|answer| (number, answer)));
    }
    let answers: Vec<usize> = chosen.values().copied().collect();
    let Some(score) = module.score(&answers) else {
        let mut page = page(&own, module, shell, &chosen);
        page.problems = unanswered(&page.shell, module, &chosen);
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let about = About::Course(own.group, own.id);
    let mut acting = visit.act(&portal, Act::TakeTest, about).await?;
    course::take_test(&mut acting, &module.id, score.correct, score.questions).await?;
    acting.done().await?;
    let given: Vec<String> = answers.iter().map(ToString::to_string).collect();
    let (id, given) = (&module.id, given.join("."));
    let to = format!("/learning/{course}/module/{id}?given={given}#test");
    Ok(Redirect::to(&to).into_response())
}

/// The module of an address, if it may be shown today.
fn valid(own: &Own, id: &str) -> Result<&'static Module, Failure> {
    let mut valid = learning::valid_on(own.today);
    valid
        .find(|module| module.id == id)
        .ok_or(Failure::NotFound)
}

/// The answers of an address with their score. Only who has taken the test with that result is told why.
fn taken(own: &Own, module: &Module, given: &str) -> Option<(Vec<usize>, Score)> {
    let chosen: Result<Vec<usize>, _> = given.split('.').map(str::parse).collect();
    let chosen = chosen.ok()?;
    let score = module.score(&chosen)?;
    let mut tests = own.attendee.tests.iter();
    let kept = tests.any(|result| {
        result.test == module.id
            && result.correct == score.correct
            && result.questions == score.questions
    });
    kept.then_some((chosen, score))
}

fn unanswered(shell: &Shell, module: &Module, chosen: &BTreeMap<usize, usize>) -> Vec<[String; 2]> {
    let open = module.questions.iter().enumerate();
    let open = open.filter(|(number, _)| !chosen.contains_key(number));
    let said = open.map(|(number, question)| {
        let number = (number + 1).to_string();
        let key = Key("learning-problem-unanswered");
        let said = shell.lang.fill(key, &[("number", Arg::Text(&number))]);
        [question.id.clone(), said]
    });
    said.collect()
}

fn page(own: &Own, module: &Module, shell: Shell, chosen: &BTreeMap<usize, usize>) -> OneModule {
    let lang = shell.lang;
    let sections = module.sections.iter().map(|section| Told {
        title: lang.of(&section.title).to_owned(),
        lines: section
            .lines
            .iter()
            .map(|line| (lang.of(&line.words).to_owned(), line.source + 1))
            .collect(),
    });
    let questions = module.questions.iter().enumerate();
    let questions =
        questions.map(|(number, it)| asked(lang, number, it, chosen.get(&number).copied()));
    let sources = (1..).zip(&module.sources).map(|(number, source)| Source {
        number,
        title: source.title.clone(),
        url: source.url.clone(),
        date: match source.date.as_deref() {
            None => shell.say("learning-undated"),
            Some(year) if year.len() == 4 => year.to_owned(),
            Some(month) if month.len() == 7 => lang.month(month),
            Some(day) => lang.day(day),
        },
    });
    let all = u32::try_from(module.questions.len()).unwrap_or(u32::MAX);
    let [needed, all] = [module.needed(all), all].map(|it| lang.count(f64::from(it)));
    let counts = [("needed", Arg::Text(&needed)), ("all", Arg::Text(&all))];
    OneModule {
        course: own.id.to_string(),
        id: module.id.clone(),
        title: lang.of(&module.title).to_owned(),
        lead: lang.of(&module.lead).to_owned(),
        facts: facts(lang, module),
        sections: sections.collect(),
        needed: lang.fill(Key("learning-needed"), &counts),
        best: match own.attendee.best(&module.id) {
            Some(_) => {
                let best = tested(&shell, &own.attendee, module);
                lang.fill(Key("learning-best"), &[("best", Arg::Text(&best))])
            }
            None => String::new(),
        },
        problems: Vec::new(),
        result: String::new(),
        passed: false,
        questions: questions.collect(),
        sources: sources.collect(),
        shell,
    }
}

/// Who wrote it, how long it takes, how long it is valid.
fn facts(lang: Lang, module: &Module) -> Vec<String> {
    let minutes = lang.count(f64::from(module.minutes));
    let [first, last] = module.valid.map(|day| lang.day(&day.to_string()));
    let valid = [("first", Arg::Text(&first)), ("last", Arg::Text(&last))];
    vec![
        lang.fill(Key("learning-minutes"), &[("minutes", Arg::Text(&minutes))]),
        lang.fill(Key("learning-valid"), &valid),
        lang.of(&module.author).to_owned(),
    ]
}

fn asked(lang: Lang, number: usize, question: &Question, chosen: Option<usize>) -> Asked {
    let answers = question.answers.iter().enumerate();
    let answers = answers.map(|(value, answer)| Offered {
        value,
        words: lang.of(&answer.words).to_owned(),
        chosen: chosen == Some(value),
    });
    Asked {
        id: question.id.clone(),
        number: number + 1,
        text: lang.of(&question.text).to_owned(),
        answers: answers.collect(),
        verdict: String::new(),
        right: false,
        answer: String::new(),
        because: String::new(),
        source: question.source + 1,
    }
}

impl OneModule {
    /// How it went, question by question.
    fn tell(&mut self, module: &Module, chosen: &[usize], score: Score) {
        let lang = self.shell.lang;
        self.passed = module.is_passed(score);
        let [right, all] = [score.correct, score.questions].map(|it| lang.count(f64::from(it)));
        let counts = [("right", Arg::Text(&right)), ("all", Arg::Text(&all))];
        self.result = lang.fill(
            if self.passed {
                Key("learning-result-passed")
            } else {
                Key("learning-result-not-passed")
            },
            &counts,
        );
        let told = self.questions.iter_mut().zip(&module.questions).zip(chosen);
        for ((asked, question), chosen) in told {
            let own = question.answers.get(*chosen);
            let right = question.answers.iter().find(|answer| answer.right);
            asked.right = own.is_some_and(|answer| answer.right);
            let words = |answer: Option<&learning::Answer>| {
                answer.map_or_else(String::new, |it| lang.of(&it.words).to_owned())
            };
            let own = words(own);
            let key = if asked.right {
                Key("learning-was-right")
            } else {
                Key("learning-was-wrong")
            };
            asked.verdict = lang.fill(key, &[("answer", Arg::Text(&own))]);
            asked.answer = words(right);
            asked.because = lang.of(&question.because).to_owned();
        }
    }
}
