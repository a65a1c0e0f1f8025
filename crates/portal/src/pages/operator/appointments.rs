//! `GET /operator/appointments`: who is appointed to what, and what waits for a second operator.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use riktig_journal::appointment::{self, Appointment};
use riktig_journal::group;
use riktig_journal::policy::{About, Act, Actor};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::role::{self, Names};
use super::telling::Said;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The appointments.
#[derive(Debug, Template)]
#[template(path = "operator/appointments.html")]
pub(crate) struct Appointments {
    shell: Shell,
    notice: String,
    waiting: Vec<Row>,
    standing: Vec<Row>,
    over: Vec<Row>,
}

/// One appointment in words.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) role: String,
    pub(super) reach: String,
    pub(super) who: String,
    pub(super) time: String,
    pub(super) reason: String,
    pub(super) state: String,
}

/// How an appointment stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Waits,
    InForce,
    /// Confirmed, and not begun.
    Coming,
    Over,
}

impl Framed for Appointments {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/appointments`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let mut looking = visit
        .look(&portal, Act::SeeAppointments, About::Country)
        .await?;
    let all = appointment::all(&mut looking).await?;
    let groups = group::all(&mut looking).await?;
    drop(looking);
    let (names, now) = (Names::of(&portal, &groups), portal.now());
    let notice = match said.said.as_deref() {
        Some("proposed") => shell.say("operator-said-proposed"),
        Some("confirmed") => shell.say("operator-said-confirmed"),
        Some("ended") => shell.say("operator-said-ended"),
        _ => String::new(),
    };
    let actor = visit.logged_in()?;
    let told = |wanted: &[Standing]| {
        let all = all.iter().filter(|it| wanted.contains(&standing(it, now)));
        all.map(|it| row(it, &names, actor, now, shell.lang))
            .collect()
    };
    let page = Appointments {
        notice,
        waiting: told(&[Standing::Waits]),
        standing: told(&[Standing::InForce, Standing::Coming]),
        over: told(&[Standing::Over]),
        shell,
    };
    Ok(Page::new(page).into_response())
}

pub(super) fn standing(appointment: &Appointment, now: Timestamp) -> Standing {
    if appointment.ended_at.is_some() || appointment.until <= now {
        Standing::Over
    } else if appointment.confirmed_at.is_none() {
        Standing::Waits
    } else if appointment.from > now {
        Standing::Coming
    } else {
        Standing::InForce
    }
}

pub(super) fn row(
    appointment: &Appointment,
    names: &Names,
    asker: &Actor,
    now: Timestamp,
    lang: Lang,
) -> Row {
    let role = &appointment.role;
    Row {
        id: appointment.id.to_string(),
        role: lang.say(role::name(role.kind())),
        reach: names.reach(role, lang),
        who: who(appointment, asker, lang),
        time: time(appointment, lang),
        reason: appointment.reason.clone(),
        state: state(appointment, asker, now, lang),
    }
}

/// The appointee: a number that is public, or that it is a person whose number is kept as a hash only.
fn who(appointment: &Appointment, asker: &Actor, lang: Lang) -> String {
    let own = appointment.appointee.is_some() && appointment.appointee == asker.person();
    match appointment.appointee_hpr {
        Some(hpr) => lang.fill(
            Key("operator-who-hpr"),
            &[("number", Arg::Text(&hpr.to_string()))],
        ),
        None if own => lang.say(Key("operator-who-you")),
        None => lang.say(Key("operator-who-person")),
    }
}

/// From the first day to the last, both included.
fn time(appointment: &Appointment, lang: Lang) -> String {
    let last = appointment.until - jiff::SignedDuration::from_secs(1);
    let (from, until) = (
        moment::on_day(lang, appointment.from),
        moment::on_day(lang, last),
    );
    lang.fill(
        Key("operator-time"),
        &[("from", Arg::Text(&from)), ("until", Arg::Text(&until))],
    )
}

fn state(appointment: &Appointment, asker: &Actor, now: Timestamp, lang: Lang) -> String {
    let day = |key, at| {
        let day = moment::on_day(lang, at);
        lang.fill(key, &[("day", Arg::Text(&day))])
    };
    match (standing(appointment, now), appointment.ended_at) {
        (Standing::Waits, _) if is_own_proposal(appointment, asker) => {
            lang.say(Key("operator-appointment-waits-other"))
        }
        (Standing::Waits, _) => lang.say(Key("operator-appointment-waits")),
        (Standing::Coming, _) => lang.say(Key("operator-appointment-coming")),
        (Standing::InForce, _) => lang.say(Key("operator-appointment-in-force")),
        (Standing::Over, Some(at)) => day(Key("operator-appointment-ended"), at),
        (Standing::Over, None) => day(Key("operator-appointment-over"), appointment.until),
    }
}

/// Whether the asker proposed it: then another confirms.
pub(super) fn is_own_proposal(appointment: &Appointment, asker: &Actor) -> bool {
    appointment.proposed_by.is_some() && appointment.proposed_by == asker.person()
}
