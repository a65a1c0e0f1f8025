//! Advice under load: calls with none, twenty and two hundred earlier prescriptions; ours, and in turns whoever is named to be asked
//! the same.
//!
//! The portal answers in this process and `wrk` asks in another, so that this process's CPU is what calls cost.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use riktig_portal::config::{Config, Log};
use riktig_portal::login::Way;
use riktig_portal::{Parts, Portal, Shelf};
use serde_json::Value;
use tokio::sync::oneshot;

use super::advice_call::{Question, call};
use super::wrk::{self, Answered, Asked, COUNTED};
use crate::clock::now;
use crate::log;
use crate::measure::Cost;
use crate::table::{Table, grouped};
use crate::verbs::migrate::write_keys;
use crate::verbs::serve::runtime;

/// Earlier prescriptions of the patient.
const EARLIER: [u32; 3] = [0, 20, 200];
/// The calls of the promise.
const PROMISED: u32 = 20;
/// Calls a second of the promise, made by connections that pause.
const PROMISED_RATE: f64 = 500.0;
const PAUSE_MS: u32 = 100;
/// Connections that ask without pause.
const CONNECTIONS: usize = 4;
/// Turns, of which the median is told.
const TURNS: usize = 3;
/// The empty endpoint.
const EMPTY: &str = "/health/live";
const SERVICE: &str = "/cds-services/riktig-antibiotics";

/// A server that answers the same calls, in a process of this machine.
#[derive(Debug, Clone)]
pub(crate) struct Beside {
    pub(crate) name: String,
    pub(crate) address: SocketAddr,
    pub(crate) process: u32,
}

/// Somebody who is asked.
struct Server<'a> {
    name: &'a str,
    address: SocketAddr,
    /// `None`: this process.
    process: Option<u32>,
}

/// One row: who, what, how it went, and what it cost.
struct Row {
    who: String,
    what: String,
    answered: Answered,
    /// `None` where something else was asked at the same time.
    cpu_ms_each: Option<f64>,
}

/// What was measured.
pub(crate) struct Load {
    rows: Vec<Row>,
    /// Bytes resident at most, of each server.
    peaks: Vec<(String, u64)>,
}

/// Serves from a new journal in `dir` and lets `wrk` ask us and, in turns, `beside`.
///
/// # Errors
/// When a server does not answer, or answers a question otherwise than is right.
pub(crate) fn load(dir: &Path, seconds: u32, beside: Option<&Beside>) -> Result<Load> {
    log::begin(&Log {
        level: "error".into(),
        json: false,
    });
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot find a free port")?;
    let address = free.local_addr().context("cannot tell the port")?;
    drop(free);
    let runtime = runtime()?;
    let (stop, stopping) = oneshot::channel::<()>();
    let listening = runtime.block_on(open(dir, address))?;
    let serving = runtime.spawn(listening.run(async {
        let _gone = stopping.await;
    }));
    let ours = Server {
        name: "riktig",
        address,
        process: None,
    };
    let theirs = beside.map(|it| Server {
        name: &it.name,
        address: it.address,
        process: Some(it.process),
    });
    let servers: Vec<Server<'_>> = [ours].into_iter().chain(theirs).collect();
    let measuring = Measuring { dir, seconds };
    for server in &servers {
        server.answers_right()?;
    }
    let mut rows = measuring.in_turns(&servers)?;
    rows.extend(measuring.promised(&servers[0])?);
    let peak = |it: &Server<'_>| Ok((it.name.to_owned(), it.cost()?.peak_memory_bytes));
    let peaks = servers.iter().map(peak).collect::<Result<_>>()?;
    let _ended = stop.send(());
    runtime
        .block_on(serving)
        .context("the portal broke under load")??;
    Ok(Load { rows, peaks })
}

/// A portal without an edition, which answers unsigned calls of this machine.
async fn open(dir: &Path, server: SocketAddr) -> Result<riktig_portal::Listening> {
    let place = |name: &str| dir.join(name).display().to_string();
    let values = [
        ("RIKTIG_SERVER__LISTEN", server.to_string()),
        ("RIKTIG_SERVER__PUBLIC_URL", format!("http://{server}")),
        (
            "RIKTIG_JOURNAL__URL",
            format!("sqlite:{}", place("journal.db")),
        ),
        ("RIKTIG_JOURNAL__KEYS_FILE", place("journal.keys")),
        // All calls come from this machine.
        ("RIKTIG_HOOKS__REQUESTS_PER_MINUTE", "0".to_owned()),
        ("RIKTIG_LIMITS__REQUESTS_PER_MINUTE", "0".to_owned()),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value));
    let config = Config::of(None, values)?;
    write_keys(&config.journal.keys_file)?;
    let journal = config.open_journal().await?;
    let portal = Portal::new(Parts {
        config,
        journal,
        shelf: Shelf::default(),
        login: Way::Demo(Vec::new()),
        clock: now,
    });
    Ok(portal.listen().await?)
}

impl Server<'_> {
    /// Every question is answered as it should be, whatever came before: whoever answers another question is not measured.
    fn answers_right(&self) -> Result<()> {
        for earlier in EARLIER {
            for question in Question::ALL {
                let said = self.asked(&call(question, earlier, now()))?;
                let cards = said["cards"].as_array().context("no list of cards")?;
                let serious = ["critical", "warning"]
                    .into_iter()
                    .find(|it| cards.iter().any(|card| card["indicator"] == *it));
                if serious != question.answer() {
                    bail!(
                        "{} answers a call with {earlier} earlier prescriptions with {serious:?}, and not with {:?}: {said}",
                        self.name,
                        question.answer()
                    );
                }
            }
        }
        Ok(())
    }

    fn asked(&self, body: &str) -> Result<Value> {
        let (server, silent) = (self.address, format!("{} does not answer", self.name));
        let body = body.replace(COUNTED, "the-first-of-al"); // as long
        let request = format!(
            "POST {SERVICE} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(server).with_context(|| silent.clone())?;
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .and_then(|()| stream.write_all(request.as_bytes()))
            .with_context(|| silent.clone())?;
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .with_context(|| silent.clone())?;
        let (head, body) = answer.split_once("\r\n\r\n").context(silent)?;
        if !head.starts_with("HTTP/1.1 200") {
            bail!("{} refuses a call: {answer}", self.name);
        }
        serde_json::from_str(body).with_context(|| format!("{} does not answer JSON", self.name))
    }

    fn cost(&self) -> Result<Cost> {
        let any = Duration::ZERO;
        match self.process {
            None => Cost::of_this_process(any),
            Some(id) => Cost::of_process(id, any),
        }
    }
}

struct Measuring<'a> {
    dir: &'a Path,
    seconds: u32,
}

impl Measuring<'_> {
    /// Everybody with every number of prescriptions, one after the other, several times.
    fn in_turns(&self, servers: &[Server<'_>]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for earlier in EARLIER {
            let body = call(Question::TooLong, earlier, now());
            let mut runs: Vec<Vec<Row>> = servers.iter().map(|_| Vec::new()).collect();
            for _ in 0..TURNS {
                for (server, runs) in servers.iter().zip(&mut runs) {
                    runs.push(self.alone(server, earlier, &body)?);
                }
            }
            rows.extend(runs.into_iter().filter_map(median));
        }
        Ok(rows)
    }

    /// As fast as a few connections can.
    fn alone(&self, server: &Server<'_>, earlier: u32, body: &str) -> Result<Row> {
        let asked = Asked {
            requests: &[(SERVICE.to_owned(), String::new())],
            body: Some(body),
            connections: CONNECTIONS,
            pause: 0,
            seconds: self.seconds.div_ceil(6),
        };
        let before = server.cost()?.cpu_seconds;
        let answered = wrk::start(self.dir, "alone", server.address, &asked)?.answered()?;
        let cpu = server.cost()?.cpu_seconds - before;
        Ok(Row {
            who: server.name.to_owned(),
            what: format!("{earlier} earlier, {CONNECTIONS} connections"),
            answered,
            cpu_ms_each: Some(cpu * 1e3 / answered.requests.max(1) as f64),
        })
    }

    /// Our calls at the promised rate, and beside them the empty endpoint.
    fn promised(&self, ours: &Server<'_>) -> Result<[Row; 2]> {
        let body = call(Question::TooLong, PROMISED, now());
        let connections = PROMISED_RATE * f64::from(PAUSE_MS) / 1e3;
        let calls = Asked {
            requests: &[(SERVICE.to_owned(), String::new())],
            body: Some(&body),
            // A connection asks a little less often than it pauses: it waits for the answer too.
            connections: (connections * 1.05).ceil() as usize,
            pause: PAUSE_MS,
            seconds: self.seconds,
        };
        let empty = Asked {
            requests: &[(EMPTY.to_owned(), String::new())],
            body: None,
            connections: 1,
            pause: PAUSE_MS / 2,
            seconds: self.seconds,
        };
        let cpu = ours.cost()?.cpu_seconds;
        let calls = wrk::start(self.dir, "calls", ours.address, &calls)?;
        let empty = wrk::start(self.dir, "empty", ours.address, &empty)?;
        let (calls, empty) = (calls.answered()?, empty.answered()?);
        let cpu = ours.cost()?.cpu_seconds - cpu;
        let row = |what: String, answered, cpu_ms_each| Row {
            who: ours.name.to_owned(),
            what,
            answered,
            cpu_ms_each,
        };
        let each = cpu * 1e3 / calls.requests.max(1) as f64;
        Ok([
            row(
                format!("{PROMISED} earlier, at the promised rate"),
                calls,
                Some(each),
            ),
            row("the empty endpoint beside it".to_owned(), empty, None),
        ])
    }
}

/// The run in the middle by its cost.
fn median(mut runs: Vec<Row>) -> Option<Row> {
    runs.sort_by(|one, other| {
        let cost = |it: &Row| it.cpu_ms_each.unwrap_or_default();
        cost(one).total_cmp(&cost(other))
    });
    let middle = runs.len() / 2;
    runs.into_iter().nth(middle)
}

/// One row a run.
pub(crate) fn table(load: &Load) -> String {
    let mut table = Table::new(&[
        "who",
        "asked",
        "requests>",
        "a second>",
        "CPU ms each>",
        "p50 ms>",
        "p99 ms>",
        "most ms>",
        "refused>",
        "broken>",
    ]);
    for row in &load.rows {
        let it = &row.answered;
        let milliseconds = |micro: u64| format!("{:.1}", micro as f64 / 1e3);
        table.row([
            row.who.clone(),
            row.what.clone(),
            grouped(it.requests),
            format!("{:.0}", it.rate()),
            row.cpu_ms_each
                .map(|it| format!("{it:.2}"))
                .unwrap_or_default(),
            milliseconds(it.p50),
            milliseconds(it.p99),
            milliseconds(it.most),
            grouped(it.refused),
            grouped(it.broken),
        ]);
    }
    let peaks = load.peaks.iter();
    let peaks = peaks.map(|(who, bytes)| format!("{who}: {} MB at most\n", bytes / 1_000_000));
    format!("{table}\n{}", peaks.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_run_in_the_middle_is_told_and_not_the_mean() {
        let run = |cpu: f64| {
            Row {
            who: String::new(),
            what: String::new(),
            answered: serde_json::from_str(
                r#"{"requests":1,"microseconds":1,"bytes":1,"p50":1,"p99":1,"most":1,"refused":0,"broken":0}"#,
            )
            .unwrap(),
            cpu_ms_each: Some(cpu),
        }
        };
        let middle = median(vec![run(9.0), run(1.0), run(2.0)]).unwrap();
        assert_eq!(middle.cpu_ms_each, Some(2.0));
    }

    #[test]
    fn the_number_of_a_request_is_as_long_as_its_place_in_the_body() {
        assert_eq!(COUNTED.len(), format!("{:015}", 7).len());
        assert_eq!(call(Question::Right, 3, now()).matches(COUNTED).count(), 1);
    }
}
