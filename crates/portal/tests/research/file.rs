//! The files of an edition against what the edition publishes.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::world::{COLLEAGUE, DOCTOR, GROUP_CODE, SERVICE, World, edition};

/// The fields of each row, after the header.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().skip(1);
    lines.map(|line| line.split(';').collect()).collect()
}

#[tokio::test]
async fn the_groups_file_holds_the_published_figures_and_no_other() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    let file = researcher.get("/research/2025/file/published.csv").await;
    assert_eq!(file.status, StatusCode::OK);
    let text = file.text();
    let told: Vec<String> = rows(&text).iter().map(|row| row[..11].join(" ")).collect();
    // The published table of the tests' edition: scope, kind, code, indicator, state, reason, doctors, sums, divisors.
    assert_eq!(
        told,
        [
            "0 country  RAK-PENV measured  40 500 1000 1 1",
            "0 country  RAK-VOL measured  40 10000 480000000 1 12000",
            "1 county 46 RAK-PENV measured  30 320 600 1 1",
            "1 county 46 RAK-VOL measured  30 7000 360000000 1 12000",
            "2 municipality 4601 RAK-PENV measured  15 210 300 1 1",
            "2 municipality 4601 RAK-VOL measured  15 3000 180000000 1 12000",
            "3 municipality 4602 RAK-PENV measured  9 100 250 1 1",
            "3 municipality 4602 RAK-VOL measured  9 3500 108000000 1 12000",
            "4 municipality 4603 RAK-PENV suppressed few-patients-or-another-figure    1 1",
            "4 municipality 4603 RAK-VOL suppressed few-patients-or-another-figure    1 12000",
            "5 municipality 4699 RAK-PENV suppressed fewer-than-five-doctors    1 1",
            "5 municipality 4699 RAK-VOL suppressed fewer-than-five-doctors    1 12000",
            "6 course-group  RAK-PENV measured  12 260 480 1 1",
            "6 course-group  RAK-VOL measured  12 3700 144000000 1 12000",
            "7 practice  RAK-PENV measured  6 60 200 1 1",
            "7 practice  RAK-VOL suppressed few-patients-or-another-figure    1 12000",
        ]
    );
    for row in rows(&text).iter().filter(|row| row[4] != "measured") {
        let figures = [&row[6..9], &row[11..24]].concat();
        assert!(figures.iter().all(|it| it.is_empty()), "{row:?}");
    }
}

#[tokio::test]
async fn the_tables_as_they_are_are_the_editions_bytes() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    // The same input gives the same bytes.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let again = folder.path().join("again");
    edition::write(&again, 2025, &[DOCTOR, COLLEAGUE]);
    for name in ["published.parquet", "published_population.parquet"] {
        let file = researcher.get(&format!("/research/2025/file/{name}")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(
            file.headers["content-type"],
            "application/vnd.apache.parquet"
        );
        let stored = std::fs::read(again.join(name)).expect("it is written");
        assert_eq!(file.bytes, stored, "{name}");
        assert_eq!(&file.bytes[..4], b"PAR1");
    }
}

#[tokio::test]
async fn no_other_file_of_the_edition_is_there() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    for path in [
        "/research/2025/file/prescribers.parquet",
        "/research/2025/file/scope_values.parquet",
        "/research/2025/file/edition.json",
        "/research/2025/file/..%2F2025%2Fedition.json",
        "/research/2025/file/published",
        "/research/2019/file/published.csv",
        "/research/2019",
    ] {
        let status = researcher.get(path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn no_file_names_a_doctor_a_group_or_a_practice() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    let page = researcher.get("/research/2025").await.text();
    let mut seen = BTreeSet::new();
    for part in page.split("href=\"/research/2025/file/").skip(1) {
        let name = part.split('"').next().expect("a name");
        let file = researcher.get(&format!("/research/2025/file/{name}")).await;
        assert_eq!(file.status, StatusCode::OK, "{name}");
        let text = file.text();
        for doctor in [DOCTOR, COLLEAGUE] {
            assert!(!text.contains(&doctor.to_string()), "{name}");
        }
        for group in [GROUP_CODE, SERVICE, "Gruppe Nordvik", "Legevakta"] {
            assert!(!text.contains(group), "{name}: {group}");
        }
        seen.insert(name.to_owned());
    }
    let expected = [
        "areas.csv",
        "codebook.csv",
        "definitions.csv",
        "published.csv",
        "published.parquet",
        "published_population.csv",
        "published_population.parquet",
    ];
    assert_eq!(seen, expected.map(str::to_owned).into());
}
