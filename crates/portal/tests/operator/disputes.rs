//! "This is not mine", answered.

use axum::http::StatusCode;

use crate::between;
use crate::world::{Browser, World};

/// The doctor flags rows; gives the dispute's address for the operator.
async fn flagged(world: &World, operator: &Browser<'_>) -> String {
    let doctor = world.log_in("doctor").await;
    let form = [
        ("edition", "2025"),
        ("indicator", "RAK-PENV"),
        ("month", "2025-03"),
        ("rows", "12"),
        ("why", "locum"),
        ("words", "Vikar i uke 10 til 12."),
    ];
    let sent = doctor.post("/report/not-mine", &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let list = operator.get("/operator/disputes").await.text();
    let id = between(&list, "href=\"/operator/disputes/", "\"");
    format!("/operator/disputes/{id}")
}

#[tokio::test]
async fn an_operator_answers_and_the_doctor_reads_it_in_the_report() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let path = flagged(&world, &operator).await;
    let front = operator.get("/operator").await.words();
    assert!(
        front.contains("1\nmelding om noe som ikke er legens"),
        "{front}"
    );
    let list = operator.get("/operator/disputes").await.words();
    assert!(list.contains("mars 2025\n12 rader\nen vikar"), "{list}");
    assert!(
        !list.contains("9144900"),
        "who it is stands on the page of the one only"
    );
    let page = operator.get(&path).await.words();
    assert!(
        page.contains("9144900") && page.contains("Vikar i uke 10 til 12."),
        "{page}"
    );

    for (answer, reason, said) in [
        ("", "Sjekket hos kilden", "Velg hva du fant."),
        ("upheld", " ", "Skriv en grunn på én linje"),
    ] {
        let form = [("version", "1"), ("answer", answer), ("reason", reason)];
        let again = operator.post(&path, &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains(said), "{said}");
    }
    let form = [
        ("version", "1"),
        ("answer", "upheld"),
        ("reason", "Rettes i neste leveranse"),
    ];
    let answered = operator.post(&path, &form).await;
    assert_eq!(answered.location(), "/operator/disputes?said=upheld");
    let second = world.log_in("second-operator").await;
    let late = second.post(&path, &form).await;
    assert_eq!(late.location(), "/operator/disputes?said=settled");
    let list = second.get("/operator/disputes").await.words();
    assert!(list.contains("Legen fikk rett 22. november 2026"), "{list}");

    let doctor = world.log_in("doctor").await;
    let report = doctor.get("/report").await.words();
    assert!(
        report.contains("Venter: 0. Medhold: 1. Ikke medhold: 0."),
        "{report}"
    );
    let own = doctor.get("/report/not-mine").await.words();
    assert!(own.contains("Rettes i neste leveranse"), "{own}");
    let log = doctor.get("/log").await.words();
    assert!(log.contains("Svarte på en melding"), "{log}");
}

#[tokio::test]
async fn nobody_but_an_operator_sees_or_answers_and_what_is_not_there_is_not_there() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let path = flagged(&world, &operator).await;
    let form = [("version", "1"), ("answer", "rejected"), ("reason", "nei")];
    for persona in ["doctor", "colleague", "chief", "researcher"] {
        let other = world.log_in(persona).await;
        assert_eq!(
            other.get("/operator/disputes").await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(other.get(&path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            other.post(&path, &form).await.status,
            StatusCode::NOT_FOUND,
            "{persona}"
        );
    }
    for id in ["00000000-0000-7000-8000-000000000000", "1", "a"] {
        let path = format!("/operator/disputes/{id}");
        assert_eq!(operator.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            operator.post(&path, &form).await.status,
            StatusCode::NOT_FOUND
        );
    }
}
