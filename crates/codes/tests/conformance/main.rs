//! Our types and tables beside data that others published. The data is not part of the project: it is looked for in
//! `../shared` beside the workspace (or in the folder that `RIKTIG_SHARED` names), and a test says when it is not there.

mod fest_files;
mod tables;
mod terminologies;

use std::path::PathBuf;

/// The path inside the folder of conformance data, if it exists.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("RIKTIG_SHARED").map_or_else(beside, PathBuf::from);
    let found = folder.join(path);
    if found.exists() {
        return Some(found);
    }
    println!(
        "skipped: no conformance data at {path}; set RIKTIG_SHARED to the folder that holds it"
    );
    None
}

/// The text of a file of conformance data, if it exists.
fn shared_text(path: &str) -> Option<String> {
    let path = shared(path)?;
    Some(
        std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
}
