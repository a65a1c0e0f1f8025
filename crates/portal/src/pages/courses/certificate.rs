//! `POST /courses/{course}/certificate`: the certificate of one attendee, issued by the leader. Whose it is stands in the form.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riktig_journal::course::{Attendee, Course};
use riktig_journal::policy::{About, Act};
use riktig_reports::{Certificate, CertifiedMeeting, CertifiedTest, Lang, render_certificate_pdf};
use serde::Deserialize;

use super::course::{Again, Matter};
use super::words::missing;
use crate::failure::Failure;
use crate::learning::{self, Fulfilled};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Whose certificate.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    hpr: String,
}

/// `POST /courses/{course}/certificate`.
pub(crate) async fn issue(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let matter = Matter::read(&portal, &visit, &id).await?;
    let attendee = matter.attendee(&sent.hpr).ok_or(Failure::Invalid)?;
    let (course, lang) = (&matter.course, shell.lang);
    let fulfilled = learning::fulfilment(course, attendee, learning::shipped(), matter.today);
    let fulfilled = match fulfilled {
        Ok(fulfilled) => fulfilled,
        Err(lacking) => {
            let problems = lacking.iter();
            let problems = problems.map(|it| ["people".to_owned(), missing(lang, it)]);
            let again = Again {
                problems: problems.collect(),
                ..Again::default()
            };
            return Ok(matter.mended(shell, StatusCode::UNPROCESSABLE_ENTITY, again));
        }
    };
    // Made before the journal is asked: everybody who writes waits for whoever writes.
    let certificate = certificate(&portal, course, attendee, &fulfilled);
    let answer = answer(certificate, lang).await?;
    let about = About::Attendee(matter.group, matter.id, attendee.hpr);
    let acting = visit.act(&portal, Act::KeepAttendance, about).await?;
    acting.done().await?;
    Ok(answer)
}

/// What the certificate says.
pub(crate) fn certificate(
    portal: &Portal,
    course: &Course,
    attendee: &Attendee,
    fulfilled: &Fulfilled<'_>,
) -> Certificate {
    let meetings = course.meetings.iter().filter_map(|meeting| {
        Some(CertifiedMeeting {
            day: meeting.day?,
            place: meeting.place.clone(),
        })
    });
    let tests = fulfilled.passed.iter().map(|passed| CertifiedTest {
        title: passed.module.title.clone(),
        correct: passed.best.correct,
        questions: passed.best.questions,
        day: passed.day,
    });
    Certificate {
        doctor: attendee.hpr.to_string(),
        course: course.title.clone(),
        group: course.group_name.clone(),
        meetings: meetings.collect(),
        tests: tests.collect(),
        fulfilled: fulfilled.on,
        synthetic: portal.config().editions.synthetic,
    }
}

/// The certificate as a file. The HPR number is not in its name: it would stand in every list of downloads.
pub(crate) async fn answer(certificate: Certificate, lang: Lang) -> Result<Response, Failure> {
    let made = tokio::task::spawn_blocking(move || render_certificate_pdf(&certificate, lang));
    let bytes = made.await.map_err(Failure::internal)?;
    let bytes = bytes.map_err(Failure::internal)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/pdf"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"kursbevis.pdf\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
