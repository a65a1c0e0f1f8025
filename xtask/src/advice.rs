//! Advice beside programs of others: the demo serves, a CDS Hooks client and a FHIR validator from npm ask (`tests/advice`), and
//! schemathesis from PyPI calls everything that our OpenAPI documents allow, and what they forbid.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::browser::{self, Demo};
use crate::{cache, python, workspace};

/// Calls of each operation and kind: some 1,400 in all, half a minute.
const EXAMPLES: &str = "30";
/// The same calls every time.
const SEED: &str = "5";
/// What is answered and tolerated, in OpenAPI 3.1: advice, and prescriptions.
const DESCRIPTIONS: [&str; 2] = [
    "docs/reference/cds-hooks.openapi.json",
    "docs/reference/prescribing.openapi.json",
];
/// Who prescribes, of the demo's invented people.
const PRESCRIBER: &str = "doctor";
/// What the descriptions cannot say.
const SETTINGS: &str = "xtask/peers/schemathesis.toml";

/// The demo that they ask, which ends when it is dropped.
pub(crate) struct Peers(Demo);

/// Starts what is asked; none, and a line that says so, where neither Node nor Python is there to ask.
///
/// # Errors
/// When the demo does not serve.
pub(crate) fn peers() -> Result<Option<Peers>> {
    if !has_node() && !python::is_there() {
        println!("skipped: there is neither node nor python3");
        return Ok(None);
    }
    Ok(Some(Peers(Demo::start()?)))
}

impl Peers {
    /// The command that runs the tests of `tests/advice`.
    ///
    /// # Errors
    /// When there is no Node, or its packages cannot be installed.
    pub(crate) fn node(&self) -> Result<Command> {
        let mut command = self.0.node()?;
        let tests = workspace::root().join("tests").join("advice");
        browser::run_tests_of(&mut command, &tests)?;
        Ok(command)
    }

    /// Lets schemathesis call the hooks and prescribe: every check that it has. Skips with a line where it cannot be had.
    ///
    /// # Errors
    /// When an answer is not as described, or a call that is forbidden is taken.
    pub(crate) fn call_as_described(&self) -> Result<()> {
        if !python::is_there() {
            println!("skipped: calls as described: there is no python3");
            return Ok(());
        }
        let interpreter = match python::interpreter(&python::CALLERS) {
            Ok(interpreter) => interpreter,
            Err(error) => {
                println!("skipped: calls as described: schemathesis cannot be had: {error:#}");
                return Ok(());
            }
        };
        let program = interpreter.with_file_name("schemathesis");
        let session = self.0.session_of(PRESCRIBER)?;
        for description in DESCRIPTIONS {
            self.call(&program, description, &session)?;
        }
        Ok(())
    }

    fn call(&self, program: &Path, description: &str, session: &str) -> Result<()> {
        let status = Command::new(program)
            .arg("--config-file")
            .arg(workspace::root().join(SETTINGS))
            .args(["--no-color", "run"])
            .arg(workspace::root().join(description))
            .args(["--url", self.0.address(), "--checks", "all"])
            .args(["--max-examples", EXAMPLES, "--seed", SEED])
            .args([
                "--suppress-health-check",
                "all",
                "--generation-database",
                "none",
            ])
            // It leaves notes of its own where it runs.
            .current_dir(cache::folder()?)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("RIKTIG_SESSION", session)
            .stdin(Stdio::null())
            .status()
            .context("cannot start schemathesis")?;
        if !status.success() {
            bail!("the answers are not as {description} says");
        }
        Ok(())
    }
}

fn has_node() -> bool {
    let mut probe = Command::new("node");
    probe
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
