//! The portal under load: a whole edition's doctors read their pages, beside an empty endpoint.
//!
//! The portal answers in this process and `wrk` asks in another, so that this process's CPU is what pages cost.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use riktig_codes::{Day, HprNumber, MonthRange, NationalId, Sex};
use riktig_journal::policy::{About, Act, EditionId};
use riktig_journal::shelf;
use riktig_lake::edition::Edition;
use riktig_portal::config::{Config, Log};
use riktig_portal::login::{Invented, Way};
use riktig_portal::pages::demo::{Persona, PersonaRole};
use riktig_portal::{Parts, Portal};
use tokio::sync::oneshot;

use super::wrk::{self, Answered, Asked};
use crate::clock::now;
use crate::log;
use crate::measure::Cost;
use crate::table::{Table, grouped};
use crate::verbs::demo::operator;
use crate::verbs::migrate::write_keys;
use crate::verbs::serve::runtime;

/// Doctors who are logged in: so many that hardly any page is asked for twice.
const DOCTORS: usize = 1_000;
/// The empty endpoint.
const EMPTY: &str = "/health/live";
/// Pages and how often each is asked for in what doctors do: the report most.
const MIX: [(&str, usize); 4] = [
    ("/report", 4),
    ("/report/numbers", 1),
    ("/goals", 2),
    ("/log", 1),
];
/// Requests a second of the promise, made by connections that pause.
const PROMISED_RATE: f64 = 200.0;
const PAUSE_MS: u32 = 100;
/// Connections without pauses: where does it break, and what?
const LADDER: [usize; 4] = [2, 16, 128, 1_024];

/// What was measured.
pub(crate) struct Load {
    rows: Vec<Row>,
    /// Prescribers of the edition.
    prescribers: usize,
    /// Bytes resident at most, journal and edition and all.
    peak_memory_bytes: u64,
}

struct Row {
    what: String,
    answered: Answered,
    /// CPU of the portal meanwhile, in seconds; `None` where something else was asked at the same time.
    cpu_seconds: Option<f64>,
}

/// Serves `edition` from a new journal in `dir` and lets `wrk` ask.
pub(crate) fn load(edition: &Path, dir: &Path, seconds: u32) -> Result<Load> {
    let prescribers = Edition::open(edition)?.prescribers().len();
    let people = people(&Edition::open(edition)?)?;
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot find a free port")?;
    let server = free.local_addr().context("cannot tell the port")?;
    drop(free);
    log::begin(&Log {
        level: "error".into(),
        json: false,
    });
    let runtime = runtime()?;
    let (stop, stopping) = oneshot::channel::<()>();
    let listening = runtime.block_on(open(edition, dir, server, people.clone()))?;
    let serving = runtime.spawn(listening.run(async {
        let _gone = stopping.await;
    }));
    let measured = Measuring {
        dir,
        server,
        seconds,
        began: Instant::now(),
        cookies: log_in(server, &people)?,
    };
    let rows = measured.everything()?;
    let _ended = stop.send(());
    runtime
        .block_on(serving)
        .context("the portal broke under load")??;
    let cost = Cost::of_this_process(measured.began.elapsed())?;
    Ok(Load {
        rows,
        prescribers,
        peak_memory_bytes: cost.peak_memory_bytes,
    })
}

/// Doctors spread over the whole edition, with invented identities.
fn people(edition: &Edition) -> Result<Vec<Invented>> {
    let doctors: Vec<HprNumber> = edition
        .prescribers()
        .iter()
        .filter_map(|one| HprNumber::from_value(one.external_id.parse().ok()?))
        .collect();
    let step = doctors.len().div_ceil(DOCTORS).max(1);
    let birth = Day::from_ymd(1970, 1, 15).context("cannot name a birthday")?;
    let one = |(at, hpr): (usize, &HprNumber)| {
        let (year, number) = ((at / 200) as i32, (at % 200) as u32);
        let birth = Day::from_ymd(1970 + year, 1, 15).unwrap_or(birth);
        Ok(Invented {
            persona: Persona {
                id: format!("doctor-{at}"),
                name: String::new(),
                role: PersonaRole::Prescriber,
                place: String::new(),
            },
            pid: NationalId::synthetic_tenor(birth, Sex::Female, number)
                .context("cannot invent an identity number")?,
            hpr: Some(*hpr),
        })
    };
    doctors.iter().step_by(step).enumerate().map(one).collect()
}

/// A portal with this edition on its shelf.
async fn open(
    edition: &Path,
    dir: &Path,
    server: SocketAddr,
    people: Vec<Invented>,
) -> Result<riktig_portal::Listening> {
    let path = std::path::absolute(edition).context("cannot find the edition")?;
    let folder = path.file_name().context("the edition has no name")?;
    let config = config(
        dir,
        server,
        path.parent().context("the edition is no folder")?,
    )?;
    write_keys(&config.journal.keys_file)?;
    let journal = config.open_journal().await?;
    let birth = Day::from_ymd(1969, 1, 15).context("cannot name a birthday")?;
    let pid = NationalId::synthetic_tenor(birth, Sex::Male, 1).context("cannot invent anybody")?;
    let operator = operator(&journal, &pid, now()).await?;
    let name: EditionId = "load".parse().context("cannot name the edition")?;
    let mut acting = journal
        .ask_to_act(&operator, Act::KeepShelf, About::Edition(name), now())
        .await?;
    let period = period(&Edition::open(edition)?)?;
    shelf::put(&mut acting, &folder.to_string_lossy(), period).await?;
    acting.done().await?;
    let shelf = config.open_shelf(&journal).await?;
    let portal = Portal::new(Parts {
        config,
        journal,
        shelf,
        login: Way::Demo(people),
        clock: now,
    });
    Ok(portal.listen().await?)
}

fn period(edition: &Edition) -> Result<MonthRange> {
    let span = &edition.meta().period;
    format!("{}..{}", span.first, span.last)
        .parse()
        .context("cannot read the edition's months")
}

/// The defaults, but for the limit of one address: all doctors ask from this machine.
fn config(dir: &Path, server: SocketAddr, editions: &Path) -> Result<Config> {
    let place = |path: PathBuf| path.display().to_string();
    let values = [
        ("RIKTIG_SERVER__LISTEN", server.to_string()),
        ("RIKTIG_SERVER__PUBLIC_URL", format!("http://{server}")),
        (
            "RIKTIG_JOURNAL__URL",
            format!("sqlite:{}", place(dir.join("journal.db"))),
        ),
        ("RIKTIG_JOURNAL__KEYS_FILE", place(dir.join("journal.keys"))),
        ("RIKTIG_EDITIONS__FOLDER", place(editions.to_owned())),
        ("RIKTIG_EDITIONS__SYNTHETIC", "true".to_owned()),
        ("RIKTIG_LIMITS__REQUESTS_PER_MINUTE", "0".to_owned()),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value));
    Ok(Config::of(None, values)?)
}

/// Everybody logs in; their cookies.
fn log_in(server: SocketAddr, people: &[Invented]) -> Result<Vec<String>> {
    people
        .iter()
        .map(|one| {
            let body = format!("persona={}", one.persona.id);
            let request = format!(
                "POST /login/demo HTTP/1.1\r\nHost: {server}\r\nOrigin: http://{server}\r\nConnection: close\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let mut stream = TcpStream::connect(server).context("the portal does not answer")?;
            stream
                .set_read_timeout(Some(Duration::from_secs(10)))
                .and_then(|()| stream.write_all(request.as_bytes()))
                .context("the portal does not listen")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).context("the portal does not answer")?;
            session(&answer)
        })
        .collect()
}

/// The session's cookie of a login.
fn session(answer: &str) -> Result<String> {
    let mut lines = answer.lines().filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let pair = value.split(';').next()?;
        (name.eq_ignore_ascii_case("set-cookie") && pair.starts_with("riktig=")).then_some(pair)
    });
    match lines.next() {
        Some(pair) => Ok(pair.to_owned()),
        None => bail!(
            "a doctor was not let in: {}",
            answer.lines().next().unwrap_or_default()
        ),
    }
}

struct Measuring<'a> {
    dir: &'a Path,
    server: SocketAddr,
    seconds: u32,
    began: Instant,
    cookies: Vec<String>,
}

impl Measuring<'_> {
    fn everything(&self) -> Result<Vec<Row>> {
        let mut rows = self.promised()?;
        for (page, _) in MIX {
            rows.push(self.alone(page, 2, &self.of(page))?);
        }
        rows.push(self.alone(EMPTY, 2, &[(EMPTY.to_owned(), String::new())])?);
        for connections in LADDER {
            let what = format!("the mix, {} connections", grouped(connections as u64));
            rows.push(self.alone(&what, connections, &self.mix())?);
        }
        Ok(rows)
    }

    /// The mix at the promised rate, and beside it the empty endpoint.
    fn promised(&self) -> Result<Vec<Row>> {
        let mix = self.mix();
        let connections = PROMISED_RATE * f64::from(PAUSE_MS) / 1e3;
        let pages = Asked {
            requests: &mix,
            body: None,
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
        let before = self.cpu()?;
        let pages = wrk::start(self.dir, "pages", self.server, &pages)?;
        let empty = wrk::start(self.dir, "empty", self.server, &empty)?;
        let (pages, empty) = (pages.answered()?, empty.answered()?);
        let cpu = self.cpu()? - before;
        let row = |what: &str, answered, cpu_seconds| Row {
            what: what.to_owned(),
            answered,
            cpu_seconds,
        };
        Ok(vec![
            row("the mix, at the promised rate", pages, Some(cpu)),
            row("the empty endpoint beside it", empty, None),
        ])
    }

    /// As fast as so many connections can.
    fn alone(&self, what: &str, connections: usize, requests: &[(String, String)]) -> Result<Row> {
        let asked = Asked {
            requests,
            body: None,
            connections,
            pause: 0,
            seconds: self.seconds.div_ceil(3),
        };
        let before = self.cpu()?;
        let answered = wrk::start(self.dir, "alone", self.server, &asked)?.answered()?;
        Ok(Row {
            what: what.to_owned(),
            answered,
            cpu_seconds: Some(self.cpu()? - before),
        })
    }

    fn cpu(&self) -> Result<f64> {
        Ok(Cost::of_this_process(self.began.elapsed())?.cpu_seconds)
    }

    fn of(&self, page: &str) -> Vec<(String, String)> {
        let of = |cookie: &String| (page.to_owned(), cookie.clone());
        self.cookies.iter().map(of).collect()
    }

    fn mix(&self) -> Vec<(String, String)> {
        let turns: Vec<&str> = MIX
            .iter()
            .flat_map(|(page, times)| std::iter::repeat_n(*page, *times))
            .collect();
        // Neither everybody's report first, nor always the same page of the same doctor.
        let asked = (0..self.cookies.len() * turns.len()).map(|at| {
            let doctor = at % self.cookies.len();
            let page = turns[(at + at / self.cookies.len()) % turns.len()];
            (page.to_owned(), self.cookies[doctor].clone())
        });
        asked.collect()
    }
}

/// One row a run.
pub(crate) fn table(load: &Load) -> String {
    let mut table = Table::new(&[
        "asked",
        "requests>",
        "a second>",
        "CPU ms each>",
        "p50 ms>",
        "p99 ms>",
        "most ms>",
        "kB each>",
        "refused>",
        "broken>",
    ]);
    for row in &load.rows {
        let it = &row.answered;
        let each = |sum: f64| sum / it.requests.max(1) as f64;
        let milliseconds = |micro: u64| format!("{:.1}", micro as f64 / 1e3);
        table.row([
            row.what.clone(),
            grouped(it.requests),
            format!("{:.0}", it.rate()),
            row.cpu_seconds
                .map(|cpu| format!("{:.2}", each(cpu * 1e3)))
                .unwrap_or_default(),
            milliseconds(it.p50),
            milliseconds(it.p99),
            milliseconds(it.most),
            format!("{:.1}", each(it.bytes as f64) / 1e3),
            grouped(it.refused),
            grouped(it.broken),
        ]);
    }
    format!(
        "{table}\n{} prescribers in the edition, {} MB at most\n",
        grouped(load.prescribers as u64),
        load.peak_memory_bytes / 1_000_000
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sessions_cookie_is_found_among_others() {
        let answer = "HTTP/1.1 303 See Other\r\nset-cookie: language=nb; Path=/\r\n\
                      Set-Cookie: riktig=abc; HttpOnly; Path=/\r\nlocation: /report\r\n\r\n";
        assert_eq!(session(answer).ok().as_deref(), Some("riktig=abc"));
    }

    #[test]
    fn whoever_is_not_let_in_stops_the_measuring() {
        let refused = session("HTTP/1.1 429 Too Many Requests\r\n\r\n");
        let told = refused.expect_err("there is no cookie").to_string();
        assert!(told.ends_with("HTTP/1.1 429 Too Many Requests"), "{told}");
    }
}
