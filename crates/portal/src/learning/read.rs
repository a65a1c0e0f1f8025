//! Reads a module, strictly: an unknown key, a missing language, a source that is not there, are refused.

use std::collections::BTreeSet;

use riktig_codes::Day;
use riktig_reports::model::Words;
use serde::Deserialize;
use toml::value::Datetime;

use super::module::{Answer, Line, Module, Question, Section, Source};

/// Why a file is no module.
#[derive(Debug, thiserror::Error)]
pub enum BadModule {
    /// It is no TOML of the format.
    #[error("cannot read the module")]
    Toml(#[from] toml::de::Error),
    /// It says something that cannot be.
    #[error("cannot use the module: {what}; {rule}")]
    Rule {
        /// Where.
        what: String,
        /// What is allowed.
        rule: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: u32,
    valid_from: Datetime,
    valid_to: Datetime,
    minutes: u32,
    pass_percent: u32,
    author: InThree,
    title: InThree,
    lead: InThree,
    source: Vec<FileSource>,
    section: Vec<FileSection>,
    question: Vec<FileQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InThree {
    nb: String,
    nn: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSource {
    id: String,
    title: String,
    url: String,
    date: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSection {
    title: InThree,
    line: Vec<FileLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileLine {
    source: Option<String>,
    nb: String,
    nn: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileQuestion {
    id: String,
    source: Option<String>,
    text: InThree,
    because: InThree,
    answer: Vec<FileAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileAnswer {
    #[serde(default)]
    right: bool,
    nb: String,
    nn: String,
    en: String,
}

/// Reads a module. Lines and questions without a source are counted and left out.
///
/// # Errors
/// The text is not of the format, or says something that cannot be.
pub fn read(text: &str) -> Result<Module, BadModule> {
    let file: File = toml::from_str(text)?;
    check(
        is_name(&file.id),
        || format!("id \"{}\"", file.id),
        "a name is of a-z and -",
    )?;
    let valid = [day(&file.valid_from)?, day(&file.valid_to)?];
    check(
        valid[0] <= valid[1],
        || "valid_to".to_owned(),
        "it does not end before it begins",
    )?;
    let fits = (1..=100).contains(&file.pass_percent) && file.minutes > 0 && file.version > 0;
    check(
        fits,
        || "pass_percent, minutes or version".to_owned(),
        "a number from 1, a share at most 100",
    )?;
    let sources = sources(file.source)?;
    let (mut unsourced, mut sections) = (0, Vec::new());
    for section in file.section {
        let mut lines = Vec::new();
        for line in section.line {
            match place(&sources, line.source.as_deref())? {
                Some(source) => lines.push(Line {
                    words: words([line.nb, line.nn, line.en])?,
                    source,
                }),
                None => unsourced += 1,
            }
        }
        sections.push(Section {
            title: in_three(section.title)?,
            lines,
        });
    }
    sections.retain(|section| !section.lines.is_empty());
    let mut questions: Vec<Question> = Vec::new();
    for question in file.question {
        match place(&sources, question.source.as_deref())? {
            Some(source) => questions.push(self::question(question, source)?),
            None => unsourced += 1,
        }
    }
    let names = questions.iter().map(|question| question.id.as_str());
    each_once(names)?;
    check(
        !questions.is_empty(),
        || "question".to_owned(),
        "at least one question has a source",
    )?;
    Ok(Module {
        id: file.id,
        version: file.version,
        valid,
        author: in_three(file.author)?,
        title: in_three(file.title)?,
        lead: in_three(file.lead)?,
        minutes: file.minutes,
        pass_percent: file.pass_percent,
        sources,
        sections,
        questions,
        unsourced,
    })
}

fn question(question: FileQuestion, source: usize) -> Result<Question, BadModule> {
    let what = || format!("question \"{}\"", question.id);
    check(is_name(&question.id), what, "a name is of a-z and -")?;
    let right = question.answer.iter().filter(|answer| answer.right).count();
    let many = (2..=6).contains(&question.answer.len());
    check(
        right == 1 && many,
        what,
        "two to six answers, one of them right",
    )?;
    let answer = |answer: FileAnswer| {
        Ok(Answer {
            words: words([answer.nb, answer.nn, answer.en])?,
            right: answer.right,
        })
    };
    let answers: Result<_, BadModule> = question.answer.into_iter().map(answer).collect();
    Ok(Question {
        id: question.id,
        text: in_three(question.text)?,
        because: in_three(question.because)?,
        answers: answers?,
        source,
    })
}

fn sources(listed: Vec<FileSource>) -> Result<Vec<Source>, BadModule> {
    each_once(listed.iter().map(|source| source.id.as_str()))?;
    let checked = |source: FileSource| {
        let what = || format!("source \"{}\"", source.id);
        check(!source.title.trim().is_empty(), what, "it has a title")?;
        let is_web = source.url.starts_with("https://") && !source.url.contains(['"', ' ']);
        check(is_web, what, "its address begins with https://")?;
        check(
            source.date.as_deref().is_none_or(is_date),
            what,
            "its date is YYYY, YYYY-MM or YYYY-MM-DD, or left out where it tells none",
        )?;
        Ok(Source {
            id: source.id,
            title: source.title,
            url: source.url,
            date: source.date,
        })
    };
    listed.into_iter().map(checked).collect()
}

/// Where a line's source stands in the list; nothing where it names none.
fn place(sources: &[Source], named: Option<&str>) -> Result<Option<usize>, BadModule> {
    let Some(named) = named.filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let found = sources.iter().position(|source| source.id == named);
    let rule = "a line names a source of the module";
    check(found.is_some(), || format!("source \"{named}\""), rule)?;
    Ok(found)
}

fn in_three(text: InThree) -> Result<Words, BadModule> {
    words([text.nb, text.nn, text.en])
}

fn words([nb, nn, en]: [String; 3]) -> Result<Words, BadModule> {
    let complete = [&nb, &nn, &en].iter().all(|text| !text.trim().is_empty());
    check(
        complete,
        || format!("\"{nb}\""),
        "it is told in nb, nn and en",
    )?;
    Ok(Words { nb, nn, en })
}

fn day(date: &Datetime) -> Result<Day, BadModule> {
    let text = date.to_string();
    text.parse().map_err(|_| BadModule::Rule {
        what: format!("\"{text}\""),
        rule: "a day is written YYYY-MM-DD",
    })
}

/// A year, a month or a day that the calendar has.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse::<Day>().is_ok()
}

fn is_name(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), BadModule> {
    let mut seen = BTreeSet::new();
    for name in names {
        check(
            seen.insert(name),
            || format!("\"{name}\""),
            "a name stands once",
        )?;
    }
    Ok(())
}

fn check(holds: bool, what: impl FnOnce() -> String, rule: &'static str) -> Result<(), BadModule> {
    if holds {
        return Ok(());
    }
    Err(BadModule::Rule { what: what(), rule })
}
