//! `POST /prescribe/patient` and `POST /prescribe/recall`: what the doctor has prescribed here to a patient, and taking one back.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_chain::prescriber::{Kept, PrescribeError, PrescriptionNumber, Sent, Written};
use riktig_codes::{Day, HprNumber, NationalId};
use riktig_eresept::prescription::RecallReason;
use riktig_journal::chain::{PrescriptionId, patient_with};
use riktig_journal::policy::{About, Act};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::draft::amounts;
use super::filled::{Digits, Filled, Shown};
use super::prescribe::Desk;
use super::send::failed;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::pages::pharmacy::dosage::Dosage;
use crate::pages::pharmacy::refusal_words;
use crate::pages::prescriptions::list::collect_from;
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
    /// What came of a recall; else empty.
    said: String,
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
    /// That it is a waiting prescription, and from when; else empty.
    waits: String,
    may_recall: bool,
    /// The prescription that a new one takes the place of: this one if it stands, else none.
    renews: String,
    /// What a renewal begins with.
    diagnosis: String,
    drug: String,
    drug_name: String,
    milligrams: String,
    times: String,
    course_days: String,
}

/// What is asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    patient: Digits,
    #[serde(default)]
    id: String,
    /// A code of list 7500, or [`MISTAKE`].
    #[serde(default)]
    reason: String,
}

/// That it was written by mistake: list 7500 has no word for it.
const MISTAKE: &str = "mistake";

/// `POST /prescribe/patient`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell).await?;
    let Some(patient) = asked.patient.number() else {
        let problem = desk.say("patient", Key("prescribe-problem-patient"));
        return Ok(desk.form(Filled::default(), vec![problem]));
    };
    look(&portal, &visit, (desk.doctor, &patient)).await?;
    list(&portal, desk, patient, (StatusCode::OK, String::new())).await
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
    let asking = visit.asking(&portal, Act::Prescribe)?;
    let prescriber = portal.prescriber().ok_or(Failure::NotFound)?;
    let people = (desk.doctor, &patient);
    let recalled = match asked.reason.as_str() {
        MISTAKE => prescriber.recall_mistake_as(people, &id, &asking).await,
        code => {
            let reason = RecallReason::from_code(code).ok_or(Failure::Invalid)?;
            let why = (reason, None);
            prescriber.recall_as(people, &id, why, &asking).await
        }
    };
    let lang = desk.shell.lang;
    let told = match recalled {
        Ok(written) => {
            visit.was_let(&asking);
            (StatusCode::OK, told(lang, &written))
        }
        Err(PrescribeError::NotOpen) => {
            look(&portal, &visit, people).await?;
            let words = lang.say(Key("prescribe-recall-not-open"));
            (StatusCode::CONFLICT, words)
        }
        Err(error) => return Err(failed(error)),
    };
    list(&portal, desk, patient, told).await
}

/// What came of a recall.
fn told(lang: Lang, written: &Written) -> String {
    let drug = [("drug", Arg::Text(&written.kept.name))];
    match written.kept.recalled.as_ref().map(|it| &it.sent) {
        Some(Sent::Refused { errors }) => recall_refused(lang, errors),
        Some(Sent::Taken { .. }) => lang.fill(Key("prescribe-recall-done"), &drug),
        _ => lang.say(Key("prescribe-own-recall-waits")),
    }
}

fn recall_refused(lang: Lang, errors: &[(String, String)]) -> String {
    let words = first_words(lang, errors);
    let why = [("why", Arg::Text(&words))];
    lang.fill(Key("prescribe-recall-refused"), &why)
}

fn first_words(lang: Lang, errors: &[(String, String)]) -> String {
    let first = errors.first();
    first
        .map(|it| refusal_words(lang, &it.1))
        .unwrap_or_default()
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

/// The list, with what came of something.
pub(super) async fn list(
    portal: &Portal,
    desk: Desk,
    patient: NationalId,
    (status, said): (StatusCode, String),
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
        said,
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
    let (prescribed, expires) = (when(lang, written), on(kept.expires));
    let waits = kept.not_before.filter(|_| kept.waiting).map(on);
    let waits = waits.map(|day| {
        let until = lang.fill(Key("prescribe-waits-until"), &[("day", Arg::Text(&day))]);
        format!("{}: {until}", lang.say(Key("prescribe-waiting")))
    });
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
    // What is written otherwise than one dose, how often and how long stays for the doctor to write.
    let course = Dosage::read(&kept.dosage, &kept.name);
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
        waits: waits.unwrap_or_default(),
        may_recall: kept.may_be_recalled() && !kept.is_used_up() && kept.expires >= today,
        diagnosis: kept.diagnosis.as_ref().map(form).unwrap_or_default(),
        drug_name: kept.name.clone(),
        milligrams: course.milligrams.map(|it| amounts(&it)).unwrap_or_default(),
        times: course.times.map(|it| it.to_string()).unwrap_or_default(),
        course_days: course.days.map(|it| it.to_string()).unwrap_or_default(),
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

/// When it was written: with the time, where the number was drawn here and tells it.
fn when(lang: Lang, written: &Written) -> String {
    let day = written.kept.prescribed;
    let drawn = PrescriptionNumber::drawn_at(written.id.as_str());
    match drawn.filter(|it| moment::day(*it) == day) {
        Some(at) => moment::moment(lang, at),
        None => lang.day(&day.to_string()),
    }
}

/// How it stands, in words; a recall that was refused beside it.
fn stands(lang: Lang, written: &Written, today: Day) -> String {
    let words = stands_itself(lang, written, today);
    match written.kept.recalled.as_ref().map(|it| &it.sent) {
        Some(Sent::Refused { errors }) => format!("{words}. {}", recall_refused(lang, errors)),
        _ => words,
    }
}

/// What a recall does not undo: what was handed out before it, or by the pharmacy that had the prescription when it came.
fn and_dispensed(lang: Lang, recall: Key, kept: &Kept) -> String {
    let recall = lang.say(recall);
    match dispensed(lang, kept) {
        Some(dispensed) => format!("{recall}. {dispensed}"),
        None => recall,
    }
}

/// When it was dispensed last, as far as it was told.
fn dispensed(lang: Lang, kept: &Kept) -> Option<String> {
    let day = lang.day(&kept.dispensed.iter().max()?.to_string());
    Some(lang.fill(Key("prescribe-own-dispensed"), &[("day", Arg::Text(&day))]))
}

fn stands_itself(lang: Lang, written: &Written, today: Day) -> String {
    let kept = &written.kept;
    let recalled = kept.recalled.as_ref().map(|it| &it.sent);
    match (&kept.sent, recalled) {
        (Sent::Refused { errors }, _) => {
            let words = first_words(lang, errors);
            lang.fill(Key("prescribe-own-refused"), &[("why", Arg::Text(&words))])
        }
        (_, Some(Sent::Taken { .. })) => and_dispensed(lang, Key("prescribe-own-recalled"), kept),
        (_, Some(Sent::Waiting)) => and_dispensed(lang, Key("prescribe-own-recall-waits"), kept),
        (Sent::Waiting, _) => lang.say(Key("prescribe-own-waits")),
        _ => match dispensed(lang, kept) {
            Some(words) => words,
            None if kept.expires < today => lang.say(Key("prescribe-own-expired")),
            None => match kept.not_before.filter(|it| *it > today) {
                Some(from) => collect_from(lang, from),
                None => lang.say(Key("prescribe-own-taken")),
            },
        },
    }
}
