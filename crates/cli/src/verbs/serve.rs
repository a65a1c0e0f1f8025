//! `riktig serve`: the portal.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use riktig_portal::config::{Config, documented};
use riktig_portal::{Access, MACHINE_ROUTES, MachineRoute, Portal, ROUTES, Route};

use crate::clock::now;
use crate::{log, stop};

/// Answer the portal's pages until the process is asked to stop
///
/// Opens the journal, the editions and the login that the configuration names, and listens. SIGTERM or Ctrl-C stops it:
/// nobody new is let in, and requests under way are finished. Every key of the file may also be given as an environment
/// variable (`RIKTIG_SERVER__LISTEN`), which wins.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig serve --print-config > riktig.toml\n  riktig migrate --config riktig.toml\n  \
                  riktig serve --config riktig.toml"
)]
pub(crate) struct Arguments {
    /// The configuration; without one the defaults and the environment hold
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Write every key with its default and what it means, and stop
    #[arg(long)]
    print_config: bool,
    /// Write everything that can be asked (method, path, who may, file of the handler), and stop
    #[arg(long, conflicts_with = "print_config")]
    print_routes: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.print_config {
        return print(&documented());
    }
    if arguments.print_routes {
        return print(&routes());
    }
    let config = read(arguments.config.as_deref())?;
    log::begin(&config.log);
    runtime()?.block_on(serve(config))
}

/// One line a route: what a proxy in front may let through, and what tests must have seen. Those for machines, which are no
/// pages, begin with the word.
fn routes() -> String {
    let line = |route: &Route| {
        let who = match route.access {
            Access::Public => "public",
            Access::LoggedIn => "logged-in",
            Access::Policy(act) => act.word(),
        };
        format!("{} {} {who} {}\n", route.method, route.path, route.file)
    };
    let machine = |route: &MachineRoute| {
        let who = match (route.open, route.session) {
            (true, _) => "public",
            (_, true) => "doctor",
            _ => "client",
        };
        let (method, path, file) = (route.method, route.path, route.file);
        format!("machine {method} {path} {who} {file}\n")
    };
    let pages = ROUTES.iter().map(line);
    pages.chain(MACHINE_ROUTES.iter().map(machine)).collect()
}

/// The configuration of a file and this process's environment.
pub(crate) fn read(file: Option<&Path>) -> Result<Config> {
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Ok(Config::read(file, environment)?)
}

/// Where the portal's work is done.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    riktig_helseid::install_cryptography();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the threads of the server")
}

async fn serve(config: Config) -> Result<()> {
    let portal = Portal::open(config, now).await?;
    let listening = portal.listen().await?;
    let address = listening.address().context("cannot tell the port")?;
    tracing::info!(%address, "listening");
    listening.run(stop::asked()).await?;
    tracing::info!("stopped");
    Ok(())
}

fn print(text: &str) -> Result<()> {
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}
