//! `GET /look-up` and `POST /look-up/{ground}`: a doctor looks a patient's dispensed prescriptions up in the summary record, and says why.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_chain::shown::{self, Viewer};
use riktig_codes::{MaybeMasked, NationalId};
use riktig_journal::chain::{Link, patient_or_nobody};
use riktig_journal::policy::{About, Act};
use serde::Deserialize;

use super::list::Rows;
use super::names::Names;
use crate::failure::Failure;
use crate::moment::day;
use crate::page::{Framed, Page};
use crate::pages::chain::filled::Shown as Whose;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The form, and what was found.
#[derive(Debug, Template)]
#[template(path = "prescriptions/look_up.html")]
pub(crate) struct LookUpPage {
    shell: Shell,
    problems: Vec<[String; 2]>,
    /// Day of birth and sex of whom it was found for; empty where nothing was.
    whose: String,
    /// Absent: nothing was asked for.
    list: Option<Rows>,
    /// Nothing is there, or it is closed: the same words.
    nothing: bool,
}

impl Framed for LookUpPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Whom. It is in the body, never in an address.
#[derive(Deserialize)]
pub(crate) struct Whom {
    #[serde(default)]
    patient: String,
}

/// `GET /look-up`.
pub(crate) async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Page<LookUpPage>, Failure> {
    let hpr = visit.doctor()?;
    if !portal.may_look_up(hpr) {
        return Err(Failure::Forbidden);
    }
    let about = About::Prescriber(hpr);
    visit.look(&portal, Act::SeeOwn, about).await?;
    Ok(Page::new(LookUpPage {
        shell,
        problems: Vec::new(),
        whose: String::new(),
        list: None,
        nothing: false,
    }))
}

/// `POST /look-up/treatment`.
pub(crate) async fn for_treatment(
    portal: State<Portal>,
    visit: Visit,
    shell: Shell,
    whom: Form<Whom>,
) -> Result<Response, Failure> {
    let as_whom = (Act::LookUpForTreatment, Viewer::ForTreatment);
    look_up((portal.0, visit, shell), &whom, as_whom).await
}

/// `POST /look-up/consent`.
pub(crate) async fn with_consent(
    portal: State<Portal>,
    visit: Visit,
    shell: Shell,
    whom: Form<Whom>,
) -> Result<Response, Failure> {
    let as_whom = (Act::LookUpWithConsent, Viewer::Opened);
    look_up((portal.0, visit, shell), &whom, as_whom).await
}

/// `POST /look-up/emergency`.
pub(crate) async fn in_emergency(
    portal: State<Portal>,
    visit: Visit,
    shell: Shell,
    whom: Form<Whom>,
) -> Result<Response, Failure> {
    let as_whom = (Act::LookUpInEmergency, Viewer::Opened);
    look_up((portal.0, visit, shell), &whom, as_whom).await
}

async fn look_up(
    (portal, visit, shell): (Portal, Visit, Shell),
    whom: &Whom,
    (act, viewer): (Act, Viewer),
) -> Result<Response, Failure> {
    let hpr = visit.doctor()?;
    if !portal.may_look_up(hpr) {
        return Err(Failure::Forbidden);
    }
    let Ok(MaybeMasked::Known(pid)) = NationalId::parse(whom.patient.trim()) else {
        let wrong = shell.say("prescriptions-find-wrong-number");
        let page = LookUpPage {
            shell,
            problems: vec![["patient".to_owned(), wrong]],
            whose: String::new(),
            list: None,
            nothing: false,
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::new(page)).into_response());
    };
    let patient = patient_or_nobody(portal.journal(), &pid, portal.now()).await?;
    let mut looking = match visit.look(&portal, act, About::Patient(patient)).await {
        Ok(looking) => looking,
        Err(Failure::Forbidden) => return Ok(nothing(shell)),
        Err(failure) => return Err(failure),
    };
    let (journal, today) = (portal.journal(), day(portal.now()));
    let whose = (patient, viewer);
    let found = shown::of_patient(&mut looking, journal, Link::SummaryRecord, whose, today).await?;
    if found == shown::ShownList::default() {
        return Ok(nothing(shell));
    }
    let names = Names::of(&portal).with_prescribers(&found);
    let page = LookUpPage {
        whose: {
            let whose = Whose::of(pid, today);
            format!("{} {}", whose.masked, whose.said(shell.lang))
        },
        list: Some(Rows::of(shell.lang, &names, &found, today)),
        shell,
        problems: Vec::new(),
        nothing: false,
    };
    Ok(Page::new(page).into_response())
}

/// The same page whether there is nothing or it is closed.
fn nothing(shell: Shell) -> Response {
    let page = LookUpPage {
        shell,
        problems: Vec::new(),
        whose: String::new(),
        list: None,
        nothing: true,
    };
    (StatusCode::NOT_FOUND, Page::new(page)).into_response()
}
