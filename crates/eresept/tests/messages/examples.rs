//! The official examples, through the reader and the writer.

use riktig_eresept::xml::Document;

use crate::national;

#[test]
fn every_official_example_is_written_again_with_the_same_canonical_form() {
    let Some(interop) = national::interop() else {
        return;
    };
    let mut files = national::xml_files(&interop.join("sarepta/eksempel"));
    files.extend(national::xml_files(&interop.join("constructed")));
    files.extend(national::xml_files(&interop.join("nilar")));
    assert!(
        files.len() >= 80,
        "only {} examples were found",
        files.len()
    );
    let compare = national::has_xmllint();
    let mut broken = Vec::new();
    for file in &files {
        let bytes = std::fs::read(file).expect("an example");
        let read = match Document::read(&bytes) {
            Ok(read) => read,
            Err(fault) => {
                broken.push(format!("{}: {fault}", file.display()));
                continue;
            }
        };
        let written = read.write();
        assert_eq!(
            without_lines(&Document::read(&written).unwrap()),
            without_lines(&read)
        );
        if compare && national::canonical(&bytes) != national::canonical(&written) {
            broken.push(format!("{}: another canonical form", file.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    println!("{} examples written again", files.len());
}

/// Lines move when white space inside tags does.
fn without_lines(document: &Document) -> Vec<u8> {
    document.write()
}
