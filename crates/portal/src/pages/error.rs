//! Pages for what cannot be shown: never blame, always a way on, and a reference to ask with.

use askama::Template;
use axum::http::StatusCode;

use crate::page::{Framed, Page};
use crate::shell::Shell;

/// An error as a page.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    shell: Shell,
    status: StatusCode,
    /// What the reader can tell whoever helps: the request's id.
    reference: String,
}

impl Framed for ErrorPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

impl ErrorPage {
    /// The page of a status; `reference` is the request's id, empty where there is none.
    #[must_use]
    pub fn page(shell: Shell, status: StatusCode, reference: String) -> Page<Self> {
        let template = ErrorPage {
            shell,
            status,
            reference,
        };
        Page::with_status(status, template)
    }

    /// Heading and what to do, in the page's language.
    fn words(&self) -> [String; 2] {
        let say = |key| self.shell.say(key);
        match self.status.as_u16() {
            400 | 422 => [say("base-error-400"), say("base-error-400-do")],
            401 => [say("base-error-401"), say("base-error-401-do")],
            403 => [say("base-error-403"), say("base-error-403-do")],
            404 | 405 => [say("base-error-404"), say("base-error-404-do")],
            409 => [say("base-error-409"), say("base-error-409-do")],
            413 | 414 | 431 => [say("base-error-413"), say("base-error-413-do")],
            429 => [say("base-error-429"), say("base-error-429-do")],
            503 => [say("base-error-503"), say("base-error-503-do")],
            _ => [say("base-error-500"), say("base-error-500-do")],
        }
    }
}
