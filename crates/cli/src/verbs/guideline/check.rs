//! `riktig guideline check`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use riktig_guideline::{EvidenceStatus, Guideline};

use super::{content, print};
use crate::failure::advise as hint;

/// Read the guideline's files, run the worked examples inside them, and list what may not be given as advice yet
#[derive(Args)]
#[command(after_help = "Example:\n  riktig guideline check --content content/guideline")]
pub(super) struct Arguments {
    /// A folder with findings.toml, safety.toml and conditions/; without it, what ships with this program
    #[arg(long, value_name = "FOLDER")]
    content: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let guideline = content(arguments.content.as_ref())?;
    let mut text = counts(&guideline);
    text.push_str(&silent_lines(&guideline));
    let (held, broken) = examples(&guideline, &mut text);
    let _ = writeln!(text, "{held} examples hold, {broken} do not");
    print(&text)?;
    if broken > 0 {
        return Err(hint(
            format!("{broken} worked examples do not hold"),
            "each line above says what was written and what came out",
        ));
    }
    Ok(())
}

fn counts(guideline: &Guideline) -> String {
    let mut by_status: BTreeMap<EvidenceStatus, usize> = BTreeMap::new();
    for line in guideline.conditions().iter().flat_map(|it| &it.lines) {
        *by_status.entry(line.provenance.status).or_default() += 1;
    }
    let advising = guideline
        .conditions()
        .iter()
        .filter(|it| it.gives_advice())
        .count();
    let mut text = format!(
        "{} conditions, {advising} of them give advice; {} lines\n",
        guideline.conditions().len(),
        by_status.values().sum::<usize>()
    );
    for (status, count) in by_status {
        let _ = writeln!(text, "  {count:>3} {}", status.as_str());
    }
    text
}

fn silent_lines(guideline: &Guideline) -> String {
    let mut text = String::from("Lines that are not given as advice, and what they lack:\n");
    for condition in guideline.conditions() {
        for line in condition
            .lines
            .iter()
            .filter(|line| !line.provenance.is_advice())
        {
            let mut lacks = Vec::new();
            if line.provenance.status != EvidenceStatus::Guideline {
                lacks.push(format!(
                    "the guideline's own text (now {})",
                    line.provenance.status.as_str()
                ));
            }
            if line.dose.is_none() {
                lacks.push("dose".to_owned());
            }
            if line.times_per_day.is_empty() {
                lacks.push("times a day".to_owned());
            }
            if line.length.is_none() {
                lacks.push("length".to_owned());
            }
            if line.provenance.approver.is_none() {
                lacks.push("a second reader".to_owned());
            }
            let _ = writeln!(text, "  {}: {}", condition.rule(&line.id), lacks.join(", "));
        }
    }
    text
}

fn examples(guideline: &Guideline, text: &mut String) -> (usize, usize) {
    let (mut held, mut broken) = (0, 0);
    for example in guideline.examples() {
        match example.check(guideline) {
            Ok(()) => held += 1,
            Err(deviation) => {
                broken += 1;
                let _ = writeln!(
                    text,
                    "BROKEN {}: {}: {}",
                    deviation.condition, deviation.title, deviation.what
                );
            }
        }
    }
    (held, broken)
}
