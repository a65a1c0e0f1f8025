//! Whoever keeps the portal running: makes the journal, appoints, backs up, restores, checks the log, starts and stops.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use riktig_codes::{Day, NationalId, Sex};

use crate::riktig::{command, fed, riktig};

/// A configuration for this folder whose journal is in `journal`.
fn configure(folder: &Path, name: &str, journal: &str) {
    let text = format!(
        "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1:8080\"\n\
         [journal]\nurl = \"sqlite:{journal}\"\nkeys_file = \"journal.keys\"\n[editions]\nfolder = \".\"\n"
    );
    fs::write(folder.join(name), text).unwrap();
}

/// A new journal with one operator.
fn with_an_operator(folder: &Path) {
    configure(folder, "riktig.toml", "journal.db");
    riktig(folder, ["migrate", "--config", "riktig.toml"]).succeeded();
    let birth = Day::from_ymd(1970, 1, 15).unwrap();
    let pid = NationalId::synthetic_tenor(birth, Sex::Female, 1).unwrap();
    let digits = String::from_utf8(pid.reveal_digits().to_vec()).unwrap();
    let arguments = [
        "appoint",
        "--config",
        "riktig.toml",
        "--reason",
        "letter of 3 March",
    ];
    let run = fed(&mut command(folder, arguments), &digits).succeeded();
    assert!(!run.seen().contains(&digits), "{}", run.seen());
}

/// The line that is kept apart from the journal.
fn anchor(printed: &str) -> &str {
    let mut lines = printed.lines().map(str::trim);
    lines
        .find(|line| line.starts_with("riktig-anchor-1 "))
        .expect("a back-up prints an anchor")
}

#[test]
fn a_back_up_comes_back_whole_in_another_journal_and_the_anchor_holds_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_an_operator(folder);
    let arguments = ["backup", "--config", "riktig.toml", "--out", "kept.backup"];
    let told = riktig(folder, arguments).succeeded().stdout;
    configure(folder, "again.toml", "again.db");
    riktig(folder, ["restore", "kept.backup", "--config", "again.toml"]).succeeded();
    for config in ["riktig.toml", "again.toml"] {
        let run = riktig(
            folder,
            ["verify", "--config", config, "--anchor", anchor(&told)],
        );
        let run = run.succeeded();
        assert!(
            run.stdout.contains("whole") && !run.stdout.contains("without an anchor"),
            "{}",
            run.seen()
        );
    }
}

#[test]
fn a_back_up_is_not_restored_over_a_journal_that_holds_something() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_an_operator(folder);
    riktig(
        folder,
        ["backup", "--config", "riktig.toml", "--out", "kept.backup"],
    )
    .succeeded();
    let run = riktig(
        folder,
        ["restore", "kept.backup", "--config", "riktig.toml"],
    )
    .failed();
    assert!(run.stderr.contains("hint: "), "{}", run.seen());
}

#[test]
fn a_back_up_that_was_changed_is_refused_and_the_new_journal_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_an_operator(folder);
    riktig(
        folder,
        ["backup", "--config", "riktig.toml", "--out", "kept.backup"],
    )
    .succeeded();
    let mut bytes = fs::read(folder.join("kept.backup")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(folder.join("changed.backup"), bytes).unwrap();
    configure(folder, "again.toml", "again.db");
    riktig(
        folder,
        ["restore", "changed.backup", "--config", "again.toml"],
    )
    .failed();
    riktig(folder, ["restore", "kept.backup", "--config", "again.toml"]).succeeded();
}

#[test]
fn a_log_that_was_cut_off_after_the_anchor_was_kept_does_not_verify() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_an_operator(folder);
    let arguments = ["backup", "--config", "riktig.toml", "--out", "kept.backup"];
    let told = riktig(folder, arguments).succeeded().stdout;
    // Another journal under the same keys, in which nothing happened: what is left when the log is emptied.
    configure(folder, "cut.toml", "cut.db");
    riktig(folder, ["migrate", "--config", "cut.toml"]).succeeded();
    riktig(
        folder,
        ["verify", "--config", "cut.toml", "--anchor", anchor(&told)],
    )
    .failed();
}

/// A server that does not outlive its test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill(); // it may have ended
        let _ = self.0.wait();
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_portal_without_an_edition_lives_says_what_it_lacks_and_stops_well_when_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_an_operator(folder);
    let mut server = Server(
        command(folder, ["serve", "--config", "riktig.toml"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut lines = BufReader::new(server.0.stderr.take().unwrap()).lines();
    let line = lines
        .by_ref()
        .map_while(Result::ok)
        .find(|line| line.contains("\"listening\""));
    let line: serde_json::Value = serde_json::from_str(&line.expect("it tells where")).unwrap();
    let address = line["address"].as_str().unwrap();
    let live = get(address, "/health/live");
    assert!(live.starts_with("HTTP/1.1 200"), "{live}");
    let ready = get(address, "/health/ready");
    assert!(
        ready.starts_with("HTTP/1.1 503") && ready.contains("no edition is open"),
        "{ready}"
    );
    let asked = Command::new("kill")
        .args(["-TERM", &server.0.id().to_string()])
        .status();
    assert!(asked.unwrap().success());
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    assert!(server.0.wait().unwrap().success(), "{rest:?}");
}

#[test]
fn the_register_of_guardians_is_taken_whole_or_not_at_all_and_an_error_names_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    configure(folder, "riktig.toml", "journal.db");
    riktig(folder, ["migrate", "--config", "riktig.toml"]).succeeded();
    let number = |year, serial| {
        let birth = Day::from_ymd(year, 1, 15).unwrap();
        let pid = NationalId::synthetic_tenor(birth, Sex::Female, serial).unwrap();
        String::from_utf8(pid.reveal_digits().to_vec()).unwrap()
    };
    let (child, mother) = (number(2018, 1), number(1985, 2));
    let good = format!("ward;guardian;kind\n{child};{mother};parent\n");
    fs::write(folder.join("good.csv"), &good).unwrap();
    fs::write(
        folder.join("bad.csv"),
        format!("{good}{child};{mother};aunt\n"),
    )
    .unwrap();
    let guardians = |file| {
        let arguments = ["chain", "guardians", file, "--config", "riktig.toml"];
        riktig(folder, arguments)
    };
    let taken = guardians("good.csv").succeeded();
    assert_eq!(taken.stdout, "1 parents and guardians are in the journal\n");
    let refused = guardians("bad.csv").failed();
    assert!(refused.stderr.contains("line 3"), "{}", refused.seen());
    assert!(!refused.seen().contains(&mother), "{}", refused.seen());
}
