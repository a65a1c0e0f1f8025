//! `GET /log`: who has looked at what about the reader, and what the reader has done to others.

use askama::Template;
use axum::extract::{Query, State};
use riktig_journal::audit;
use riktig_journal::policy::{About, Act};
use serde::Deserialize;

use super::log_words::{self, Line};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// A page of the log.
#[derive(Debug, Template)]
#[template(path = "mine/log.html")]
pub(crate) struct Log {
    shell: Shell,
    lines: Vec<Line>,
    /// Where the next page begins.
    older: Option<i64>,
    first: bool,
    /// What the reader has done to others; the same columns, with whom in the place of who.
    done: Vec<Line>,
    /// Where its next page begins.
    done_older: Option<i64>,
    done_first: bool,
}

impl Framed for Log {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct From {
    before: Option<i64>,
    /// The same of what the reader has done.
    done: Option<i64>,
}

/// `GET /log`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(from): Query<From>,
) -> Result<Page<Log>, Failure> {
    visit.look(&portal, Act::ReadOwnLog, About::Oneself).await?;
    let actor = visit.logged_in()?;
    let page = audit::about_oneself(portal.journal(), actor, from.before).await?;
    let done = audit::done_by_oneself(portal.journal(), actor, from.done).await?;
    let lang = shell.lang;
    Ok(Page::new(Log {
        lines: page
            .lines
            .iter()
            .map(|line| log_words::told(lang, line))
            .collect(),
        older: page.before,
        first: from.before.is_none(),
        done: done
            .lines
            .iter()
            .map(|line| log_words::done(lang, line))
            .collect(),
        done_older: done.before,
        done_first: from.done.is_none(),
        shell,
    }))
}
