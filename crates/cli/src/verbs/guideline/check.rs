//! `riktig guideline check`.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use riktig_codes::Day;
use riktig_guideline::{Check, Lack};

use super::{content, print};
use crate::clock;
use crate::failure::advise as hint;

/// Read the guideline's files, run the worked examples inside them, and list what may not be given as advice yet
#[derive(Args)]
#[command(after_help = "Example:\n  riktig guideline check --content content/guideline")]
pub(super) struct Arguments {
    /// A folder with findings.toml, safety.toml and conditions/; without it, what ships with this program
    #[arg(long, value_name = "FOLDER")]
    content: Option<PathBuf>,
    /// The day from which it is told what ends within 90 days, YYYY-MM-DD; without it, today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let guideline = content(arguments.content.as_ref())?;
    let on = match arguments.on {
        Some(day) => day,
        None => today()?,
    };
    let check = guideline.check(on);
    let mut text = counts(&check);
    text.push_str(&silent(&check));
    text.push_str(&expiring(&check));
    for deviation in &check.broken {
        let _ = writeln!(
            text,
            "BROKEN {}: {}: {}",
            deviation.condition, deviation.title, deviation.what
        );
    }
    let broken = check.broken.len();
    let _ = writeln!(text, "{} examples hold, {broken} do not", check.held);
    print(&text)?;
    if broken > 0 {
        return Err(hint(
            format!("{broken} worked examples do not hold"),
            "each line above says what was written and what came out",
        ));
    }
    Ok(())
}

fn today() -> Result<Day> {
    const SECONDS_OF_A_DAY: i64 = 86_400;
    let days = clock::now().as_second().div_euclid(SECONDS_OF_A_DAY);
    let days = i32::try_from(days).context("cannot tell the day")?;
    Ok(Day::from_epoch_days(days))
}

fn counts(check: &Check) -> String {
    let mut text = format!(
        "{} conditions, {} of them give advice; {} lines\n",
        check.conditions,
        check.advising,
        check.lines.values().sum::<usize>()
    );
    for (status, count) in &check.lines {
        let _ = writeln!(text, "  {count:>3} {}", status.as_str());
    }
    text
}

fn silent(check: &Check) -> String {
    let mut text = String::from("Lines that are not given as advice, and what they lack:\n");
    for line in &check.silent {
        let lacks = line.lacks.iter().map(|lack| match lack {
            Lack::GuidelineText => {
                format!("the guideline's own text (now {})", line.status.as_str())
            }
            Lack::Dose => "dose".to_owned(),
            Lack::TimesPerDay => "times a day".to_owned(),
            Lack::Days => "length".to_owned(),
            Lack::Source => "address or edition of the source".to_owned(),
            Lack::SecondReader => "a second reader".to_owned(),
        });
        let lacks: Vec<String> = lacks.collect();
        let _ = writeln!(text, "  {}: {}", line.rule, lacks.join(", "));
    }
    text
}

fn expiring(check: &Check) -> String {
    let mut text = String::new();
    for it in &check.expiring {
        let _ = writeln!(text, "ENDS {}: {}", it.on, it.what);
    }
    for rule in &check.without_second_reader {
        let _ = writeln!(text, "NO SECOND READER {rule}");
    }
    text
}
