//! Uptake.

use axum::http::StatusCode;

use crate::world::World;

/// Four more doctors of the same county.
const OTHERS: [u32; 4] = [9_144_910, 9_144_911, 9_144_912, 9_144_913];

#[tokio::test]
async fn who_has_opened_the_report_counts_once_and_nobody_is_named() {
    let world = World::with(&OTHERS).await;
    let operator = world.log_in("operator").await;
    let before = operator.get("/uptake").await.words();
    assert!(
        before.contains("0 av 6 leger har hentet rapporten: 0 %."),
        "{before}"
    );
    for doctor in ["doctor", "colleague"] {
        let doctor = world.log_in(doctor).await;
        for path in ["/report", "/report", "/report/file/csv"] {
            assert_eq!(doctor.get(path).await.status, StatusCode::OK);
        }
    }
    let page = operator.get("/uptake").await;
    let words = page.words();
    for told in [
        "2 av 6 leger har hentet rapporten: 33,3 %.",
        "Det mangler 2 leger.",
        "november 2026",
        "Vestfjord",
    ] {
        assert!(words.contains(told), "{told}\n{words}");
    }
    for secret in ["9144900", "9144901", "9144910"] {
        assert!(!page.text().contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_goal_is_reached_by_more_than_half() {
    let world = World::with(&OTHERS[..3]).await;
    let researcher = world.log_in("researcher").await;
    for (doctor, told) in [
        ("doctor", "Det mangler 2 leger."),
        ("colleague", "Det mangler én lege."),
    ] {
        world.log_in(doctor).await.get("/report").await;
        let words = researcher.get("/uptake").await.words();
        assert!(words.contains(told), "{words}");
    }
}

#[tokio::test]
async fn of_fewer_than_five_doctors_nothing_is_told() {
    let world = World::new().await;
    world.log_in("doctor").await.get("/report").await;
    let operator = world.log_in("operator").await;
    let words = operator.get("/uptake").await.words();
    assert!(words.contains("Færre enn fem leger har rapport"), "{words}");
    assert!(words.contains("Vestfjord: færre enn fem leger"), "{words}");
    assert!(!words.contains("av 2 leger"), "{words}");
}

#[tokio::test]
async fn uptake_is_for_operators_and_researchers() {
    let world = World::new().await;
    for persona in ["doctor", "chief"] {
        let browser = world.log_in(persona).await;
        for path in ["/uptake", "/uptake/courses"] {
            let status = browser.get(path).await.status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{persona} {path}");
        }
    }
    let operator = world.log_in("operator").await;
    let status = operator.get("/uptake?edition=2019").await.status;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_page_of_uptake_lacks_a_word_in_any_language() {
    let world = World::with(&OTHERS).await;
    world.log_in("doctor").await.get("/report").await;
    let mut operator = world.log_in("operator").await;
    for language in ["nb", "nn", "en"] {
        operator = operator.in_language(language);
        let mut told = String::new();
        for path in ["/uptake", "/uptake?edition=2024", "/uptake/courses"] {
            let words = operator.get(path).await.words();
            assert!(!words.contains("uptake-"), "{language} {path}: {words}");
            told += &format!("===== {path}\n{words}");
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}
