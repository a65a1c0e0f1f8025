//! `GET /pharmacy` and `POST /pharmacy/list`: which prescriptions a patient has, and what this pharmacy has done with them. The number is in the body and
//! never in an address.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_chain::pharmacy::AtHand;
use riktig_codes::{Day, NationalId};
use riktig_eresept::message::PharmacyListed;
use riktig_eresept::prescription::Status;
use riktig_journal::policy::Act;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::desk::Desk;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::pages::chain::filled::{Digits, Shown};
use crate::pages::prescriptions::list::stands_on;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The form, and what a patient has.
#[derive(Debug, Template)]
#[template(path = "pharmacy/front.html")]
pub(crate) struct FrontPage {
    shell: Shell,
    problems: Vec<[String; 2]>,
    /// Absent: nobody was asked for.
    found: Option<Found>,
}

/// A patient's prescriptions.
#[derive(Debug)]
struct Found {
    patient: Shown,
    said: String,
    /// At the intermediary.
    listed: Vec<Row>,
    /// At this pharmacy.
    here: Vec<Row>,
    /// The patient comes in person, as the pharmacist has said.
    in_person: bool,
}

/// A prescription in a list.
#[derive(Debug)]
struct Row {
    id: String,
    drug: String,
    about: Vec<String>,
    stands: String,
    reference: String,
    may_take: bool,
}

impl Framed for FrontPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Whose.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    patient: Digits,
    /// Reference numbers of locked prescriptions, separated by spaces.
    #[serde(default)]
    references: String,
    /// `yes`: the patient asks, and not somebody for them.
    #[serde(default)]
    by_patient: String,
}

/// `GET /pharmacy`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::SeeOwn).await?;
    Ok(page(desk, None, Vec::new()))
}

/// `POST /pharmacy/list`.
pub(crate) async fn list(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::SeeAtPharmacy).await?;
    let Some(patient) = asked.patient.number() else {
        let problem = desk.shell.say("pharmacy-problem-patient");
        return Ok(page(desk, None, vec![["patient".to_owned(), problem]]));
    };
    let references: Vec<String> = asked
        .references
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let dispensary = desk.dispensary()?;
    let doing = desk.doing(desk.number()?);
    let whose = (&patient, asked.by_patient == "yes");
    let wire = |to, message| dispensary.send(to, message);
    let listed = dispensary
        .pharmacy()
        .list(&doing, whose, &references, wire)
        .await;
    let mut problems = Vec::new();
    let listed = match listed {
        Ok(listed) => listed,
        Err(error) => {
            problems.push(["patient".to_owned(), desk.told(error)?]);
            Vec::new()
        }
    };
    let mut here = desk.at_hand(&patient).await?;
    let (_, in_person) = whose;
    // Taken or not, it is listed for the patient alone.
    here.retain(|it| in_person || !it.is_hidden_from_guardians());
    let found = found(&desk, (patient, in_person), (&listed, &here));
    Ok(page(desk, Some(found), problems))
}

fn page(desk: Desk, found: Option<Found>, problems: Vec<[String; 2]>) -> Response {
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = FrontPage {
        shell: desk.shell,
        problems,
        found,
    };
    Page::with_status(status, page).into_response()
}

fn found(
    desk: &Desk,
    (patient, in_person): (NationalId, bool),
    all: (&[PharmacyListed], &[AtHand]),
) -> Found {
    let lang = desk.shell.lang;
    let (listed, here) = all;
    let patient = Shown::of(patient, desk.today);
    Found {
        said: patient.said(lang),
        patient,
        in_person,
        listed: listed
            .iter()
            .map(|it| of_list(lang, it, desk.today))
            .collect(),
        here: here
            .iter()
            .map(|it| of_hand(lang, it, desk.today))
            .collect(),
    }
}

fn of_list(lang: Lang, one: &PharmacyListed, today: Day) -> Row {
    let day = |day: Day| lang.day(&day.to_string());
    let status = Status::from_code(&one.status.code);
    let prescribed = day(one.prescribed);
    let by = one.prescriber_name.reveal().trim();
    let by = match by.is_empty() {
        true => one.prescriber.reveal().to_owned(),
        false => by.to_owned(),
    };
    let about = [
        Some(lang.fill(
            Key("pharmacy-list-prescribed"),
            &[("day", Arg::Text(&prescribed)), ("who", Arg::Text(&by))],
        )),
        one.use_text.clone(),
    ];
    Row {
        id: one.prescription.as_str().to_owned(),
        drug: one
            .name_form_strength
            .clone()
            .unwrap_or_else(|| lang.say(Key("prescriptions-no-name"))),
        about: about.into_iter().flatten().collect(),
        stands: status
            .map(|it| stands_on(lang, it, one.not_before, today))
            .unwrap_or_default(),
        reference: one.reference_number.clone().unwrap_or_default(),
        may_take: status == Some(Status::Dispensable),
    }
}

fn of_hand(lang: Lang, one: &AtHand, today: Day) -> Row {
    let counter = &one.counter;
    let prescribed = lang.day(&counter.prescribed.to_string());
    let by = counter.prescriber_name.reveal().trim();
    let by = match by.is_empty() {
        true => format!("HPR {}", counter.prescriber),
        false => by.to_owned(),
    };
    Row {
        id: counter.id.to_string(),
        drug: counter
            .drug
            .clone()
            .unwrap_or_else(|| lang.say(Key("prescriptions-no-name"))),
        about: vec![lang.fill(
            Key("pharmacy-list-prescribed"),
            &[("day", Arg::Text(&prescribed)), ("who", Arg::Text(&by))],
        )],
        stands: match one.has {
            true => lang.say(Key("pharmacy-here-has")),
            false => stands_on(lang, one.status, counter.not_before, today),
        },
        reference: String::new(),
        may_take: false,
    }
}

/// The form again, with why a prescription could not be taken.
pub(super) fn with_problems(
    desk: Desk,
    patient: NationalId,
    problems: Vec<[String; 2]>,
) -> Response {
    let problems = problems
        .into_iter()
        .map(|[_, words]| ["patient".to_owned(), words])
        .collect();
    let found = found(&desk, (patient, false), (&[], &[]));
    page(desk, Some(found), problems)
}
