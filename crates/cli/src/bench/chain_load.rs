//! Who asks: messages over HTTP to an intermediary on this machine, without pause or at a pace.
//!
//! Those who ask have threads of their own: on the server's they would wait for its work before they notice an answer, and its
//! clock wakes them a millisecond late.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

/// Who asks at once.
const CONNECTIONS: usize = 64;

/// What many have waited, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waits {
    pub(super) median: f64,
    pub(super) p95: f64,
    pub(super) p99: f64,
    pub(super) longest: f64,
}

impl Waits {
    pub(super) fn of(mut waits: Vec<Duration>) -> Self {
        waits.sort();
        let at = |share: f64| {
            let place = ((waits.len() as f64 * share).ceil() as usize).clamp(1, waits.len().max(1));
            waits
                .get(place - 1)
                .map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
        };
        Self {
            median: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            longest: at(1.0),
        }
    }
}

/// Requests that are sent.
pub(super) type Messages = Arc<Vec<Vec<u8>>>;

/// Writes messages as requests.
pub(super) fn messages(
    numbers: impl Iterator<Item = u32>,
    write: impl Fn(u32) -> Vec<u8>,
) -> Messages {
    Arc::new(numbers.map(write).collect())
}

/// A request with a message.
pub(super) fn request(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Many at once, each asking again as soon as it is answered.
pub(super) async fn unpaced(server: SocketAddr, messages: Messages) -> Result<Waits> {
    let next = Arc::new(AtomicUsize::new(0));
    let each = move |_| {
        let (mut connection, mut waits) = (Connection::open(server)?, Vec::new());
        while let Some(message) = messages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let asked = Instant::now();
            connection.ask(message)?;
            waits.push(asked.elapsed());
        }
        Ok(waits)
    };
    all(CONNECTIONS, each).await
}

/// Has so many ask at once, each on a thread of its own, and tells what all have waited.
async fn all(
    many: usize,
    each: impl Fn(usize) -> Result<Vec<Duration>> + Send + Sync + 'static,
) -> Result<Waits> {
    let asking = tokio::task::spawn_blocking(move || {
        thread::scope(|scope| {
            let asking: Vec<_> = (0..many)
                .map(|one| {
                    scope.spawn({
                        let each = &each;
                        move || each(one)
                    })
                })
                .collect();
            let mut waits = Vec::new();
            for one in asking {
                waits.extend(
                    one.join()
                        .map_err(|_panic| anyhow!("one who asked gave up"))??,
                );
            }
            anyhow::Ok(Waits::of(waits))
        })
    });
    asking.await?
}

/// At a pace, beside the empty endpoint at its own. A wait counts from the moment at which the message was due, so that one
/// slow answer makes those behind it late.
pub(super) async fn beside(
    server: SocketAddr,
    (messages, per_second): (Messages, usize),
    (seconds, empty_per_second): (usize, usize),
) -> Result<[Waits; 2]> {
    let empty = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec();
    let empty = Arc::new(vec![empty; seconds * empty_per_second]);
    let (paced, empty) = tokio::join!(
        at_a_pace(server, messages, per_second),
        at_a_pace(server, empty, empty_per_second)
    );
    Ok([paced?, empty?])
}

async fn at_a_pace(server: SocketAddr, messages: Messages, per_second: usize) -> Result<Waits> {
    let began = Instant::now() + Duration::from_millis(100);
    let each = move |connection| {
        let (mut open, mut waits) = (Connection::open(server)?, Vec::new());
        for number in (connection..messages.len()).step_by(CONNECTIONS) {
            let due = began + Duration::from_secs_f64(number as f64 / per_second as f64);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            open.ask(&messages[number])?;
            waits.push(due.elapsed());
        }
        Ok(waits)
    };
    all(CONNECTIONS, each).await
}

/// A connection that is kept.
struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    fn open(server: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(server).context("cannot reach the server")?;
        stream
            .set_nodelay(true)
            .context("cannot reach the server")?;
        Ok(Self {
            stream,
            read: Vec::new(),
        })
    }

    /// Asks and reads the whole answer, which must be good: of a receipt, that the message was taken.
    fn ask(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request)?;
        self.read.clear();
        let mut piece = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut piece)? {
                0 => bail!("the server ended the connection"),
                length => self.read.extend_from_slice(&piece[..length]),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_wait_that_somebody_had() {
        let waits = Waits::of((1..=200).rev().map(Duration::from_millis).collect());
        let told = [waits.median, waits.p95, waits.p99, waits.longest];
        assert_eq!(told, [100.0, 190.0, 198.0, 200.0]);
        assert_eq!(Waits::of(Vec::new()).longest, 0.0);
    }

    #[test]
    fn an_answer_is_read_when_all_of_it_is_there_and_a_refusal_is_none() {
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n<Status V=\"1\"/>";
        assert!(whole(&answer.as_bytes()[..answer.len() - 1]).is_none());
        assert!(good(whole(answer.as_bytes()).unwrap()).is_ok());
        let refused = answer.replace("V=\"1\"", "V=\"2\"");
        assert!(good(whole(refused.as_bytes()).unwrap()).is_err());
    }
}
