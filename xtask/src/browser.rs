//! Browser tests and screenshots: the demo's portal runs, and `tests/browser` leads Chromium through it.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{node, workspace};

/// A binary that is built already: then none is built.
const BINARY: &str = "RIKTIG_BINARY";
/// People of the country that browsers are led through: small, because its size changes no page.
const INHABITANTS: &str = "12000";
/// What the demo prints before the address it serves on.
const SERVING: &str = "http://";
/// The cookie of a login, as the portal names it over plain HTTP.
const SESSION: &str = "riktig=";

#[derive(Args)]
pub(crate) struct Arguments {
    /// Folder for the pictures and the page that shows them
    #[arg(long, value_name = "DIR", default_value = "target/screenshots")]
    out: PathBuf,
}

/// The command that runs the tests of `tests/browser`, and the portal that it needs, which ends when it is dropped. When
/// `full`, every persona looks at every page in every language.
///
/// # Errors
/// When npm's packages cannot be installed, or the demo does not serve.
pub(crate) fn tests(full: bool) -> Result<(Command, Demo)> {
    let demo = Demo::start()?;
    let mut command = demo.node()?;
    if full {
        command.env("RIKTIG_FULL", "1");
    }
    run_tests_of(&mut command, &folder())?;
    Ok((command, demo))
}

/// Lets node run the tests of a folder; the reporter closes as cargo's tests do.
///
/// # Errors
/// When the folder cannot be listed.
pub(crate) fn run_tests_of(command: &mut Command, tests: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(tests)
        .with_context(|| format!("cannot list {}", tests.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    command
        .arg("--test")
        // All files share one portal, and some change what others look at.
        .arg("--test-concurrency=1")
        .arg(format!(
            "--test-reporter={}",
            folder().join("reporter.mjs").display()
        ))
        .args(files);
    Ok(())
}

/// `cargo xtask screenshots`: every page of every persona in three widths, light and dark.
///
/// # Errors
/// When the demo does not serve, or a page cannot be shown.
pub(crate) fn screenshots(arguments: &Arguments) -> Result<()> {
    let demo = Demo::start()?;
    let mut command = demo.node()?;
    command
        .arg(folder().join("screenshots.mjs"))
        .arg(&arguments.out);
    let status = command.status().context("cannot start node")?;
    if !status.success() {
        bail!("screenshots: node ended with {status}");
    }
    println!("look at {}", arguments.out.join("index.html").display());
    Ok(())
}

fn folder() -> PathBuf {
    workspace::root().join("tests").join("browser")
}

/// A demo that serves, in a folder of its own that is removed at the end.
pub(crate) struct Demo {
    process: Child,
    binary: PathBuf,
    folder: PathBuf,
    address: String,
}

impl Demo {
    /// Makes a small country and waits until it is served.
    ///
    /// # Errors
    /// When the binary cannot be built, or ends without serving.
    pub(crate) fn start() -> Result<Demo> {
        let binary = match std::env::var_os(BINARY) {
            Some(built) => PathBuf::from(built),
            None => build()?,
        };
        let folder = std::env::temp_dir().join(format!("riktig-browser-{}", std::process::id()));
        println!("making the demo's country of {INHABITANTS} people");
        let mut process = Command::new(&binary)
            .args(["demo", "--port", "0", "--inhabitants", INHABITANTS, "--dir"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let mut lines = BufReader::new(process.stdout.take().expect("stdout was piped")).lines();
        let mut demo = Demo {
            process,
            binary,
            folder,
            address: String::new(),
        };
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let at = line.find(SERVING)?;
            let rest = line[at..].split_whitespace().next()?;
            Some(rest.trim_end_matches(['/', '.']).to_owned())
        });
        demo.address = address.context("the demo ended without serving")?;
        // Whoever does not read what it prints stops it in the end.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(demo)
    }

    /// Where it serves: `http://127.0.0.1:8080`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The session of one of its invented people: the value of the cookie that a login sets.
    ///
    /// # Errors
    /// When nobody of that name can log in.
    pub(crate) fn session_of(&self, persona: &str) -> Result<String> {
        let cannot = || format!("cannot log in as {persona}");
        let server = self.address.trim_start_matches("http://");
        let body = format!("persona={persona}");
        let mut stream = TcpStream::connect(server).with_context(cannot)?;
        write!(
            stream,
            "POST /login/demo HTTP/1.1\r\nHost: {server}\r\nOrigin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len(),
        )
        .with_context(cannot)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).with_context(cannot)?;
        let cookie = answer.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let session = value.split(';').next()?.strip_prefix(SESSION)?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| session.to_owned())
        });
        cookie.with_context(cannot)
    }

    /// Node with all that the scripts of `tests` are told.
    ///
    /// # Errors
    /// When npm's packages cannot be installed.
    pub(crate) fn node(&self) -> Result<Command> {
        let routes = Command::new(&self.binary)
            .args(["serve", "--print-routes"])
            .output()
            .context("cannot ask for the routes")?;
        let mut command = Command::new("node");
        command
            .env(node::PACKAGES, node::packages(&node::TESTS)?)
            .env("RIKTIG_PORTAL", &self.address)
            .env(
                "RIKTIG_ROUTES",
                String::from_utf8_lossy(&routes.stdout).as_ref(),
            )
            .env("RIKTIG_DEMO", &self.folder)
            .env(BINARY, &self.binary)
            .current_dir(workspace::root())
            .stdin(Stdio::null());
        Ok(command)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            println!("cannot remove {}: {error}", self.folder.display());
        }
    }
}

/// Builds the binary as a reader of README.md does, and tells where it is.
fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "build",
            "--release",
            "--bin",
            "riktig",
            "--message-format=json-render-diagnostics",
        ])
        .current_dir(workspace::root())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!("`cargo build --release --bin riktig` failed");
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let executable = said.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let executable = message.get("executable")?.as_str()?;
        Some(Path::new(executable).to_owned())
    });
    executable.context("cargo does not say where it put the binary")
}
