//! A vendor of a record system, who asks for advice as `docs/reference/hooks.md` shows it, prescribes as `docs/reference/prescribing.md` does, and
//! holds their own messages against `riktig message`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::riktig::{command, riktig};
use crate::visitor::Running;

/// Where the chapter has the demo.
const SHOWN: &str = "http://127.0.0.1:8080";

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What stands in the blocks marked `sh` of a chapter for vendors, as one script.
fn commands(page: &str, chapter: &str) -> String {
    let page = std::fs::read_to_string(project().join("docs/reference").join(page));
    let page = page.expect("the page is there");
    let (_, chapter) = page
        .split_once(&format!("\n## {chapter}\n"))
        .expect("the chapter is there");
    let chapter = chapter.split("\n## ").next().unwrap_or_default();
    let blocks = chapter.split("```sh\n").skip(1);
    blocks
        .filter_map(|it| it.split("```").next())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A folder with the examples where the chapter has them.
fn folder_with_examples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for examples in ["docs/examples/hooks", "docs/examples/prescribing"] {
        std::fs::create_dir_all(folder.path().join(examples)).expect("it is made");
        for file in std::fs::read_dir(project().join(examples)).expect("they are there") {
            let file = file.expect("it can be listed");
            let copy = folder.path().join(examples).join(file.file_name());
            std::fs::copy(file.path(), copy).expect("it is copied");
        }
    }
    folder
}

#[test]
fn every_command_of_a_vendors_first_call_and_prescription_runs_and_is_answered_as_the_example_says()
{
    let has = |program: &str| {
        let mut asked = Command::new(program);
        asked.arg("--version").stdout(Stdio::null());
        asked.status().is_ok_and(|it| it.success())
    };
    if !has("bash") || !has("curl") {
        println!("skipped: a vendor's first call needs bash and curl");
        return;
    }
    let folder = folder_with_examples();
    let arguments = "demo --inhabitants 2000 --dir tiny --port 0 --at 2026-12-01T09:00:00Z";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let demo = Running::start(folder.path(), &arguments);
    let here = format!("http://{}", demo.address);
    for script in [
        commands("hooks.md", "Your first call"),
        commands("prescribing.md", "Your first prescription"),
    ] {
        assert!(script.starts_with(&format!("RIKTIG={SHOWN}\n")), "{script}");
        let ran = Command::new("bash")
            .args(["-euxo", "pipefail", "-c", &script.replace(SHOWN, &here)])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("bash can be started");
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{told}");
    }
    // Links are made of the address that was asked for: port 0.
    let read = |file: &str| -> Value {
        let text = std::fs::read_to_string(folder.path().join(file)).expect("it was written");
        let text = text.replace("http://127.0.0.1:0/", &format!("{SHOWN}/"));
        serde_json::from_str(&text).expect("JSON")
    };
    // The words under a card follow the guideline's content, its names the server's key; everything else is as the example shows it.
    let comparable = |mut answer: Value| {
        for card in answer["cards"].as_array_mut().expect("a list") {
            let detail = card.as_object_mut().expect("a card").remove("detail");
            assert!(detail.is_some_and(|it| it.to_string().contains("fenoksymetylpenicillin")));
            let named = std::iter::once("/uuid".to_owned())
                .chain((0..).map(|number| format!("/suggestions/{number}/uuid")));
            for place in named {
                let Some(name) = card.pointer_mut(&place) else {
                    break;
                };
                assert_eq!(name.take().as_str().map(str::len), Some(36), "{place}");
            }
        }
        answer
    };
    let shown = read("docs/examples/hooks/order-sign.response.json");
    assert_eq!(comparable(read("answer.json")), comparable(shown));
}

/// An envelope without its parts, an M1's number in an old form, and something that no schema has.
const HALF_A_MESSAGE: &str = "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\">\n  <MsgInfo>\n    \
    <Type V=\"ERM1\"/>\n    <Unheard xmlns=\"urn:vendor\">of 13097248022</Unheard>\n  </MsgInfo>\n</MsgHead>\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("it is written")
    };
    write("half.xml", HALF_A_MESSAGE);
    write(
        "own.xml",
        "<Own xmlns=\"urn:vendor\"><Fnr>13097248022</Fnr></Own>",
    );
    write("bomb.xml", "<!DOCTYPE a [<!ENTITY b \"bb\">]>\n<a>&b;</a>");
    folder
}

fn message(folder: &Path, arguments: &[&str]) -> crate::riktig::Run {
    riktig(folder, ["message"].iter().chain(arguments))
}

#[test]
fn a_message_is_shown_with_what_nobody_has_heard_of_and_without_who_it_is_about() {
    let folder = folder();
    let shown = message(folder.path(), &["show", "half.xml", "own.xml"])
        .succeeded()
        .stdout;
    assert!(
        shown.contains("\"Unheard\"") && shown.contains("of (11 digits)"),
        "{shown}"
    );
    assert!(
        shown.contains("\"Fnr\": \"(withheld)\"") && !shown.contains("13097248022"),
        "{shown}"
    );
    let open = message(folder.path(), &["show", "--identities", "own.xml"])
        .succeeded()
        .stdout;
    assert!(open.contains("13097248022"), "{open}");
}

#[test]
fn a_fault_is_named_with_its_line_and_remedy_and_ends_with_status_1() {
    let folder = folder();
    let failed = message(folder.path(), &["check", "half.xml", "own.xml", "bomb.xml"]).failed();
    assert!(
        failed
            .stdout
            .contains("FAULT line 2, MsgInfo/GenDate: the element is missing; write what"),
        "{}",
        failed.seen()
    );
    assert!(
        failed.stdout.contains("DOCTYPE") && failed.stderr.contains("3 of 3 messages"),
        "{}",
        failed.seen()
    );
    let own = "own.xml (no envelope): 1 faults, 0 notes; signature not checked";
    assert!(failed.stdout.contains(own), "{}", failed.seen());
}

#[test]
fn a_vendor_hears_whether_a_signature_holds_and_with_which_code_a_message_is_refused() {
    let folder = folder();
    let folder = folder.path();
    message(folder, &["example", "--dir", "ex"]).succeeded();
    let alone = message(folder, &["check", "ex/M1.xml"]).succeeded();
    assert!(
        alone
            .stdout
            .contains("(ERM1): 0 faults, 0 notes; signature not checked"),
        "{}",
        alone.seen()
    );
    let believed = ["--authority", "ex/authority.der", "--test-authorities"];
    let files = ["check", "ex/M1.xml", "ex/M10-registry.xml", "ex/M9.4.xml"];
    let holds = message(folder, &[&files[..], &believed].concat()).succeeded();
    assert_eq!(
        holds
            .stdout
            .matches("0 faults, 0 notes; signature holds")
            .count(),
        3,
        "{}",
        holds.seen()
    );
    let real = message(
        folder,
        &["check", "ex/M1.xml", "--authority", "ex/authority.der"],
    )
    .failed();
    assert!(
        real.stderr.contains("is a test authority")
            && real.stderr.contains("add --test-authorities"),
        "{}",
        real.seen()
    );
    let m1 = std::fs::read_to_string(folder.join("ex/M1.xml")).expect("an example");
    let less = m1.replacen("<Antall>1<", "<Antall>-1<", 1);
    std::fs::write(folder.join("less.xml"), less).expect("it is written");
    let refused = message(folder, &[&["check", "less.xml"], &believed[..]].concat()).failed();
    for said in [
        "2 faults, 0 notes; signature does not hold",
        "FAULT RIKTIG-C20/T99 line ",
        "Resept/ReseptDokLegemiddel/Antall",
        "FAULT RIKTIG-I01/S01 line ",
    ] {
        assert!(refused.stdout.contains(said), "{said}: {}", refused.seen());
    }
}

#[test]
fn a_reader_that_goes_away_ends_a_verb_without_a_failure() {
    let folder = folder();
    for arguments in [
        &["chain", "keys", "--dir", "parties"][..],
        &["message", "example", "--dir", "ex"],
        &["message", "show", "own.xml"],
        &["stats", "--help"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut gone = command(folder.path(), arguments);
        let ended = gone.stdout(writer).output().expect("it can be started");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(
            ended.status.success() && !said.contains("panicked"),
            "{arguments:?}: {said}"
        );
    }
}

#[test]
fn an_example_says_no_name_of_a_code_and_no_other_illness_than_asked_for() {
    let folder = folder();
    let m1 = message(folder.path(), &["example", "M1", "--diagnosis", "U71"]).succeeded();
    assert!(!m1.stdout.contains("bihule"), "{}", m1.stdout);
    std::fs::write(folder.path().join("m1.xml"), &m1.stdout).expect("it is written");
    let shown = message(folder.path(), &["show", "m1.xml"])
        .succeeded()
        .stdout;
    let diagnosis = shown.split("\"Diagnose\"").nth(1).expect("it is shown");
    let diagnosis = &diagnosis[..diagnosis.find('}').expect("it ends")];
    assert!(
        diagnosis.contains("\"@V\": \"U71\"") && !diagnosis.contains("@DN"),
        "{diagnosis}"
    );
}
