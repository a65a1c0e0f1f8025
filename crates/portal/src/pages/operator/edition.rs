//! `GET /operator/editions/{edition}`: one edition on its way out: findings, answers, publication, shelf.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act, EditionId};
use riktig_journal::shelf;
use riktig_lake::edition::Severity;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::finding::{self, Told};
use super::house::{self, Held, InHouse, Place};
use super::telling::{self, Said};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Most findings on the page that stop nothing; `riktig publish` prints all.
const MOST_TOLD: usize = 60;

/// One edition.
#[derive(Debug, Template)]
#[template(path = "operator/edition.html")]
pub(crate) struct OneEdition {
    shell: Shell,
    name: String,
    period: String,
    notice: String,
    problems: Vec<[String; 2]>,
    state: String,
    facts: Vec<[String; 2]>,
    /// Its small files can be read.
    readable: bool,
    looked: bool,
    findings: Vec<Told>,
    more: String,
    /// When it was published; empty: it was not.
    published: String,
    /// Something was said of other bytes than these.
    other_bytes: bool,
    can_publish: bool,
    can_put: bool,
    place: &'static str,
    form: Answer,
}

/// What a form about a finding, or about taking the edition off, holds.
#[derive(Debug, Default, Clone, serde::Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    pub(super) finding: String,
    #[serde(default)]
    pub(super) by: String,
    #[serde(default)]
    pub(super) reason: String,
}

impl Framed for OneEdition {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/editions/{edition}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(name): Path<String>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let edition = in_house(&portal, &visit, named(&name)?).await?;
    let form = Answer {
        by: own_name(&portal, &shell),
        ..Answer::default()
    };
    let mut page = page(shell, &edition, form);
    page.notice = match said.said.as_deref() {
        Some("accepted") => page.shell.say("operator-said-accepted"),
        Some("published") => page.shell.say("operator-said-published"),
        Some("shelved") => page.shell.say("operator-said-shelved"),
        Some("off") => page.shell.say("operator-said-off"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

/// The same page with what must be mended.
///
/// # Errors
/// As of the page.
pub(super) async fn again(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    name: EditionId,
    form: Answer,
    problems: Vec<[String; 2]>,
) -> Result<Response, Failure> {
    let edition = in_house(portal, visit, name).await?;
    let mut page = page(shell, &edition, form);
    page.problems = problems;
    Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(super) fn named(name: &str) -> Result<EditionId, Failure> {
    name.parse().map_err(|_| Failure::NotFound)
}

async fn in_house(portal: &Portal, visit: &Visit, name: EditionId) -> Result<InHouse, Failure> {
    let mut looking = visit
        .look(portal, Act::SeeDeliveries, About::Country)
        .await?;
    let shelved = shelf::all(&mut looking).await?;
    drop(looking);
    house::one(portal.config().editions.folder.clone(), name, shelved).await
}

/// What the demo's login calls the operator. A real login tells no name: the operator writes it.
fn own_name(portal: &Portal, shell: &Shell) -> String {
    let reader = shell.reader.as_ref().filter(|_| portal.login().is_demo());
    reader.map_or_else(String::new, |it| it.name.clone())
}

fn page(shell: Shell, edition: &InHouse, form: Answer) -> OneEdition {
    let lang = shell.lang;
    let held = edition.held.as_ref();
    let (findings, more) = held.map_or_else(Default::default, |it| told(it, lang));
    let published = held.and_then(|it| it.publication.published_at());
    let name = edition
        .name
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    let clear = held.is_some_and(|it| it.glance.findings.is_some() && it.open() == 0);
    OneEdition {
        name,
        period: held.map_or_else(
            || edition.folder.clone(),
            |it| telling::span(lang, &it.glance.meta.period),
        ),
        notice: String::new(),
        problems: Vec::new(),
        state: edition.state().say(lang),
        facts: held.map_or_else(Vec::new, |it| facts(it, &edition.folder, lang)),
        readable: held.is_some(),
        looked: held.is_some_and(|it| it.glance.findings.is_some()),
        findings,
        more,
        can_publish: clear && published.is_none(),
        can_put: clear && published.is_some() && edition.place == Place::House,
        published: published.map_or_else(String::new, |at| {
            let moment = finding::when(lang, at);
            lang.fill(
                Key("operator-published-at"),
                &[("moment", Arg::Text(&moment))],
            )
        }),
        other_bytes: held.is_some_and(|it| it.publication.knows_other_bytes()),
        place: match edition.place {
            Place::House => "house",
            Place::Shelf(_) => "shelf",
            Place::Off(_) => "off",
        },
        form,
        shell,
    }
}

/// The findings, the gravest first, and how many more there are.
fn told(held: &Held, lang: Lang) -> (Vec<Told>, String) {
    let Some(findings) = &held.glance.findings else {
        return Default::default();
    };
    let tell = |it| finding::tell(it, &held.publication, lang);
    let blocking: Vec<Told> = findings.blocking().map(tell).collect();
    let rest = findings.findings.iter();
    let rest = || rest.clone().filter(|it| it.severity != Severity::Blocking);
    let left = rest().count().saturating_sub(MOST_TOLD);
    let more = match left {
        0 => String::new(),
        left => telling::many(lang, Key("operator-findings-more"), left as u64),
    };
    let shown = rest().take(MOST_TOLD).map(tell);
    (blocking.into_iter().chain(shown).collect(), more)
}

/// What the edition is made of.
fn facts(held: &Held, folder: &str, lang: Lang) -> Vec<[String; 2]> {
    let meta = &held.glance.meta;
    let compared = held.glance.findings.as_ref();
    let compared = compared.and_then(|it| it.compared_with.as_ref());
    let number = |number: u64| telling::count(lang, number);
    vec![
        [lang.say(Key("operator-fact-folder")), folder.to_owned()],
        [
            lang.say(Key("operator-fact-prescribers")),
            number(meta.qualification.qualified.into()),
        ],
        [
            lang.say(Key("operator-fact-antibiotics")),
            number(meta.linkage.dispensings),
        ],
        [
            lang.say(Key("operator-fact-deliveries")),
            number(meta.deliveries.len() as u64),
        ],
        [lang.say(Key("operator-fact-cut")), lang.day(&meta.data_cut)],
        [
            lang.say(Key("operator-fact-compared")),
            compared.map_or_else(
                || lang.say(Key("operator-fact-compared-none")),
                |it| it.period.clone(),
            ),
        ],
    ]
}
