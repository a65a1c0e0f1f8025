//! Uptake.

use axum::http::StatusCode;

use crate::world::World;

/// Eight more doctors of the same county.
const OTHERS: [u32; 8] = [
    9_144_910, 9_144_911, 9_144_912, 9_144_913, 9_144_914, 9_144_915, 9_144_916, 9_144_917,
];

#[tokio::test]
async fn who_opens_the_report_changes_nothing_today_and_nobody_is_named() {
    let world = World::with(&OTHERS).await;
    let operator = world.log_in("operator").await;
    let before = operator.get("/uptake").await.words();
    for told in [
        "Under 50 % av 10 leger har hentet rapporten.",
        "Tallene gjelder til og med 21. november 2026",
        "Vestfjord",
    ] {
        assert!(before.contains(told), "{told}\n{before}");
    }
    for doctor in ["doctor", "colleague"] {
        let doctor = world.log_in(doctor).await;
        for path in ["/report", "/report", "/report/file/csv"] {
            assert_eq!(doctor.get(path).await.status, StatusCode::OK);
        }
    }
    let page = operator.get("/uptake").await;
    assert_eq!(page.words(), before);
    for secret in ["9144900", "9144901", "9144910"] {
        assert!(!page.text().contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn of_fewer_than_ten_doctors_nothing_is_told() {
    let world = World::with(&OTHERS[..7]).await;
    world.log_in("doctor").await.get("/report").await;
    let operator = world.log_in("operator").await;
    let words = operator.get("/uptake").await.words();
    assert!(words.contains("Færre enn ti leger har rapport"), "{words}");
    assert!(words.contains("Vestfjord: færre enn ti leger"), "{words}");
    assert!(!words.contains("av 9 leger"), "{words}");
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
