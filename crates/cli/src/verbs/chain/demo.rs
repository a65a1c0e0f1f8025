//! `riktig chain demo`: the links as processes on this machine, and prescriptions that go through them.

mod follow;
mod processes;
mod steps;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use riktig_chain::At;
use riktig_chain::rehearsal::Rehearsal;
use riktig_portal::chain::{Follow, listen_followed};
use riktig_portal::config::Log;

use super::parties;
use crate::clock::{now, today};
use crate::verbs::serve::runtime;
use crate::{log, stop};

use processes::Processes;

/// Run the links as processes on this machine and send prescriptions through them
///
/// Intermediary, registry and summary record are processes of their own with a journal each, and talk over HTTP on loopback; prescriber
/// and pharmacy act from this process, the pharmacy with a journal of its own. Three prescriptions of invented people are sent:
/// phenoxymethylpenicillin with the diagnosis R75, which goes all the way; the same without a diagnosis; and simvastatin with one. Every step is
/// printed; a page on loopback then follows each prescription through every link.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig chain demo --dir chain")]
pub(super) struct Arguments {
    /// Where keys, journals and the links' logs go: a folder that is not there yet
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Where the page is; loopback only, for it has no login
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
    parties::write(&arguments.dir.join("parties"), now(), &[])?;
    runtime()?.block_on(play(arguments))
}

async fn play(arguments: &Arguments) -> Result<()> {
    let at = At {
        now: now(),
        today: today(),
    };
    let dir = arguments.dir.as_path();
    let rehearsal = Rehearsal::of(parties::read(&dir.join("parties"))?, at);
    let processes = Processes::begin(dir, rehearsal.intermediary())?;
    processes.answer().await?;
    steps::walk(dir, &rehearsal, &processes).await?;
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
    let listening = listen_followed(arguments.listen, follow).await?;
    let address = listening.address().context("cannot tell the port")?;
    println!("\nfollow them at http://{address}/ ; Ctrl+C ends all processes");
    listening.run(stop::asked()).await?;
    Ok(())
}
