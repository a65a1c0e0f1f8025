//! `riktig chain`: a role of the prescription chain.

mod certify;
mod deliver;
mod demo;
mod parties;
mod served;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use riktig_chain::{At, Intermediary, Register, Setup};
use riktig_codes::CodeLists;
use riktig_eresept::control::Policy;
use riktig_eresept::signature::{SigningKey, Trust};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;
use riktig_portal::chain;
use riktig_portal::config::Log;

use super::serve::runtime;
use crate::clock::{now, today};
use crate::{log, stop};

/// Run, try and certify the links of the prescription chain
///
/// A link takes signed messages (M1, M5, M9.1 to M9.8, M10), checks and keeps them in a journal of its own, and answers each
/// when it is on the disk. What it refuses, and with which code, stands in docs/reference/intermediary.md.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig chain serve --help\n  riktig chain serve --role intermediary --journal sqlite:chain.db \\\n    \
                  --keys chain.keys --authority ca.der"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Serve(Serve),
    Deliver(deliver::Arguments),
    Keys(parties::Arguments),
    Certify(certify::Arguments),
    Demo(demo::Arguments),
}

/// Answer a role's messages at `POST /messages` until the process is asked to stop
///
/// The role's journal is made or brought to form first; the file of its keys comes from `riktig migrate`. A message is
/// answered when it and what follows from it are on the disk.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig chain serve --role intermediary --journal sqlite:chain.db --keys chain.keys \\\n    \
                  --authority ca.der --prescribers prescribers.csv --pharmacies pharmacies.csv"
)]
struct Serve {
    /// Which role
    #[arg(long)]
    role: Role,
    /// The role's journal: sqlite:FILE or postgres://…
    #[arg(long, value_name = "URL")]
    journal: String,
    /// The journal's keys
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4080")]
    listen: SocketAddr,
    /// A certificate of an authority whose signers are believed (DER); as often as there are authorities
    #[arg(long, value_name = "FILE", required = true)]
    authority: Vec<PathBuf>,
    /// The authorities are test authorities of this project, whose word on HPR numbers is taken
    #[arg(long)]
    test_authorities: bool,
    /// Who may prescribe what: lines of HPR number; all, none or ATC groups; number of the certificate
    #[arg(long, value_name = "FILE")]
    prescribers: Option<PathBuf>,
    /// Pharmacies: lines of HER-id; organisation number
    #[arg(long, value_name = "FILE")]
    pharmacies: Option<PathBuf>,
    /// What the controls block, warn of and pass; without one the shipped policy
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The private key that the intermediary signs with (PKCS #8, DER); without one its messages are not signed
    #[arg(long, value_name = "FILE", requires = "certificate")]
    signing_key: Option<PathBuf>,
    /// The certificate of that key (DER)
    #[arg(long, value_name = "FILE", requires = "signing_key")]
    certificate: Option<PathBuf>,
    /// The intermediary sends what is for a link there: summary-record=URL, prescriber=URL; what has no address waits
    #[arg(long, value_name = "LINK=URL", value_parser = served::to)]
    deliver: Vec<served::To>,
    /// summary-record: the organisation number of the intermediary that it takes messages from
    #[arg(long, value_name = "NUMBER")]
    intermediary: Option<String>,
}

/// Roles that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Role {
    /// Between prescribers and pharmacies (Reseptformidleren)
    Intermediary,
    /// Of dispensings (Legemiddelregisteret)
    Registry,
    /// Is told of dispensings (kjernejournal)
    SummaryRecord,
}

/// How often prescriptions whose last day has gone are noted.
const SWEEP: Duration = Duration::from_secs(60 * 60);

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.what {
        What::Deliver(arguments) => deliver::run(arguments),
        What::Keys(keys) => parties::run(keys),
        What::Certify(certify) => certify::run(certify),
        What::Demo(demo) => demo::run(demo),
        What::Serve(serve) => {
            log::begin(&Log {
                level: "info".to_owned(),
                json: false,
            });
            runtime()?.block_on(answer(serve))
        }
    }
}

async fn answer(serve: &Serve) -> Result<()> {
    let keys = Keys::read(&serve.keys).context("cannot read the journal's keys")?;
    let journal = Journal::open(&serve.journal, keys).await?;
    let (receive, beside) = served::open(serve, &journal)?;
    let listening = chain::listen(serve.listen, receive).await?;
    let address = listening.address().context("cannot tell the port")?;
    tracing::info!(%address, "listening");
    listening.run(stop::asked()).await?;
    for task in beside {
        task.abort();
    }
    journal.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn setup(serve: &Serve) -> Result<Setup> {
    let trust = trust(&serve.authority, serve.test_authorities)?;
    let mut register = Register::default();
    if let Some(file) = &serve.prescribers {
        register = register.with_prescribers(&text(file)?)?;
    }
    if let Some(file) = &serve.pharmacies {
        register = register.with_pharmacies(&text(file)?)?;
    }
    let policy = match &serve.policy {
        Some(file) => Policy::parse(&file.display().to_string(), &text(file)?)?,
        None => Policy::shipped(),
    };
    Ok(Setup {
        trust,
        register,
        policy,
        lists: CodeLists::default(),
        fest: None,
        key: signing_key(serve)?,
    })
}

fn trust(files: &[PathBuf], of_tests: bool) -> Result<Trust> {
    let authorities = files
        .iter()
        .map(|file| fs::read(file).with_context(|| format!("cannot read \"{}\"", file.display())));
    let authorities = authorities.collect::<Result<Vec<_>>>()?;
    Ok(match of_tests {
        true => Trust::for_tests(&authorities),
        false => Trust::new(&authorities),
    }?)
}

fn signing_key(serve: &Serve) -> Result<Option<Arc<SigningKey>>> {
    let (Some(key), Some(certificate)) = (&serve.signing_key, &serve.certificate) else {
        return Ok(None);
    };
    let read =
        |file: &Path| fs::read(file).with_context(|| format!("cannot read \"{}\"", file.display()));
    let key = SigningKey::new(&read(key)?, vec![read(certificate)?]);
    Ok(Some(Arc::new(key.context("cannot use the signing key")?)))
}

fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read \"{}\"", file.display()))
}

async fn sweep(intermediary: Intermediary) {
    let mut pulse = tokio::time::interval(SWEEP);
    loop {
        pulse.tick().await;
        let at = At {
            now: now(),
            today: today(),
        };
        match intermediary.sweep(at).await {
            Ok(prescriptions) => tracing::info!(prescriptions, "expired"),
            Err(error) => tracing::error!(cause = %error, "what has expired could not be noted"),
        }
    }
}
