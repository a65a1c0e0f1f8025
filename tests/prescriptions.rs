//! Somebody in whose country prescriptions carry the diagnosis and say whether they were to wait.

use std::path::Path;

use riktig_lake::edition::{Edition, PrescriberId, Unavailable, Value, Window};

use crate::country::country;
use crate::riktig::riktig;

/// Simulates three months of a small country with that share of coded prescriptions, takes it in and builds an edition.
fn edition(folder: &Path, share: &str) -> Edition {
    let simulate = "simulate --inhabitants 3000 --from 2024-01 --months 3 --seed 4 --out country";
    let coded = ["--diagnosis-share", share];
    riktig(folder, simulate.split(' ').chain(coded)).succeeded();
    riktig(folder, ["intake", "country", "--lake", "lake"]).succeeded();
    let build = "build --lake lake --period 2024-02..2024-03 --out edition";
    riktig(folder, build.split(' ')).succeeded();
    riktig(folder, ["verify", "edition"]).succeeded();
    Edition::open(&folder.join("edition")).unwrap()
}

fn sums(edition: &Edition, indicator: &str) -> (i64, i64) {
    let indicator = edition.indicator(indicator).expect("it ships");
    let of = |id: PrescriberId| match edition.value(id, indicator, Window::Current) {
        Value::Measured {
            numerator,
            denominator,
        } => (numerator, denominator),
        _ => (0, 0),
    };
    edition
        .prescribers()
        .iter()
        .map(|it| of(it.id))
        .fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
}

#[test]
fn the_share_by_diagnosis_stands_against_the_share_by_contact_and_explain_tells_what_the_contact_says()
 {
    let folder = tempfile::tempdir().unwrap();
    let edition = edition(folder.path(), "0.6");
    let ((by_diagnosis, all), (by_contact, of)) =
        (sums(&edition, "P-DX"), sums(&edition, "P-DX-CONTACT"));
    assert_eq!(all, of);
    assert!(
        by_diagnosis > by_contact && by_contact > 0,
        "{by_diagnosis} {by_contact}"
    );
    let said = edition.meta().linkage.prescriptions.expect("counted");
    assert!(
        said.contact_agrees > 20 * said.contact_differs.max(1) / 10,
        "{said:?}"
    );
    let (waiting, told) = sums(&edition, "P-WAIT");
    assert!(
        waiting > 0 && told <= said.told_of_waiting() && waiting <= said.waiting,
        "{said:?}"
    );
    let (later, known) = sums(&edition, "P-WAIT-LATER");
    assert_eq!(
        (later, known),
        (waiting, waiting),
        "in the invented country all of them wait a day"
    );

    let most = |it: &&riktig_lake::edition::Prescriber| {
        edition
            .lineage(it.id)
            .prescriptions
            .map(|said| said.contact_agrees)
    };
    let doctor = edition
        .prescribers()
        .iter()
        .max_by_key(most)
        .expect("somebody");
    let explain = [
        "explain",
        "--edition",
        "edition",
        "--indicator",
        "P-DX",
        "--prescriber",
    ];
    let explained = riktig(
        folder.path(),
        explain.into_iter().chain([doctor.external_id.as_str()]),
    );
    let text = explained.succeeded().stdout;
    let own = edition.lineage(doctor.id).prescriptions.expect("counted");
    for line in [
        "diagnosis on the prescription",
        "names the same matter",
        "prescriptions say whether to wait",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let agrees = text
        .lines()
        .find(|line| line.contains("names the same matter"));
    let agrees = agrees.and_then(|line| line.split_whitespace().nth(4));
    assert_eq!(
        agrees,
        Some(own.contact_agrees.to_string().as_str()),
        "{text}"
    );
}

#[test]
fn where_nobody_says_anything_of_waiting_the_share_is_unknown_and_not_zero() {
    let edition = country().edition();
    for id in ["P-WAIT", "P-WAIT-LATER", "DK-RTI-8"] {
        let indicator = edition.indicator(id).expect("it ships");
        let first = edition.prescribers()[0].id;
        let value = edition.value(first, indicator, Window::Current);
        assert_eq!(value, Value::Unavailable(Unavailable::NoWaiting), "{id}");
    }
}

#[test]
fn a_share_that_is_none_is_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let asked = "simulate --inhabitants 3000 --months 1 --out country --diagnosis-share 40";
    let run = riktig(folder.path(), asked.split(' ')).failed();
    assert!(
        run.stderr.contains("name a share between 0 and 1"),
        "{}",
        run.seen()
    );
}
