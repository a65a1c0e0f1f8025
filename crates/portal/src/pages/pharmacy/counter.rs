//! `POST /pharmacy/take` and `POST /pharmacy/open`: one prescription at the counter, with its diagnosis and the guideline's view of the course. Taken, it
//! is this pharmacy's until it is dispensed or given back.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_chain::pharmacy::{
    AtHand, GivenBackReason, GuidelineView, InterventionChange, InterventionReason,
};
use riktig_codes::NationalId;
use riktig_eresept::prescription::{AmountUnit, Status};
use riktig_journal::chain::PrescriptionId;
use riktig_journal::policy::Act;
use serde::Deserialize;

use super::acts::Dispensed;
use super::course::Course;
use super::desk::Desk;
use super::shown::{self, Done};
use crate::failure::Failure;
use crate::hooks;
use crate::page::{Framed, Page};
use crate::pages::chain::filled::{Digits, Shown};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// A prescription at the counter.
#[derive(Debug, Template)]
#[template(path = "pharmacy/counter.html")]
pub(crate) struct CounterPage {
    shell: Shell,
    problems: Vec<[String; 2]>,
    patient: Shown,
    said: String,
    name: String,
    id: String,
    drug: String,
    rows: Vec<[String; 2]>,
    course: Course,
    steps: Vec<Done>,
    /// The pharmacy has it, and nothing is on its way.
    may_dispense: bool,
    may_take: bool,
    waits: bool,
    /// For the form of dispensing: its message's id, how much, the unit where it is not packs.
    message: String,
    amount: String,
    unit: String,
    today: String,
    group: String,
    substance: String,
    reasons: &'static [InterventionReason],
    changes: &'static [InterventionChange],
    given_back: &'static [GivenBackReason],
    back: String,
    /// What was typed before, where it was refused.
    again: Option<Dispensed>,
}

impl Framed for CounterPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Which prescription.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    patient: Digits,
    pub(super) id: String,
    /// The reference number of a locked one.
    #[serde(default)]
    reference: String,
    /// `yes`: the patient comes in person.
    #[serde(default)]
    by_patient: String,
}

impl Which {
    pub(super) fn read(&self) -> Result<(NationalId, PrescriptionId), Failure> {
        let patient = self.patient.number().ok_or(Failure::Invalid)?;
        Ok((patient, self.id.parse().map_err(|_| Failure::Invalid)?))
    }
}

/// `POST /pharmacy/take`.
pub(crate) async fn take(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(which): Form<Which>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::SeeAtPharmacy).await?;
    let (patient, id) = which.read()?;
    let dispensary = desk.dispensary()?;
    let doing = desk.doing(desk.number()?);
    let reference = Some(which.reference.trim()).filter(|it| !it.is_empty());
    let wire = |to, message| dispensary.send(to, message);
    let taken = dispensary
        .pharmacy()
        .download(&doing, &id, reference, wire)
        .await;
    match taken {
        // Whose the prescription is, its signature tells, and not the form.
        Ok(counter) if counter.patient == patient => {
            at_counter(desk, &patient, &id, Vec::new()).await
        }
        Ok(_) => Err(Failure::NotFound),
        Err(error) => {
            let problem = ["counter".to_owned(), desk.told(error)?];
            at_counter(desk, &patient, &id, vec![problem]).await
        }
    }
}

/// `POST /pharmacy/open`.
pub(crate) async fn open(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(which): Form<Which>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::SeeAtPharmacy).await?;
    let (patient, id) = which.read()?;
    let found = desk.one(&patient, &id).await?;
    if found.is_hidden_from_guardians() && which.by_patient != "yes" {
        return Err(Failure::NotFound);
    }
    desk.look(&patient, &id).await?;
    at_counter(desk, &patient, &id, Vec::new()).await
}

/// The prescription with what was typed about it, and what must be mended there.
pub(super) async fn at_counter_again(
    desk: Desk,
    (patient, id): (&NationalId, &PrescriptionId),
    problem: [String; 2],
    typed: Dispensed,
) -> Result<Response, Failure> {
    let all = desk.at_hand(patient).await?;
    let at_hand = all.into_iter().find(|it| it.counter.id == *id);
    let at_hand = at_hand.ok_or(Failure::NotFound)?;
    let course = course(&desk, &at_hand).await?;
    let page = CounterPage {
        again: Some(typed),
        ..page(desk, &at_hand, course, vec![problem])?
    };
    Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn course(desk: &Desk, at_hand: &AtHand) -> Result<Course, Failure> {
    let off = hooks::switched_off(&desk.portal).await;
    let unknown = || Failure::Unavailable("which rules are switched off cannot be told".into());
    let off = off.ok_or_else(unknown)?;
    let guideline = hooks::guideline(&desk.portal);
    Ok(Course::of(
        desk.shell.lang,
        (guideline, &off),
        &at_hand.counter,
    ))
}

/// The prescription as it stands now, or the list's page where this pharmacy does not have it.
pub(super) async fn at_counter(
    desk: Desk,
    patient: &NationalId,
    id: &PrescriptionId,
    problems: Vec<[String; 2]>,
) -> Result<Response, Failure> {
    let all = desk.at_hand(patient).await?;
    let Some(at_hand) = all.into_iter().find(|it| it.counter.id == *id) else {
        return match problems.is_empty() {
            true => Err(Failure::NotFound),
            false => Ok(super::front::with_problems(desk, *patient, problems)),
        };
    };
    let course = course(&desk, &at_hand).await?;
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = page(desk, &at_hand, course, problems)?;
    Ok(Page::with_status(status, page).into_response())
}

fn page(
    desk: Desk,
    at_hand: &AtHand,
    course: Course,
    problems: Vec<[String; 2]>,
) -> Result<CounterPage, Failure> {
    let lang = desk.shell.lang;
    let counter = &at_hand.counter;
    let patient = Shown::of(counter.patient, desk.today);
    let amount = counter.amount.as_ref();
    let unit = amount.and_then(|it| match &it.unit {
        AmountUnit::Packs => None,
        AmountUnit::Of(unit) => Some(unit.clone()),
    });
    let waits = at_hand.waits();
    Ok(CounterPage {
        problems,
        said: patient.said(lang),
        patient,
        name: counter.patient_name.reveal().to_owned(),
        id: counter.id.to_string(),
        drug: counter
            .drug
            .clone()
            .unwrap_or_else(|| desk.shell.say("prescriptions-no-name")),
        rows: shown::rows(lang, counter),
        course,
        steps: shown::steps(lang, at_hand),
        may_dispense: at_hand.has && !waits,
        may_take: !at_hand.has && !waits && at_hand.status == Status::Dispensable,
        waits,
        message: desk.number()?.as_str().to_owned(),
        amount: amount.map_or_else(String::new, |it| shown::thousandths(it.thousandths)),
        unit: unit.unwrap_or_default(),
        today: desk.today.to_string(),
        group: counter
            .dispensing_group()
            .map(String::from)
            .unwrap_or_default(),
        substance: counter.atc.map(|it| it.to_string()).unwrap_or_default(),
        reasons: InterventionReason::ALL,
        changes: InterventionChange::ALL,
        given_back: GivenBackReason::ALL,
        back: desk.number()?.as_str().to_owned(),
        again: None,
        shell: desk.shell,
    })
}
