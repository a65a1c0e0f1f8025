//! Hostile requests, made from a grammar of attacks and sent as bytes to a portal that listens: all are refused. And bugs
//! planted around the portal on purpose: each is caught.
//!
//! The grammar takes the portal's own list of routes, so a new route is attacked from the day it stands there.
//! `cargo test -p riktig-portal --test hostile -- --nocapture` prints how many of each class were sent.

mod attack;
mod bugs;
mod grammar;
mod wire;
mod world;

use std::collections::BTreeMap;

use attack::{Attack, SESSION};
use bugs::BUGS;
use wire::Request;
use world::World;

/// At least so many attacks; the list of routes makes it more.
const FEWEST: usize = 500;

/// Everything that is wrong with the answers of this portal; and how many attacks of each class were sent.
async fn all_faults(world: &World) -> (Vec<String>, BTreeMap<&'static str, usize>) {
    let mut faults = Vec::new();
    let mut sent = BTreeMap::new();
    let before = world.others_own().await;
    for attack in grammar::attacks(&world.ids) {
        let answer = world.suffer(&attack).await;
        faults.extend(attack.faults(&answer));
        *sent.entry(attack.class).or_default() += 1;
    }
    if world.others_own().await != before {
        faults.push("what the other doctor wrote was changed".to_owned());
    }
    (faults, sent)
}

#[tokio::test]
async fn every_hostile_request_is_refused() {
    let world = World::new(|router| router).await;
    let (faults, sent) = all_faults(&world).await;
    let all: usize = sent.values().sum();
    for (class, number) in &sent {
        println!("{number:6}  {class}");
    }
    println!("{all:6}  together, {} not refused", faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(all >= FEWEST, "only {all} attacks");
}

#[tokio::test]
async fn every_planted_bug_is_caught() {
    for bug in BUGS {
        let world = World::new(bug.plant).await;
        let mut caught = None;
        let of_class = |attack: &Attack| attack.class == bug.class;
        for attack in grammar::attacks(&world.ids).into_iter().filter(of_class) {
            let answer = world.suffer(&attack).await;
            let mut faults = attack.faults(&answer).into_iter();
            caught = faults.find(|fault| fault.contains(bug.noticed_as));
            if caught.is_some() {
                break;
            }
        }
        match caught {
            Some(fault) => println!("{}: {fault}", bug.name),
            None => panic!("nobody noticed: {}", bug.name),
        }
    }
}

#[tokio::test]
async fn a_session_that_was_replaced_or_ended_is_dead() {
    let world = World::new(|router| router).await;
    let is_in = async |token: &str| {
        let cookie = format!("{SESSION}={token}");
        let page = Request::get("/").header("Cookie", &cookie);
        let answer = page.send(world.address).await;
        answer.body.contains("action=\"/logout\"") || answer.status == 303
    };
    let first = world.session().await;
    assert!(is_in(&first).await, "a session is one");
    let again = Request::form("/login/demo", &[("persona", "doctor")])
        .same_origin()
        .header("Cookie", &format!("{SESSION}={first}"));
    let second = again.send(world.address).await.cookie(SESSION);
    let second = second.expect("a session");
    assert!(!is_in(&first).await, "replaced");
    assert!(is_in(&second).await);
    let out = Request::form("/logout", &[])
        .same_origin()
        .header("Cookie", &format!("{SESSION}={second}"));
    assert_eq!(out.send(world.address).await.status, 303);
    assert!(!is_in(&second).await, "ended");
}
