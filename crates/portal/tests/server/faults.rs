//! Handlers that fail: one that panics, one that never ends. What stands around them answers, and the server lives on.

use axum::http::StatusCode;
use axum::routing;
use riktig_portal::{Access, Route};
use tokio::sync::Notify;
use tower::ServiceExt as _;

use crate::world::{Answer, World, logged, request};

/// What a careless fault could say.
const SAID: &str = "Invented patient 13097248022";

#[expect(clippy::panic, reason = "the fault that is tried")]
async fn breaks() -> &'static str {
    panic!("{SAID}")
}

async fn never_ends() -> &'static str {
    std::future::pending().await
}

/// Lets the slow change go on, and tells that it has ended.
static GO_ON: Notify = Notify::const_new();
static ENDED: Notify = Notify::const_new();

async fn changes_slowly() -> &'static str {
    GO_ON.notified().await;
    ENDED.notify_one();
    "changed"
}

const fn route(
    method: &'static str,
    path: &'static str,
    handler: fn() -> routing::MethodRouter<riktig_portal::Portal>,
) -> Route {
    Route {
        method,
        path,
        access: Access::Public,
        file: "",
        handler,
    }
}

static FAULTY: &[Route] = &[
    route("GET", "/breaks", || routing::get(breaks)),
    route("POST", "/breaks/change", || routing::post(breaks)),
    route("GET", "/never", || routing::get(never_ends)),
    route("POST", "/slow", || routing::post(changes_slowly)),
    route("GET", "/whole", || routing::get(async || "whole")),
];

async fn ask(world: &World, method: &str, path: &str) -> Answer {
    let router = world.portal.router_of(FAULTY);
    let response = router.oneshot(request(method, path, "", "")).await;
    Answer::of(response.expect("infallible")).await
}

#[tokio::test]
async fn a_handler_that_panics_is_a_page_with_a_reference_and_the_server_lives_on() {
    let world = World::new().await;
    for (method, path) in [("GET", "/breaks"), ("POST", "/breaks/change")] {
        let answer = ask(&world, method, path).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"));
        let reference = answer.header("x-request-id");
        assert!(!reference.is_empty() && answer.body.contains(reference));
        assert!(!answer.body.contains(SAID), "{}", answer.body);
        assert!(answer.header("content-security-policy").contains("'none'"));
        let whole = ask(&world, "GET", "/whole").await;
        assert_eq!(
            (whole.status, whole.body.as_str()),
            (StatusCode::OK, "whole")
        );
    }
    let log = logged();
    assert!(log.contains("a handler panicked"), "{log}");
    assert!(!log.contains(SAID), "{log}");
}

#[tokio::test]
async fn a_handler_that_never_ends_is_ended_and_gives_its_place_back() {
    let world = World::with(&[
        ("RIKTIG_LIMITS__REQUEST_SECONDS", "1"),
        ("RIKTIG_LIMITS__REQUESTS_AT_ONCE", "1"),
    ])
    .await;
    let answer = ask(&world, "GET", "/never").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "2");
    assert!(answer.body.contains(answer.header("x-request-id")));
    let whole = ask(&world, "GET", "/whole").await;
    assert_eq!(whole.status, StatusCode::OK, "there is room again");
}

#[tokio::test]
async fn a_change_that_takes_too_long_is_answered_in_time_and_finished_all_the_same() {
    let world = World::with(&[("RIKTIG_LIMITS__REQUEST_SECONDS", "1")]).await;
    let answer = ask(&world, "POST", "/slow").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    GO_ON.notify_one();
    ENDED.notified().await;
}
