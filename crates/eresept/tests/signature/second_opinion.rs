//! The same questions asked of Debian's `xmlsec1` and `xmllint` over many documents.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

/// Whether `xmlsec1` says that a message is unchanged since it was signed, by a certificate under `authority` (DER) or by
/// anybody; `None`, with one line, where it is not installed.
pub(crate) fn xmlsec1_verifies(message: &[u8], authority: Option<&[u8]>) -> Option<bool> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("message.xml");
    std::fs::write(&path, message).unwrap();
    let trusted = folder.path().join("authority.der");
    let mut arguments: Vec<&OsStr> = vec!["--verify".as_ref()];
    match authority {
        Some(authority) => {
            std::fs::write(&trusted, authority).unwrap();
            arguments.extend([
                "--trusted-der".as_ref(),
                trusted.as_os_str(),
                "--verification-gmt-time".as_ref(),
                "2026-03-01 12:00:00".as_ref(),
            ]);
        }
        None => arguments.push("--insecure".as_ref()),
    }
    arguments.push(path.as_os_str());
    run("xmlsec1", &arguments).map(|it| it.0)
}

/// Runs a program of Debian's; `None`, with one line, where it is not installed.
fn run(program: &str, arguments: &[&OsStr]) -> Option<(bool, Vec<u8>)> {
    let done = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match done {
        Ok(output) => Some((output.status.success(), output.stdout)),
        Err(_) => {
            println!("skipped: {program} is not installed (apt install xmlsec1 libxml2-utils)");
            None
        }
    }
}
