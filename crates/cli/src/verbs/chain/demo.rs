//! `riktig chain demo`: the links as processes on this machine, and prescriptions that go through them.

mod edition;
pub(crate) mod follow;
mod processes;
mod steps;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use riktig_chain::rehearsal::Parties;
use riktig_codes::{Day, Month};
use riktig_portal::chain::{Follow, listen_followed};
use riktig_portal::config::Log;

use super::parties;
use super::setup::not_listening;
use crate::clock::today;
use crate::say::say;
use crate::verbs::serve::runtime;
use crate::{log, stop};

use processes::Processes;

/// Run every link as a process on this machine and send prescriptions through them
///
/// Prescriber, intermediary, pharmacy, registry and summary record are processes of their own with a journal each, and talk over HTTP on loopback.
/// Three prescriptions of invented people are sent: phenoxymethylpenicillin with the diagnosis R75, which is dispensed and told to registry, summary record
/// and prescriber; the same without a diagnosis; and simvastatin with one. Every step is printed. What the registry was told becomes a delivery
/// and an edition, in which the dispensing is linked by its diagnosis. A page on loopback then follows each prescription through every
/// link. The links' clocks begin in the month before: an edition is of months that are over.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig chain demo --dir chain")]
pub(super) struct Arguments {
    /// Where keys, journals and the links' logs go: a folder that is not there yet
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Where the page is; loopback only, for it has no login; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4090")]
    listen: SocketAddr,
    /// End after the last step, without the page
    #[arg(long)]
    no_serve: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    log::begin(&Log {
        level: "warn".to_owned(),
        json: false,
    });
    let month = today().month().prev();
    let at = morning(month.first_day() + 1)?;
    parties::write(&arguments.dir.join("parties"), at, &[])?;
    runtime()?.block_on(play(arguments, month, at))
}

/// A working hour of a day.
fn morning(day: Day) -> Result<Timestamp> {
    const NINE: i64 = 9 * 60 * 60;
    let second = i64::from(day.epoch_days()) * 24 * 60 * 60 + NINE;
    Timestamp::from_second(second).context("cannot tell the morning of that day")
}

async fn play(arguments: &Arguments, month: Month, at: Timestamp) -> Result<()> {
    let dir = arguments.dir.as_path();
    let intermediary = Parties::intermediary_number();
    let mut processes = Processes::begin(dir, intermediary, at)?;
    processes.answer().await?;
    steps::walk(dir, &mut processes).await?;
    tokio::task::block_in_place(|| edition::print(dir, month))?;
    if arguments.no_serve {
        return Ok(());
    }
    let dir = Arc::new(dir.to_owned());
    let follow: Follow = Arc::new(move || {
        let dir = dir.clone();
        Box::pin(async move {
            let followed = follow::all(&dir).await;
            followed.map_err(|error| format!("{error:#}"))
        })
    });
    let listening = listen_followed(arguments.listen, follow).await;
    let listening = listening.map_err(|error| not_listening(error, "--listen"))?;
    let address = listening.address().context("cannot tell the port")?;
    say(format_args!(
        "\nfollow them at http://{address}/ ; Ctrl+C ends all processes"
    ))?;
    listening.run(stop::asked()).await?;
    Ok(())
}
