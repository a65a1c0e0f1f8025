//! Course groups: made, and members taken over.

use axum::http::StatusCode;

use crate::between;
use crate::world::World;

#[tokio::test]
async fn a_group_is_made_and_waits_for_a_leader() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let page = operator.get("/operator/groups").await;
    assert!(
        page.words().contains("Gruppe Nordvik\n"),
        "{}",
        page.words()
    );
    let text = page.text();
    let path = between(&text, "action=\"/operator/groups/", "\" class=\"fields\"");
    let path = format!("/operator/groups/{path}");
    let unnamed = operator.post(&path, &[("name", " ")]).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = operator.post(&path, &[("name", "Gruppe Sørvik")]).await;
    assert_eq!(
        made.location(),
        "/operator/groups?said=made",
        "{}",
        made.text()
    );
    let words = operator.get("/operator/groups").await.words();
    assert!(words.contains("Gruppe Sørvik\n0\nMangler leder"), "{words}");
    let other = world.log_in("doctor").await;
    assert_eq!(
        other.get("/operator/groups").await.status,
        StatusCode::FORBIDDEN
    );
    let refused = other.post(&path, &[("name", "Min")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn members_are_taken_over_from_an_edition_that_has_the_group() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let path = format!("/operator/groups/{id}/take-over");
    for (edition, code) in [("2025", "nowhere"), ("2023", "7"), ("", "")] {
        let form = [("edition", edition), ("code", code)];
        let answer = operator.post(&path, &form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{edition} {code}");
    }
    let doctor = world.log_in("doctor").await;
    let form = [("edition", "2025"), ("code", "7")];
    assert_eq!(
        doctor.post(&path, &form).await.status,
        StatusCode::FORBIDDEN
    );
}
