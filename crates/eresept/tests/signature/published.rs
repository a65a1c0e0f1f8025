//! Signed examples that the authorities publish; they are not part of the project.

use std::path::{Path, PathBuf};

use riktig_eresept::signature::{Holder, SignatureFault, Strength, Trust, inspect, verify};

use crate::day;
use crate::second_opinion::xmlsec1_verifies;

fn examples() -> Vec<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("RIKTIG_SHARED").map_or_else(beside, PathBuf::from);
    let mut found = Vec::new();
    walk(&shared.join("interop/sarepta/eksempel/eresept"), &mut found);
    if found.is_empty() {
        println!(
            "skipped: no interop/sarepta/eksempel/eresept; set RIKTIG_SHARED to the folder that holds it"
        );
    }
    found.sort();
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|it| it == "xml")
            && std::fs::read(&path).is_ok_and(|it| it.windows(11).any(|it| it == b"X509Certifi"))
        {
            found.push(path);
        }
    }
}

/// Most were laid out anew after they were signed, so they are changed messages: for us and for `xmlsec1`.
#[test]
fn a_published_example_is_unchanged_for_us_exactly_when_it_is_for_xmlsec1() {
    let mut unchanged = 0;
    for path in examples() {
        let bytes = std::fs::read(&path).unwrap();
        let ours = inspect(&bytes);
        match &ours {
            Ok(found) => {
                unchanged += 1;
                assert_eq!(found.strength, Strength::Legacy, "{}", path.display());
                assert!(matches!(found.claimed.holder, Holder::Organisation { .. }));
            }
            Err(fault) => {
                assert_eq!(*fault, SignatureFault::Changed, "{}", path.display());
            }
        }
        if let Some(theirs) = xmlsec1_verifies(&bytes, None) {
            assert_eq!(ours.is_ok(), theirs, "{}", path.display());
        }
    }
    println!("unchanged: {unchanged}");
}

#[test]
fn a_published_example_of_the_old_kind_is_refused_unless_legacy_is_taken_and_then_for_its_authority()
 {
    for path in examples() {
        let bytes = std::fs::read(&path).unwrap();
        if inspect(&bytes).is_err() {
            continue;
        }
        let nobody = Trust::new(&[]).unwrap();
        let at = day("2020-02-01");
        assert_eq!(verify(&bytes, &nobody, at), Err(SignatureFault::Legacy));
        let nobody = nobody.taking_legacy();
        assert_eq!(verify(&bytes, &nobody, at), Err(SignatureFault::Foreign));
    }
}
