//! Runs every command that README.md shows, as it stands.
//!
//! The blocks marked `sh` are run one after the other in one empty folder, with `cargo` pointed at this workspace. Two
//! commands need care: the one that started us is not started again, and the demo's server is asked for one page on a
//! free port and then stopped with Ctrl-C, as a reader would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::workspace;

/// What the demo prints before the address it serves on.
const SERVING: &str = "http://";
/// How long one page from the loopback may take.
const PAGE_TIMEOUT: Duration = Duration::from_secs(10);

/// Runs the commands in the order a reader meets them.
///
/// # Errors
/// Names the first command that fails.
pub(crate) fn run() -> Result<()> {
    let readme = std::fs::read_to_string(workspace::root().join("README.md"))
        .context("cannot read README.md")?;
    let commands = commands(&readme);
    if commands.is_empty() {
        bail!("README.md shows no command");
    }
    let folder = EmptyFolder::new()?;
    for command in &commands {
        println!("$ {command}");
        if command.starts_with("cargo xtask test") {
            println!("  (this is what runs now)");
        } else if serves(command) {
            run_server(command, &folder.0).with_context(|| format!("`{command}` of README.md"))?;
        } else {
            run_to_the_end(command, &folder.0)
                .with_context(|| format!("`{command}` of README.md"))?;
        }
    }
    Ok(())
}

/// The lines of all `sh` blocks, comments left out, continued lines joined.
fn commands(readme: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut in_block = false;
    let mut continued = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_block = line == "```sh";
            continue;
        }
        let code = line.trim();
        if !in_block || code.is_empty() || code.starts_with('#') {
            continue;
        }
        let part = code.strip_suffix('\\').unwrap_or(code).trim_end();
        match commands.last_mut().filter(|_| continued) {
            Some(command) => *command = format!("{command} {part}"),
            None => commands.push(part.to_owned()),
        }
        continued = code.ends_with('\\');
    }
    commands
}

fn serves(command: &str) -> bool {
    command.contains(" demo") && !command.contains("--no-serve")
}

fn shell(command: &str, folder: &Path) -> Command {
    let manifest = workspace::root().join("Cargo.toml");
    let script = format!(
        "cargo() {{ command cargo \"$1\" --manifest-path '{}' \"${{@:2}}\"; }}\n{command}",
        manifest.display()
    );
    let mut shell = Command::new("bash");
    shell
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(folder)
        .stdin(Stdio::null());
    shell
}

fn run_to_the_end(command: &str, folder: &Path) -> Result<()> {
    let status = shell(command, folder)
        .status()
        .context("cannot start bash")?;
    if !status.success() {
        bail!("it ended with {status}");
    }
    Ok(())
}

/// Starts the server on a port that is free, asks it for the first page and interrupts it.
fn run_server(command: &str, folder: &Path) -> Result<()> {
    let separator = if command.contains(" -- ") { "" } else { " --" };
    let mut shell = shell(&format!("{command}{separator} --port 0"), folder);
    let mut child = shell
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start bash")?;
    let answer = first_page(&mut child);
    let stopped = interrupt(&mut child);
    answer?;
    stopped
}

fn first_page(child: &mut Child) -> Result<()> {
    let output = child.stdout.take().expect("stdout was piped");
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("  {line}");
        if let Some(at) = line.find(SERVING) {
            let address: String = line[at + SERVING.len()..]
                .chars()
                .take_while(|c| !c.is_whitespace() && *c != '/')
                .collect();
            return expect_page(&address);
        }
    }
    bail!("it ended without serving");
}

fn expect_page(address: &str) -> Result<()> {
    let mut stream =
        TcpStream::connect(address).with_context(|| format!("cannot reach {address}"))?;
    stream.set_read_timeout(Some(PAGE_TIMEOUT))?;
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!(
            "the first page was not given: {}",
            String::from_utf8_lossy(&answer[..answer.len().min(80)])
        );
    }
    Ok(())
}

/// Sends the interrupt of Ctrl-C to the server below the shell and expects a clean end.
fn interrupt(child: &mut Child) -> Result<()> {
    let below = Command::new("pgrep")
        .args(["-P", &child.id().to_string()])
        .output();
    let below = below
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    for id in below
        .split_whitespace()
        .chain([child.id().to_string().as_str()])
    {
        Command::new("kill")
            .args(["-INT", id])
            .status()
            .context("cannot run kill")?;
    }
    child.wait().context("cannot wait for the server")?;
    Ok(())
}

/// An empty folder under the build folder, removed at the end.
struct EmptyFolder(PathBuf);

impl EmptyFolder {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("riktig-readme-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(EmptyFolder(path))
    }
}

impl Drop for EmptyFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            println!("cannot remove {}: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sh_blocks_hold_commands_and_a_backslash_joins_lines() {
        let readme =
            "```sh\n# first\ncargo run -- a \\\n  --b\nls\n```\ntext\n```toml\nx = 1\n```\n";
        assert_eq!(commands(readme), ["cargo run -- a --b", "ls"]);
    }
}
