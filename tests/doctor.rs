//! A doctor who gets a report.

use std::fs;
use std::path::Path;

use crate::country::{country, tree};
use crate::riktig::riktig;

#[test]
fn there_is_a_report_in_every_form_for_every_prescriber() {
    let out = tempfile::tempdir().unwrap();
    let edition = country().part("edition");
    let arguments = [
        "report",
        "--edition",
        edition.to_str().unwrap(),
        "--all",
        "--format",
        "html,pdf,json,csv",
        "--out",
        ".",
    ];
    riktig(out.path(), arguments).succeeded();
    let prescribers = country().edition().prescribers().len();
    assert!(prescribers > 20);
    for format in ["html", "pdf", "json", "csv"] {
        assert_eq!(
            fs::read_dir(out.path().join(format)).unwrap().count(),
            prescribers,
            "{format}"
        );
    }
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for (name, page) in tree(&country().part("reports/html")) {
        let page = String::from_utf8(page).unwrap().to_lowercase();
        for forbidden in [
            "<script",
            "<iframe",
            "<link",
            " src=\"http",
            "@import",
            "onload=",
            "javascript:",
        ] {
            assert!(
                !page.contains(forbidden),
                "{} holds {forbidden}",
                name.display()
            );
        }
        assert!(
            (10_000..=130_000).contains(&page.len()),
            "{} has {} bytes",
            name.display(),
            page.len()
        );
        assert!(page.contains("<html lang=\"nb\""));
    }
}

#[test]
fn a_pdf_is_tagged_and_the_same_bytes_every_time() {
    let edition = country().edition();
    let number = edition.prescribers()[0].external_id.clone();
    let pdfs = [1, 2].map(|_| {
        let out = tempfile::tempdir().unwrap();
        let folder = country().part("edition");
        let arguments = [
            "report",
            "--edition",
            folder.to_str().unwrap(),
            "--prescriber",
            &number,
            "--format",
            "pdf",
            "--out",
            ".",
        ];
        riktig(out.path(), arguments).succeeded();
        fs::read(out.path().join(format!("pdf/{number}.pdf"))).unwrap()
    });
    assert!(pdfs[0].starts_with(b"%PDF-"));
    assert!(pdfs[0].windows(15).any(|bytes| bytes == b"/StructTreeRoot"));
    assert!(pdfs[0] == pdfs[1], "two renderings differ");
}

#[test]
fn a_report_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    for folder in ["reports/html", "reports/pdf", "reports/json"] {
        for entry in fs::read_dir(country().part(folder)).unwrap() {
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
}

#[test]
fn the_three_languages_say_the_same_in_other_words() {
    let edition = country().edition();
    let number = edition.prescribers()[0].external_id.clone();
    let pages = ["nb", "nn", "en"].map(|lang| {
        let out = tempfile::tempdir().unwrap();
        let folder = country().part("edition");
        let arguments = [
            "report",
            "--edition",
            folder.to_str().unwrap(),
            "--prescriber",
            &number,
            "--format",
            "html",
            "--lang",
            lang,
            "--out",
            ".",
        ];
        riktig(out.path(), arguments).succeeded();
        fs::read_to_string(out.path().join(format!("html/{number}.html"))).unwrap()
    });
    assert!(pages[2].contains("<html lang=\"en\""));
    assert!(pages[0] != pages[1] && pages[1] != pages[2]);
    let charts = pages.each_ref().map(|page| page.matches("<svg").count());
    assert!(
        charts[0] > 0 && charts.iter().all(|count| *count == charts[0]),
        "{charts:?}"
    );
}

#[test]
fn asking_for_somebody_without_a_report_names_nobody_else() {
    let arguments = [
        "report",
        "--edition",
        "demo/edition",
        "--prescriber",
        "1111111",
        "--out",
        "x",
    ];
    let run = riktig(country().folder(), arguments).failed();
    assert!(
        run.stderr.contains("1111111") && run.stderr.contains("hint: "),
        "{}",
        run.seen()
    );
    let edition = country().edition();
    let leaked = edition
        .prescribers()
        .iter()
        .find(|prescriber| run.stderr.contains(&prescriber.external_id));
    assert!(leaked.is_none(), "{}", run.seen());
    assert!(!Path::new(&country().folder().join("x")).exists());
}

#[test]
fn no_identity_number_is_in_any_report_edition_or_lake() {
    let deliveries = fs::read_to_string(country().part("country/dispensings-2024-03.csv")).unwrap();
    let somebody = deliveries
        .lines()
        .nth(2)
        .and_then(|line| line.split(';').nth(3))
        .unwrap()
        .as_bytes();
    assert_eq!(somebody.len(), 11);
    for part in ["lake", "edition", "reports"] {
        for (name, bytes) in tree(&country().part(part)) {
            let found = bytes
                .windows(somebody.len())
                .any(|window| window == somebody);
            assert!(!found, "{part}/{} holds an identity number", name.display());
        }
    }
}
