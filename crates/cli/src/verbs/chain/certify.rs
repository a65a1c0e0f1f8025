//! `riktig chain certify`.

mod played;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use riktig_chain::At;
use riktig_chain::certify::{Came, Check, Patience, Verdict, intermediary, registry};
use riktig_chain::http_client::{HttpClient, Url};
use riktig_chain::rehearsal::Rehearsal;

use super::parties;
use crate::clock::{now, today};
use crate::failure::advise;
use crate::say::say;
use crate::table::Table;
use crate::verbs::serve::runtime;

/// Play the rest of the chain against somebody else's system and print what passed
///
/// The system must believe authority.der of the parties and know them from prescribers.csv and pharmacies.csv (riktig chain keys).
/// Every check tells what was sent, what must come and what came. Ends with status 1 if one failed. The messages are of today and of
/// invented people; the prescriptions have new numbers every time. An intermediary and a registry are sent messages. A prescriber and a pharmacy
/// begin messages themselves: Riktig listens, says step by step what is to be done in them, and waits for what comes.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig chain certify --role intermediary --endpoint http://127.0.0.1:4080/messages --parties parties\n  \
                  riktig chain certify --role registry --endpoint http://127.0.0.1:4082/messages --parties parties\n  \
                  riktig chain certify --role prescriber --endpoint http://127.0.0.1:4083/messages --listen 127.0.0.1:4080 --parties parties\n  \
                  riktig chain certify --role pharmacy --listen 127.0.0.1:4080 --listen-registry 127.0.0.1:4082 --parties parties"
)]
pub(super) struct Arguments {
    /// The role of the system that is tried
    #[arg(long)]
    role: Role,
    /// Where it takes messages; nothing is sent to a pharmacy
    #[arg(long, value_name = "URL", required_if_eq_any = [("role", "intermediary"), ("role", "registry"), ("role", "prescriber")])]
    endpoint: Option<Url>,
    /// The folder of riktig chain keys
    #[arg(long, value_name = "DIR")]
    parties: PathBuf,
    /// prescriber, pharmacy: where Riktig listens as the intermediary; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// pharmacy: where Riktig listens as the registry
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen_registry: SocketAddr,
    /// prescriber, pharmacy: seconds that a step may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    wait: u64,
    /// prescriber, pharmacy: seconds in which nothing may come where nothing must
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    quiet: u64,
    /// prescriber, pharmacy: print the steps as lines of JSON, which riktig chain serve reads
    #[arg(long)]
    acts: bool,
    /// intermediary: the item number (varenummer) of another drug than phenoxymethylpenicillin in FEST, where the system has FEST: whether it finds that
    /// number and code contradict is then tried
    #[arg(long, value_name = "NUMBER")]
    fest_item: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Roles that are certified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Surgeries' systems
    Prescriber,
    /// Between prescribers and pharmacies (Reseptformidleren)
    Intermediary,
    /// Pharmacies' systems
    Pharmacy,
    /// Of dispensings (Legemiddelregisteret)
    Registry,
}

impl Arguments {
    fn patience(&self) -> Patience {
        Patience {
            step: Duration::from_secs(self.wait),
            quiet: Duration::from_secs(self.quiet),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let at = At {
        now: now(),
        today: today(),
    };
    let parties = Rehearsal::of(parties::read(&arguments.parties)?, at);
    let first = first(at.now.as_second());
    let checks = runtime()?.block_on(async {
        let wire = HttpClient::new()?;
        let endpoint = arguments.endpoint.as_ref();
        if let Some(endpoint) = endpoint.filter(|_| arguments.role != Role::Pharmacy) {
            listens(&wire, endpoint).await?;
        }
        let send = |bytes| {
            let wire = wire.clone();
            async move {
                let endpoint = endpoint.expect("it is demanded where something is sent");
                wire.send(endpoint, bytes).await
            }
        };
        let checks = match arguments.role {
            Role::Intermediary => {
                let item = arguments.fest_item.as_deref();
                intermediary(&parties, first, item, send).await
            }
            Role::Registry => registry(&parties, first, send).await,
            Role::Prescriber => {
                return played::prescriber(arguments, parties, (first, at), send).await;
            }
            Role::Pharmacy => return played::pharmacy(arguments, parties, (first, at)).await,
        };
        checks.context("cannot make a foreign key")
    })?;
    match arguments.json {
        true => say(serde_json::to_string_pretty(&checks)?)?,
        false => say(table(&checks).trim_end())?,
    }
    let failed = count(&checks, Verdict::Failed);
    match failed {
        0 => Ok(()),
        _ => Err(advise(
            format!("{failed} of {} checks failed", checks.len()),
            "each failed line says what was sent, what must come and what came",
        )),
    }
}

/// Where nobody listens, every check would fail for that one reason. An empty body is no message to anybody.
async fn listens(wire: &HttpClient, endpoint: &Url) -> Result<()> {
    match wire.send(endpoint, Vec::new()).await.what {
        Came::Nothing(why) => Err(advise(
            format!("no answer from {endpoint}: {why}"),
            "start the system that is tried, or name where it takes messages with --endpoint; no check was made",
        )),
        Came::Answer(_) | Came::Status(_) => Ok(()),
    }
}

/// A hundred numbers for every second of a year and more: no two runs send the same message id with other bytes.
fn first(second: i64) -> u32 {
    const SECONDS: i64 = 40_000_000;
    u32::try_from(second.rem_euclid(SECONDS)).expect("less than 40 million") * 100
}

fn count(checks: &[Check], verdict: Verdict) -> usize {
    let same = checks.iter().filter(|check| check.verdict == verdict);
    same.count()
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "FAILED",
        Verdict::Told => "told",
        Verdict::NotTried => "not tried",
    }
}

fn table(checks: &[Check]) -> String {
    let mut table = Table::new(&["check", "verdict", "ms>", "what came"]);
    for check in checks {
        table.row([
            check.name.to_owned(),
            word(check.verdict).to_owned(),
            check.milliseconds.to_string(),
            check.came.clone(),
        ]);
    }
    let failed = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Failed);
    let failed: String = failed
        .map(|check| {
            let Check {
                name,
                sent,
                expected,
                came,
                ..
            } = check;
            format!("\n{name}\n  sent      {sent}\n  must come {expected}\n  came      {came}\n")
        })
        .collect();
    let summary = [
        Verdict::Passed,
        Verdict::Failed,
        Verdict::Told,
        Verdict::NotTried,
    ]
    .map(|verdict| {
        format!(
            "{} {}",
            count(checks, verdict),
            word(verdict).to_lowercase()
        )
    });
    format!("{table}{failed}\n{}\n", summary.join(", "))
}
