//! `riktig message check`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_eresept::check::{Checked, Finding, Weight, check};

use crate::failure::advise as hint;

/// Say what is wrong with messages, where, and what their sender can do
///
/// Looks at the XML, the envelope, what the message says, its diagnosis and everything that goes along. What Riktig has never seen is
/// no fault. The order of elements is for a validator with the national schemas, such as xmllint. Ends with status 1 if there is a
/// fault; notes are none.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig message check m1.xml")]
pub(super) struct Arguments {
    /// XML files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let mut text = String::new();
    let mut faulty = 0_usize;
    for file in &arguments.files {
        let checked = check(&super::read(file)?);
        faulty += usize::from(checked.has_faults());
        write_checked(&mut text, file, &checked);
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")?;
    if faulty > 0 {
        return Err(hint(
            format!("{faulty} of {} messages have faults", arguments.files.len()),
            "each line above says where and what to do",
        ));
    }
    Ok(())
}

fn write_checked(text: &mut String, file: &Path, checked: &Checked) {
    let kind = checked
        .kind
        .as_ref()
        .map_or("no envelope", |kind| kind.code.as_str());
    let faults = checked
        .findings
        .iter()
        .filter(|finding| finding.weight == Weight::Fault)
        .count();
    let notes = checked.findings.len() - faults;
    let _ = writeln!(
        text,
        "{} ({kind}): {faults} faults, {notes} notes",
        file.display()
    );
    for finding in &checked.findings {
        write_finding(text, finding);
    }
}

fn write_finding(text: &mut String, finding: &Finding) {
    let weight = match finding.weight {
        Weight::Fault => "FAULT",
        Weight::Note => "note ",
    };
    let Finding {
        line,
        place,
        what,
        remedy,
        ..
    } = finding;
    let _ = writeln!(text, "  {weight} line {line}, {place}: {what}; {remedy}");
}
