//! Who may ask what: every route that asks the policy, tried by those who may not.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use riktig_journal::policy::{Act, Basis};
use riktig_portal::{Access, ROUTES, Route};

use crate::world::{World, request};

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

/// On what grounds the people of the world may ask; none of them leads or belongs to anything.
const GROUNDS: [(&str, &[Basis]); 2] = [
    ("doctor", &[Basis::Login, Basis::Oneself]),
    ("operator", &[Basis::Login, Basis::Operator]),
];

/// Every guarded route is tried by everybody whose grounds do not reach its act. A route counts as tested when somebody
/// was refused, or when it is open to whoever is logged in (the test of those who are not is below).
#[tokio::test]
async fn every_route_refuses_those_whose_grounds_do_not_reach_its_act() {
    let world = World::new().await;
    let mut untested = String::new();
    for route in guarded() {
        let Access::Policy(act) = route.access else {
            continue;
        };
        let mut tested = act.bases().contains(&Basis::Login);
        for (persona, grounds) in GROUNDS {
            // The ids are nobody's: an appointment that is not there is nobody's own.
            let own = |basis: &Basis| act == Act::EndAppointment && *basis == Basis::Oneself;
            let mut bases = act.bases().iter().filter(|basis| !own(basis));
            if bases.any(|basis| grounds.contains(basis)) {
                continue;
            }
            let session = world.log_in(persona).await;
            let answer = world
                .ask(request(route.method, &filled(route.path), &session, ""))
                .await;
            assert!(
                answer.status.is_client_error(),
                "{persona} at {} {}: {}",
                route.method,
                route.path,
                answer.status
            );
            tested = true;
        }
        if !tested {
            untested.push_str(&format!("{} {}\n", route.method, route.path));
        }
    }
    let checked_in = include_str!("routes-without-an-authorisation-test.txt");
    assert_eq!(untested, checked_in, "give GROUNDS somebody who may not");
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
