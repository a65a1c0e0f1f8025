//! Taken once, answered after the commit, and nothing of it lost: on both databases.

mod asked;
mod faults;
mod kept;
mod plans;
mod seeing;
mod taking;

use jiff::Timestamp;
use riktig_codes::{Day, HprNumber, NationalId, Sex};

use super::*;
use crate::suite::{World, moment};

/// A patient who cannot exist.
fn pid(number: u32) -> NationalId {
    let birth = Day::from_ymd(1980, 3, 2).expect("a day");
    let birth = birth + i32::try_from(number / 200).expect("few");
    NationalId::synthetic_tenor(birth, Sex::Male, number % 200).expect("a serial of the day")
}

fn sender() -> Sender {
    Sender {
        hpr: HprNumber::from_value(2_000_001),
        organisation: "974760673".parse().ok(),
    }
}

fn prescription(number: u32) -> PrescriptionId {
    format!("prescription-{number}").parse().expect("an id")
}

/// A prescription's own message.
fn m1(number: u32) -> Incoming {
    Incoming {
        id: format!("m1-{number}").parse().expect("an id"),
        kind: "M1",
        sender: sender(),
        patient: Some(pid(number)),
        bytes: format!("<M1>{number} æ</M1>").into_bytes(),
        wants: Wants {
            prescriptions: vec![prescription(number)],
            ..Wants::default()
        },
        now: moment(i64::from(number)),
    }
}

/// A message about a prescription that is there.
fn about(kind: &'static str, number: u32) -> Incoming {
    Incoming {
        id: format!("{kind}-{number}").parse().expect("an id"),
        kind,
        bytes: format!("<{kind}>{number}</{kind}>").into_bytes(),
        ..m1(number)
    }
}

fn standing(state: &str) -> Standing {
    Standing {
        status: "E".to_owned(),
        state: state.to_owned(),
        expires: Day::from_ymd(2025, 12, 24).expect("a day"),
        locked: false,
        reserved: true,
        closed: false,
    }
}

fn outgoing(id: &str) -> Outgoing {
    Outgoing {
        id: id.parse().expect("an id"),
        to: Link::SummaryRecord,
        kind: "M8.1",
        bytes: format!("<M81>{id}</M81>").into_bytes(),
    }
}

/// Takes a new prescription over, and tells the summary record.
fn prescribe(number: u32) -> impl Fn(&Present) -> Decision + Send + Sync + 'static {
    move |present| {
        let effects = if present.prescriptions.is_empty() {
            vec![
                Effect::Prescribe(NewPrescription {
                    id: prescription(number),
                    standing: standing("new"),
                    event: "prescribed".to_owned(),
                }),
                Effect::Send(outgoing(&format!("m81-{number}"))),
            ]
        } else {
            Vec::new()
        };
        let (answer, result) = if effects.is_empty() {
            ("no", "refused 31")
        } else {
            ("yes", "done")
        };
        Decision {
            effects,
            answer: answer.into(),
            result: result.to_owned(),
        }
    }
}

/// Changes the one prescription that is there.
fn change(
    event: &'static str,
    closed: bool,
) -> impl Fn(&Present) -> Decision + Send + Sync + 'static {
    move |present| {
        let change = |held: &Held| {
            Effect::Change(Change {
                id: held.id.clone(),
                version: held.version,
                standing: Standing {
                    closed,
                    ..standing(&format!("{}, {event}", held.standing.state))
                },
                event: event.to_owned(),
            })
        };
        Decision {
            effects: present.prescriptions.iter().map(change).collect(),
            answer: format!("{event} {}", present.prescriptions.len()).into_bytes(),
            result: "done".to_owned(),
        }
    }
}

fn post(world: &World) -> Post {
    Post::open(world.journal.clone(), Link::Intermediary)
}

async fn held(world: &World, number: u32) -> Vec<Held> {
    let patient = patient_with(&world.journal, &pid(number))
        .await
        .expect("reads");
    let Some(patient) = patient else {
        return Vec::new();
    };
    let mut reading = world.journal.reading().await.expect("reads");
    let held = of_patient(&mut reading, &world.journal, Link::Intermediary, patient).await;
    held.expect("reads")
}

/// What came of the messages about a patient, the newest first, as the patient reads it.
async fn results(world: &World, number: u32) -> Vec<String> {
    let patient = patient_with(&world.journal, &pid(number)).await;
    let patient = patient.expect("reads").expect("is known");
    let mut reading = world.journal.reading().await.expect("reads");
    let page = log_of_patient(&mut reading, patient, None).await;
    let lines = page.expect("reads").lines.into_iter();
    lines.map(|line| line.result).collect()
}

async fn happened(world: &World, number: u32) -> Vec<String> {
    let mut reading = world.journal.reading().await.expect("reads");
    let events = events(
        &mut reading,
        &world.journal,
        Link::Intermediary,
        &prescription(number),
    )
    .await;
    events
        .expect("reads")
        .into_iter()
        .map(|one| one.event)
        .collect()
}

async fn due_now(world: &World, now: Timestamp) -> Vec<Due> {
    due(&world.journal, Link::Intermediary, now, 10_000)
        .await
        .expect("reads")
}
