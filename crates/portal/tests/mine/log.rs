//! The log about oneself, one's own data, erasure.

use axum::http::StatusCode;
use riktig_codes::HprNumber;
use riktig_journal::advised::{self, Outcome, Shown, Told};
use serde_json::{Value, json};

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
async fn ones_own_advice_is_in_what_is_taken_out_without_a_patient_and_without_other_doctors() {
    let world = World::new().await;
    let moment = |text: &str| text.parse().expect("a moment");
    let card = |number: u8, hpr| Shown {
        card: [number; 16],
        rule: "pneumonia/penicillin-v".to_owned(),
        client: None,
        at: moment("2026-11-20T09:00:00Z"),
        hook: "order-sign",
        instance: [number; 32],
        kind: "differs",
        content: "abc".to_owned(),
        shown: number != 2,
        hpr: HprNumber::from_value(hpr),
    };
    let cards = [card(1, 9_144_900), card(2, 9_144_900), card(3, 9_144_901)];
    advised::note(&world.journal, &cards).await.expect("noted");
    let told = Told {
        card: [1; 16],
        outcome: Outcome::Overridden(Some("tried-before")),
        at: moment("2026-11-20T09:01:00Z"),
    };
    let noted = advised::tell(
        &world.journal,
        None,
        &[told],
        moment("2026-11-20T09:01:00Z"),
    )
    .await;
    noted.expect("noted");
    let doctor = world.log_in("doctor").await;
    let file = doctor.get("/log/data.json").await.text();
    let file: Value = serde_json::from_str(&file).expect("JSON");
    let event = |shown: bool, outcome: Option<&str>, reason: Option<&str>| {
        json!({ "at": "2026-11-20T09:00:00Z", "rule": "pneumonia/penicillin-v", "kind": "differs", "shown": shown,
            "outcome": outcome, "reason": reason })
    };
    let own = [
        event(true, Some("overridden"), Some("tried-before")),
        event(false, None, None),
    ];
    assert_eq!(file["advice"], json!(own));
    assert_eq!(file["advice_cut_off"], false);
    let page = doctor.get("/log/data").await.words();
    let words: Vec<&str> = page.split_whitespace().collect();
    let told = words.join(" ");
    assert!(
        told.contains("Regler i råd til deg i journalsystemet 2"),
        "{told}"
    );
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

#[tokio::test]
async fn who_erases_everything_is_logged_out_and_comes_back_as_somebody_new() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    doctor.get("/report").await;
    let groups = doctor.get("/log/data").await.words();
    assert!(groups.contains("Gruppe Nordvik"), "{groups}");
    let form = [("what", "all"), ("confirm", "yes")];
    let gone = doctor.post("/log/data/erase", &form).await;
    assert_eq!(gone.location(), "/?said=erased", "{}", gone.text());
    let cookie = gone.headers.get("set-cookie").expect("the session's");
    assert!(cookie.to_str().expect("ASCII").contains("Max-Age=0"));
    assert_eq!(doctor.get("/log").await.status, StatusCode::SEE_OTHER);
    let landing = world.nobody().get("/?said=erased").await.words();
    assert!(landing.contains("Alt om deg er slettet"), "{landing}");
    let again = world.log_in("doctor").await;
    let log = again.get("/log").await.words();
    assert!(!log.contains("Åpnet eller lastet ned"), "{log}");
    assert!(
        !again
            .get("/log/data")
            .await
            .words()
            .contains("Gruppe Nordvik")
    );
    let strange = again
        .post("/log/data/erase", &[("what", "x"), ("confirm", "yes")])
        .await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_language_that_is_kept_comes_with_the_next_login_whatever_the_browser_asks_for() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let kept = [("lang", "nn"), ("version", "1")];
    doctor.post("/log/data/language", &kept).await;
    let again = world.log_in("doctor").await.in_language("en");
    let text = again.get("/log").await.text();
    assert!(text.contains("<html lang=\"nn\""));
    let colleague = world.log_in("colleague").await.in_language("en");
    let text = colleague.get("/log").await.text();
    assert!(text.contains("<html lang=\"en\""));
}

#[tokio::test]
async fn what_somebody_did_to_others_stands_in_a_part_of_its_own() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    operator.get("/operator/disputes").await;
    let words = operator.get("/log").await.words();
    let (about, done) = words
        .split_once("Det du har gjort overfor andre")
        .expect("two parts");
    let looked = "Så på meldingene fra leger";
    assert!(done.contains(looked) && !about.contains(looked), "{words}");
    assert!(about.contains("Logget inn") && !done.contains("Logget inn"));
}
