//! The prescription chain under load: signed prescriptions over HTTP to an intermediary, each on the disk before it is answered.
//!
//! Server, database and those who ask share this machine: what is told is what all of it costs together.

use std::fs::File;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use riktig_chain::rehearsal::{Rehearsal, Terms};
use riktig_chain::{At, Intermediary};
use riktig_journal::identity::Keys;
use riktig_journal::{Journal, audit};
use riktig_portal::chain;
use tokio::sync::oneshot;

use super::chain_figures::{Row, told};
use super::chain_load::{Messages, Waits, beside, messages, request, unpaced};
use super::cluster::Cluster;
use crate::clock::{now, today};
use crate::log;
use crate::measure::Cost;
use crate::verbs::migrate::write_keys;
use crate::verbs::serve::runtime;

/// Prescriptions that are sent without pause, so many seconds at the rate of the promise.
const PROMISED_PER_SECOND: usize = 300;
/// Prescriptions a second while waits are measured.
const PACED_PER_SECOND: usize = 150;
/// Asked beside them: an endpoint that touches nothing.
const EMPTY_PER_SECOND: usize = 50;
/// How long the disk alone is measured.
const DISK: Duration = Duration::from_secs(3);

/// How it is measured.
pub(crate) struct Course<'a> {
    /// How long the promised rates are held.
    pub(crate) seconds: u32,
    /// How often everything is measured, each time on a new journal.
    pub(crate) runs: u32,
    /// A journal that is measured besides SQLite, instead of one on a server of the bench's own.
    pub(crate) other: Option<&'a str>,
}

/// One journal that is measured.
struct On<'a> {
    name: &'static str,
    address: String,
    /// The server's process, where the bench has started it.
    cluster: Option<&'a Cluster>,
}

/// Measures on SQLite and on PostgreSQL, and prints a table.
pub(crate) fn run(dir: &Path, course: &Course<'_>) -> Result<String> {
    log::begin(&riktig_portal::config::Log {
        level: "error".into(),
        json: false,
    });
    let runs = course.runs.max(1);
    if course.other.is_some() && runs > 1 {
        bail!(
            "a journal that is named can be measured once, because it must be empty; add --runs 1"
        );
    }
    let keys = dir.join("chain.keys");
    write_keys(&keys)?;
    let mut cluster = match course.other {
        Some(_) => None,
        None => Cluster::start(dir)?,
    };
    let (mut rows, mut settings) = (Vec::new(), Vec::new());
    for run in 0..runs {
        rows.push(disk(dir)?);
        let sqlite = format!("sqlite:{}", dir.join(format!("chain-{run}.db")).display());
        let server = match (course.other, &mut cluster) {
            (Some(other), _) => Some(other.to_owned()),
            (None, Some(cluster)) => Some(cluster.database()?),
            (None, None) => None,
        };
        let mut journals = vec![On {
            name: "SQLite",
            address: sqlite,
            cluster: None,
        }];
        journals.extend(server.map(|address| On {
            name: "PostgreSQL",
            address,
            cluster: cluster.as_ref(),
        }));
        for on in &journals {
            let keys = Keys::read(&keys).context("cannot read the journal's keys")?;
            let measured = measure(on, keys, course.seconds as usize);
            let (of_journal, said) = runtime()?.block_on(measured)?;
            rows.extend(of_journal);
            settings.push(format!("{}: {said}", on.name));
        }
    }
    settings.sort();
    settings.dedup();
    Ok(told(&rows, &settings))
}

/// The disk alone: four kilobytes at the end of a file, and wait until they are on it.
fn disk(dir: &Path) -> Result<Row> {
    let cannot = || format!("cannot write to \"{}\"", dir.display());
    let mut file = File::create(dir.join("disk")).with_context(cannot)?;
    let (began, mut waits) = (Instant::now(), Vec::new());
    while began.elapsed() < DISK {
        let one = Instant::now();
        file.write_all(&[0x5a; 4096]).with_context(cannot)?;
        file.sync_data().with_context(cannot)?;
        waits.push(one.elapsed());
    }
    Ok(Row {
        journal: "the disk",
        what: "4 kB and fdatasync, one after the other",
        per_second: waits.len() as f64 / began.elapsed().as_secs_f64(),
        waits: Waits::of(waits),
        ours: None,
        servers: None,
    })
}

async fn measure(on: &On<'_>, keys: Keys, seconds: usize) -> Result<(Vec<Row>, String)> {
    let journal = Journal::open(&on.address, keys).await?;
    let durability = journal.durability().await?;
    if !durability.waits_for_the_disk {
        let (name, settings) = (on.name, durability.settings);
        bail!("{name} does not wait for the disk at a commit ({settings}); switch that on");
    }
    let at = At {
        now: now(),
        today: today(),
    };
    let rehearsal = Rehearsal::new(at).context("cannot make keys")?;
    let intermediary = Intermediary::open(journal.clone(), rehearsal.setup());
    let receive = chain::intermediary(intermediary, now);
    let listening = chain::listen((Ipv4Addr::LOCALHOST, 0).into(), receive).await?;
    let server = listening.address().context("cannot tell the port")?;
    let (stop, stopping) = oneshot::channel::<()>();
    let serving = tokio::spawn(listening.run(async {
        let _gone = stopping.await;
    }));
    let rows = load(on, server, &rehearsal, seconds).await?;
    let _ended = stop.send(());
    serving.await.context("the server broke under load")??;
    let (whole, paced) = (seconds * PROMISED_PER_SECOND, seconds * PACED_PER_SECOND);
    let expected = (whole + whole / 2 * 2 + paced) as u64;
    let lines = audit::verify(&journal, &[])
        .await
        .context("the log is not whole")?
        .lines;
    if lines != expected {
        bail!("the log has {lines} lines, and {expected} messages were answered");
    }
    journal.close().await;
    Ok((rows, durability.settings))
}

/// Prescriptions, their downloads and reports without pause; then more prescriptions at a pace.
async fn load(
    on: &On<'_>,
    server: SocketAddr,
    rehearsal: &Rehearsal,
    seconds: usize,
) -> Result<Vec<Row>> {
    let (whole, paced) = (seconds * PROMISED_PER_SECOND, seconds * PACED_PER_SECOND);
    let numbers = |from: usize, count: usize| (from..from + count).map(|number| number as u32);
    let m1 = |number| {
        request(
            "/messages",
            &rehearsal.prescription(number, Terms::default()),
        )
    };
    let download = |number| request("/messages", &rehearsal.download(number, false, 0));
    let report = |number| request("/messages", &rehearsal.dispensing(number));
    let mut rows = Vec::new();
    for (what, sent) in [
        (
            "prescriptions (M1), without pause",
            messages(numbers(0, whole), m1),
        ),
        (
            "downloads (M9.3), without pause",
            messages(numbers(0, whole / 2), download),
        ),
        (
            "reports (M10), without pause",
            messages(numbers(0, whole / 2), report),
        ),
    ] {
        rows.push(without_pause(on, what, server, sent).await?);
    }
    let sent = messages(numbers(whole, paced), m1);
    let before = Spent::now(on)?;
    let (sent, empty) = ((sent, PACED_PER_SECOND), (seconds, EMPTY_PER_SECOND));
    let [prescriptions, empty] = beside(server, sent, empty).await?;
    let (ours, servers) = before.each(on, paced)?;
    rows.push(Row {
        journal: on.name,
        what: AT_A_PACE,
        per_second: PACED_PER_SECOND as f64,
        waits: prescriptions,
        ours,
        servers,
    });
    rows.push(Row {
        journal: on.name,
        what: EMPTY,
        per_second: EMPTY_PER_SECOND as f64,
        waits: empty,
        ours: None,
        servers: None,
    });
    Ok(rows)
}

/// The row whose waits are promised.
pub(super) const AT_A_PACE: &str = "prescriptions (M1), at a pace";
/// The row beside it.
pub(super) const EMPTY: &str = "an empty endpoint beside them";

async fn without_pause(
    on: &On<'_>,
    what: &'static str,
    server: SocketAddr,
    sent: Messages,
) -> Result<Row> {
    let (count, before, began) = (sent.len(), Spent::now(on)?, Instant::now());
    let waits = unpaced(server, sent).await?;
    let elapsed = began.elapsed();
    let (ours, servers) = before.each(on, count)?;
    Ok(Row {
        journal: on.name,
        what,
        per_second: count as f64 / elapsed.as_secs_f64(),
        waits,
        ours,
        servers,
    })
}

/// CPU seconds since the beginning: of this process, with those who ask, and of the database's server.
struct Spent {
    ours: f64,
    servers: Option<f64>,
}

impl Spent {
    fn now(on: &On<'_>) -> Result<Self> {
        Ok(Self {
            ours: Cost::of_this_process(Duration::ZERO)?.cpu_seconds,
            servers: on.cluster.map(Cluster::cpu_seconds).transpose()?,
        })
    }

    /// Milliseconds since then for each of so many messages.
    fn each(&self, on: &On<'_>, count: usize) -> Result<(Option<f64>, Option<f64>)> {
        let now = Self::now(on)?;
        let each = |seconds: f64| seconds * 1e3 / count as f64;
        let servers = now.servers.zip(self.servers);
        Ok((
            Some(each(now.ours - self.ours)),
            servers.map(|(now, then)| each(now - then)),
        ))
    }
}
