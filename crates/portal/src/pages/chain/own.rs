//! `POST /prescribe/patient` and `POST /prescribe/recall`: what the doctor has prescribed here to a patient, and taking one back.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_chain::prescriber::{Sent, Written};
use riktig_codes::{Day, HprNumber, NationalId};
use riktig_eresept::prescription::RecallReason;
use riktig_journal::chain::{PrescriptionId, patient_with};
use riktig_journal::policy::{About, Act};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::filled::{Digits, Shown};
use super::prescribe::Desk;
use super::send::failed;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::pages::pharmacy::refusal_words;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The doctor's own prescriptions for a patient.
#[derive(Debug, Template)]
#[template(path = "chain/own.html")]
pub(crate) struct OwnPage {
    shell: Shell,
    patient: Shown,
    said_of_patient: String,
    rows: Vec<Row>,
}

impl Framed for OwnPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One prescription.
#[derive(Debug)]
struct Row {
    id: String,
    what: String,
    dosage: String,
    days: String,
    stands: String,
    /// What the intermediary said when it took it.
    warnings: Vec<String>,
    may_recall: bool,
    /// The prescription that a new one takes the place of: this one if it stands, else none.
    renews: String,
    /// What a renewal begins with.
    diagnosis: String,
    drug: String,
}

/// What is asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    patient: Digits,
    #[serde(default)]
    id: String,
    /// A code of list 7500.
    #[serde(default)]
    reason: String,
}

/// `POST /prescribe/patient`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell).await?;
    let patient = asked.patient.number().ok_or(Failure::Invalid)?;
    look(&portal, &visit, (desk.doctor, &patient)).await?;
    list(&portal, desk, patient, StatusCode::OK).await
}

/// `POST /prescribe/recall`.
pub(crate) async fn recall(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell).await?;
    let patient = asked.patient.number().ok_or(Failure::Invalid)?;
    let id: PrescriptionId = asked.id.parse().map_err(|_| Failure::Invalid)?;
    let reason = RecallReason::from_code(&asked.reason).ok_or(Failure::Invalid)?;
    let asking = visit.asking(&portal, Act::Prescribe)?;
    let prescriber = portal.prescriber().ok_or(Failure::NotFound)?;
    let recalled = prescriber
        .recall_as((desk.doctor, &patient), &id, (reason, None), &asking)
        .await;
    recalled.map_err(failed)?;
    visit.was_let(&asking);
    list(&portal, desk, patient, StatusCode::OK).await
}

/// The look is written before it is had, and the patient reads it. One to whom nobody has prescribed here has no log to read it in.
pub(crate) async fn look(
    portal: &Portal,
    visit: &Visit,
    (doctor, patient): (HprNumber, &NationalId),
) -> Result<(), Failure> {
    let about = match patient_with(portal.journal(), patient).await? {
        Some(patient) => About::Prescribed(doctor, patient),
        None => About::Prescriber(doctor),
    };
    let acting = visit.act(portal, Act::SeePrescribed, about).await?;
    acting.done().await?;
    Ok(())
}

async fn list(
    portal: &Portal,
    desk: Desk,
    patient: NationalId,
    status: StatusCode,
) -> Result<Response, Failure> {
    let prescriber = portal.prescriber().ok_or(Failure::NotFound)?;
    let written = prescriber.written(desk.doctor, &patient).await;
    let written = written.map_err(failed)?;
    let lang = desk.shell.lang;
    let patient = Shown::of(patient, desk.today);
    let page = OwnPage {
        said_of_patient: patient.said(lang),
        rows: written.iter().map(|it| row(lang, it, desk.today)).collect(),
        patient,
        shell: desk.shell,
    };
    Ok(Page::with_status(status, page).into_response())
}

fn row(lang: Lang, written: &Written, today: Day) -> Row {
    let kept = &written.kept;
    let on = |day: Day| lang.day(&day.to_string());
    let code = kept.diagnosis.as_ref().map(|(_, code)| code.clone());
    let what = match &code {
        Some(code) => format!("{} ({code})", kept.name),
        None => kept.name.clone(),
    };
    let (prescribed, expires) = (on(kept.prescribed), on(kept.expires));
    let days = [
        ("prescribed", Arg::Text(&prescribed)),
        ("expires", Arg::Text(&expires)),
    ];
    let icd10 = riktig_codes::DiagnosisCode::ICD10;
    let form = |(system, code): &(String, String)| match system.ends_with(icd10) {
        true => format!("icd10:{code}"),
        false => code.clone(),
    };
    let id = written.id.to_string();
    Row {
        renews: match kept.is_open() && kept.expires >= today {
            true => id.clone(),
            false => String::new(),
        },
        id,
        dosage: kept.dosage.clone(),
        days: lang.fill(Key("prescribe-own-days"), &days),
        stands: stands(lang, written, today),
        warnings: warnings(lang, &kept.sent),
        may_recall: kept.may_be_recalled() && kept.expires >= today,
        diagnosis: kept.diagnosis.as_ref().map(form).unwrap_or_default(),
        drug: kept.atc.map(|it| it.to_string()).unwrap_or_default(),
        what,
    }
}

/// What was said beside a prescription that was taken, in words.
fn warnings(lang: Lang, sent: &Sent) -> Vec<String> {
    match sent {
        Sent::Taken { warnings } => {
            let words = warnings.iter().map(|it| refusal_words(lang, &it.1));
            words.collect()
        }
        _ => Vec::new(),
    }
}

/// How it stands, in words.
fn stands(lang: Lang, written: &Written, today: Day) -> String {
    let kept = &written.kept;
    let recalled = kept.recalled.as_ref().map(|it| &it.sent);
    match (&kept.sent, recalled) {
        (Sent::Refused { errors }, _) => {
            let words = errors
                .first()
                .map(|it| refusal_words(lang, &it.1))
                .unwrap_or_default();
            lang.fill(Key("prescribe-own-refused"), &[("why", Arg::Text(&words))])
        }
        (_, Some(Sent::Taken { .. })) => lang.say(Key("prescribe-own-recalled")),
        (_, Some(Sent::Waiting)) => lang.say(Key("prescribe-own-recall-waits")),
        (Sent::Waiting, _) => lang.say(Key("prescribe-own-waits")),
        _ => match kept.dispensed.last() {
            Some(day) => {
                let day = lang.day(&day.to_string());
                lang.fill(Key("prescribe-own-dispensed"), &[("day", Arg::Text(&day))])
            }
            None if kept.expires < today => lang.say(Key("prescribe-own-expired")),
            None => lang.say(Key("prescribe-own-taken")),
        },
    }
}
