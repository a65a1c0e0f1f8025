//! Mailings: to whom, made once, sent by nobody here.

use axum::http::StatusCode;

use crate::between;
use crate::world::World;

#[tokio::test]
async fn a_mailing_goes_to_who_has_not_fetched_the_report_and_is_made_once() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    doctor.get("/report").await;
    let operator = world.log_in("operator").await;
    let page = operator.get("/operator/mailings").await;
    let words = page.words();
    assert!(
        words.contains("1 av 2 leger har ikke hentet rapporten"),
        "{words}"
    );
    assert!(
        words.contains("http://127.0.0.1:8080/"),
        "the notice's address"
    );
    let text = page.text();
    let id = between(&text, "action=\"/operator/mailings/", "\"");
    let path = format!("/operator/mailings/{id}");
    let unchosen = operator.post(&path, &[("edition", "2025")]).await;
    assert_eq!(unchosen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unchosen.words().contains("Velg hvilket varsel."));
    let form = [("edition", "2025"), ("notice", "report_waits")];
    let made = operator.post(&path, &form).await;
    assert_eq!(
        made.location(),
        "/operator/mailings?said=made",
        "{}",
        made.text()
    );
    let twice = operator.post(&path, &form).await;
    assert_eq!(twice.location(), "/operator/mailings?said=twice");
    let words = operator.get("/operator/mailings").await.words();
    assert!(
        words.contains("januar–desember 2025\n1\n1\n0\n0\n0"),
        "{words}"
    );
    let front = operator.get("/operator").await.words();
    assert!(front.contains("1\nvarsel er ikke sendt"), "{front}");
    let colleague = world.log_in("colleague").await;
    let own = colleague.get("/log/data.json").await.text();
    assert!(own.contains("\"notice\": \"report_waits\""), "{own}");
    // Nobody's number stands on the page.
    assert!(!words.contains("91449"), "{words}");
}

#[tokio::test]
async fn who_was_written_to_before_is_written_to_again_only_when_that_is_meant() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let offered = async || {
        let page = operator.get("/operator/mailings").await;
        let id = between(&page.text(), "action=\"/operator/mailings/", "\"").to_owned();
        (format!("/operator/mailings/{id}"), page.words())
    };
    let form = [("edition", "2025"), ("notice", "report_waits")];
    let (path, words) = offered().await;
    assert!(!words.contains("tidligere utsending"), "{words}");
    operator.post(&path, &form).await;
    let (path, words) = offered().await;
    let said = "2 av disse legene er med i en tidligere utsending om denne rapporten, den siste fra 22. november 2026 kl. 10.42";
    assert!(words.contains(said), "{words}");
    let asked = operator.post(&path, &form).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        asked.words().contains("Kryss av for at"),
        "{}",
        asked.words()
    );
    assert!(asked.text().contains(
        "value=\"report_waits\" aria-describedby=\"words-report_waits\" required checked"
    ));
    let words = operator.get("/operator/mailings").await.words();
    assert_eq!(
        words.matches("januar–desember 2025\n2\n2").count(),
        1,
        "{words}"
    );
    let meant = [form[0], form[1], ("again", "yes")];
    let made = operator.post(&path, &meant).await;
    assert_eq!(made.location(), "/operator/mailings?said=made");
    // Of the edition before nobody was told.
    let other = operator
        .get("/operator/mailings?edition=2024")
        .await
        .words();
    assert!(!other.contains("tidligere utsending"), "{other}");
}

#[tokio::test]
async fn nobody_but_an_operator_sees_or_makes_mailings() {
    let world = World::new().await;
    let path = "/operator/mailings/01890a5d-ac96-774b-bcce-b302099a8057";
    let form = [("edition", "2025"), ("notice", "report_ready")];
    for persona in ["doctor", "researcher", "chief"] {
        let other = world.log_in(persona).await;
        assert_eq!(
            other.get("/operator/mailings").await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(other.post(path, &form).await.status, StatusCode::FORBIDDEN);
    }
    let operator = world.log_in("operator").await;
    let strange = [("edition", "2023"), ("notice", "report_ready")];
    assert_eq!(
        operator.post(path, &strange).await.status,
        StatusCode::NOT_FOUND
    );
}
