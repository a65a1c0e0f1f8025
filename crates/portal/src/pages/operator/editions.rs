//! `GET /operator/editions`: the editions in the house, what speaks against each, which are on the shelf.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act, EditionId};
use riktig_journal::shelf::{self, Shelved};
use riktig_lake::edition::Severity;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::house::{self, InHouse};
use super::telling;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The editions.
#[derive(Debug, Template)]
#[template(path = "operator/editions.html")]
pub(crate) struct Editions {
    shell: Shell,
    /// There is no folder of editions.
    nowhere: bool,
    rows: Vec<Row>,
    /// What was taken off, with why.
    before: Vec<String>,
}

/// One edition.
#[derive(Debug)]
struct Row {
    /// Its name in addresses; empty: its folder's name cannot be one.
    name: String,
    folder: String,
    period: String,
    findings: String,
    state: String,
    waits: bool,
}

impl Framed for Editions {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/editions`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Response, Failure> {
    let mut looking = visit
        .look(&portal, Act::SeeDeliveries, About::Country)
        .await?;
    let shelved = shelf::all(&mut looking).await?;
    drop(looking);
    let lang = shell.lang;
    let folder = portal.config().editions.folder.clone();
    let found = house::all(folder, shelved.clone()).await?;
    let page = Editions {
        nowhere: found.is_none(),
        rows: found
            .iter()
            .flatten()
            .map(|it| row(&portal, it, lang))
            .collect(),
        before: shelved.iter().filter_map(|it| before(it, lang)).collect(),
        shell,
    };
    Ok(Page::new(page).into_response())
}

fn row(portal: &Portal, edition: &InHouse, lang: Lang) -> Row {
    let held = edition.held.as_ref();
    let findings = held.and_then(|it| it.glance.findings.as_ref());
    let findings = findings.map_or_else(
        || lang.say(Key("operator-findings-unknown")),
        |findings| {
            let of = |severity| {
                let all = findings.findings.iter();
                telling::count(
                    lang,
                    all.filter(|it| it.severity == severity).count() as u64,
                )
            };
            let [blocking, warning, info] =
                [Severity::Blocking, Severity::Warning, Severity::Info].map(of);
            let counts = [
                ("blocking", Arg::Text(&blocking)),
                ("warning", Arg::Text(&warning)),
                ("info", Arg::Text(&info)),
            ];
            lang.fill(Key("operator-findings-count"), &counts)
        },
    );
    let state = edition.state();
    let name = edition.name.as_ref().map(EditionId::as_str);
    let is_open = name.is_some_and(|name| portal.shelf().named(name).is_some());
    let not_shown = matches!(state, house::State::Shelf(_)) && !is_open;
    Row {
        name: edition
            .name
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        folder: edition.folder.clone(),
        period: held.map_or_else(String::new, |it| {
            telling::span(lang, &it.glance.meta.period)
        }),
        findings,
        waits: not_shown || matches!(state, house::State::Blocked(_)),
        state: match not_shown {
            true => lang.say(Key("operator-state-not-shown")),
            false => state.say(lang),
        },
    }
}

/// A line about an edition that was taken off.
fn before(shelved: &Shelved, lang: Lang) -> Option<String> {
    let at = moment::moment(lang, shelved.withdrawn_at?);
    let reason = shelved.reason.as_deref().unwrap_or_default();
    let args = [
        ("edition", Arg::Text(shelved.edition.as_str())),
        ("moment", Arg::Text(&at)),
        ("reason", Arg::Text(reason)),
    ];
    Some(lang.fill(Key("operator-shelf-before"), &args))
}

impl house::State {
    /// The state in words.
    pub(super) fn say(&self, lang: Lang) -> String {
        let at = |key, at| {
            let moment = moment::moment(lang, at);
            lang.fill(key, &[("moment", Arg::Text(&moment))])
        };
        match self {
            house::State::Unreadable => lang.say(Key("operator-state-unreadable")),
            house::State::NotLooked => lang.say(Key("operator-state-not-looked")),
            house::State::Blocked(open) => {
                telling::many(lang, Key("operator-state-blocked"), *open as u64)
            }
            house::State::Ready => lang.say(Key("operator-state-ready")),
            house::State::Published => lang.say(Key("operator-state-published")),
            house::State::Shelf(since) => at(Key("operator-state-shelf"), *since),
            house::State::Off(when) => at(Key("operator-state-off"), *when),
        }
    }
}
