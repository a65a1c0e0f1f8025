//! The national schemas and examples, and `xmllint`, which knows nothing of Riktig.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder with schemas and examples; says when it is not there.
pub(crate) fn interop() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("RIKTIG_SHARED").map_or_else(beside, PathBuf::from);
    let interop = shared.join("interop");
    if interop.is_dir() {
        return Some(interop);
    }
    println!("not compared: the national schemas and examples are not in RIKTIG_SHARED");
    None
}

/// Whether `xmllint` runs; says when it does not.
pub(crate) fn has_xmllint() -> bool {
    let runs = Command::new("xmllint")
        .arg("--version")
        .stderr(Stdio::null())
        .status();
    if runs.is_ok_and(|status| status.success()) {
        return true;
    }
    println!("not compared: xmllint is not installed (Debian: libxml2-utils)");
    false
}

/// Every XML file below a folder.
pub(crate) fn xml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of examples") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(xml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The inclusive canonical form as `xmllint` makes it.
pub(crate) fn canonical(bytes: &[u8]) -> Result<Vec<u8>, String> {
    xmllint(&["--nonet", "--c14n", "-"], bytes)
}

/// Holds a document against a schema.
pub(crate) fn validate(bytes: &[u8], schema: &Path) -> Result<(), String> {
    let schema = schema.to_str().expect("a path in UTF-8");
    xmllint(&["--nonet", "--noout", "--schema", schema, "-"], bytes).map(|_out| ())
}

fn xmllint(arguments: &[&str], bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut child = Command::new("xmllint")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("has_xmllint was asked before");
    let mut input = child.stdin.take().expect("its input is a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // It may stop reading at a fault; what it says then is what counts.
            let _closed_early = input.write_all(bytes);
        });
        let output = child.wait_with_output().expect("xmllint ends");
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    })
}
