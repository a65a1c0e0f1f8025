//! `riktig chain`: a role of the prescription chain.

mod certify;
mod deliver;
pub(crate) mod demo;
pub(crate) mod guardians;
pub(crate) mod parties;
mod served;
pub(crate) mod setup;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use riktig_chain::{At, Intermediary};
use riktig_journal::Journal;
use riktig_portal::chain;
use riktig_portal::config::Log;

use super::serve::runtime;
use crate::clock::{begin_demo_at, demo_now, demo_today};
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
    Serve(Box<Serve>),
    Deliver(deliver::Arguments),
    Guardians(guardians::Arguments),
    Keys(parties::Arguments),
    Certify(certify::Arguments),
    Demo(demo::Arguments),
}

/// Answer a role's messages at `POST /messages` until the process is asked to stop
///
/// The role's journal is made or brought to form first; the file of its keys comes from `riktig migrate`. A message is
/// answered when it and what follows from it are on the disk. A prescriber and a pharmacy begin messages themselves: what they are to do
/// is read as lines of JSON from standard input, and what came of it is a line of standard output (docs/reference/certifying.md).
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
    /// Certificates taken back, by serial number: one a line in hexadecimal, with anything after a semicolon. Read at the start
    #[arg(long, value_name = "FILE")]
    revoked: Option<PathBuf>,
    /// Who may prescribe what: lines of HPR number; all, none or ATC groups; number of the certificate
    #[arg(long, value_name = "FILE")]
    prescribers: Option<PathBuf>,
    /// Pharmacies: lines of HER-id; organisation number
    #[arg(long, value_name = "FILE")]
    pharmacies: Option<PathBuf>,
    /// What the controls block, warn of and pass; without one the shipped policy
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// All codes of ICPC-2 that there are, one a line, with anything after a semicolon; without it whether a code exists is not told
    #[arg(long, value_name = "FILE")]
    icpc2: Option<PathBuf>,
    /// All codes of ICD-10 that there are, in the same form
    #[arg(long, value_name = "FILE")]
    icd10: Option<PathBuf>,
    /// The national drug register FEST, unpacked (fest251.xml); without it our own tables say which drugs need a diagnosis
    #[arg(long, value_name = "FILE")]
    fest: Option<PathBuf>,
    /// The private key that an intermediary or a pharmacy signs with (PKCS #8, DER); without one an intermediary's messages are not signed
    #[arg(long, value_name = "FILE", requires = "certificate")]
    signing_key: Option<PathBuf>,
    /// The certificate of that key (DER)
    #[arg(long, value_name = "FILE", requires = "signing_key")]
    certificate: Option<PathBuf>,
    /// prescriber: the folder of the doctors' keys, NUMBER.key and NUMBER.cer by HPR number
    #[arg(long, value_name = "DIR")]
    signing_keys: Option<PathBuf>,
    /// prescriber, pharmacy: its name in messages
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// prescriber, pharmacy: its HER-id
    #[arg(long, value_name = "NUMBER")]
    her: Option<u32>,
    /// prescriber, pharmacy: its organisation number
    #[arg(long, value_name = "NUMBER")]
    organisation: Option<String>,
    /// Where a role sends what is for a link: intermediary=URL, registry=URL, summary-record=URL, prescriber=URL; an intermediary's messages without an address wait
    #[arg(long, value_name = "LINK=URL", value_parser = served::to)]
    deliver: Vec<served::To>,
    /// intermediary: its own organisation number; prescriber, pharmacy, summary-record: that of the intermediary whose messages they believe
    #[arg(long, value_name = "NUMBER")]
    intermediary: Option<String>,
    /// intermediary: its own HER-id, a message for another is refused; prescriber, pharmacy: that of the intermediary
    #[arg(long, value_name = "NUMBER", default_value_t = 80624)]
    intermediary_her: u32,
    /// The moment at which the role's clock begins, such as 2026-03-02T09:00:00Z; else it is now. For rehearsals of days that are over
    #[arg(long, value_name = "MOMENT", requires = "test_authorities")]
    at: Option<Timestamp>,
}

/// Roles that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Role {
    /// Surgeries with their doctors' keys; prescribes what is asked for on standard input
    Prescriber,
    /// Dispenses what is asked for on standard input
    Pharmacy,
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
        What::Guardians(arguments) => guardians::run(arguments),
        What::Keys(keys) => parties::run(keys),
        What::Certify(certify) => certify::run(certify),
        What::Demo(demo) => demo::run(demo),
        What::Serve(serve) => {
            log::begin(&Log {
                level: "info".to_owned(),
                json: false,
            });
            if let Some(moment) = serve.at {
                begin_demo_at(moment);
            }
            runtime()?.block_on(answer(serve))
        }
    }
}

async fn answer(serve: &Serve) -> Result<()> {
    let keys = setup::journal_keys(&serve.keys)?;
    let journal = Journal::open(&serve.journal, keys).await?;
    let (receive, beside) = served::open(serve, &journal)?;
    let listening = chain::listen(serve.listen, receive).await;
    let listening = listening.map_err(|error| setup::not_listening(error, "--listen"))?;
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

async fn sweep(intermediary: Intermediary) {
    let mut pulse = tokio::time::interval(SWEEP);
    loop {
        pulse.tick().await;
        let at = At {
            now: demo_now(),
            today: demo_today(),
        };
        match intermediary.sweep(at).await {
            Ok(prescriptions) => tracing::info!(prescriptions, "expired"),
            Err(error) => tracing::error!(cause = %error, "what has expired could not be noted"),
        }
    }
}
