//! A service's page.

use axum::http::StatusCode;

use crate::world::{ON_DUTY, World};

#[tokio::test]
async fn the_leader_sees_the_services_published_figures_beside_the_country() {
    let world = World::new().await;
    let leader = world.log_in("duty-leader").await;
    let words = leader.get("/service/P00010").await.words();
    assert!(words.contains("Tjenesten\n30 %"), "{words}");
    assert!(words.contains("Landet\n50 %"), "{words}");
    let (_, untold) = words.split_once("Dette kan ikke sies").expect("a part");
    assert!(untold.contains("Holdt tilbake."), "{untold}");
}

#[tokio::test]
async fn a_report_that_is_shared_with_the_service_is_read_there_and_nowhere_else() {
    let world = World::new().await;
    let (doctor, leader) = (
        world.log_in("doctor").await,
        world.log_in("duty-leader").await,
    );
    let form = [("audience", "service:P00010"), ("what", "every")];
    let given = doctor.post("/report/sharing", &form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    let text = leader.get("/service/P00010").await.text();
    let link = text.split("href=\"").find(|rest| rest.contains("/shared/"));
    let link = link
        .and_then(|rest| rest.split('"').next())
        .expect("a link");
    let words = leader.get(link).await.words();
    assert!(words.contains("HPR-nummer 9144900"), "{words}");
    let elsewhere = link.replace("/service/P00010", &format!("/group/{}", world.group));
    let group_leader = world.log_in("leader").await;
    for path in [link, &elsewhere] {
        let status = group_leader.get(path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    doctor
        .post(
            "/report/sharing/withdraw",
            &[("audience", "service:P00010")],
        )
        .await;
    assert_eq!(leader.get(link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_service_is_not_there_for_those_who_do_not_lead_it() {
    let world = World::new().await;
    for who in ["doctor", "leader", "chief", "operator", "researcher"] {
        let browser = world.log_in(who).await;
        let status = browser.get("/service/P00010").await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{who}");
    }
    let leader = world.log_in("duty-leader").await;
    for path in ["/service/P00011", "/service/%20"] {
        assert_eq!(
            leader.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn who_works_for_a_service_is_offered_to_share_with_its_leader() {
    let world = World::with(&[ON_DUTY]).await;
    let on_duty = world.log_in("on-duty").await;
    let words = on_duty.get("/report/sharing").await.words();
    assert!(words.contains("Lederen for P00010 (tjeneste)"), "{words}");
    let form = [("audience", "service:P00010"), ("what", "2025")];
    on_duty.post("/report/sharing", &form).await;
    let leader = world.log_in("duty-leader").await;
    let words = leader.get("/service/P00010").await.words();
    assert!(words.contains("HPR-nummer 9144907"), "{words}");
    let doctor = world.log_in("doctor").await;
    let words = doctor.get("/report/sharing").await.words();
    assert!(!words.contains("tjeneste"), "{words}");
}
