//! Taking a prescription back from the page.

use axum::http::StatusCode;
use riktig_eresept::Body;

use crate::intermediary::world;
use crate::pages::{due, filled, patient, post, send};

#[tokio::test]
async fn what_is_not_answered_yet_and_what_waits_to_be_fetched_can_be_recalled() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    let waiting = filled(&[("waiting", "yes"), ("not_before", "2026-11-24")]);
    let (_, fetched_later) = send(&doctor, &waiting).await;
    other.answers(false);
    let (_, unanswered) = send(&doctor, &filled(&[])).await;
    for id in [&fetched_later, &unanswered] {
        let recall = [("id", id.clone()), ("reason", "2".to_owned())];
        let recall = [&[("patient", patient())], &recall[..]].concat();
        let page = post(&doctor, "/prescribe/recall", &recall).await;
        assert!(
            page.words().contains("Tilbakekallingen er ikke besvart"),
            "{}",
            page.words()
        );
        let again = post(&doctor, "/prescribe/recall", &recall).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
    }
    other.answers(true);
    // The recall never comes before what it recalls.
    for seconds in [2, 8, 30] {
        due(&portal, seconds).await;
    }
    let kinds: Vec<String> = other.taken().iter().map(about).collect();
    let place = |what: String| kinds.iter().position(|it| *it == what);
    assert!(place(format!("M1 {unanswered}")) < place(format!("M5 {unanswered}")));
    assert!(place(format!("M5 {fetched_later}")).is_some(), "{kinds:?}");
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    let own = post(&doctor, "/prescribe/patient", &[("patient", patient())]).await;
    assert_eq!(own.words().matches("Tilbakekalt").count(), 2);
}

/// A message by its kind and the prescription that it is about.
fn about(message: &riktig_eresept::Message) -> String {
    match message.body() {
        Body::M5(recall) => format!("M5 {}", recall.prescription),
        _ => format!("M1 {}", message.envelope().id),
    }
}

#[tokio::test]
async fn a_recall_says_what_came_of_it_and_a_mistake_goes_out_as_a_note() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let (_, id) = send(&doctor, &filled(&[])).await;
    let recall = |reason: &str| {
        let fields = [("patient", patient()), ("id", id.clone())];
        let mut fields = fields.to_vec();
        fields.push(("reason", reason.to_owned()));
        fields
    };
    // The first choice of the list is none.
    let page = post(&doctor, "/prescribe/recall", &recall("")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.taken().len(), 1);
    let page = post(&doctor, "/prescribe/recall", &recall("mistake")).await;
    assert!(
        page.words().contains("kan ikke lenger hentes"),
        "{}",
        page.words()
    );
    let again = post(&doctor, "/prescribe/recall", &recall("mistake")).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(
        again.words().contains("ble ikke tilbakekalt"),
        "{}",
        again.words()
    );
    let taken = other.taken();
    let Some(Body::M5(m5)) = taken.last().map(riktig_eresept::Message::body) else {
        panic!("an M5")
    };
    let said = (m5.reason.code.as_str(), m5.note.as_deref());
    assert_eq!(said, ("4", Some("Skrevet ved en feil")));
}

#[tokio::test]
async fn a_doctor_recalls_what_they_prescribed_once_and_nobody_elses() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let (_, id) = send(&doctor, &filled(&[])).await;
    let recall = [
        ("patient", patient()),
        ("id", id.clone()),
        ("reason", "2".to_owned()),
    ];
    let colleague = world.log_in("colleague").await;
    assert_eq!(
        post(&colleague, "/prescribe/recall", &recall).await.status,
        StatusCode::CONFLICT
    );
    let theirs = post(&colleague, "/prescribe/patient", &recall[..1]).await;
    assert!(!theirs.text().contains(&id));
    let page = post(&doctor, "/prescribe/recall", &recall).await;
    assert!(page.words().contains("Tilbakekalt"), "{}", page.words());
    assert_eq!(
        post(&doctor, "/prescribe/recall", &recall).await.status,
        StatusCode::CONFLICT
    );
    let taken = other.taken();
    let Body::M5(m5) = taken[1].body() else {
        panic!("an M5")
    };
    assert_eq!(m5.prescription.as_str(), id);
}
