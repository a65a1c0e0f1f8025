//! Who may ask what: every route that asks the policy, tried by those who may not.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use riktig_portal::{Access, ROUTES, Route};

use crate::world::{World, request};

/// Routes that ask the policy and have a test of their own in this folder: method and path, as in the list of routes.
/// A page that is added comes in here together with its test.
const TESTED: &[(&str, &str)] = &[];

fn guarded() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| route.access != Access::Public)
}

/// A path of this template; nothing of these ids exists.
fn filled(template: &str) -> String {
    let parts = template.split('/').map(|part| {
        if part.starts_with('{') {
            "01890a5d-ac96-774b-bcce-b302099a8057"
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn the_list_of_routes_without_an_authorisation_test_is_as_it_is_checked_in() {
    let tested: BTreeSet<_> = TESTED.iter().copied().collect();
    let without: String = guarded()
        .filter(|route| matches!(route.access, Access::Policy(_)))
        .filter(|route| !tested.contains(&(route.method, route.path)))
        .map(|route| format!("{} {}\n", route.method, route.path))
        .collect();
    let checked_in = include_str!("routes-without-an-authorisation-test.txt");
    assert_eq!(
        without, checked_in,
        "write the test, and name the route in TESTED"
    );
}

#[tokio::test]
async fn who_is_not_logged_in_is_sent_to_the_login_by_every_guarded_route() {
    let world = World::new().await;
    for route in guarded() {
        let path = filled(route.path);
        let answer = world.ask(request(route.method, &path, "", "")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.header("location").starts_with("/login?"), "{path}");
        assert!(answer.body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_made_up_or_planted_session_is_nobodys() {
    let world = World::new().await;
    let forged = format!("riktig={}", "A".repeat(43));
    for cookie in [
        forged.as_str(),
        "riktig=",
        "riktig=x",
        "riktig=%00",
        "riktig=a; riktig=b",
    ] {
        for route in guarded() {
            let path = filled(route.path);
            let answer = world.ask(request(route.method, &path, cookie, "")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {cookie}");
        }
        let first = world.get("/", cookie).await;
        assert!(!first.body.contains("Invented"), "{cookie}");
    }
}

#[test]
fn every_route_is_listed_once_and_names_its_file() {
    let mut seen = BTreeSet::new();
    for route in ROUTES {
        assert!(seen.insert((route.method, route.path)), "{}", route.path);
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(route.file);
        assert!(file.is_file(), "{} is not there", route.file);
    }
}
