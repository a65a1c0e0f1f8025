//! `GET /`: what this is, and the way in.

use askama::Template;

use crate::page::{Framed, Page};
use crate::shell::Shell;

/// The front page, for who is not logged in.
#[derive(Debug, Template)]
#[template(path = "landing.html")]
pub struct Landing {
    shell: Shell,
}

impl Framed for Landing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /`.
pub async fn show(shell: Shell) -> Page<Landing> {
    Page::new(Landing { shell })
}
