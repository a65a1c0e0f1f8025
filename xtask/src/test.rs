//! `cargo xtask test`: one command that says whether the project is whole.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::ahead::ReleaseBuild;
use crate::{advice, browser, node, readme, rules, statistics, tools, workspace};

/// Random cases a property is tried on in a full run; the everyday count is proptest's own (256).
const FULL_PROPTEST_CASES: &str = "20000";

/// Random worlds that the attacker on published groups is let loose on in a full run; the everyday count is 50.
const FULL_ATTACKED_WORLDS: &str = "1000";
/// Patients asked for advice in a full run.
const FULL_PATIENTS: &str = "1000000";
/// Prescriptions that go through a chain whose links are killed in a full run; the everyday count is 2,000.
const FULL_PRESCRIPTIONS: &str = "100000";

#[derive(Args)]
pub(crate) struct Arguments {
    /// The large counts: more random cases, larger nations
    #[arg(long)]
    full: bool,
    /// Only one step: format, lints, rules, tests, statistics, readme, browser or advice-peers
    #[arg(long, value_name = "STEP")]
    only: Option<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Step {
    Format,
    Lints,
    Rules,
    Tests,
    Statistics,
    Readme,
    Browser,
    AdvicePeers,
}

const STEPS: [Step; 8] = [
    Step::Format,
    Step::Rules,
    Step::Lints,
    Step::Tests,
    Step::Statistics,
    Step::Readme,
    Step::Browser,
    Step::AdvicePeers,
];

/// Tests that ran, over all test programs.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
    ignored: u64,
}

/// Runs every step, goes on after a failed one, and closes with `N passed, N failed`.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    tools::ensure()?;
    let mut count = Count::default();
    let mut broken = Vec::new();
    let mut times = Vec::new();
    let mut ahead = None;
    for step in STEPS
        .into_iter()
        .filter(|step| arguments.only.is_none_or(|only| only == *step))
    {
        println!("── {} ──", step.title());
        let start = Instant::now();
        match step {
            Step::Tests if arguments.only.is_none() => ahead = Some(ReleaseBuild::begin()),
            Step::Readme => ahead.take().map_or((), ReleaseBuild::finish),
            _ => {}
        }
        if let Err(error) = step.run(arguments.full, &mut count) {
            println!("{error:#}");
            broken.push(step.title());
        }
        times.push(format!("{} {} s", step.title(), start.elapsed().as_secs()));
    }
    println!("\ntime: {}", times.join(", "));
    println!("{} passed, {} failed", count.passed, count.failed);
    if !broken.is_empty() {
        bail!("not whole: {}", broken.join(", "));
    }
    Ok(())
}

impl Step {
    fn title(self) -> &'static str {
        match self {
            Step::Format => "format",
            Step::Lints => "lints",
            Step::Rules => "rules of the house",
            Step::Tests => "tests",
            Step::Statistics => "statistics beside SciPy, statsmodels and mpmath",
            Step::Readme => "commands of README.md",
            Step::Browser => "pages in a browser",
            Step::AdvicePeers => "advice beside a client, a validator and a caller of others",
        }
    }

    fn run(self, full: bool, count: &mut Count) -> Result<()> {
        match self {
            Step::Format => cargo(&["fmt", "--all", "--check"]),
            Step::Lints => cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ]),
            Step::Rules => rules::run(),
            Step::Tests => tests(full, count),
            Step::Statistics => statistics::run(full),
            Step::Readme => readme::run(),
            Step::Browser => pages(full, count),
            Step::AdvicePeers => advice_peers(count),
        }
    }
}

fn cargo(arguments: &[&str]) -> Result<()> {
    let status = cargo_command(arguments)
        .status()
        .context("cannot start cargo")?;
    judge(status, arguments)
}

fn cargo_command(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(arguments)
        .current_dir(workspace::root())
        .stdin(Stdio::null());
    command
}

fn judge(status: ExitStatus, arguments: &[&str]) -> Result<()> {
    if !status.success() {
        bail!("`cargo {}` failed", arguments.join(" "));
    }
    Ok(())
}

/// Runs all tests and adds up the `test result:` lines that every test program ends with.
fn tests(full: bool, count: &mut Count) -> Result<()> {
    let arguments = ["test", "--workspace", "--no-fail-fast", "--quiet"];
    let mut command = cargo_command(&arguments);
    if full {
        command
            .env("RIKTIG_FULL", "1")
            .env("RIKTIG_ATTACKED_WORLDS", FULL_ATTACKED_WORLDS)
            .env("RIKTIG_PATIENTS", FULL_PATIENTS)
            .env("RIKTIG_PRESCRIPTIONS", FULL_PRESCRIPTIONS)
            .env("PROPTEST_CASES", FULL_PROPTEST_CASES);
    }
    match node::packages(&node::TESTS) {
        Ok(folder) => _ = command.env(node::PACKAGES, folder),
        Err(error) => println!("skipped: tests beside packages of npm: {error:#}"),
    }
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let output = child.stdout.take().expect("stdout was piped");
    relay(output, count)?;
    judge(child.wait()?, &arguments)?;
    if count.ignored > 0 {
        bail!(
            "{} tests are ignored; a test runs or it is removed",
            count.ignored
        );
    }
    Ok(())
}

/// Leads a browser through the portal; the reporter of `tests/browser` closes as cargo's tests do.
fn pages(full: bool, count: &mut Count) -> Result<()> {
    let (mut command, _demo) = browser::tests(full)?;
    node_tests(&mut command, "tests/browser", count)
}

/// Lets others ask for advice and judge what comes; what cannot be had here is skipped with a line.
fn advice_peers(count: &mut Count) -> Result<()> {
    let Some(peers) = advice::peers()? else {
        return Ok(());
    };
    let node = match peers.node() {
        Ok(mut command) => node_tests(&mut command, "tests/advice", count),
        Err(error) => {
            println!("skipped: a client and a validator from npm: {error:#}");
            Ok(())
        }
    };
    node.and(peers.call_as_described())
}

fn node_tests(command: &mut Command, folder: &str, count: &mut Count) -> Result<()> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start node")?;
    let output = child.stdout.take().expect("stdout was piped");
    let before = count.passed;
    relay(output, count)?;
    if !child.wait()?.success() {
        bail!("`node --test {folder}` failed");
    }
    if count.passed == before {
        bail!("`node --test {folder}` ran no test");
    }
    Ok(())
}

fn relay(output: impl Read, count: &mut Count) -> Result<()> {
    for line in BufReader::new(output).lines() {
        let line = line?;
        if let Some(result) = line.strip_prefix("test result: ") {
            count.passed += number_before(result, " passed");
            count.failed += number_before(result, " failed");
            count.ignored += number_before(result, " ignored");
        }
        println!("{line}");
    }
    Ok(())
}

fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().unwrap_or_default();
    before
        .rsplit([' ', '.', ';'])
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_test_programs_are_added() {
        let mut count = Count::default();
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured\n\
                      test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured\n";
        relay(output.as_bytes(), &mut count).unwrap();
        assert_eq!((count.passed, count.failed, count.ignored), (12, 3, 1));
    }
}
