//! What people do in the portal, on both databases.

mod advice;
mod appointment;
pub(crate) mod asking;
mod cohort;
mod course;
mod dispute;
mod fetch;
mod goal;
mod group;
mod mailing;
mod person;
mod share;
mod shelf;
mod showing;
mod waiver;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::{Day, HprNumber, Month, MonthRange, NationalId, Sex};

use crate::appointment::Proposal;
use crate::id::{AppointmentId, GroupId};
use crate::person::LogIn;
use crate::policy::{About, Act, Actor, EditionId, Refusal, Role};
use crate::suite::{World, moment};
use crate::{Acting, AskError, Looking};

/// Operators of the tests are people 201, 202 and 203.
const OPERATORS: [u32; 3] = [201, 202, 203];

fn hpr(number: u32) -> HprNumber {
    HprNumber::from_value(9_000_000 + number).expect("seven digits")
}

/// Identity number of a person who cannot exist.
fn pid(number: u32) -> NationalId {
    let birth = Day::from_ymd(1970, 5, 17).expect("a day");
    NationalId::synthetic_tenor(later(birth, number / 200), Sex::Female, number % 200)
        .expect("a serial of the day")
}

fn later(day: Day, days: u32) -> Day {
    Day::from_epoch_days(day.epoch_days() + i32::try_from(days).expect("a few days"))
}

fn edition() -> EditionId {
    "2025".parse().expect("digits")
}

/// Somebody logs in: with an HPR number up to person 200, without one from there on.
async fn log_in(world: &World, number: u32, now: Timestamp) -> Actor {
    let number_of_doctor = (number <= 200).then(|| hpr(number).value());
    log_in_as(world, pid(number), number_of_doctor, now).await
}

/// Somebody logs in with an identity number of the test's own.
pub(crate) async fn log_in_as(
    world: &World,
    pid: NationalId,
    hpr: Option<u32>,
    now: Timestamp,
) -> Actor {
    let login = LogIn {
        pid: &pid,
        hpr: hpr.and_then(HprNumber::from_value),
        organisation: None,
    };
    let person = crate::person::log_in(&world.journal, login, now).await;
    let person = person.expect("they may log in");
    again(world, person).await
}

/// The actor as the next request would find them.
async fn again(world: &World, person: crate::id::PersonId) -> Actor {
    let actor = crate::person::actor(&world.journal, person, None).await;
    actor.expect("it can be read").expect("they are there")
}

pub(crate) async fn acting(
    world: &World,
    actor: &Actor,
    act: Act,
    about: About,
    now: Timestamp,
) -> Acting {
    let asked = world.journal.ask_to_act(actor, act, about, now).await;
    asked.unwrap_or_else(|error| panic!("{act:?}: {error}"))
}

pub(crate) async fn looking(
    world: &World,
    actor: &Actor,
    act: Act,
    about: About,
    now: Timestamp,
) -> Looking {
    let asked = world.journal.ask_to_look(actor, act, about, now).await;
    asked.unwrap_or_else(|error| panic!("{act:?}: {error}"))
}

/// A verb of the binary at work on the journal.
pub(crate) async fn maintaining(world: &World, now: Timestamp) -> Acting {
    let verb = Actor::verb("maintain");
    acting(world, &verb, Act::Maintain, About::Journal, now).await
}

/// What is one's own.
async fn own(world: &World, actor: &Actor, now: Timestamp) -> Looking {
    let about = About::Prescriber(actor.hpr().expect("a doctor"));
    looking(world, actor, Act::SeeOwn, about, now).await
}

/// Why it was refused.
async fn refused(world: &World, actor: &Actor, act: Act, about: About, now: Timestamp) -> Refusal {
    let error = match act.is_write() {
        true => world.journal.ask_to_act(actor, act, about, now).await.err(),
        false => world
            .journal
            .ask_to_look(actor, act, about, now)
            .await
            .err(),
    };
    match error {
        Some(AskError::Refused(refusal)) => refusal,
        other => panic!("{act:?} was not refused: {other:?}"),
    }
}

/// A year from the beginning of the tests' time.
fn for_a_year(role: Role) -> Proposal {
    Proposal {
        role,
        from: moment(0),
        until: moment(0) + SignedDuration::from_hours(365 * 24),
        reason: "letter 2025/17".to_owned(),
    }
}

/// The three operators whom the binary appoints.
async fn operators(world: &World) -> [Actor; 3] {
    let mut actors = Vec::new();
    for number in OPERATORS {
        let person = log_in(world, number, moment(0)).await;
        let id = person.person().expect("a person");
        let verb = Actor::verb("appoint");
        let act = Act::AppointFirstOperators;
        let mut acting = acting(world, &verb, act, About::Person(id), moment(0)).await;
        let proposal = for_a_year(Role::Operator);
        let added = crate::appointment::appoint_first(&mut acting, &proposal).await;
        added.expect("the binary may");
        acting.done().await.expect("it is written");
        actors.push(again(world, id).await);
    }
    actors.try_into().expect("there are three")
}

/// Two operators appoint somebody by HPR number.
async fn appoint(
    world: &World,
    operators: &[Actor; 3],
    number: u32,
    proposal: &Proposal,
    now: Timestamp,
) -> AppointmentId {
    let (act, about) = (Act::ProposeAppointment, About::Prescriber(hpr(number)));
    let mut proposing = acting(world, &operators[0], act, about, now).await;
    let id = crate::appointment::propose(&mut proposing, proposal).await;
    let id = id.expect("a proposal");
    proposing.done().await.expect("it is written");
    let (act, about) = (Act::ConfirmAppointment, About::Appointment(id));
    let mut confirming = acting(world, &operators[1], act, about, now).await;
    let confirmed = crate::appointment::confirm(&mut confirming).await;
    confirmed.expect("it waits");
    confirming.done().await.expect("it is written");
    id
}

/// A group with these members, led by the person `leader`.
async fn group(world: &World, operators: &[Actor; 3], members: &[u32], leader: u32) -> GroupId {
    let id = crate::group::new_id(moment(0)).expect("chance");
    let mut making = acting(
        world,
        &operators[0],
        Act::KeepGroups,
        About::Group(id),
        moment(0),
    )
    .await;
    let made = crate::group::make(&mut making, "Gruppe 7", None).await;
    made.expect("a new group");
    let members: Vec<HprNumber> = members.iter().map(|number| hpr(*number)).collect();
    let taken = crate::group::take_over(&mut making, &members).await;
    taken.expect("there is room");
    making.done().await.expect("it is written");
    appoint(
        world,
        operators,
        leader,
        &for_a_year(Role::GroupLeader(id)),
        moment(1),
    )
    .await;
    id
}

/// Puts the edition on the shelf.
async fn publish(world: &World, operator: &Actor) {
    let about = About::Edition(edition());
    let mut putting = acting(world, operator, Act::KeepShelf, about, moment(1)).await;
    let period = MonthRange::ending(Month::from_ym(2025, 12).expect("a month"), 12);
    let put = crate::shelf::put(&mut putting, "edition-2025", period.expect("a year")).await;
    put.expect("it is new");
    putting.done().await.expect("it is written");
}
