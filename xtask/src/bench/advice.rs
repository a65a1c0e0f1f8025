//! Calls for advice: ours and, in turns, an engine for CQL (npm cql-execution) that answers the same question on the same calls.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use super::{Course, succeed};
use crate::{node, workspace};

/// The engine's process, which ends when it is dropped.
struct Engine {
    process: Child,
    address: String,
}

/// Lets `riktig bench advice` measure itself beside the engine.
///
/// # Errors
/// When there is no Node or wrk, or somebody answers the question wrongly.
pub(super) fn beside_cql(course: &Course) -> Result<()> {
    let engine = Engine::start()?;
    let mut both = Command::new(&course.riktig);
    both.args(["bench", "advice", "--dir"])
        .arg(&course.dir)
        .arg("--beside")
        .arg(format!(
            "cql-execution,{},{}",
            engine.address,
            engine.process.id()
        ));
    succeed(&mut both, "riktig bench advice")
}

impl Engine {
    fn start() -> Result<Engine> {
        let packages = node::packages(&node::ENGINE)?;
        println!("translating xtask/peers/cql/question.cql");
        let mut process = Command::new("node")
            .arg(workspace::root().join("xtask/peers/cql/facade.mjs"))
            .env("RIKTIG_CQL_PACKAGES", packages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start node")?;
        let output = process.stdout.take().expect("stdout was piped");
        let mut engine = Engine {
            process,
            address: String::new(),
        };
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .context("cannot read what node says")?;
        let address = line.trim().strip_prefix("http://");
        address
            .context("the engine for CQL ended without serving")?
            .clone_into(&mut engine.address);
        Ok(engine)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}
