//! The page of a login that did not succeed.

use askama::Template;
use axum::http::StatusCode;

use crate::page::{Framed, Page};
use crate::shell::Shell;

/// Why a login did not succeed, in what the person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginProblem {
    /// The login was stopped by the person, or by the login service.
    Stopped,
    /// It took too long, or was begun in another browser.
    Expired,
    /// The level of security is lower than this service asks for.
    TooWeak,
    /// The person has neither an HPR number nor an appointment here.
    NoAccess,
    /// The login service does not answer, or what it answers cannot be trusted.
    Unavailable,
}

/// A login that did not succeed.
#[derive(Debug, Template)]
#[template(path = "login_failed.html")]
pub struct LoginFailed {
    shell: Shell,
    problem: LoginProblem,
    /// What the reader can tell whoever helps: the request's id.
    reference: String,
}

impl Framed for LoginFailed {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

impl LoginFailed {
    /// The page; `reference` is the request's id, empty where there is none.
    #[must_use]
    pub fn page(shell: Shell, problem: LoginProblem, reference: String) -> Page<Self> {
        let status = match problem {
            LoginProblem::Stopped | LoginProblem::Expired => StatusCode::BAD_REQUEST,
            LoginProblem::TooWeak | LoginProblem::NoAccess => StatusCode::FORBIDDEN,
            LoginProblem::Unavailable => StatusCode::BAD_GATEWAY,
        };
        let template = LoginFailed {
            shell,
            problem,
            reference,
        };
        Page::with_status(status, template)
    }
}
