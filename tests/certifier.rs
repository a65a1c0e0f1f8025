//! Whoever runs an intermediary and wants to know whether it does what it must.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::riktig::{command, riktig};

/// A served role; killed when the test is done with it, as by a cut of power.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn intermediary(folder: &Path, authority: &str) -> Served {
    let arguments = [
        "chain",
        "serve",
        "--role",
        "intermediary",
        "--journal",
        "sqlite:intermediary.db",
        "--keys",
        "parties/journal.keys",
        "--listen",
        "127.0.0.1:0",
        "--authority",
        authority,
        "--test-authorities",
        "--prescribers",
        "parties/prescribers.csv",
        "--pharmacies",
        "parties/pharmacies.csv",
    ];
    let mut command = command(folder, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary can be started");
    let log = child.stderr.take().expect("it was asked for");
    let mut lines = BufReader::new(log).lines();
    let address = lines
        .by_ref()
        .find_map(|line| {
            let line = line.expect("the log is text");
            let (_, address) = line.split_once("address=")?;
            Some(address.trim().to_owned())
        })
        .expect("it says where it listens");
    // Somebody must read what it says, or it stands still when the pipe is full.
    std::thread::spawn(move || lines.for_each(drop));
    Served { child, address }
}

fn certify(folder: &Path, server: &Served, more: &[&str]) -> crate::riktig::Run {
    let endpoint = format!("http://{}/messages", server.address);
    let arguments = [
        "chain",
        "certify",
        "--role",
        "intermediary",
        "--endpoint",
        &endpoint,
        "--parties",
        "parties",
    ];
    riktig(folder, arguments.iter().chain(more))
}

#[test]
fn an_intermediary_is_served_certified_killed_and_certified_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).failed();

    let server = intermediary(folder, "parties/authority.der");
    let run = certify(folder, &server, &[]).succeeded();
    assert!(
        run.stdout.contains(" 0 failed, 1 told, 1 not tried"),
        "{}",
        run.seen()
    );
    drop(server);

    let server = intermediary(folder, "parties/authority.der");
    let run = certify(folder, &server, &["--json"]).succeeded();
    let checks: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let checks = checks.as_array().unwrap();
    let passed = checks.iter().filter(|check| check["verdict"] == "passed");
    assert_eq!(passed.count(), checks.len() - 2, "{}", run.stdout);
}

#[test]
fn an_intermediary_that_knows_nobody_or_is_not_there_fails_and_the_report_says_what_came() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    riktig(folder, ["chain", "keys", "--dir", "others"]).succeeded();
    let server = intermediary(folder, "others/authority.der");
    let run = certify(folder, &server, &[]).failed();
    assert!(
        run.stdout.contains("refused: S02 RIKTIG-I01"),
        "{}",
        run.seen()
    );
    let address = server.address.clone();
    drop(server);
    let gone = format!("http://{address}/messages");
    let arguments = ["chain", "certify", "--role", "intermediary", "--endpoint"];
    let arguments = arguments
        .into_iter()
        .chain([gone.as_str(), "--parties", "parties"]);
    let run = riktig(folder, arguments).failed();
    assert!(run.stdout.contains("no answer"), "{}", run.seen());
}

#[test]
fn a_demonstration_runs_the_links_as_processes_and_ends_them() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["chain", "demo", "--dir", "chain", "--no-serve"];
    let run = riktig(folder.path(), arguments).succeeded();
    let said = [
        "M1, phenoxymethylpenicillin with R75: taken",
        "M1, phenoxymethylpenicillin without a diagnosis: refused: X99 RIKTIG-C01",
        "M1, simvastatin with R75: taken",
        "M9.1, the patient's list: 1 prescriptions",
        "reason of treatment R75, signature holds",
        "M10, one pack dispensed: taken",
        "M10 with the signed M1: taken",
        "M8.1 with the signed M1: taken",
    ];
    for line in said {
        assert!(run.stdout.contains(line), "{line}: {}", run.seen());
    }
}
