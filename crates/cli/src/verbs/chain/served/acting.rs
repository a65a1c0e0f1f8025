//! Roles that begin something themselves: what they are to do comes as lines of JSON on standard input, and what came of it goes as a line
//! to standard output. Between the lines, what waits is delivered. There is no other door for it: who may start the process may act.

use std::io::{BufRead as _, Write as _};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;

/// How often what waits is delivered.
const PULSE: Duration = Duration::from_secs(1);
/// Lines that wait to be done.
const WAITING: usize = 16;

/// A role that acts.
pub(super) trait Acts: Send + 'static {
    /// Does what a line asks for; what came of it, or why it was not done.
    fn act(&mut self, line: &str) -> impl Future<Output = anyhow::Result<Value>> + Send;
    /// Delivers what waits.
    fn deliver(&mut self) -> impl Future<Output = ()> + Send;
}

/// One thing after the other, until the process ends. Where standard input has ended, deliveries go on.
pub(super) async fn run(mut role: impl Acts) {
    let mut lines = lines();
    let mut pulse = tokio::time::interval(PULSE);
    let mut open = true;
    loop {
        tokio::select! {
            line = lines.recv(), if open => match line {
                Some(line) => answer(role.act(&line).await),
                None => open = false,
            },
            _ = pulse.tick() => role.deliver().await,
        }
    }
}

/// Lines of standard input, read by a thread of its own: it ends with the process, whatever it waits for.
fn lines() -> mpsc::Receiver<String> {
    let (send, receive) = mpsc::channel(WAITING);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if !line.trim().is_empty() && send.blocking_send(line).is_err() {
                return;
            }
        }
    });
    receive
}

fn answer(done: anyhow::Result<Value>) {
    let told = done.unwrap_or_else(|error| json!({ "error": format!("{error:#}") }));
    let mut out = std::io::stdout().lock();
    // Whoever asked may be gone.
    let _ = writeln!(out, "{told}").and_then(|()| out.flush());
}
