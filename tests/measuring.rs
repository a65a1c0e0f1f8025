//! Somebody who wants to know what it costs, and that a benchmark measures the same work.

use std::fs;
use std::path::Path;

use crate::riktig::riktig;

#[test]
fn a_build_from_the_deliveries_themselves_gives_the_edition_of_the_lake() {
    let folder = tempfile::tempdir().unwrap();
    let simulate = "simulate --inhabitants 3000 --from 2024-01 --months 4 --format parquet --seed 3 \
                    --diagnosis-share 0.5 --out country";
    riktig(folder.path(), simulate.split(' ')).succeeded();
    // Claim messages are XML: contacts that no Parquet file has.
    for entry in fs::read_dir(folder.path().join("country")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "xml") {
            fs::remove_file(path).unwrap();
        }
    }
    riktig(folder.path(), ["intake", "country", "--lake", "lake"]).succeeded();
    let build = "build --lake lake --period 2024-02..2024-03 --out";
    riktig(folder.path(), build.split(' ').chain(["from-lake"])).succeeded();
    let raw = ["from-deliveries", "--deliveries", "country"];
    riktig(folder.path(), build.split(' ').chain(raw)).succeeded();
    assert_eq!(
        files(&folder.path().join("from-lake")),
        files(&folder.path().join("from-deliveries"))
    );
}

/// Every file of an edition with its bytes.
fn files(edition: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(edition)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_benchmark_tells_what_every_step_cost() {
    let folder = tempfile::tempdir().unwrap();
    let bench = "bench intake-month --scale 0.0005 --dir figures";
    riktig(folder.path(), bench.split(' ')).succeeded();
    let figures = fs::read_to_string(folder.path().join("figures/figures.json")).unwrap();
    for step in ["simulate", "intake of a month"] {
        assert!(
            figures.contains(&format!("\"step\": \"{step}\"")),
            "{step} is missing in {figures}"
        );
    }
}
