//! `GET /research`: the editions whose published tables can be had.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use riktig_journal::policy::{About, Act};
use riktig_lake::edition::Span;
use riktig_reports::Lang;
use riktig_reports::model::Period;

use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// The editions on the shelf.
#[derive(Debug, Template)]
#[template(path = "research/list.html")]
pub(crate) struct ListPage {
    shell: Shell,
    editions: Vec<Line>,
}

/// One edition.
#[derive(Debug)]
struct Line {
    path: String,
    period: String,
    cut: String,
    doctors: String,
    definitions: String,
    input: String,
}

impl Framed for ListPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /research`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Page<ListPage>, Failure> {
    visit
        .look(&portal, Act::SeePublished, About::Country)
        .await?;
    let all = portal.shelf().all();
    Ok(Page::new(ListPage {
        editions: all.iter().map(|open| edition(open, shell.lang)).collect(),
        shell,
    }))
}

fn edition(open: &Arc<OnShelf>, lang: Lang) -> Line {
    let meta = open.edition().meta();
    Line {
        path: format!("/research/{}", open.name()),
        period: period(open, lang),
        cut: lang.day(&meta.data_cut),
        doctors: lang.count(meta.qualification.qualified.into()),
        definitions: lang.count(meta.definitions.len() as f64),
        input: short(&meta.input),
    }
}

/// The months of an edition in words.
pub(super) fn period(open: &OnShelf, lang: Lang) -> String {
    let Span { first, last, .. } = open.edition().meta().period.clone();
    lang.period(&Period { first, last })
}

/// The beginning of a hash, long enough to tell two apart.
pub(super) fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
