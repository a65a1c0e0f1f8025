//! The log about oneself, one's own data, erasure.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn everybody_who_is_logged_in_reads_their_own_log_the_newest_first() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    doctor.get("/report").await;
    let words = doctor.get("/log").await.words();
    let (opened, logged_in) = (
        words.find("Åpnet eller lastet ned"),
        words.find("Logget inn"),
    );
    assert!(opened.is_some() && opened < logged_in, "{words}");
    let operator = world.log_in("operator").await;
    let words = operator.get("/log").await.words();
    assert!(
        words.contains("Foreslo, bekreftet eller avsluttet et verv"),
        "{words}"
    );
    assert!(words.contains("Løsningen selv (appoint)"));
}

#[tokio::test]
async fn ones_own_data_are_taken_out_and_erased() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let goal = [
        ("version", "0"),
        ("edition", "2025"),
        ("target", "60"),
        ("plan", "Min plan"),
    ];
    doctor.post("/goals/RAK-PENV", &goal).await;
    let file = doctor.get("/log/data.json").await.text();
    assert!(file.contains("\"plan\": \"Min plan\"") && file.contains("\"hpr\": \"9144900\""));
    assert!(doctor.get("/log/data").await.words().contains("9144900"));
    let unsure = doctor.post("/log/data/erase", &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    let erased = doctor.post("/log/data/erase", &[("confirm", "yes")]).await;
    assert_eq!(erased.location(), "/log/data?said=erased");
    let file = doctor.get("/log/data.json").await.text();
    assert!(!file.contains("Min plan"), "{file}");
    let log = doctor.get("/log").await.words();
    assert!(log.contains("Tok ut eller slettet egne opplysninger"));
}

#[tokio::test]
async fn the_language_is_kept_and_a_concurrent_choice_is_told() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let kept = doctor
        .post("/log/data/language", &[("lang", "nn"), ("version", "1")])
        .await;
    assert_eq!(kept.location(), "/log/data?said=kept", "{}", kept.text());
    let text = doctor.get("/log/data").await.text();
    assert!(text.contains("<option value=\"nn\" lang=\"nn\" selected>"));
    let late = doctor
        .post("/log/data/language", &[("lang", "en"), ("version", "1")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let strange = doctor
        .post("/log/data/language", &[("lang", "xx"), ("version", "2")])
        .await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
}
