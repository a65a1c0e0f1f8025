//! Logging in and out.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use crate::world::{World, clock};

#[tokio::test]
async fn a_session_is_a_cookie_that_scripts_and_other_sites_do_not_see() {
    let world = World::new().await;
    let answer = world.post("/login/demo", "", "persona=doctor").await;
    let line = answer.set_cookie("riktig").expect("a session");
    assert!(line.contains("; HttpOnly; SameSite=Lax"), "{line}");
    assert!(
        !line.contains("Max-Age"),
        "it ends with the browser: {line}"
    );
    assert_eq!(answer.header("location"), "/");
    let inside = world.get("/about", &answer.cookie("riktig").unwrap()).await;
    assert!(inside.body.contains("Invented doctor"), "{}", inside.body);
}

#[tokio::test]
async fn over_https_the_cookie_belongs_to_this_host_alone() {
    let world = World::with(&[("RIKTIG_SERVER__PUBLIC_URL", "https://127.0.0.1:8080")]).await;
    let answer = world.post("/login/demo", "", "persona=doctor").await;
    let line = answer.set_cookie("__Host-riktig").expect("a session");
    assert!(
        line.contains("; Path=/;") && line.ends_with("; Secure"),
        "{line}"
    );
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
}

#[tokio::test]
async fn a_login_gives_a_new_session_and_ends_the_one_the_browser_came_with() {
    let world = World::new().await;
    let before = world.log_in("doctor").await;
    let answer = world.post("/login/demo", &before, "persona=operator").await;
    let after = answer.cookie("riktig").unwrap();
    assert_ne!(before, after);
    assert!(!world.get("/about", &before).await.body.contains("Invented"));
    assert!(
        world
            .get("/about", &after)
            .await
            .body
            .contains("Invented operator")
    );
}

#[tokio::test]
async fn a_token_that_somebody_planted_before_the_login_is_worth_nothing_after_it() {
    let world = World::new().await;
    let planted = format!("riktig={}", "B".repeat(43));
    world.post("/login/demo", &planted, "persona=doctor").await;
    assert!(
        !world
            .get("/about", &planted)
            .await
            .body
            .contains("Invented")
    );
}

#[tokio::test]
async fn logging_out_ends_the_session_at_once() {
    let world = World::new().await;
    let session = world.log_in("doctor").await;
    let answer = world.post("/logout", &session, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(
        !world
            .get("/about", &session)
            .await
            .body
            .contains("Invented")
    );
    let by_link = world.get("/logout", &session).await;
    assert_eq!(by_link.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn after_the_login_the_person_is_where_they_wanted_to_go_and_never_elsewhere() {
    let world = World::new().await;
    for (to, arrived) in [
        ("/about", "/about"),
        ("/report%3Fperiod%3D2024", "/report?period=2024"),
        ("//evil.example", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("/login%3Fto%3D/about", "/"),
    ] {
        let page = world.get(&format!("/login?to={to}"), "").await;
        let remembered = page.cookie("riktig-to").expect("it is remembered");
        let answer = world
            .post("/login/demo", &remembered, "persona=doctor")
            .await;
        assert_eq!(answer.header("location"), arrived, "{to}");
    }
}

#[tokio::test]
async fn whoever_has_no_place_here_gets_no_session() {
    let world = World::new().await;
    let answer = world.post("/login/demo", "", "persona=nobody").await;
    assert!(answer.set_cookie("riktig").is_none(), "{answer:?}");
    let unknown = world.post("/login/demo", "", "persona=somebody").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn there_is_no_callback_and_no_back_channel_in_the_demo() {
    let world = World::new().await;
    let callback = world.get("/login/callback?code=x&state=y", "").await;
    assert_eq!(callback.status, StatusCode::NOT_FOUND);
    let ended = world.post("/login/ended", "", "logout_token=x").await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
}

/// Minutes that have passed in the test below.
static PASSED: AtomicI64 = AtomicI64::new(0);

fn passing() -> Timestamp {
    clock() + SignedDuration::from_mins(PASSED.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_session_ends_when_it_lies_idle_and_after_a_day_of_work_in_any_case() {
    let world = World::made(&[], passing).await;
    let session = world.log_in("doctor").await;
    let after = async |minutes| {
        PASSED.store(minutes, Ordering::SeqCst);
        world
            .get("/about", &session)
            .await
            .body
            .contains("Invented")
    };
    for used in (0..480).step_by(20) {
        assert!(after(used).await, "{used}");
    }
    assert!(!after(480).await, "eight hours are the most");
    assert!(after(479).await);
    assert!(!after(479 + 31).await);
    let second = {
        PASSED.store(0, Ordering::SeqCst);
        world.log_in("doctor").await
    };
    PASSED.store(30, Ordering::SeqCst);
    let idle = world.get("/about", &second).await;
    assert!(!idle.body.contains("Invented"), "half an hour is too long");
}
