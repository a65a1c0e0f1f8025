//! `POST /prescribe/send`: signed, kept, sent, and what came of it. The answer is the page itself: no address tells which prescription or whose, and the same
//! form sent twice is one prescription.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_chain::prescriber::{PrescribeError, Sent, Written};
use riktig_eresept::MessageId;
use riktig_journal::AskError;
use riktig_journal::policy::Act;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::draft::Draft;
use super::filled::{Filled, Shown};
use super::own::{list, look};
use super::prescribe::{Desk, rows};
use super::renewed::{gone, renews};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::pages::pharmacy::refusal_words;
use crate::pages::prescriptions::list::collect_from;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What came of it.
#[derive(Debug, Template)]
#[template(path = "chain/sent.html")]
pub(crate) struct SentPage {
    shell: Shell,
    filled: Filled,
    patient: Shown,
    said_of_patient: String,
    rows: Vec<[String; 2]>,
    to: String,
    number: String,
    sent: Sent,
    /// Whether it takes the place of another.
    renews: bool,
    /// From when the patient can collect the drug.
    collect: String,
}

impl Framed for SentPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `POST /prescribe/send`.
pub(crate) async fn send(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(mut filled): Form<Filled>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell).await?;
    if !filled.by.is_empty() && filled.by != desk.doctor.to_string() {
        // Another doctor has logged in beside in the same browser: they look it over themselves.
        return Err(Failure::Invalid);
    }
    let draft = match desk.read(&portal, &filled) {
        Ok((draft, _)) => draft,
        Err(problems) => return Ok(desk.form(filled, problems)),
    };
    let id = MessageId::parse(&filled.id).filter(MessageId::is_uuid);
    let id = id.ok_or(Failure::Invalid)?;
    let order = desk.order(&draft, &id).map_err(|_| Failure::Invalid)?;
    let prescriber = portal.prescriber().ok_or(Failure::NotFound)?;
    let asking = visit.asking(&portal, Act::Prescribe)?;
    let written = match renews(&filled)? {
        Some(old) => prescriber.renew_as(&order, &old, &asking).await,
        None => prescriber.prescribe_as(&order, &asking).await,
    };
    let Written { kept, .. } = match written {
        Err(PrescribeError::NotOpen) => {
            let problems = gone(desk.shell.lang);
            return Ok(desk.form(filled, problems));
        }
        Err(PrescribeError::OtherOrder) => {
            return sent_before(&portal, &visit, desk, (&draft, &id)).await;
        }
        other => other.map_err(failed)?,
    };
    visit.was_let(&asking);
    let patient = Shown::of(draft.patient, desk.today);
    let lang = desk.shell.lang;
    let renews = !filled.renews.is_empty();
    if !matches!(kept.sent, Sent::Refused { .. }) {
        filled.renews.clear(); // done: another with the same content renews nothing
    }
    Ok(Page::new(SentPage {
        said_of_patient: patient.said(lang),
        rows: rows(lang, &draft),
        to: prescriber.intermediary().name.clone(),
        number: id.to_string(),
        collect: match draft.not_before {
            Some(from) => format!("{}.", collect_from(lang, from)),
            None => lang.say(Key("prescribe-collect")),
        },
        sent: in_words(lang, kept.sent),
        renews,
        patient,
        filled,
        shell: desk.shell,
    })
    .into_response())
}

/// The number was used for another prescription of this doctor's to this patient: that one was sent, and stands in the list. Whose it else is, nobody is
/// told.
async fn sent_before(
    portal: &Portal,
    visit: &Visit,
    desk: Desk,
    (draft, id): (&Draft, &MessageId),
) -> Result<Response, Failure> {
    look(portal, visit, (desk.doctor, &draft.patient)).await?;
    let prescriber = portal.prescriber().ok_or(Failure::NotFound)?;
    let written = prescriber.written(desk.doctor, &draft.patient).await;
    let written = written.map_err(failed)?;
    if !written.iter().any(|it| it.id.as_str() == id.as_str()) {
        return Err(Failure::Conflict);
    }
    let said = desk.shell.lang.fill(
        Key("prescribe-sent-before"),
        &[("number", Arg::Text(id.as_str()))],
    );
    list(portal, desk, draft.patient, (StatusCode::CONFLICT, said)).await
}

/// Why it was refused, or what was said beside, in the reader's language.
fn in_words(lang: Lang, sent: Sent) -> Sent {
    let told = |them: Vec<(String, String)>| {
        let each = them
            .into_iter()
            .map(|(code, words)| (code, refusal_words(lang, &words)));
        each.collect()
    };
    match sent {
        Sent::Waiting => Sent::Waiting,
        Sent::Taken { warnings } => Sent::Taken {
            warnings: told(warnings),
        },
        Sent::Refused { errors } => Sent::Refused {
            errors: told(errors),
        },
    }
}

/// What a person is told: it cannot be done now, or it is a fault of ours.
pub(crate) fn failed(error: PrescribeError) -> Failure {
    match error {
        PrescribeError::Journal(error) => error.into(),
        PrescribeError::Post(error) => Failure::Unavailable(error.into()),
        PrescribeError::NotOpen | PrescribeError::OtherOrder => Failure::Conflict,
        PrescribeError::Refused(refusal) => AskError::Refused(refusal).into(),
        error => Failure::internal(error),
    }
}
