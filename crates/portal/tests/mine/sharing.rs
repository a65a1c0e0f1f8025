//! Shares.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn a_report_is_shared_with_the_groups_leader_and_taken_back() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let audience = format!("group:{}", world.group);
    let page = doctor.get("/report/sharing").await;
    assert!(
        page.words().contains("Lederen for Gruppe Nordvik"),
        "{}",
        page.words()
    );
    let form = [("audience", audience.as_str()), ("what", "2025")];
    let given = doctor.post("/report/sharing", &form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    let said = "Du deler denne rapporten med lederen for Gruppe Nordvik.";
    assert!(doctor.get("/report").await.words().contains(said));
    assert!(
        !doctor
            .get("/report?edition=2024")
            .await
            .words()
            .contains(said)
    );
    let words = doctor.get("/report/sharing?said=given").await.words();
    assert!(
        words.contains(
            "Du deler rapporten for januar–desember 2025 siden 22. november 2026 kl. 10.42."
        ),
        "{words}"
    );
    let back = doctor.post("/report/sharing/withdraw", &form).await;
    assert_eq!(back.location(), "/report/sharing?said=withdrawn");
    assert!(!doctor.get("/report").await.words().contains(said));
    let words = doctor.get("/report/sharing").await.words();
    assert!(words.contains("Ikke delt.") && words.contains("tatt tilbake 22. november 2026"));
}

#[tokio::test]
async fn all_reports_can_be_shared_until_that_is_taken_back() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let audience = format!("group:{}", world.group);
    let form = [("audience", audience.as_str()), ("what", "every")];
    doctor.post("/report/sharing", &form).await;
    for edition in ["2024", "2025"] {
        let report = doctor.get(&format!("/report?edition={edition}")).await;
        assert!(
            report.words().contains("Du deler denne rapporten"),
            "{edition}"
        );
    }
}

#[tokio::test]
async fn nobody_shares_with_a_group_of_others_or_a_report_that_is_not_theirs() {
    let world = World::new().await;
    let newcomer = world.log_in("newcomer").await;
    let page = newcomer.get("/report/sharing").await;
    assert!(page.words().contains("Du er ikke med i noen kursgruppe"));
    let audience = format!("group:{}", world.group);
    for (who, audience, what, status) in [
        (
            "newcomer",
            audience.as_str(),
            "every",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "colleague",
            audience.as_str(),
            "2024",
            StatusCode::NOT_FOUND,
        ),
        ("doctor", "group:nonsense", "every", StatusCode::NOT_FOUND),
        (
            "doctor",
            "everybody",
            "every",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("doctor", audience.as_str(), "2023", StatusCode::NOT_FOUND),
    ] {
        let browser = world.log_in(who).await;
        let form = [("audience", audience), ("what", what)];
        let answer = browser.post("/report/sharing", &form).await;
        assert_eq!(answer.status, status, "{who} {audience} {what}");
    }
}
