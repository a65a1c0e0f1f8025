//! `GET /learning/{course}/certificate`: the doctor's own certificate as PDF; a page that says what is missing until then.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::own::Own;
use crate::failure::Failure;
use crate::learning;
use crate::page::{Framed, Page};
use crate::pages::courses::certificate::{answer, certificate};
use crate::pages::courses::missing;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What is missing.
#[derive(Debug, Template)]
#[template(path = "learning/certificate.html")]
pub(crate) struct NotYet {
    shell: Shell,
    id: String,
    title: String,
    missing: Vec<String>,
}

impl Framed for NotYet {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /learning/{course}/certificate`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let own = Own::read(&portal, &visit, &id).await?;
    let (course, attendee) = (&own.course, &own.attendee);
    match learning::fulfilment(course, attendee, learning::shipped(), own.today) {
        Ok(fulfilled) => {
            let certificate = certificate(&portal, course, attendee, &fulfilled);
            answer(certificate, shell.lang).await
        }
        Err(lacking) => {
            let page = NotYet {
                id,
                title: course.title.clone(),
                missing: lacking.iter().map(|it| missing(shell.lang, it)).collect(),
                shell,
            };
            Ok(Page::new(page).into_response())
        }
    }
}
