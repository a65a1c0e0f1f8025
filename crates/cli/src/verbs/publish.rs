//! `riktig publish`: nobody gets a figure that somebody should have looked at.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use clap::Args;
use riktig_codes::Day;
use riktig_lake::edition::{Act, Edition, Publication, PublicationError, Released};

use crate::failure::advise;
use crate::verification;
use crate::words;

/// Let an edition out, if nothing speaks against it
///
/// `riktig build --previous` has held the edition against the one before it and written what it found: jumps, months and
/// municipalities of which little came in, links, refused rows (docs/reference/publishing.md). A blocking finding needs a
/// person who answers for it, by name and with a reason. Who accepted what, and when the edition was published, stands in
/// EDITION.publication.json beside it, for these very bytes; the edition itself is not touched. Publishing twice changes
/// nothing. The exit status is 1 while something is open.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig publish edition\n  riktig publish edition --accept jump-atc-J01CE02 --by \"Kari Nordmann\" \\\n    --reason \"Shortage of the tablets from March to June\"\n\n\
                        You get: every finding, and the edition published, or what keeps it."
)]
pub(crate) struct Arguments {
    /// The edition's folder
    #[arg(value_name = "EDITION")]
    edition: PathBuf,
    /// A finding that somebody answers for; may be given several times
    #[arg(long, value_name = "FINDING", requires_all = ["by", "reason"])]
    accept: Vec<String>,
    /// Who answers
    #[arg(long, value_name = "NAME", requires = "accept")]
    by: Option<String>,
    /// Why the figures are right: one reason for all, or one for each --accept in the same order
    #[arg(long, value_name = "TEXT", requires = "accept")]
    reason: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let edition = Edition::open(&arguments.edition)?;
    whole(&arguments.edition)?;
    let findings = edition.gate().findings.as_ref();
    let findings = findings.ok_or_else(|| PublicationError::NoFindings {
        dir: arguments.edition.clone(),
    })?;
    let mut publication = Publication::of(&arguments.edition)?;
    let now = now()?;
    for (finding, reason) in accepted(arguments)? {
        let by = arguments.by.as_deref().unwrap_or_default();
        publication.accept(findings, finding, by, reason, &now)?;
    }
    let mut text = words::findings(findings, |it| publication.accepted(it));
    text.push_str(&answers(&publication)?);
    let published = publication.publish(findings, &now);
    // Acceptances stand, even where something else is still open.
    publication.save()?;
    if let Ok(published) = &published {
        let at = match published {
            Released::Now => "published".to_owned(),
            Released::Since(at) => format!("published already, on {at}: nothing was changed"),
        };
        writeln!(text, "edition \"{}\": {at}", arguments.edition.display())?;
        writeln!(text, "record: {}", publication.path().display())?;
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")?;
    Ok(published.map(|_| ())?)
}

/// A damaged edition is nothing to sign.
fn whole(edition: &Path) -> Result<()> {
    let findings = verification::edition::verify(edition)?;
    match findings.faults.first() {
        None => Ok(()),
        Some(fault) => Err(advise(
            format!("cannot publish \"{}\": {fault}", edition.display()),
            "see all faults with: riktig verify; build the edition again",
        )),
    }
}

/// Findings to accept, each with its reason.
fn accepted(arguments: &Arguments) -> Result<Vec<(&str, &str)>> {
    let (findings, reasons) = (&arguments.accept, &arguments.reason);
    if !findings.is_empty() && reasons.len() != 1 && reasons.len() != findings.len() {
        return Err(advise(
            format!(
                "there are {} --accept and {} --reason",
                findings.len(),
                reasons.len()
            ),
            "give one --reason for all, or one for each --accept",
        ));
    }
    let reason = |at: usize| reasons.get(at).or(reasons.first());
    let pairs = findings.iter().enumerate();
    Ok(pairs
        .filter_map(|(at, finding)| Some((&**finding, &**reason(at)?)))
        .collect())
}

/// Who answered for what, newest bytes or older.
fn answers(publication: &Publication) -> Result<String> {
    let mut text = String::new();
    for entry in publication.history() {
        if let Act::Accepted {
            finding,
            by,
            reason,
        } = &entry.act
        {
            writeln!(
                text,
                "accepted: {finding}: by {by} on {}: {reason}",
                entry.at
            )?;
        }
    }
    if publication.knows_other_bytes() {
        writeln!(
            text,
            "note: the edition was changed after some of this was written; what was said of other bytes does not count"
        )?;
    }
    Ok(text)
}

/// The time of the clock in UTC, to the second.
#[expect(
    clippy::disallowed_methods,
    reason = "the log of a publication says when a person acted; no result depends on it"
)]
fn now() -> Result<String> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("cannot tell the time: the clock stands before 1970")?;
    let (days, second) = (since.as_secs() / 86_400, since.as_secs() % 86_400);
    let day = Day::from_epoch_days(i32::try_from(days).context("cannot tell the time")?);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Ok(format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
}
