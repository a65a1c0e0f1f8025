//! Health, metrics and the log.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

use crate::world::{World, logged, people};

async fn private(world: &World, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = world
        .portal
        .private_router()
        .oneshot(request)
        .await
        .unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn it_lives_before_it_is_ready() {
    let world = World::new().await;
    let live = world.get("/health/live", "").await;
    assert_eq!(
        (live.status, live.body.as_str()),
        (StatusCode::OK, "live\n")
    );
    let ready = world.get("/health/ready", "").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.body, "no edition is open\n");
    world.portal.journal().close().await;
    let (status, body) = private(&world, "/health/ready").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(body, "the journal does not answer\n");
}

#[tokio::test]
async fn without_a_journal_whoever_had_a_session_is_told_to_come_back() {
    let world = World::new().await;
    let session = world.log_in("doctor").await;
    world.portal.journal().close().await;
    assert_eq!(world.get("/about", &session).await.status, StatusCode::OK);
    let entering = world.post("/login/demo", "", "persona=doctor").await;
    assert_eq!(entering.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(entering.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn metrics_count_by_template_and_name_nobody() {
    let world = World::new().await;
    let session = world.log_in("doctor").await;
    world.get("/about?hpr=9999001", &session).await;
    world.get("/assets/9999001", "").await;
    world.get("/9999001", "").await;
    let (status, text) = private(&world, "/metrics").await;
    assert_eq!(status, StatusCode::OK);
    for line in [
        "riktig_requests_total{method=\"GET\",route=\"/about\",status=\"200\"} 1",
        "riktig_requests_total{method=\"GET\",route=\"/assets/{file}\",status=\"404\"} 1",
        "riktig_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "riktig_logins_total{result=\"succeeded\"} 1",
        "riktig_sessions 1",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(
        text.contains("riktig_request_seconds_bucket{route=\"/about\",le=\"0.002\"}"),
        "{text}"
    );
    assert!(!text.contains("9999001"), "{text}");
    assert_eq!(
        world.get("/metrics", "").await.status,
        StatusCode::NOT_FOUND
    );
}

/// By every test of this program, at the finest level.
#[tokio::test]
async fn a_whole_visit_leaves_no_person_in_the_log() {
    let world = World::new().await;
    let session = world.log_in("doctor").await;
    world
        .get("/about?hpr=9999001&name=Invented", &session)
        .await;
    world.get("/9999001", &session).await;
    world.post("/login/demo", &session, "persona=9999001").await;
    world.get("/login?to=/9999001", "").await;
    world.post("/logout", &session, "").await;
    world.portal.journal().close().await;
    world.post("/login/demo", "", "persona=doctor").await;
    let log = logged();
    assert!(log.contains("\"route\":\"/about\""), "{log}");
    assert!(log.contains("a request failed"), "{log}");
    assert!(
        !log.contains("9999001") && !log.contains("Invented"),
        "{log}"
    );
    let token = session.split('=').nth(1).unwrap();
    assert!(!log.contains(token), "{log}");
    for person in people() {
        let pid = String::from_utf8(person.pid.reveal_digits().to_vec()).unwrap();
        assert!(!log.contains(&pid), "{log}");
    }
}
