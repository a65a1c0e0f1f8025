//! Courses and e-learning, asked as a browser asks.

#[expect(dead_code, reason = "the operator's pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

mod attendance;
mod certificate;
mod courses;
mod follow_up;
mod learning;
mod words;

use axum::http::StatusCode;
use riktig_portal::learning::{Module, shipped};

use crate::world::{Browser, World};

/// Three meetings that lie before the world's clock.
const PLAN: [(&str, &str); 7] = [
    ("title", "Riktigere bruk"),
    ("day1", "2026-01-15"),
    ("place1", "Nordvik legesenter"),
    ("day2", "2026-03-05"),
    ("place2", ""),
    ("day3", "2026-05-07"),
    ("place3", "Rådhuset"),
];

/// The leader makes a course and enrols the whole group; gives the course's id.
async fn course(world: &World, leader: &Browser<'_>) -> String {
    let group = world.group.to_string();
    let form: Vec<(&str, &str)> = [("group", group.as_str())]
        .into_iter()
        .chain(PLAN)
        .collect();
    let made = leader.post("/courses", &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let to = made.location().to_owned();
    let id = to.strip_prefix("/courses/").expect("to the course");
    let id = id
        .strip_suffix("?said=made")
        .expect("and says so")
        .to_owned();
    let enrol = format!("/courses/{id}/enrol");
    let enrolled = leader.post(&enrol, &[("who", "whole-group")]).await;
    assert_eq!(enrolled.location(), format!("/courses/{id}?said=enrolled"));
    id
}

/// The leader notes what is told of each meeting; before, nothing was noted.
async fn note(leader: &Browser<'_>, course: &str, hpr: u32, noted: [&str; 3]) {
    let fields = (1..).zip(noted).flat_map(|(meeting, noted): (u32, _)| {
        let name = |kind| format!("{kind}-{meeting}-{hpr}");
        [
            (name("was"), "not-noted".to_owned()),
            (name("now"), noted.to_owned()),
        ]
    });
    let fields: Vec<(String, String)> = fields.collect();
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, it)| (&**name, &**it)).collect();
    let path = format!("/courses/{course}/attendance");
    let saved = leader.post(&path, &form).await;
    assert_eq!(saved.location(), format!("/courses/{course}?said=noted"));
}

/// A filled test, with so many wrong answers.
fn answers(module: &Module, wrong: usize) -> Vec<(String, String)> {
    let questions = module.questions.iter().enumerate();
    let answers = questions.map(|(number, question)| {
        let right = question.answers.iter().position(|answer| answer.right);
        let right = right.expect("one is right");
        let chosen = if number < wrong {
            (right + 1) % question.answers.len()
        } else {
            right
        };
        (question.id.clone(), chosen.to_string())
    });
    answers.collect()
}

/// Hands in a test.
async fn hand_in(doctor: &Browser<'_>, course: &str, module: &Module, wrong: usize) -> String {
    let answers = answers(module, wrong);
    let form: Vec<(&str, &str)> = answers.iter().map(|(name, it)| (&**name, &**it)).collect();
    let path = format!("/learning/{course}/module/{}", module.id);
    let answer = doctor.post(&path, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().to_owned()
}

/// Every module, passed.
async fn pass_everything(doctor: &Browser<'_>, course: &str) {
    for module in shipped() {
        hand_in(doctor, course, module, 0).await;
    }
}
