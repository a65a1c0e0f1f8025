//! `GET /prescriptions` and `POST /prescriptions/choices`: one's own prescriptions, who has looked, and what one closes.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Redirect;
use riktig_chain::shown::{self, Viewer};
use riktig_codes::HprNumber;
use riktig_journal::chain::{self, Choice, Choices, Link, Ward, patient_of_person};
use riktig_journal::policy::{About, Act, GuardianKind};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::list::Rows;
use super::looked::{self, Line};
use super::names::Names;
use crate::failure::Failure;
use crate::moment::day;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// One's own.
#[derive(Debug, Template)]
#[template(path = "prescriptions/own.html")]
pub(crate) struct OwnPage {
    shell: Shell,
    list: Rows,
    lines: Vec<Line>,
    older: Option<i64>,
    choices: Choices,
    /// Number and name of whom it is closed to; the name is empty where nobody knows it.
    closed_to: Vec<[String; 2]>,
    /// Address and words.
    wards: Vec<[String; 2]>,
    professional: bool,
    saved: bool,
}

impl Framed for OwnPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Which lines.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct From {
    before: Option<i64>,
    said: Option<String>,
}

/// `GET /prescriptions`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(from): Query<From>,
) -> Result<Page<OwnPage>, Failure> {
    let (journal, today) = (portal.journal(), day(portal.now()));
    let mut looking = visit
        .look(&portal, Act::SeeOwnPrescriptions, About::Oneself)
        .await?;
    let actor = visit.logged_in()?;
    let person = actor.person().ok_or(Failure::NotFound)?;
    let patient = patient_of_person(&mut looking, person).await?;
    let (mut list, mut lines, mut older) = (Rows::default(), Vec::new(), None);
    let mut names = Names::of(&portal);
    if let Some(patient) = patient {
        let whose = (patient, Viewer::Oneself);
        let found =
            shown::of_patient(&mut looking, journal, Link::Intermediary, whose, today).await?;
        let log = chain::log_of_patient(&mut looking, patient, from.before).await?;
        names = names.with_prescribers(&found);
        names = names
            .with_senders(&mut looking, &portal, &log.lines)
            .await?;
        list = Rows::of(shell.lang, &names, &found, today);
        lines = looked::told(shell.lang, &names, &log.lines);
        older = log.before;
    }
    let choices = chain::own_choices(&mut looking).await?;
    let closed_to = choices.closed_to.iter();
    let closed_to = closed_to.map(|hpr| {
        [
            hpr.to_string(),
            names.person(*hpr).unwrap_or_default().to_owned(),
        ]
    });
    let closed_to = closed_to.collect();
    let mut wards = Vec::new();
    for ward in chain::wards(&mut looking, journal, today).await? {
        let whose = (ward.patient, Viewer::Guardian);
        let found =
            shown::of_patient(&mut looking, journal, Link::Intermediary, whose, today).await?;
        // That a link is there must not tell of what is reserved, locked or not for this age.
        if ward.kind.sees_at(ward.age) && !found.prescriptions.is_empty() {
            wards.push(ward);
        }
    }
    Ok(Page::new(OwnPage {
        list,
        lines,
        older,
        choices,
        closed_to,
        wards: wards.iter().map(|ward| link(shell.lang, ward)).collect(),
        professional: actor.hpr().is_some_and(|hpr| portal.may_look_up(hpr)),
        saved: from.said.as_deref() == Some("saved"),
        shell,
    }))
}

/// No name: the registers of names are not here.
fn link(lang: Lang, ward: &Ward) -> [String; 2] {
    let key = match ward.kind {
        GuardianKind::Parent => Key("prescriptions-ward-child"),
        GuardianKind::Appointed => Key("prescriptions-ward-adult"),
    };
    let age = ward.age.map_or_else(
        || lang.say(Key("prescriptions-ward-age-unknown")),
        |age| {
            let years = age.years().to_string();
            lang.fill(
                Key("prescriptions-ward-age"),
                &[("years", Arg::Text(&years))],
            )
        },
    );
    let words = format!("{}, {age}", lang.say(key));
    [format!("/prescriptions/ward/{}", ward.patient), words]
}

/// What is chosen.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    choice: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    hpr: String,
}

/// `POST /prescriptions/choices`.
pub(crate) async fn choose(
    State(portal): State<Portal>,
    visit: Visit,
    Form(chosen): Form<Chosen>,
) -> Result<Redirect, Failure> {
    let choice = match chosen.choice.as_str() {
        "hide-diagnosis" => Choice::HideDiagnosis,
        "close" => Choice::Close,
        "close-to" => {
            let hpr: Option<HprNumber> = chosen.hpr.trim().parse().ok();
            Choice::CloseTo(hpr.ok_or(Failure::Invalid)?)
        }
        _ => return Err(Failure::Invalid),
    };
    let mut acting = visit
        .act(&portal, Act::KeepOwnChoices, About::Oneself)
        .await?;
    chain::choose(&mut acting, choice, chosen.on == "yes").await?;
    acting.done().await?;
    Ok(Redirect::to("/prescriptions?said=saved#choices"))
}
