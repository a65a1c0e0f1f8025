//! Attendance is noted for the whole table, and nobody's note is overwritten unseen.

use axum::http::StatusCode;

use crate::world::{COLLEAGUE, DOCTOR, LEADER, World};
use crate::{course, note};

#[tokio::test]
async fn attendance_is_noted_and_the_doctor_sees_their_own() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    note(&leader, &id, DOCTOR, ["there", "away", "not-noted"]).await;
    let words = doctor.get(&format!("/learning/{id}")).await.words();
    for said in [
        "Til stede",
        "Ikke til stede på møte 2.",
        "Oppmøtet på møte 3 er ikke ført.",
        "Prøven «Urinveisinfeksjoner, også på sykehjem» er ikke bestått.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let log = doctor.get("/log").await.words();
    assert!(log.contains("2026"), "the doctor's log tells of it: {log}");
}

#[tokio::test]
async fn what_another_has_noted_meanwhile_is_told_and_nothing_is_saved() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    note(&leader, &id, DOCTOR, ["there", "not-noted", "not-noted"]).await;
    // A page from before that: it says that nothing was noted of the first meeting.
    let (own, other) = (format!("1-{DOCTOR}"), format!("1-{COLLEAGUE}"));
    let fields = [
        (format!("was-{own}"), "not-noted"),
        (format!("now-{own}"), "away"),
        (format!("was-{other}"), "not-noted"),
        (format!("now-{other}"), "there"),
    ];
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, it)| (&**name, *it)).collect();
    let path = format!("/courses/{id}/attendance");
    let answer = leader.post(&path, &form).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(
        answer.words().contains("9144900, møte 1: Til stede"),
        "{}",
        answer.words()
    );
    let colleague = world.log_in("colleague").await;
    let words = colleague.get(&format!("/learning/{id}")).await.words();
    assert!(
        words.contains("Oppmøtet på møte 1 er ikke ført."),
        "not saved by halves"
    );
    // What one did not touch is not in the way.
    let fields = [
        (format!("was-{own}"), "not-noted"),
        (format!("now-{own}"), "not-noted"),
        (format!("was-{other}"), "not-noted"),
        (format!("now-{other}"), "there"),
    ];
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, it)| (&**name, *it)).collect();
    assert_eq!(
        leader.post(&path, &form).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn nothing_is_noted_of_a_meeting_that_has_not_been_held() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let later = [
        ("version", "1"),
        ("title", "Senere"),
        ("day1", "2027-01-01"),
    ];
    let changed = leader
        .post(&format!("/courses/{id}/meetings"), &later)
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    note(&leader, &id, DOCTOR, ["there", "there", "there"]).await;
    let page = leader.get(&format!("/courses/{id}")).await;
    assert!(page.words().contains("Ikke holdt ennå"));
    assert!(!page.text().contains("name=\"now-1-9144900\""));
    let doctor = world.log_in("doctor").await;
    let words = doctor.get(&format!("/learning/{id}")).await.words();
    assert!(words.contains("Møte 1 er ikke holdt ennå."), "{words}");
}

#[tokio::test]
async fn a_leader_who_takes_part_does_not_note_their_own_attendance() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let roster = format!("/group/{}/roster", world.group);
    let own = LEADER.to_string();
    let enrolled = leader.post(&roster, &[("hpr", &own)]).await;
    assert_eq!(enrolled.status, StatusCode::SEE_OTHER);
    let id = course(&world, &leader).await;
    let page = leader.get(&format!("/courses/{id}")).await;
    assert!(
        page.words()
            .contains("En annen leder av gruppen fører oppmøtet ditt.")
    );
    assert!(!page.text().contains(&format!("name=\"now-1-{LEADER}\"")));
    let fields = [
        (format!("was-1-{LEADER}"), "not-noted"),
        (format!("now-1-{LEADER}"), "there"),
    ];
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, it)| (&**name, *it)).collect();
    let sent = leader
        .post(&format!("/courses/{id}/attendance"), &form)
        .await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    // The others' is.
    note(&leader, &id, DOCTOR, ["there", "not-noted", "not-noted"]).await;
}
