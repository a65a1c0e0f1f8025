//! `riktig mail`: mailings that wait are handed to the operator's own sender, and its answer is taken back.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use riktig_codes::HprNumber;
use riktig_journal::Journal;
use riktig_journal::id::MailingId;
use riktig_journal::mailing::{self, Mailing, Sending};
use riktig_journal::policy::{About, Act, Actor};
use riktig_portal::config::Config;
use riktig_portal::notice::Letter;
use riktig_reports::Lang;
use serde_json::json;

use super::serve::{read, runtime};
use crate::clock::now;
use crate::failure::{Hint as _, advise};

/// Hand mailings that wait to the sender, or take the sender's answer back
///
/// An operator makes a mailing in the portal; the portal knows no address and sends nothing. With --out, this verb writes one
/// JSON file a mailing of which something waits: the words in three languages and the HPR numbers. Whatever the operator
/// sends with (a register of addresses, a mail gateway, letters) takes it from there. With --answer it reads the sender's
/// answer, a CSV of `hpr;result`, where result is sent, failed, no_address or waits (try again; five tries at most). What is
/// not in the answer waits on. Handing over twice writes the same file again.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig mail --config riktig.toml --out outbox\n  riktig mail --config riktig.toml --answer 0190b1c2-….csv --mailing 0190b1c2-…\n\n\
                        You get: MAILING.json in the folder; or the outcome noted, for operators to see."
)]
pub(crate) struct Arguments {
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the files; readable for its owner alone
    #[arg(long, value_name = "DIR", required_unless_present = "answer")]
    out: Option<PathBuf>,
    /// The sender's answer
    #[arg(
        long,
        value_name = "FILE",
        requires = "mailing",
        conflicts_with = "out"
    )]
    answer: Option<PathBuf>,
    /// Which mailing the answer is about: the name of the file that was handed over
    #[arg(long, value_name = "MAILING", requires = "answer")]
    mailing: Option<String>,
}

/// The form of the files that are handed over.
const SCHEMA: &str = "riktig-mailing/1";

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let config = read(arguments.config.as_deref())?;
    let text = match (&arguments.out, &arguments.answer) {
        (Some(out), _) => runtime()?.block_on(hand_over(&config, out))?,
        (None, Some(answer)) => {
            let results = results(answer)?;
            let id = mailing_id(arguments.mailing.as_deref().unwrap_or_default())?;
            runtime()?.block_on(take_back(&config, id, &results))?
        }
        (None, None) => bail!("cannot tell what to do: give --out or --answer"),
    };
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

fn mailing_id(text: &str) -> Result<MailingId> {
    text.parse().ok().ok_or_else(|| {
        advise(
            format!("\"{text}\" is not the id of a mailing"),
            "it is the name of the file that was handed over, without .json",
        )
    })
}

/// Writes every mailing of which something waits.
async fn hand_over(config: &Config, out: &Path) -> Result<String> {
    let journal = config.open_journal().await?;
    let binary = Actor::verb("mail");
    let mut looking = journal
        .ask_to_look(&binary, Act::Maintain, About::Journal, now())
        .await?;
    let unsent = mailing::unsent(&mut looking).await?;
    drop(looking);
    let mut text = String::new();
    for one in &unsent {
        let about = About::Mailing(one.id);
        let mut looking = journal
            .ask_to_look(&binary, Act::Maintain, about, now())
            .await?;
        let waiting = mailing::waiting(&mut looking).await?;
        drop(looking);
        let file = out.join(format!("{}.json", one.id));
        write_private(out, &file, &content(config, one, &waiting)?)?;
        text.push_str(&format!("{} to {}\n", file.display(), waiting.len()));
    }
    journal.close().await;
    if unsent.is_empty() {
        text.push_str("nothing waits\n");
    }
    Ok(text)
}

/// What the sender gets: words, and to whom.
fn content(config: &Config, mailing: &Mailing, waiting: &[(HprNumber, u32)]) -> Result<String> {
    let address = config.server.public_url.as_str();
    let words: BTreeMap<&str, serde_json::Value> = Lang::ALL
        .into_iter()
        .map(|lang| {
            let letter = Letter::of(mailing.notice, lang, address);
            let words = json!({ "subject": letter.subject, "body": letter.body });
            (lang.tag(), words)
        })
        .collect();
    let to: Vec<String> = waiting.iter().map(|(hpr, _)| hpr.to_string()).collect();
    let content = json!({
        "schema": SCHEMA,
        "mailing": mailing.id.to_string(),
        "edition": mailing.edition.as_str(),
        "notice": mailing.notice.word(),
        "made_at": mailing.made_at.to_string(),
        "words": words,
        "hpr": to,
    });
    let mut text = serde_json::to_string_pretty(&content).context("cannot write a mailing")?;
    text.push('\n');
    Ok(text)
}

/// Whole or not at all, for its owner alone: it says who has not fetched a report.
fn write_private(folder: &Path, file: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    let cannot = || format!("cannot write \"{}\"", file.display());
    let write = || {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let draft = file.with_extension("draft");
        let mut out = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        fs::rename(&draft, file)
    };
    write()
        .with_context(cannot)
        .hint(|| "name a folder with --out that this user may write to".into())
}

/// The sender's answer: HPR number → result.
fn results(file: &Path) -> Result<BTreeMap<HprNumber, Sending>> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("cannot read \"{}\"", file.display()))
        .hint(|| "name the sender's answer".into())?;
    parse(&text).map_err(|line| {
        advise(
            format!("cannot understand line {line} of \"{}\"", file.display()),
            "first line: hpr;result. Then an HPR number and sent, failed, no_address or waits, each number once",
        )
    })
}

/// The number of the line that cannot be understood, if there is one. What stands in it is not repeated.
fn parse(text: &str) -> Result<BTreeMap<HprNumber, Sending>, usize> {
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, line)| line.trim()) != Some("hpr;result") {
        return Err(1);
    }
    let mut results = BTreeMap::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let read = || {
            let (hpr, word) = line.trim().split_once(';')?;
            let sending = Sending::ALL
                .into_iter()
                .find(|it| it.word() == word.trim())?;
            let hpr = HprNumber::from_value(hpr.trim().parse().ok()?)?;
            Some((hpr, sending))
        };
        let (hpr, sending) = read().ok_or(index + 1)?;
        if results.insert(hpr, sending).is_some() {
            return Err(index + 1);
        }
    }
    Ok(results)
}

/// Notes how it went, in one transaction.
async fn take_back(
    config: &Config,
    id: MailingId,
    results: &BTreeMap<HprNumber, Sending>,
) -> Result<String> {
    let journal: Journal = config.open_journal().await?;
    let (binary, about) = (Actor::verb("mail"), About::Mailing(id));
    let mut acting = journal
        .ask_to_act(&binary, Act::Maintain, about.clone(), now())
        .await?;
    let waiting = mailing::waiting_to_note(&mut acting).await?;
    let mut noted = 0;
    for (hpr, tries) in waiting {
        if let Some(sending) = results.get(&hpr) {
            mailing::note(&mut acting, hpr, tries, *sending).await?;
            noted += 1;
        }
    }
    acting.done().await?;
    journal.close().await;
    let left = results.len() - noted;
    Ok(match left {
        0 => format!("{noted} noted\n"),
        left => format!("{noted} noted; {left} were noted before or are not of this mailing\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_line_by_line_and_the_line_that_cannot_be_is_named() {
        let read = parse("hpr;result\n9144900;sent\n\n9144901; no_address\n").expect("two");
        assert_eq!(read.len(), 2);
        for (text, line) in [
            ("", 1),
            ("hpr,result\n", 1),
            ("hpr;result\n9144900;gone\n", 2),
            ("hpr;result\nabc;sent\n", 2),
            ("hpr;result\n9144900;sent\n9144900;failed\n", 3),
        ] {
            assert_eq!(parse(text), Err(line), "{text:?}");
        }
    }
}
