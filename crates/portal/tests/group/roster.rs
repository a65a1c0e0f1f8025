//! The leader keeps the roster.

use axum::http::StatusCode;

use crate::world::{NEWCOMER, World};

#[tokio::test]
async fn the_leader_enrols_a_doctor_and_takes_them_out() {
    let world = World::new().await;
    let (leader, newcomer) = (world.log_in("leader").await, world.log_in("newcomer").await);
    let path = format!("/group/{}/roster", world.group);
    let words = leader.get(&path).await.words();
    assert!(words.contains("Gruppen har 2 medlemmer."), "{words}");
    let typed = "9 144 902";
    let enrolled = leader.post(&path, &[("hpr", typed)]).await;
    assert_eq!(enrolled.location(), format!("{path}?said=enrolled"));
    assert!(
        leader
            .get(&path)
            .await
            .words()
            .contains(&NEWCOMER.to_string())
    );
    let group = format!("/group/{}", world.group);
    assert_eq!(newcomer.get(&group).await.status, StatusCode::OK);
    let log = newcomer.get("/log").await.words();
    assert!(
        log.contains("Meldte inn i eller ut av en kursgruppe"),
        "{log}"
    );

    let out = format!("{path}/take-out");
    let form = [("hpr", "9144902")];
    assert_eq!(
        leader.post(&out, &form).await.location(),
        format!("{path}?said=out")
    );
    assert_eq!(newcomer.get(&group).await.status, StatusCode::NOT_FOUND);
    let again = leader.post(&out, &form).await;
    assert_eq!(again.location(), format!("{path}?said=gone"));
}

#[tokio::test]
async fn what_cannot_be_is_told_at_the_field_and_stays_in_it() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let path = format!("/group/{}/roster", world.group);
    for (typed, said) in [
        ("", "Skriv et HPR-nummer med sju til ni siffer."),
        ("12", "Skriv et HPR-nummer med sju til ni siffer."),
        ("Ola Nordmann", "Skriv et HPR-nummer med sju til ni siffer."),
        ("999999999", "Skriv et HPR-nummer med sju til ni siffer."),
        ("9144900", "Legen er alt medlem av gruppen."),
        ("9144999", "Ingen lege med dette HPR-nummeret"),
    ] {
        let answer = leader.post(&path, &[("hpr", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.words().contains(said), "{typed}");
        assert!(
            answer.text().contains(&format!("value=\"{typed}\"")),
            "{typed}"
        );
    }
}

#[tokio::test]
async fn nobody_but_the_leader_sees_or_keeps_the_roster() {
    let world = World::new().await;
    let path = format!("/group/{}/roster", world.group);
    let form = [("hpr", "9144902")];
    for who in ["doctor", "newcomer", "chief", "duty-leader", "operator"] {
        let browser = world.log_in(who).await;
        let not_there = StatusCode::NOT_FOUND;
        assert_eq!(browser.get(&path).await.status, not_there, "{who}");
        assert_eq!(browser.post(&path, &form).await.status, not_there, "{who}");
        let out = format!("{path}/take-out");
        assert_eq!(browser.post(&out, &form).await.status, not_there, "{who}");
    }
}
