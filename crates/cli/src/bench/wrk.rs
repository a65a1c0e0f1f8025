//! `wrk` asks a server that listens, and tells how it answered.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::failure::Hint;

const SCRIPT: &str = include_str!("wrk.lua");

/// Stands in a body for a number that no two requests share; as long as the number is.
pub(super) const COUNTED: &str = "RIKTIG-COUNTED-";

/// What is asked, and how.
pub(super) struct Asked<'a> {
    /// Path and cookie of each request, in turn.
    pub(super) requests: &'a [(String, String)],
    /// What is posted to the first path instead of asking for pages: JSON with [`COUNTED`] where each request has a number of its own.
    pub(super) body: Option<&'a str>,
    pub(super) connections: usize,
    /// Mean pause of a connection between an answer and the next request, in milliseconds; 0: none.
    pub(super) pause: u32,
    pub(super) seconds: u32,
}

/// How it was answered; times in microseconds.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Answered {
    pub(super) requests: u64,
    pub(super) microseconds: u64,
    pub(super) bytes: u64,
    pub(super) p50: u64,
    pub(super) p99: u64,
    pub(super) most: u64,
    /// Answers of 400 and above.
    pub(super) refused: u64,
    /// Connections that broke, and answers that did not come.
    pub(super) broken: u64,
}

impl Answered {
    /// Requests a second.
    pub(super) fn rate(&self) -> f64 {
        self.requests as f64 * 1e6 / self.microseconds.max(1) as f64
    }
}

/// A run of `wrk` under way.
pub(super) struct Run(Child);

/// Starts asking. Scratch files go into `dir` under `name`.
pub(super) fn start(dir: &Path, name: &str, server: SocketAddr, asked: &Asked<'_>) -> Result<Run> {
    // A file of its own: another run may be reading its script at this moment.
    let file = |kind: &str| dir.join(format!("{name}.{kind}"));
    let (script, list, body) = (file("lua"), file("asked"), file("body"));
    write(&script, SCRIPT)?;
    let lines = asked.requests.iter();
    let lines = lines.map(|(path, cookie)| format!("{path}\t{cookie}\n"));
    write(&list, &lines.collect::<String>())?;
    write(&body, asked.body.unwrap_or_default())?;
    let child = Command::new("wrk")
        .args(["-t", "1", "-c", &asked.connections.to_string()])
        .args(["-d", &format!("{}s", asked.seconds), "--timeout", "10s"])
        .arg("-s")
        .arg(&script)
        .arg(format!("http://{server}/"))
        .env("RIKTIG_ASKED", &list)
        .env("RIKTIG_BODY", &body)
        .env("RIKTIG_COUNTED", COUNTED)
        .env("RIKTIG_PAUSE", asked.pause.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start wrk")
        .hint(|| "it is Debian's package \"wrk\"".into())?;
    Ok(Run(child))
}

impl Run {
    /// Waits for its end.
    pub(super) fn answered(self) -> Result<Answered> {
        let output = self.0.wait_with_output().context("cannot wait for wrk")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().rev().find(|line| line.starts_with('{'));
        let line = line.with_context(|| {
            let said = String::from_utf8_lossy(&output.stderr);
            format!("wrk did not tell what it measured: {text}{said}")
        })?;
        serde_json::from_str(line).context("cannot understand what wrk told")
    }
}

fn write(path: &PathBuf, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write \"{}\"", path.display()))
}
