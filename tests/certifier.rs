//! Whoever runs an intermediary and wants to know whether it does what it must.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Stdio};

use riktig_lake::edition::Edition;

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

/// What every role of the parties is begun with; port 0.
fn serve(folder: &Path, role: &str, authority: &str, more: &[&str]) -> Served {
    let journal = format!("sqlite:{role}.db");
    let arguments = [
        "chain",
        "serve",
        "--role",
        role,
        "--journal",
        &journal,
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
    let mut command = command(folder, arguments.iter().chain(more));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
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

fn intermediary(folder: &Path, authority: &str) -> Served {
    serve(folder, "intermediary", authority, &[])
}

/// A port that is free now.
fn free() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("it has one").to_string()
}

/// Certifies a system that begins messages itself: what it is to do goes from the one process to the other.
fn certify_acting(folder: &Path, system: &mut Served, arguments: &[&str]) -> (bool, String) {
    let certify = [
        "chain",
        "certify",
        "--parties",
        "parties",
        "--acts",
        "--quiet",
        "3",
        "--wait",
        "60",
    ];
    let mut command = command(folder, certify.iter().chain(arguments));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary can be started");
    let mut acts = system.child.stdin.take().expect("it was asked for");
    let told = BufReader::new(child.stdout.take().expect("it was asked for"));
    let mut said = String::new();
    for line in told.lines() {
        let line = line.expect("it is text");
        if line.starts_with('{') {
            writeln!(acts, "{line}").expect("the system is there");
        }
        said += &format!("{line}\n");
    }
    (child.wait().expect("it ends").success(), said)
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
        run.stdout.contains(" 0 failed, 1 told, 2 not tried"),
        "{}",
        run.seen()
    );
    drop(server);

    let server = intermediary(folder, "parties/authority.der");
    let run = certify(folder, &server, &["--json"]).succeeded();
    let checks: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let checks = checks.as_array().unwrap();
    let passed = checks.iter().filter(|check| check["verdict"] == "passed");
    assert_eq!(passed.count(), checks.len() - 3, "{}", run.stdout);
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
    assert!(run.stdout.is_empty(), "{}", run.seen());
    for said in ["error: no answer from http://", "hint: start the system"] {
        assert!(run.stderr.contains(said), "{said}: {}", run.seen());
    }
}

#[test]
fn a_registry_is_served_and_certified() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    let server = serve(folder, "registry", "parties/authority.der", &[]);
    let endpoint = format!("http://{}/messages", server.address);
    let certify = [
        "chain",
        "certify",
        "--role",
        "registry",
        "--parties",
        "parties",
        "--endpoint",
    ];
    let arguments = certify.into_iter().chain([endpoint.as_str()]);
    let run = riktig(folder, arguments).succeeded();
    assert!(run.stdout.contains(" 0 failed, 0 told"), "{}", run.seen());
}

#[test]
fn a_prescriber_and_a_pharmacy_are_served_and_certified_step_by_step() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    let keys = std::fs::read_dir(folder.join("parties/doctors")).unwrap();
    let mut names: Vec<_> = keys.map(|it| it.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        ["9144897.cer", "9144897.key"],
        "as a portal reads them"
    );

    let (door, registry) = (free(), free());
    let to = format!("intermediary=http://{door}/messages");
    let surgery = [
        "--signing-keys",
        "parties/doctors",
        "--name",
        "Surgery",
        "--her",
        "8095068",
        "--intermediary",
        "915933149",
        "--deliver",
        &to,
    ];
    let mut system = serve(folder, "prescriber", "parties/authority.der", &surgery);
    let endpoint = format!("http://{}/messages", system.address);
    let arguments = [
        "--role",
        "prescriber",
        "--listen",
        &door,
        "--endpoint",
        &endpoint,
    ];
    let (passed, said) = certify_acting(folder, &mut system, &arguments);
    assert!(passed && said.contains(" 0 failed"), "{said}");

    let of_registry = format!("registry=http://{registry}/messages");
    let pharmacy = [
        "--signing-key",
        "parties/pharmacy.key",
        "--certificate",
        "parties/pharmacy.cer",
        "--name",
        "Pharmacy",
        "--her",
        "80625",
        "--organisation",
        "974760673",
        "--intermediary",
        "915933149",
        "--deliver",
        &to,
        "--deliver",
        &of_registry,
    ];
    let mut system = serve(folder, "pharmacy", "parties/authority.der", &pharmacy);
    let arguments = [
        "--role",
        "pharmacy",
        "--listen",
        &door,
        "--listen-registry",
        &registry,
    ];
    let (passed, said) = certify_acting(folder, &mut system, &arguments);
    assert!(passed && said.contains(" 0 failed"), "{said}");
}

#[test]
fn an_intermediary_with_a_list_of_codes_refuses_what_is_not_on_it_and_a_list_that_is_none_is_named()
{
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    std::fs::write(folder.join("icpc2.csv"), "R76;tonsillitis\n").unwrap();
    let listed = ["--icpc2", "icpc2.csv"];
    let server = serve(folder, "intermediary", "parties/authority.der", &listed);
    let run = certify(folder, &server, &[]).failed();
    assert!(run.stdout.contains("RIKTIG-C04"), "{}", run.seen());
    drop(server);
    std::fs::write(folder.join("icpc2.csv"), "sinusitis\n").unwrap();
    let wrong = "chain serve --role intermediary --journal sqlite:x.db --keys parties/journal.keys \
        --authority parties/authority.der --test-authorities --listen 127.0.0.1:0 --icpc2 icpc2.csv";
    let run = riktig(folder, wrong.split_whitespace()).failed();
    assert!(run.stderr.contains("line 1"), "{}", run.seen());
    std::fs::write(folder.join("fest.xml"), "<nothing/>").unwrap();
    let wrong = wrong.replace("--icpc2 icpc2.csv", "--fest missing.xml");
    let run = riktig(folder, wrong.split_whitespace()).failed();
    assert!(run.stderr.contains("cannot read FEST"), "{}", run.seen());
}

#[test]
fn what_a_role_cannot_be_begun_with_is_named_with_its_option_file_line_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken
        .local_addr()
        .map(|it| (it, taken))
        .expect("it has one");
    std::fs::write(folder.join("wrong.csv"), "hpr;right\n9144897;some\n").unwrap();
    let begun = |more: &str| {
        let begin =
            "chain serve --role intermediary --journal sqlite:x.db --keys parties/journal.keys";
        let arguments = format!("{begin} {more}");
        let run = riktig(folder, arguments.split_whitespace()).failed();
        run.stderr
    };
    let believed = "--authority parties/authority.der --test-authorities";
    let port = format!("{believed} --listen {}", taken.0);
    let cases = [
        (
            "--authority parties/authority.der".to_owned(),
            "--authority \"parties/authority.der\" is a test authority",
            "hint: add --test-authorities",
        ),
        (
            "--authority wrong.csv".to_owned(),
            "cannot read --authority \"wrong.csv\" as a certificate",
            "hint: give an X.509 certificate as DER",
        ),
        (
            "--authority parties/pharmacy.cer --test-authorities".to_owned(),
            "--authority \"parties/pharmacy.cer\" is not the certificate of an authority",
            "hint: name the certificate of the authority that issued it",
        ),
        (
            format!("{believed} --prescribers wrong.csv"),
            "cannot use --prescribers \"wrong.csv\"",
            "line 2: write HPR number",
        ),
        (
            format!("{believed} --pharmacies wrong.csv"),
            "cannot use --pharmacies \"wrong.csv\"",
            "line 1: write her;organisation",
        ),
        (
            format!("{believed} --prescribers nowhere.csv"),
            "cannot read --prescribers \"nowhere.csv\"",
            "hint: name a file",
        ),
        (
            port,
            "cannot listen on 127.0.0.1:",
            "name another with --listen",
        ),
    ];
    for (arguments, error, remedy) in cases {
        let said = begun(&arguments);
        assert!(
            said.contains(error) && said.contains(remedy),
            "{arguments}: {said}"
        );
    }
}

#[test]
fn a_journal_is_not_opened_with_the_keys_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    riktig(folder, ["chain", "keys", "--dir", "parties"]).succeeded();
    riktig(folder, ["chain", "keys", "--dir", "others"]).succeeded();
    drop(intermediary(folder, "parties/authority.der"));
    let serve = "chain serve --role intermediary --listen 127.0.0.1:0";
    for begin in [
        serve,
        "chain deliver --months 2026-01..2026-01 --out reports.csv",
    ] {
        let arguments = format!(
            "{begin} --journal sqlite:intermediary.db --keys others/journal.keys --authority parties/authority.der --test-authorities"
        );
        let run = riktig(folder, arguments.split_whitespace()).failed();
        let error = "it was not written with the keys of \"others/journal.keys\"";
        let remedy =
            "hint: nothing was written; name the file of keys that belongs to this journal";
        let told = run.stderr.contains(error) && run.stderr.contains(remedy);
        assert!(told, "{}", run.seen());
    }
    drop(intermediary(folder, "parties/authority.der"));
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
        "M6: the doctor sees that it was dispensed on",
        "linked by diagnosis",
    ];
    for line in said {
        assert!(run.stdout.contains(line), "{line}: {}", run.seen());
    }
    let linked = |edition: &str| {
        let edition = Edition::open(&folder.path().join("chain").join(edition)).unwrap();
        edition.meta().linkage.by_prescription
    };
    assert_eq!(linked("edition"), linked("edition-without") + 1);
}
