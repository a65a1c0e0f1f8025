//! A vendor of a record system, who holds their own messages against `riktig message`.

use std::path::Path;

use crate::riktig::riktig;

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
        failed.stdout.contains("DOCTYPE") && failed.stderr.contains("2 of 3 messages"),
        "{}",
        failed.seen()
    );
    message(folder.path(), &["check", "own.xml"]).succeeded();
}
