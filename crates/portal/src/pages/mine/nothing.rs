//! No report, or none in this edition: a plain page with the reason.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_reports::text::{Arg, Key};

use super::choice;
use crate::page::{Framed, Page};
use crate::shelf::OnShelf;
use crate::shell::Shell;

/// No report.
#[derive(Debug, Template)]
#[template(path = "mine/nothing.html")]
pub(crate) struct Nothing {
    shell: Shell,
    heading: String,
    /// Sentences.
    why: Vec<String>,
    /// Reports that there are: where, and what they are called.
    others: Vec<[String; 2]>,
}

impl Framed for Nothing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// No edition holds a report of the doctor.
pub(super) fn nowhere(shell: Shell, newest: Option<&OnShelf>) -> Response {
    let why = match newest {
        None => vec![shell.say("mine-none-empty")],
        Some(open) => vec![
            thresholds(&shell, Key("mine-none-why"), open),
            shell.say("mine-none-number"),
        ],
    };
    let page = Nothing {
        heading: shell.say("mine-none-heading"),
        why,
        others: Vec::new(),
        shell,
    };
    Page::with_status(StatusCode::OK, page).into_response()
}

/// This edition does not; others do.
pub(super) fn not_in(shell: Shell, edition: &OnShelf, others: &[Arc<OnShelf>]) -> Response {
    let others = others.iter().map(|open| {
        let to = format!("/report?edition={}", open.name());
        [to, choice::period(open, shell.lang)]
    });
    let page = Nothing {
        heading: shell.say("mine-not-in-heading"),
        why: vec![
            thresholds(&shell, Key("mine-not-in-why"), edition),
            shell.say("mine-none-number"),
        ],
        others: others.collect(),
        shell,
    };
    Page::with_status(StatusCode::OK, page).into_response()
}

/// What a report asks for.
fn thresholds(shell: &Shell, key: Key, open: &OnShelf) -> String {
    let lang = shell.lang;
    let least = &open.edition().meta().qualification.thresholds;
    let number = |count: u32| lang.count(f64::from(count));
    let (dispensings, contacts) = (number(least.dispensings), number(least.contacts));
    let (months, period) = (number(least.list_months), choice::period(open, lang));
    lang.fill(
        key,
        &[
            ("dispensings", Arg::Text(&dispensings)),
            ("contacts", Arg::Text(&contacts)),
            ("months", Arg::Text(&months)),
            ("period", Arg::Text(&period)),
        ],
    )
}
