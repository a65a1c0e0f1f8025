//! `riktig guideline advise`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use riktig_codes::Day;
use riktig_fhir::{CardWords, HookRequest, Names, Reading, Recognition, Service, Version};
use riktig_guideline::safety::FestFile;
use riktig_guideline::{Answer, Guideline};
use riktig_reports::{Lang, render_advice_json, tell_advice, tell_buttons};
use serde_json::Value;

use super::{content, context, print};
use crate::clock;
use crate::failure::advise;

/// Ask the guideline about a patient, without a server
///
/// FILE is a patient context (docs/reference/guideline-format.md) or the request of a CDS Hooks client, as JSON. Whatever is left
/// out is not known, which is something else than normal. Nothing is written down and nothing leaves the machine.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig guideline advise patient.json --lang en\n  riktig guideline advise order-sign.json --format json --on 2026-01-10"
)]
pub(super) struct Arguments {
    /// A patient context or a CDS Hooks request, as JSON
    file: PathBuf,
    /// Sentences; or JSON: `riktig-advice/1` for a patient context, cards for a CDS Hooks request
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language of the sentences: nb, nn or en
    #[arg(long, default_value = "nb")]
    lang: Lang,
    /// The day of a CDS Hooks request, which names none; without it, today
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Day>,
    /// Recognise drugs of a CDS Hooks request also by plain names and by the codes of the public sandbox
    #[arg(long)]
    demo: bool,
    /// A folder with a guideline of your own (findings.toml, safety.toml, conditions/); without it, the one that ships
    #[arg(long, value_name = "FOLDER")]
    content: Option<PathBuf>,
    /// The national drug register FEST, unpacked: its interactions are judged too, and drugs of a CDS Hooks request are known by
    /// product number
    #[arg(long, value_name = "FILE")]
    fest: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    /// Options that only a request of a client needs are not passed over in silence.
    fn of_a_patient_context(&self) -> Result<()> {
        let given = [("--on", self.on.is_some()), ("--demo", self.demo)];
        match given.into_iter().find(|(_, is_given)| *is_given) {
            None => Ok(()),
            Some((option, _)) => Err(advise(
                format!(
                    "cannot use {option} with \"{}\", which is a patient context",
                    self.file.display()
                ),
                "leave it out: a patient context names its day (on) and its drugs itself",
            )),
        }
    }
}

/// Where the base of links points in cards that no server sends.
const NO_SERVER: &str = "https://riktig.invalid";

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let mut guideline = content(arguments.content.as_ref())?;
    let fest = arguments.fest.as_deref().map(fest).transpose()?;
    if let Some(fest) = &fest {
        guideline = Cow::Owned(guideline.with_fest(fest));
    }
    let (text, value) = context::read(&arguments.file)?;
    let text = if value.get("hook").is_some() {
        answer_hook(arguments, &guideline, fest.as_ref(), &value)?
    } else {
        arguments.of_a_patient_context()?;
        let patient = context::patient(&arguments.file, &text, guideline.findings())?;
        let answer = guideline.advise(&patient);
        match arguments.format {
            Format::Text => sentences(arguments.lang, &guideline, &answer),
            Format::Json => render_advice_json(arguments.lang, &guideline, &answer) + "\n",
        }
    };
    print(&text)
}

fn fest(file: &Path) -> Result<FestFile> {
    let unusable = || format!("cannot use \"{}\" as FEST", file.display());
    let source = std::fs::File::open(file).with_context(unusable)?;
    FestFile::read(std::io::BufReader::new(source)).with_context(unusable)
}

fn answer_hook(
    arguments: &Arguments,
    guideline: &Guideline,
    fest: Option<&FestFile>,
    value: &Value,
) -> Result<String> {
    let unusable = || format!("cannot answer \"{}\"", arguments.file.display());
    let request = HookRequest::from_value(value).with_context(unusable)?;
    let on = arguments.on.unwrap_or_else(clock::today);
    if fest.is_some_and(|it| it.products.is_empty()) {
        eprintln!("note: FEST holds no products: no drug is known by its product number");
    }
    let recognition = Recognition {
        names: arguments.demo,
        fest: fest.map(|it| &it.products),
    };
    let reading = request
        .context(on, recognition, guideline.findings())
        .with_context(unusable)?;
    let answer = guideline.advise(&reading.patient);
    match arguments.format {
        Format::Text => Ok(sentences(arguments.lang, guideline, &answer)),
        Format::Json => cards(arguments.lang, guideline, &request, &reading, &answer),
    }
}

fn cards(
    lang: Lang,
    guideline: &Guideline,
    request: &HookRequest,
    reading: &Reading,
    answer: &Answer,
) -> Result<String> {
    let words = CardWords {
        guideline,
        reading,
        answer,
        told: &tell_advice(lang, guideline, answer),
        buttons: &tell_buttons(lang, guideline, &reading.patient, answer),
        names: Names::unkeyed(),
    };
    let service = Service {
        base: NO_SERVER.to_owned(),
    };
    let response = request.cards(words, &service, Version::default());
    Ok(serde_json::to_string_pretty(&response)? + "\n")
}

/// Each piece of advice with its reason, what else is said and where it was read.
fn sentences(lang: Lang, guideline: &Guideline, answer: &Answer) -> String {
    let told = tell_advice(lang, guideline, answer);
    let about = |order: Option<&String>| order.map(|id| format!("{id}: ")).unwrap_or_default();
    let mut text = String::new();
    for (advice, told) in answer.advice.iter().zip(&told.advice) {
        let _ = writeln!(
            text,
            "{}{}\n  {}",
            about(advice.order.as_ref()),
            told.summary,
            told.reason
        );
        for sentence in &told.details {
            let _ = writeln!(text, "  {sentence}");
        }
        for source in &told.sources {
            let _ = writeln!(
                text,
                "  {} ({}): {}",
                source.rule, source.edition, source.url
            );
        }
    }
    for (silence, sentence) in answer.silence.iter().zip(&told.silence) {
        let _ = writeln!(text, "{}{sentence}", about(silence.order.as_ref()));
    }
    for sentence in [told.standing, told.not_checked].into_iter().flatten() {
        let _ = writeln!(text, "{sentence}");
    }
    text
}
