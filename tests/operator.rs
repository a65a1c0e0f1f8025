//! An operator who takes deliveries in and builds: what was planted is found, and nothing is lost.

use std::collections::BTreeMap;
use std::fs;

use riktig_lake::store::{Dataset, DeliveryRecord, Lake};
use riktig_nation::truth::DeliveryTruth;

use crate::country::{country, tree};
use crate::riktig::riktig;

/// Files that became deliveries: not a second sending of the same bytes.
fn taken(truth: &[DeliveryTruth]) -> impl Iterator<Item = &DeliveryTruth> {
    truth.iter().filter(|delivery| delivery.copy_of.is_none())
}

/// By file name: a claim message has no delivery id of its own.
fn record_of<'a>(lake: &'a Lake, delivery: &DeliveryTruth) -> &'a DeliveryRecord {
    let mut records = lake.manifest().deliveries.iter();
    records
        .find(|record| record.file_name == delivery.file)
        .expect("it was taken in")
}

#[test]
fn every_row_of_every_file_is_accounted_for() {
    let (truth, lake) = (country().truth(), country().lake());
    assert_eq!(
        taken(&truth.deliveries).count(),
        lake.manifest().deliveries.len()
    );
    for delivery in taken(&truth.deliveries) {
        let record = record_of(&lake, delivery);
        assert!(record.counts.add_up(), "{record:?}");
        assert_eq!(record.counts.rows, delivery.rows, "{}", delivery.file);
    }
}

#[test]
fn every_dirty_row_is_refused_for_its_reason_with_its_line_and_no_other_row_is() {
    let (truth, lake) = (country().truth(), country().lake());
    let mut reasons = BTreeMap::new();
    for delivery in taken(&truth.deliveries) {
        let record = record_of(&lake, delivery);
        let mut planted: Vec<(u64, &str)> = delivery
            .dirty
            .iter()
            .map(|row| (row.line, row.reason.as_str()))
            .collect();
        planted.sort_unstable();
        let list = record
            .refusals
            .as_ref()
            .map(|file| fs::read_to_string(lake.path_of(file)).expect("listed"));
        let list = list.unwrap_or_default();
        let mut refused: Vec<(u64, &str)> = list
            .lines()
            .skip(1)
            .map(|line| {
                let mut fields = line.split(';');
                (
                    fields.next().unwrap().parse().unwrap(),
                    fields.next().unwrap(),
                )
            })
            .collect();
        refused.sort_unstable();
        assert_eq!(refused, planted, "{}", delivery.file);
        for (_, reason) in planted {
            *reasons.entry(reason.to_owned()).or_insert(0) += 1;
        }
    }
    assert!(
        reasons.len() >= 12,
        "twelve kinds of dirty rows are planted: {reasons:?}"
    );
}

#[test]
fn the_same_file_twice_is_one_delivery() {
    let truth = country().truth();
    let copy = truth
        .deliveries
        .iter()
        .find(|delivery| delivery.copy_of.is_some())
        .expect("one is planted");
    let before = tree(&country().part("lake"));
    let file = format!("demo/country/{}", copy.file);
    let run = riktig(country().folder(), ["intake", &file, "--lake", "demo/lake"]).succeeded();
    assert!(
        run.stdout.contains("is in the lake already"),
        "{}",
        run.seen()
    );
    assert!(
        before == tree(&country().part("lake")),
        "the lake was changed"
    );
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let (truth, lake) = (country().truth(), country().lake());
    let correction = truth
        .deliveries
        .iter()
        .find(|delivery| delivery.corrects.is_some())
        .expect("one is planted");
    let corrected = correction.corrects.as_deref().unwrap();
    let record = lake
        .manifest()
        .delivery(corrected)
        .expect("its record stays");
    assert_eq!(record.replaced_by.as_ref(), Some(&correction.delivery));
    assert!(
        lake.manifest()
            .segments
            .iter()
            .all(|segment| segment.delivery != corrected)
    );
}

#[test]
fn cancelled_antibiotics_are_gone_and_the_others_are_all_there() {
    let (truth, lake) = (country().truth(), country().lake());
    let replaced: Vec<&str> = truth
        .deliveries
        .iter()
        .filter_map(|delivery| delivery.corrects.as_deref())
        .collect();
    let expected: u64 = taken(&truth.deliveries)
        .filter(|delivery| !replaced.contains(&delivery.delivery.as_str()))
        .map(|delivery| delivery.antibiotics - delivery.antibiotics_cancelled)
        .sum();
    let kept: u64 = lake
        .manifest()
        .segments_in(Dataset::Antibiotics)
        .map(|segment| segment.current().rows)
        .sum();
    assert_eq!(kept, expected);
}

#[test]
fn animals_and_practice_stock_are_set_apart() {
    let (truth, lake) = (country().truth(), country().lake());
    for delivery in taken(&truth.deliveries).filter(|delivery| delivery.kind == "dispensings") {
        let record = record_of(&lake, delivery);
        let apart: u64 = ["animal", "practice_stock"]
            .iter()
            .filter_map(|class| record.ballast.get(*class))
            .sum();
        assert_eq!(
            apart, delivery.not_human,
            "{}: {:?}",
            delivery.file, record.ballast
        );
    }
}

#[test]
fn a_lake_and_an_edition_are_whole_and_a_changed_byte_is_found() {
    riktig(country().folder(), ["verify", "demo/lake", "demo/edition"]).succeeded();

    let copy = tempfile::tempdir().unwrap();
    for (name, mut bytes) in tree(&country().part("lake")) {
        if name
            .to_string_lossy()
            .contains("segments/antibiotics/2024-03")
        {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }
        let path = copy.path().join("lake").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let run = riktig(copy.path(), ["verify", "lake"]).failed();
    assert!(
        run.stdout.contains("FAULT: segments/antibiotics/2024-03"),
        "{}",
        run.seen()
    );
}

#[test]
fn two_builds_of_the_same_lake_are_the_same_bytes() {
    let again = tempfile::tempdir().unwrap();
    let lake = country().part("lake");
    let out = again.path().join("edition");
    let arguments = [
        "build",
        "--lake",
        lake.to_str().unwrap(),
        "--period",
        "2024-01..2024-12",
        "--out",
    ];
    riktig(
        again.path(),
        arguments.into_iter().chain([out.to_str().unwrap()]),
    )
    .succeeded();
    let (first, second) = (tree(&country().part("edition")), tree(&out));
    let names = |files: &BTreeMap<_, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    let different: Vec<_> = first
        .keys()
        .filter(|name| first[*name] != second[*name])
        .collect();
    assert!(different.is_empty(), "{different:?}");
}

#[test]
fn an_edition_is_not_written_over() {
    let arguments = [
        "build",
        "--lake",
        "demo/lake",
        "--period",
        "2024-01..2024-12",
        "--out",
        "demo/edition",
    ];
    let run = riktig(country().folder(), arguments).failed();
    assert!(
        run.stderr.contains("exists") && run.stderr.contains("--replace"),
        "{}",
        run.seen()
    );
}

#[test]
fn a_period_that_the_lake_does_not_hold_is_told_with_what_it_holds() {
    let arguments = [
        "build",
        "--lake",
        "demo/lake",
        "--period",
        "2019-01..2019-12",
        "--out",
        "nothing",
    ];
    let run = riktig(country().folder(), arguments).failed();
    assert!(
        run.stderr.contains("2023-01") && run.stderr.contains("hint: "),
        "{}",
        run.seen()
    );
    assert!(!country().folder().join("nothing").exists());
}
