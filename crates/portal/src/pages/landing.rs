//! `GET /`: what this is, and the way in.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use crate::page::{Framed, Page};
use crate::shell::Shell;

/// The front page, for who is not logged in.
#[derive(Debug, Template)]
#[template(path = "landing.html")]
pub struct Landing {
    shell: Shell,
    /// Said to who has just had everything about them erased.
    erased: bool,
}

/// What the page says on top.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    /// `erased`.
    said: Option<String>,
}

impl Framed for Landing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /`.
pub async fn show(shell: Shell, Query(said): Query<Said>) -> Page<Landing> {
    let erased = said.said.as_deref() == Some("erased") && shell.reader.is_none();
    Page::new(Landing { shell, erased })
}
