//! Somebody who opens the portal in a browser, and whoever started it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::riktig::{command, riktig};

/// A server that runs until it is dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: String,
}

impl Running {
    /// Starts `riktig ARGUMENTS` and waits for the line that tells where it listens.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Running {
        let mut child = command(folder, arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines
            .map_while(Result::ok)
            .find(|line| line.contains("http://127.0.0.1:"))
            .expect("it tells where it listens");
        let address = line.split("http://").nth(1).unwrap();
        let address = address.chars().take_while(|c| !c.is_whitespace()).collect();
        Running { child, address }
    }

    /// One request with these further lines of the head, and the whole answer.
    fn ask(&self, request: &str, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, length) = (&self.address, body.len());
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{head}\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks it to stop and tells its exit status.
    fn stop(mut self, signal: &str) -> Option<i32> {
        let asked = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended
        let _ = self.child.wait();
    }
}

/// The cookie that an answer sets.
fn cookie(answer: &str, name: &str) -> String {
    let line = answer
        .lines()
        .find_map(|line| line.strip_prefix(&format!("set-cookie: {name}=")))
        .unwrap_or_else(|| panic!("no cookie {name} in\n{answer}"));
    format!("{name}={}", line.split(';').next().unwrap())
}

#[test]
fn the_demo_opens_the_portal_to_this_machine_until_it_is_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "demo",
        "--inhabitants",
        "2000",
        "--dir",
        "tiny",
        "--port",
        "0",
    ];
    let demo = Running::start(folder.path(), &arguments);
    let first = demo.ask("GET /", "", "");
    assert!(first.starts_with("HTTP/1.1 200 OK"), "{first}");
    let login = demo.ask("GET /login", "", "");
    for persona in ["doctor", "operator", "second-operator", "researcher"] {
        assert!(
            login.contains(&format!("\"{persona}\"")),
            "{persona}: {login}"
        );
    }
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let entered = demo.ask("POST /login/demo", form, "persona=operator");
    assert!(entered.starts_with("HTTP/1.1 303"), "{entered}");
    let session = cookie(&entered, "riktig");
    let cookie = format!("Cookie: {session}\r\n");
    let inside = demo.ask("GET /", &cookie, "");
    assert!(inside.contains("location: /operator\r\n"), "{inside}");
    let inside = demo.ask("GET /operator", &cookie, "");
    assert!(inside.contains("Jonas Strand"), "{inside}");
    let elsewhere = demo.ask("GET /", "Host: evil.example\r\n", "");
    assert!(!elsewhere.starts_with("HTTP/1.1 200"), "{elsewhere}");
    assert_eq!(demo.stop("-INT"), Some(0));
}

#[test]
fn the_configuration_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let run = riktig(folder.path(), ["serve", "--print-config"]).succeeded();
    assert!(run.stdout.contains("\n[server]\n"), "{}", run.seen());
    std::fs::write(folder.path().join("riktig.toml"), run.stdout).unwrap();
    let made = riktig(folder.path(), ["migrate", "--config", "riktig.toml"]).succeeded();
    assert!(
        made.stdout.contains("riktig-journal.keys"),
        "{}",
        made.seen()
    );
    let again = riktig(folder.path(), ["migrate", "--config", "riktig.toml"]).succeeded();
    assert!(!again.stdout.contains("new keys"), "{}", again.seen());
}

#[test]
fn a_misspelt_key_is_told_with_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("riktig.toml"),
        "[server]\nlisen = \"x\"\n",
    )
    .unwrap();
    let run = riktig(folder.path(), ["serve", "--config", "riktig.toml"]).failed();
    insta::assert_snapshot!(run.stderr, @r#"
    error: unknown key "server.lisen" in "riktig.toml"
    hint: the nearest key is "server.listen"; `riktig serve --print-config` lists all
    "#);
}

#[test]
fn a_portal_without_keys_says_how_they_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let run = riktig(folder.path(), ["serve"]).failed();
    assert!(
        run.stderr.contains("journal.keys_file") && run.stderr.contains("riktig migrate"),
        "{}",
        run.seen()
    );
}
