//! Goals and plans.

use axum::http::StatusCode;

use crate::world::World;

const FORM: [(&str, &str); 4] = [
    ("version", "0"),
    ("edition", "2025"),
    ("target", "62,5"),
    ("plan", "Slår opp først."),
];

#[tokio::test]
async fn a_goal_is_set_from_the_reports_own_proposal_and_stands_in_the_report() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let form = doctor.get("/goals/RAK-PENV").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    let text = form.text();
    assert!(text.contains("name=\"version\" value=\"0\""));
    assert!(
        text.contains("value=\"75\""),
        "the best quarter's level is proposed"
    );
    let set = doctor.post("/goals/RAK-PENV", &FORM).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
    assert_eq!(set.location(), "/goals/RAK-PENV?said=saved");
    let report = doctor.get("/report").await.words();
    assert!(report.contains("Målet ditt: 62,5 %"), "{report}");
    assert!(report.contains("Ikke nådd ennå") && report.contains("Slår opp først."));
    let goals = doctor.get("/goals").await.words();
    assert!(goals.contains("Målet ditt: 62,5"));
}

#[tokio::test]
async fn a_concurrent_edit_is_told_and_not_overwritten() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    doctor.post("/goals/RAK-PENV", &FORM).await;
    // The other window still holds version 0.
    let late = [
        ("version", "0"),
        ("edition", "2025"),
        ("target", "70"),
        ("plan", "Noe annet."),
    ];
    let answer = doctor.post("/goals/RAK-PENV", &late).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let words = answer.words();
    assert!(
        words.contains("Endret kl. 10.42 i et annet vindu"),
        "{words}"
    );
    assert!(words.contains("Mål: 62,5 %") && words.contains("Slår opp først."));
    let text = answer.text();
    assert!(text.contains("value=\"70\"") && text.contains("Noe annet.</textarea>"));
    assert!(text.contains("name=\"version\" value=\"1\""));
    // Saved again knowingly, it is the next version; the first is kept.
    let again = [
        ("version", "1"),
        ("edition", "2025"),
        ("target", "70"),
        ("plan", "Noe annet."),
    ];
    let saved = doctor.post("/goals/RAK-PENV", &again).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let words = doctor.get("/goals/RAK-PENV").await.words();
    assert!(words.contains("Versjon 2") && words.contains("Versjon 1"));
}

#[tokio::test]
async fn what_cannot_be_a_goal_comes_back_with_the_words_kept() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for (target, said) in [
        ("mange", "Skriv målet som et tall"),
        ("101", "mellom 0 og 100"),
    ] {
        let form = [
            ("version", "0"),
            ("edition", "2025"),
            ("target", target),
            ("plan", "Beholdt"),
        ];
        let answer = doctor.post("/goals/RAK-PENV", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        assert!(answer.words().contains(said) && text.contains("Beholdt</textarea>"));
        assert!(text.contains("href=\"#target\""));
    }
    assert!(
        doctor
            .get("/goals")
            .await
            .words()
            .contains("Du har ikke satt noe mål ennå.")
    );
    assert_eq!(
        doctor.get("/goals/NONE").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_goal_is_laid_aside_and_taken_up_again() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    doctor.post("/goals/RAK-PENV", &FORM).await;
    let mut aside = FORM.to_vec();
    aside[0].1 = "1";
    aside.push(("action", "give-up"));
    let answer = doctor.post("/goals/RAK-PENV", &aside).await;
    assert_eq!(answer.location(), "/goals/RAK-PENV?said=given-up");
    assert!(!doctor.get("/report").await.words().contains("62,5"));
    assert!(doctor.get("/goals").await.words().contains("Lagt bort"));
    let page = doctor.get("/goals/RAK-PENV").await.words();
    assert!(page.contains("Ta opp igjen og lagre"));
}

#[tokio::test]
async fn a_goal_is_the_doctors_alone() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    doctor.post("/goals/RAK-PENV", &FORM).await;
    let colleague = world.log_in("colleague").await;
    let theirs = colleague.get("/goals/RAK-PENV").await;
    assert!(!theirs.text().contains("Slår opp først.") && theirs.text().contains("value=\"0\""));
}
