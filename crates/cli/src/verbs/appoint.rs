//! `riktig appoint`: the first operators of a portal.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use jiff::SignedDuration;
use riktig_codes::NationalId;
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::policy::{About, Act, Actor, Role};
use riktig_journal::{Journal, person};

use super::serve::{read, runtime};
use crate::clock::now;
use crate::failure::advise;

/// Appoint an operator while there are fewer than three
///
/// A new portal has nobody who could appoint anybody: whoever can read the server's keys appoints the first three
/// operators, and from then on two operators together appoint the next. The identity number is read from standard input,
/// so that it stands in no history of commands; the journal keeps a keyed hash of it.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig appoint --config riktig.toml --reason \"letter of 3 March\" < identity-number.txt"
)]
pub(crate) struct Arguments {
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Why: who asked for it, by which letter
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// For how long, in days; two years at most
    #[arg(long, value_name = "N", default_value_t = 365)]
    days: u16,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let config = read(arguments.config.as_deref())?;
    let pid = identity()?;
    runtime()?.block_on(async {
        let journal = config.open_journal().await?;
        appoint(&journal, &pid, arguments).await?;
        journal.close().await;
        anyhow::Ok(())
    })?;
    std::io::stdout()
        .lock()
        .write_all(b"the operator is appointed\n")
        .context("cannot print")
}

fn identity() -> Result<NationalId> {
    let mut text = String::new();
    std::io::stdin()
        .take(64)
        .read_to_string(&mut text)
        .context("cannot read the identity number from standard input")?;
    let read = NationalId::parse(text.trim()).ok();
    read.and_then(|read| read.known()).ok_or_else(|| {
        advise(
            "cannot use what stands on standard input as an identity number",
            "give the eleven digits of the operator's own number and nothing else",
        )
    })
}

async fn appoint(journal: &Journal, pid: &NationalId, arguments: &Arguments) -> Result<()> {
    let now = now();
    let id = person::id_of(journal, pid, now).await?;
    let (act, about) = (Act::AppointFirstOperators, About::Person(id));
    let binary = Actor::verb("appoint");
    let mut acting = journal.ask_to_act(&binary, act, about, now).await?;
    person::prepare(journal, &mut acting, pid).await?;
    let proposal = Proposal {
        role: Role::Operator,
        from: now,
        until: now + SignedDuration::from_hours(24 * i64::from(arguments.days)),
        reason: arguments.reason.clone(),
    };
    appointment::appoint_first(&mut acting, &proposal).await?;
    acting.done().await?;
    Ok(())
}
