//! The follow-up where it cannot be told yet; what it tells is a matter of the demo's country (`tests/browser`).

use axum::http::StatusCode;

use crate::world::World;
use crate::{PLAN, course};

#[tokio::test]
async fn months_that_are_not_there_yet_are_told_as_the_reason() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    for (who, path) in [
        (&leader, format!("/courses/{id}/follow-up")),
        (&doctor, format!("/courses/{id}/follow-up")),
        (&doctor, format!("/learning/{id}/follow-up")),
    ] {
        let page = who.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let words = page.words();
        assert!(words.contains("Kan ikke sies ennå"), "{path}: {words}");
        assert!(words.contains("Møte 2: 5. mars 2026"), "{words}");
        assert!(
            words.contains("De publiserte tallene går til og med desember 2025."),
            "{words}"
        );
        assert!(!page.text().contains("9144901"), "nobody is named");
    }
}

#[tokio::test]
async fn a_course_without_a_day_or_a_year_before_it_is_told_so() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let path = format!("/courses/{id}/meetings");
    for (version, day, said) in [
        ("1", "", "Det første møtet har ingen dag."),
        (
            "2",
            "2025-03-04",
            "De samme månedene året før kurset mangler.",
        ),
        ("3", "2025-11-04", "Hele måneder etter det første møtet"),
    ] {
        let plan = PLAN.map(|(name, old)| (name, if name == "day1" { day } else { old }));
        let form: Vec<(&str, &str)> = [("version", version)].into_iter().chain(plan).collect();
        assert_eq!(
            leader.post(&path, &form).await.status,
            StatusCode::SEE_OTHER
        );
        let words = leader
            .get(&format!("/courses/{id}/follow-up"))
            .await
            .words();
        let short = words.contains("De samme månedene året før kurset mangler.");
        assert!(words.contains(said) || short, "{day}: {words}");
    }
}

#[tokio::test]
async fn a_doctor_without_a_report_is_told_so() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    // Who has logged in is known, with and without a report.
    let newcomer = world.log_in("newcomer").await;
    let roster = format!("/group/{}/roster", world.group);
    let enrolled = leader.post(&roster, &[("hpr", "9144902")]).await;
    assert_eq!(enrolled.status, StatusCode::SEE_OTHER);
    let id = course(&world, &leader).await;
    let words = newcomer
        .get(&format!("/learning/{id}/follow-up"))
        .await
        .words();
    assert!(
        words.contains("Du har ingen rapport i noen publisert utgave."),
        "{words}"
    );
}
