//! `riktig follow-up`: what changed after a course.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{ArgGroup, Args, ValueEnum};
use riktig_codes::Day;
use riktig_lake::intake::course_groups;
use riktig_reports::model::FollowUp;
use riktig_reports::{
    CourseQuestion, Lang, Reports, follow_up_head, follow_up_method, follow_up_sentences,
    follow_up_table, render_follow_up_csv, render_follow_up_html, render_follow_up_json,
};

use crate::edition_folder;
use crate::failure::Hint;
use crate::report_files;
use crate::table::Table;

/// Say what changed after a course, beside comparable doctors without one
///
/// The change against the same months a year before, minus what doctors of the same kind of work and the same level before
/// did over the same months: season, trend and the return from an unusual year cancel. With a 95 % interval that takes the
/// doctor as the unit, and a run chart on the page. Groups of fewer than five doctors get no figures; a single doctor's
/// are for that doctor. The method: docs/reference/follow-up.md.
#[derive(Args)]
#[command(
    group = ArgGroup::new("whose").args(["group", "prescriber", "county"]),
    after_help = "Examples:\n  riktig follow-up --edition edition --course course_groups.csv --group G007\n  \
                  riktig follow-up --edition edition --course course_groups.csv --prescriber 9001234 --format html > page.html\n\n\
                  Without --group, --prescriber or --county everybody in the file who had the course is followed together."
)]
pub(crate) struct Arguments {
    /// The edition's folder; it holds its period and the year before
    #[arg(long, value_name = "EDITION")]
    edition: PathBuf,
    /// A delivery of course groups (docs/reference/deliveries.md); it need not be in the lake
    #[arg(long, value_name = "FILE")]
    course: PathBuf,
    /// One course group, by its id in the file
    #[arg(long, value_name = "ID")]
    group: Option<String>,
    /// One doctor, by HPR number; the answer is for that doctor
    #[arg(long, value_name = "HPR")]
    prescriber: Option<String>,
    /// The course doctors of one county, by number or name
    #[arg(long, value_name = "COUNTY")]
    county: Option<String>,
    /// The course of this day, where the file has several (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    date: Option<Day>,
    /// Follow at most so many months after the course [default: all whole months, at most 12]
    #[arg(long, value_name = "N")]
    months: Option<usize>,
    /// One indicator [default: all that have a direction]
    #[arg(long, value_name = "ID")]
    indicator: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// Language: nb, nn or en
    #[arg(long, value_name = "LANG", default_value = "nb")]
    lang: Lang,
    /// Write to this file, readable by its owner alone, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Say that the data are invented
    #[arg(long)]
    synthetic: bool,
}

/// How the answer is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table and a few sentences an indicator
    Text,
    /// The answer itself, schema riktig-follow-up/1
    Json,
    /// One row an indicator, for a spreadsheet
    Csv,
    /// A page with the run charts
    Html,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let file = course_groups(&arguments.course)?;
    let edition = edition_folder::open(&arguments.edition)?;
    edition_folder::one_report_a_number(&edition)?;
    if let Some(id) = &arguments.indicator {
        edition_folder::indicator(&edition, id)?;
    }
    if file.refused > 0 {
        // A closed error stream is no reason to stop.
        let note = format!(
            "note: {} rows of the delivery are left out: {}",
            file.refused, file.refusals
        );
        let _ = writeln!(std::io::stderr().lock(), "{note}");
    }
    let question = CourseQuestion {
        memberships: &file.memberships,
        group: arguments.group.as_deref(),
        county: arguments.county.as_deref(),
        prescriber: arguments.prescriber.as_deref(),
        day: arguments.date,
        months: arguments.months,
        indicator: arguments.indicator.as_deref(),
    };
    let told = Reports::new(&edition, arguments.synthetic)?.follow_up(&question);
    let told = told.map_err(|problem| {
        let hint = problem.hint();
        Err::<(), _>(problem)
            .hint(|| hint.to_owned())
            .expect_err("it is an error")
    })?;
    let text = match arguments.format {
        Form::Text => in_words(&told, arguments.lang),
        Form::Json => render_follow_up_json(&told)?,
        Form::Csv => render_follow_up_csv(&told, arguments.lang),
        Form::Html => render_follow_up_html(&told, arguments.lang),
    };
    give(arguments.out.as_deref(), &text)
}

fn give(out: Option<&Path>, text: &str) -> Result<()> {
    match out {
        Some(path) => report_files::write(path, text.as_bytes()),
        None => std::io::stdout()
            .lock()
            .write_all(text.as_bytes())
            .context("cannot print"),
    }
}

/// Who, the table, and below it each indicator in sentences.
fn in_words(told: &FollowUp, lang: Lang) -> String {
    let mut text = follow_up_head(told, lang).join("\n") + "\n";
    let (titles, rows) = follow_up_table(told, lang);
    if !rows.is_empty() {
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let mut table = Table::new(&titles);
        rows.into_iter().for_each(|row| table.row(row));
        text.push_str(&format!("\n{table}"));
    }
    for sentences in follow_up_sentences(told, lang) {
        text.push_str(&format!("\n{}\n", sentences.join("\n  ")));
    }
    text + "\n" + &follow_up_method(lang) + "\n"
}
