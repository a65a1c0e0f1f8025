//! The prescription chain under load: signed prescriptions over HTTP to an intermediary, each on the disk before it is answered.
//!
//! Server, database and those who ask share this machine: what is told is what all of it costs together.

use std::fs::File;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use riktig_chain::rehearsal::{Rehearsal, Terms};
use riktig_chain::{At, Intermediary};
use riktig_journal::identity::Keys;
use riktig_journal::{Journal, audit};
use riktig_portal::chain;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::clock::{now, today};
use crate::log;
use crate::table::Table;
use crate::verbs::migrate::write_keys;
use crate::verbs::serve::runtime;

/// Who asks without pause.
const CONNECTIONS: usize = 64;
/// Prescriptions that are sent without pause, so many seconds at the rate of the promise.
const PROMISED_PER_SECOND: usize = 300;
/// Prescriptions a second while waits are measured.
const PACED_PER_SECOND: usize = 150;
/// Asked beside them: an endpoint that touches nothing.
const EMPTY_PER_SECOND: usize = 50;
/// How long the disk alone is measured.
const DISK: Duration = Duration::from_secs(3);

/// What was measured on one journal.
struct Row {
    journal: &'static str,
    what: &'static str,
    per_second: f64,
    /// In milliseconds.
    waits: Waits,
}

struct Waits {
    median: f64,
    p99: f64,
    longest: f64,
}

impl Waits {
    fn of(mut waits: Vec<Duration>) -> Self {
        waits.sort();
        let at = |share: f64| {
            let place = ((waits.len() as f64 * share).ceil() as usize).clamp(1, waits.len().max(1));
            waits
                .get(place - 1)
                .map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
        };
        Self {
            median: at(0.5),
            p99: at(0.99),
            longest: at(1.0),
        }
    }
}

/// Measures on SQLite in `dir`, and on the journal at `other` where one is named; prints a table.
pub(crate) fn run(dir: &Path, seconds: u32, other: Option<&str>) -> Result<String> {
    log::begin(&riktig_portal::config::Log {
        level: "error".into(),
        json: false,
    });
    let keys = dir.join("chain.keys");
    write_keys(&keys)?;
    let mut rows = vec![disk(dir)?];
    let sqlite = format!("sqlite:{}", dir.join("chain.db").display());
    let journals = [
        Some(("SQLite", sqlite.as_str())),
        other.map(|other| ("PostgreSQL", other)),
    ];
    for (name, address) in journals.into_iter().flatten() {
        let keys = Keys::read(&keys).context("cannot read the journal's keys")?;
        runtime()?.block_on(on(name, address, keys, seconds as usize, &mut rows))?;
    }
    Ok(table(&rows))
}

fn table(rows: &[Row]) -> String {
    let mut table = Table::new(&[
        "journal",
        "what",
        "per second>",
        "median ms>",
        "99 % ms>",
        "longest ms>",
    ]);
    for row in rows {
        let waits = &row.waits;
        let number = |value: f64| format!("{value:.1}");
        table.row([
            row.journal.to_owned(),
            row.what.to_owned(),
            format!("{:.0}", row.per_second),
            number(waits.median),
            number(waits.p99),
            number(waits.longest),
        ]);
    }
    table.to_string()
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
        what: "4 kB and fsync, one after the other",
        per_second: waits.len() as f64 / began.elapsed().as_secs_f64(),
        waits: Waits::of(waits),
    })
}

async fn on(
    name: &'static str,
    address: &str,
    keys: Keys,
    seconds: usize,
    rows: &mut Vec<Row>,
) -> Result<()> {
    let journal = Journal::open(address, keys).await?;
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
    let (whole, paced) = (seconds * PROMISED_PER_SECOND, seconds * PACED_PER_SECOND);
    let numbers = |from: usize, count: usize| (from..from + count).map(|number| number as u32);
    let m1 = |number| {
        request(
            "/messages",
            &rehearsal.prescription(number, Terms::default()),
        )
    };
    let prescriptions = messages(numbers(0, whole), m1);
    rows.push(
        unpaced(
            name,
            "prescriptions (M1), without pause",
            server,
            prescriptions,
        )
        .await?,
    );
    let downloads = messages(numbers(0, whole / 2), |number| {
        request("/messages", &rehearsal.download(number, false, 0))
    });
    rows.push(unpaced(name, "downloads (M9.3), without pause", server, downloads).await?);
    let reports = messages(numbers(0, whole / 2), |number| {
        request("/messages", &rehearsal.dispensing(number))
    });
    rows.push(unpaced(name, "reports (M10), without pause", server, reports).await?);
    let prescriptions = messages(numbers(whole, paced), m1);
    rows.extend(beside(name, server, prescriptions, seconds).await?);
    let _ended = stop.send(());
    serving.await.context("the server broke under load")??;
    let expected = (whole + whole / 2 * 2 + paced) as u64;
    let lines = audit::verify(&journal, &[])
        .await
        .context("the log is not whole")?
        .lines;
    if lines != expected {
        bail!("the log has {lines} lines, and {expected} messages were answered");
    }
    journal.close().await;
    Ok(())
}

type Messages = Arc<Vec<Vec<u8>>>;

fn messages(numbers: impl Iterator<Item = u32>, write: impl Fn(u32) -> Vec<u8>) -> Messages {
    Arc::new(numbers.map(write).collect())
}

fn request(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Many at once, each asking again as soon as it is answered.
async fn unpaced(
    journal: &'static str,
    what: &'static str,
    server: SocketAddr,
    messages: Messages,
) -> Result<Row> {
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let asking: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (messages, next) = (messages.clone(), next.clone());
            tokio::spawn(async move {
                let (mut connection, mut waits) = (Connection::open(server).await?, Vec::new());
                while let Some(message) = messages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let asked = Instant::now();
                    connection.ask(message).await?;
                    waits.push(asked.elapsed());
                }
                anyhow::Ok(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for one in asking {
        waits.extend(one.await??);
    }
    Ok(Row {
        journal,
        what,
        per_second: waits.len() as f64 / began.elapsed().as_secs_f64(),
        waits: Waits::of(waits),
    })
}

/// At a pace, beside the empty endpoint at its own. A wait counts from the moment at which the message was due, so that one
/// slow answer makes those behind it late.
async fn beside(
    journal: &'static str,
    server: SocketAddr,
    messages: Messages,
    seconds: usize,
) -> Result<[Row; 2]> {
    let empty = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec();
    let empty = Arc::new(vec![empty; seconds * EMPTY_PER_SECOND]);
    let (paced, empty) = tokio::join!(
        at_a_pace(server, messages, PACED_PER_SECOND),
        at_a_pace(server, empty, EMPTY_PER_SECOND)
    );
    let row = |what, per_second: usize, waits| Row {
        journal,
        what,
        per_second: per_second as f64,
        waits: Waits::of(waits),
    };
    Ok([
        row("prescriptions (M1), at a pace", PACED_PER_SECOND, paced?),
        row("an empty endpoint beside them", EMPTY_PER_SECOND, empty?),
    ])
}

async fn at_a_pace(
    server: SocketAddr,
    messages: Messages,
    per_second: usize,
) -> Result<Vec<Duration>> {
    let began = tokio::time::Instant::now() + Duration::from_millis(100);
    let asking: Vec<_> = (0..CONNECTIONS)
        .map(|connection| {
            let messages = messages.clone();
            tokio::spawn(async move {
                let (mut open, mut waits) = (Connection::open(server).await?, Vec::new());
                for number in (connection..messages.len()).step_by(CONNECTIONS) {
                    let due = began + Duration::from_secs_f64(number as f64 / per_second as f64);
                    tokio::time::sleep_until(due).await;
                    open.ask(&messages[number]).await?;
                    waits.push(due.elapsed());
                }
                anyhow::Ok(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for one in asking {
        waits.extend(one.await??);
    }
    Ok(waits)
}

/// A connection that is kept.
struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    async fn open(server: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(server)
            .await
            .context("cannot reach the server")?;
        stream
            .set_nodelay(true)
            .context("cannot reach the server")?;
        Ok(Self {
            stream,
            read: Vec::new(),
        })
    }

    /// Asks and reads the whole answer, which must be good: of a receipt, that the message was taken.
    async fn ask(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request).await?;
        self.read.clear();
        loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the server ended the connection");
            }
            if let Some(whole) = whole(&self.read) {
                return good(whole);
            }
        }
    }
}

/// Head and body, when all of it is there.
fn whole(read: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(read).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse::<usize>().ok())?
    })?;
    (body.len() >= length).then_some((head, body))
}

fn good((head, body): (&str, &str)) -> Result<()> {
    let refused = body.contains("<Status V=\"2\"") || body.contains(":Status V=\"2\"");
    if !head.starts_with("HTTP/1.1 200") || refused {
        bail!(
            "the intermediary did not take a message: {}",
            body.chars().take(2_000).collect::<String>()
        );
    }
    Ok(())
}
