//! `riktig guideline advise`.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use riktig_guideline::{Answer, ContextDocument, Guideline};
use riktig_reports::{Lang, render_advice_json, tell_advice};

use super::{content, print};
use crate::failure::advise as hint;

/// Ask the guideline about a patient, without a server
///
/// FILE is a patient context as JSON (docs/reference/guideline-format.md): whatever is left out is not known, which is
/// something else than normal. Nothing is written down and nothing leaves the machine.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig guideline advise patient.json --lang en")]
pub(super) struct Arguments {
    /// A patient context as JSON
    file: PathBuf,
    /// Sentences, or JSON with the sentences in it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language of the sentences: nb, nn or en
    #[arg(long, default_value = "nb")]
    lang: Lang,
    /// A folder with a guideline of your own (findings.toml, safety.toml, conditions/); without it, the one that ships
    #[arg(long, value_name = "FOLDER")]
    content: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let guideline = content(arguments.content.as_ref())?;
    let answer = ask(&guideline, &arguments.file)?;
    let text = match arguments.format {
        Format::Text => sentences(arguments.lang, &guideline, &answer),
        Format::Json => render_advice_json(arguments.lang, &guideline, &answer) + "\n",
    };
    print(&text)
}

fn ask(guideline: &Guideline, file: &PathBuf) -> Result<Answer> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read \"{name}\""))?;
    let document: ContextDocument = serde_json::from_str(&text).map_err(|error| {
        hint(
            format!("\"{name}\" is not a patient context: {error}"),
            "docs/reference/guideline-format.md shows what one looks like",
        )
    })?;
    let patient = document
        .read(guideline.findings())
        .with_context(|| format!("cannot use \"{name}\""))?;
    Ok(guideline.advise(&patient))
}

/// Each piece of advice with its reason, what else is said and where it was read.
fn sentences(lang: Lang, guideline: &Guideline, answer: &Answer) -> String {
    let told = tell_advice(lang, guideline, answer);
    let mut text = String::new();
    for (advice, told) in answer.advice.iter().zip(&told.advice) {
        let about = advice
            .order
            .as_ref()
            .map(|id| format!("{id}: "))
            .unwrap_or_default();
        let _ = writeln!(text, "{about}{}\n  {}", told.summary, told.reason);
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
        let about = silence
            .order
            .as_ref()
            .map(|id| format!("{id}: "))
            .unwrap_or_default();
        let _ = writeln!(text, "{about}{sentence}");
    }
    if let Some(sentence) = told.not_checked {
        let _ = writeln!(text, "{sentence}");
    }
    text
}
